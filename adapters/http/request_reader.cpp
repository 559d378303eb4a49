#include "adapters/http/request_reader.hpp"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>

#include <optional>

namespace parley {
namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using text = boost::beast::string_view;

std::string to_string(text t) {
  return {t.data(), t.size()};
}

// Writes what the parser finds straight into our value.
class parser_into_request final : public http::basic_parser<true> {
 public:
  http_request request;
  bool expects_continue = false;

 private:
  void on_request_impl(http::verb, text method, text target, int, error_code&) override {
    request.method = to_string(method);
    request.target = to_string(target);
  }
  void on_response_impl(int, text, int, error_code&) override {}
  void on_field_impl(http::field name, text name_text, text value, error_code&) override {
    if (name == http::field::expect) expects_continue = equal_ignoring_case(to_string(value), "100-continue");
    request.headers.emplace_back(to_string(name_text), to_string(value));
  }
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(boost::optional<std::uint64_t> const& length, error_code&) override {
    if (length) request.body.reserve(static_cast<std::size_t>(*length));
  }
  std::size_t on_body_impl(text body, error_code&) override {
    request.body.append(body.data(), body.size());
    return body.size();
  }
  void on_chunk_header_impl(std::uint64_t, text, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, text body, error_code&) override {
    request.body.append(body.data(), body.size());
    return body.size();
  }
  void on_finish_impl(error_code&) override {}
};

}  // namespace

struct request_reader::parser {
  std::optional<parser_into_request> current;
};

request_reader::request_reader(std::size_t header_limit, std::size_t body_limit)
    : parser_(std::make_unique<parser>()), header_limit_(header_limit), body_limit_(body_limit) {}

request_reader::~request_reader() = default;

request_reader::step request_reader::put(std::string_view unread) {
  auto& current = parser_->current;
  if (!current) {
    current.emplace();
    current->eager(true);
    current->header_limit(static_cast<std::uint32_t>(header_limit_));
    current->body_limit(std::uint64_t{body_limit_});
  }
  std::size_t used = 0;
  while (!current->is_done() && used < unread.size()) {
    error_code error;
    used += current->put({unread.data() + used, unread.size() - used}, error);
    if (error == http::error::need_more) break;
    if (error == http::error::body_limit) return {progress::body_too_large, used};
    if (error == http::error::header_limit) return {progress::header_too_large, used};
    if (error) return {progress::malformed, used};
  }
  return {current->is_done() ? progress::complete : progress::needs_more, used};
}

bool request_reader::started() const {
  return parser_->current && parser_->current->got_some();
}

bool request_reader::expects_continue() const {
  auto& current = parser_->current;
  if (!current || !current->expects_continue || current->is_done()) return false;
  current->expects_continue = false;
  return true;
}

bool request_reader::keeps_alive() const {
  return parser_->current && parser_->current->keep_alive();
}

http_request request_reader::take() {
  http_request request = std::move(parser_->current->request);
  parser_->current.reset();
  return request;
}

}  // namespace parley
