#include "adapters/http/response_reader.hpp"

#include "adapters/http/chunk_guard.hpp"
#include "adapters/http/quota_headers.hpp"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>

#include <algorithm>
#include <optional>

namespace parley {
namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using text = boost::beast::string_view;

constexpr std::size_t most_quotas = 16;
constexpr std::size_t longest_version = 100;

// Keeps the few headers that matter and appends the body to one string that is used again and again.
class parser_into_reader final : public http::basic_parser<false> {
 public:
  explicit parser_into_reader(response_reader& into) : into_(into) {}

 private:
  void on_request_impl(http::verb, text, text, int, error_code&) override {}
  void on_response_impl(int status, text, int, error_code&) override { into_.status = status; }
  void on_field_impl(http::field name, text written, text value, error_code&) override {
    if (name == http::field::unknown) return keep_unknown({written.data(), written.size()}, value);
    if (name == http::field::location) into_.location.assign(value.data(), value.size());
    if (name == http::field::retry_after) into_.retry_after.assign(value.data(), value.size());
    if (name == http::field::content_encoding) into_.content_encoding.assign(value.data(), value.size());
  }
  void keep_unknown(std::string_view written, text value) {
    bool const ours = equal_ignoring_case(written, "Parley-Agent-Version");
    if (ours || (into_.agent_version.empty() && equal_ignoring_case(written, "X-Agent-Version")))
      into_.agent_version.assign(value.data(), std::min(value.size(), longest_version));
    if (into_.quotas.size() >= most_quotas || !is_quota_header(written)) return;
    into_.quotas.emplace_back(lower_case(written), std::string(value.data(), value.size()));
  }
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(boost::optional<std::uint64_t> const& length, error_code&) override {
    if (length) into_.body.reserve(static_cast<std::size_t>(*length));
  }
  std::size_t on_body_impl(text body, error_code&) override {
    into_.body.append(body.data(), body.size());
    return body.size();
  }
  void on_chunk_header_impl(std::uint64_t, text, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, text body, error_code&) override {
    into_.body.append(body.data(), body.size());
    return body.size();
  }
  void on_finish_impl(error_code&) override {}

  response_reader& into_;
};

}  // namespace

struct response_reader::parser {
  chunk_guard guard;
  std::optional<parser_into_reader> current;
};

response_reader::response_reader(std::size_t header_limit, std::size_t body_limit)
    : parser_(std::make_unique<parser>()), header_limit_(header_limit), body_limit_(body_limit) {}

response_reader::~response_reader() = default;

void response_reader::start(bool to_head) {
  to_head_ = to_head;
  restart();
}

void response_reader::restart() {
  status = 0;
  body.clear();
  location.clear();
  retry_after.clear();
  quotas.clear();
  agent_version.clear();
  content_encoding.clear();
  header_done_ = false;
  parser_->guard.start_again();
  auto& current = parser_->current.emplace(*this);
  current.eager(true);
  current.header_limit(static_cast<std::uint32_t>(header_limit_));
  current.body_limit(std::uint64_t{body_limit_});
  current.skip(to_head_);
}

response_reader::step response_reader::put(std::string_view unread) {
  std::size_t used = 0;
  for (;;) {
    auto& current = *parser_->current;
    if (current.is_done()) {
      if (status >= 200 || status == 101) return {progress::complete, used};
      restart();  // 100 Continue and its like announce another reply
      continue;
    }
    if (used == unread.size()) return {progress::needs_more, used};
    if (parser_->guard.must_wait(unread.size() - used)) return {progress::needs_more, used};
    error_code error;
    used += current.put({unread.data() + used, unread.size() - used}, error);
    header_done_ = current.is_header_done();
    bool const needs_more = error == http::error::need_more;
    if (header_done_ && !parser_->guard.tolerates(needs_more, unread.size() - used))
      return {progress::header_too_large, used};
    if (needs_more) return {progress::needs_more, used};
    if (error == http::error::body_limit) return {progress::body_too_large, used};
    if (error == http::error::header_limit) return {progress::header_too_large, used};
    if (error) {
      problem = error.message();
      return {progress::malformed, used};
    }
  }
}

response_reader::progress response_reader::end_of_stream() {
  auto& current = *parser_->current;
  if (current.is_done()) return progress::complete;
  if (!current.is_header_done()) return progress::cut_off;
  error_code error;
  current.put_eof(error);
  return error ? progress::cut_off : progress::complete;
}

bool response_reader::keeps_alive() const {
  return parser_->current && parser_->current->keep_alive();
}

}  // namespace parley
