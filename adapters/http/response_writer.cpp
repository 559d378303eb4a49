#include "adapters/http/response_writer.hpp"

#include <algorithm>
#include <charconv>

namespace parley {
namespace {

std::string_view reason(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 304:
      return "Not Modified";
    case 307:
      return "Temporary Redirect";
    case 308:
      return "Permanent Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    default:
      return "Status";
  }
}

template <class Number>
void append_number(std::string& out, Number number, int base = 10) {
  char digits[24];
  auto const end = std::to_chars(digits, digits + sizeof digits, number, base);
  out.append(digits, end.ptr);
}

void append_chunk(std::string& out, std::string_view text) {
  if (text.empty()) return;
  append_number(out, text.size(), 16);
  out.append("\r\n").append(text).append("\r\n");
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 && c != '\t';
}

// A value that came from a request must not be able to end its line.
void append_header(std::string& out, std::string_view name, std::string_view value) {
  auto const begin = out.size();
  out.append(name).append(": ").append(value);
  std::replace_if(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), is_control, ' ');
  out.append("\r\n");
}

bool has_body(int status) {
  return status >= 200 && status != 204 && status != 304;
}

}  // namespace

void write_response(http_response const& reply, reply_form form, std::string& out) {
  out.clear();
  if (reply.fault.raw) {
    out = *reply.fault.raw;
    return;
  }
  out.append("HTTP/1.1 ");
  append_number(out, reply.status);
  out.append(" ").append(reason(reply.status)).append("\r\n");
  for (auto const& [name, value] : reply.headers) append_header(out, name, value);
  if (!form.keep_alive) out.append("Connection: close\r\n");
  if (form.keep_alive && form.to_http_1_0) out.append("Connection: keep-alive\r\n");
  bool const streamed = !reply.pieces.empty();
  if (streamed && !form.to_http_1_0) out.append("Transfer-Encoding: chunked\r\n");
  if (!streamed && has_body(reply.status)) {
    out.append("Content-Length: ");
    append_number(out, reply.body.size());
    out.append("\r\n");
  }
  out.append("\r\n");
  if (form.to_head || !has_body(reply.status)) return;
  if (streamed && !form.to_http_1_0)
    append_chunk(out, reply.body);
  else
    out.append(reply.body);
}

void append_piece(http_piece const& piece, reply_form form, std::string& out) {
  if (form.to_http_1_0)
    out.append(piece.text);
  else
    append_chunk(out, piece.text);
}

std::string_view end_of_pieces(reply_form form) {
  return form.to_http_1_0 ? "" : "0\r\n\r\n";
}

http_response answer_to_refused(http_refusal const& refused) {
  return http_response(refused.status, R"({"detail":")" + refused.why + "\"}");
}

}  // namespace parley
