#include "adapters/http/request_reader.hpp"

#include "adapters/http/chunk_guard.hpp"
#include "adapters/http/head_scanner.hpp"
#include "adapters/http/request_target.hpp"

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

constexpr std::size_t most_headers = 256;
// Of a promised body nothing more than this is set aside before it comes.
constexpr std::size_t first_reserve = std::size_t{256} << 10;

std::string to_string(text t) {
  return {t.data(), t.size()};
}

bool is_number(text value) {
  return !value.empty() &&
         std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Writes what the parser finds straight into our value, and notes what decides where the request ends.
class parser_into_request final : public http::basic_parser<true> {
 public:
  http_request request;
  bool expects_continue = false;
  bool is_1_0 = false;
  http_refusal refusal;

  // After the head. What the parser itself tolerates and another server might read otherwise is refused here.
  bool accepts_head() {
    if (!refusal.status && encodings_ > 0 && is_1_0) refuse(400, "Transfer-Encoding in HTTP/1.0");
    if (!refusal.status && hosts_ > 1) refuse(400, "more than one Host header");
    if (!refusal.status && hosts_ == 0 && !is_1_0) refuse(400, "no Host header");
    if (!refusal.status && request.headers.size() > most_headers) refuse(431, "too many headers");
    if (!refusal.status && !to_origin_form(request)) refuse(400, "not a target for this method");
    return refusal.status == 0;
  }

 private:
  void refuse(int status, char const* why) {
    if (refusal.status == 0) refusal = {status, why};
  }
  void note(http::field name, text value) {
    if (name == http::field::content_length) {
      if (++lengths_ > 1 || !is_number(value)) refuse(400, "more than one Content-Length, or no number");
    } else if (name == http::field::transfer_encoding) {
      if (++encodings_ > 1 || !equal_ignoring_case({value.data(), value.size()}, "chunked"))
        refuse(400, "a Transfer-Encoding other than chunked");
    } else if (name == http::field::host) {
      ++hosts_;
      if (!is_host({value.data(), value.size()})) refuse(400, "not a Host");
    } else if (name == http::field::expect) {
      if (!equal_ignoring_case({value.data(), value.size()}, "100-continue"))
        refuse(417, "not a known Expect");
      expects_continue = !is_1_0;
    }
  }

  void on_request_impl(http::verb, text method, text target, int version, error_code&) override {
    request.method = to_string(method);
    request.target = to_string(target);
    is_1_0 = version < 11;
  }
  void on_response_impl(int, text, int, error_code&) override {}
  void on_field_impl(http::field name, text name_text, text value, error_code&) override {
    if (head_done_) return;  // trailers never count as headers
    note(name, value);
    request.headers.emplace_back(to_string(name_text), to_string(value));
  }
  void on_header_impl(error_code&) override { head_done_ = true; }
  void on_body_init_impl(boost::optional<std::uint64_t> const& length, error_code&) override {
    if (length) request.body.reserve(std::min(static_cast<std::size_t>(*length), first_reserve));
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

  int lengths_ = 0;
  int encodings_ = 0;
  int hosts_ = 0;
  bool head_done_ = false;
};

http_refusal why_refused(error_code error) {
  if (error == http::error::body_limit) return {413, "the body is too large"};
  if (error == http::error::header_limit) return {431, "the header is too large"};
  if (error == http::error::need_more) return {400, "not HTTP"};
  return {400, error.message()};
}

http_refusal why_refused(head_scanner::progress reached) {
  using enum head_scanner::progress;
  if (reached == bare_newline) return {400, "a line that does not end with CR LF"};
  if (reached == folded_line) return {400, "a header folded over several lines"};
  if (reached == target_too_long) return {414, "the request line is too long"};
  return {431, "the header is too large"};
}

}  // namespace

struct request_reader::parser {
  explicit parser(std::size_t header_limit) : scanner(header_limit) {}
  head_scanner scanner;
  chunk_guard guard;
  bool skipped_empty_line = false;
  std::optional<parser_into_request> current;  // from the complete head on
  http_refusal refusal;
};

request_reader::request_reader(std::size_t header_limit, std::size_t body_limit)
    : parser_(std::make_unique<parser>(header_limit)), header_limit_(header_limit), body_limit_(body_limit) {}

request_reader::~request_reader() = default;

request_reader::step request_reader::put(std::string_view unread) {
  if (parser_->refusal.status != 0) return {progress::refused, 0};
  return parser_->current ? put_body(unread, 0) : put_head(unread);
}

request_reader::step request_reader::put_head(std::string_view unread) {
  auto& scanner = parser_->scanner;
  auto reached = scanner.look(unread);
  std::size_t skipped = 0;
  constexpr std::size_t empty_line = 2;
  if (reached == head_scanner::progress::complete && scanner.size() == empty_line &&
      !parser_->skipped_empty_line) {  // some clients send one behind a body
    parser_->skipped_empty_line = true;
    scanner.start_again();
    skipped = empty_line;
    unread.remove_prefix(empty_line);
    reached = scanner.look(unread);
  }
  if (reached == head_scanner::progress::needs_more) return {progress::needs_more, skipped};
  if (reached != head_scanner::progress::complete) {
    parser_->refusal = why_refused(reached);
    return {progress::refused, skipped};
  }
  if (!read_head(unread.substr(0, scanner.size()))) return {progress::refused, skipped};
  auto [after_head, used] = put_body(unread, scanner.size());
  return {after_head, skipped + used};
}

// False when it is refused.
bool request_reader::read_head(std::string_view head) {
  auto& current = parser_->current.emplace();
  current.eager(true);
  current.header_limit(static_cast<std::uint32_t>(header_limit_));
  current.body_limit(std::uint64_t{body_limit_});
  error_code error;
  current.put({head.data(), head.size()}, error);
  if (error && current.refusal.status == 0)
    parser_->refusal = why_refused(error);
  else if (error || !current.accepts_head())
    parser_->refusal = current.refusal;
  return parser_->refusal.status == 0;
}

request_reader::step request_reader::put_body(std::string_view unread, std::size_t used) {
  auto& current = *parser_->current;
  if (parser_->guard.must_wait(unread.size() - used)) return {progress::needs_more, used};
  error_code error;
  while (!current.is_done() && used < unread.size()) {
    used += current.put({unread.data() + used, unread.size() - used}, error);
    if (error == http::error::need_more) break;
    if (error) {
      parser_->refusal = why_refused(error);
      return {progress::refused, used};
    }
  }
  if (current.is_done()) return {progress::complete, used};
  if (parser_->guard.tolerates(error == http::error::need_more, unread.size() - used))
    return {progress::needs_more, used};
  parser_->refusal = {431, "the header of a chunk or the trailers are too large"};
  return {progress::refused, used};
}

http_refusal const& request_reader::refusal() const {
  return parser_->refusal;
}

http_request const* request_reader::begun() const {
  bool const has_line = parser_->current && !parser_->current->request.target.empty();
  return has_line ? &parser_->current->request : nullptr;
}

bool request_reader::in_body() const {
  return parser_->current && !parser_->current->is_done();
}

std::size_t request_reader::body_size() const {
  return parser_->current ? parser_->current->request.body.size() : 0;
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

bool request_reader::is_http_1_0() const {
  return parser_->current && parser_->current->is_1_0;
}

http_request request_reader::take() {
  http_request request = std::move(parser_->current->request);
  parser_->current.reset();
  parser_->scanner.start_again();
  parser_->guard.start_again();
  parser_->skipped_empty_line = false;
  return request;
}

}  // namespace parley
