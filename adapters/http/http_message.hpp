// One HTTP request and one HTTP reply as plain values: what servers are given and answer, and what clients
// send and receive. No library of HTTP is visible here.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley {

using http_headers = std::vector<std::pair<std::string, std::string>>;

// ASCII letters without regard to case, as names of HTTP headers are compared.
bool equal_ignoring_case(std::string_view a, std::string_view b);

// The value of the first header of that name, or nullptr.
std::string const* find_header(http_headers const& headers, std::string_view name);

struct http_request {
  http_request() = default;
  http_request(std::string m, std::string t) : method(std::move(m)), target(std::move(t)) {}

  std::string method = "POST";
  std::string target;  // path and query as they stand in the request line
  http_headers headers;
  std::string body;
  std::string peer;  // set by the server: the address that sent it, "127.0.0.1" or "::1"; empty in clients
};

// What a server does wrong on purpose. A client's replies never carry one.
struct http_reply_fault {
  std::optional<std::size_t> close_after;  // bytes of the serialised reply, then the connection is closed
  std::optional<std::string> raw;          // sent in place of the serialised reply
  bool close_when_sent = false;            // without saying so in a `Connection: close`
};

// One later piece of a streamed reply.
struct http_piece {
  http_piece(std::string t, std::chrono::milliseconds a = {}) : text(std::move(t)), after(a) {}
  std::string text;
  std::chrono::milliseconds after;  // waited before it is sent
};

struct http_response {
  http_response() = default;
  explicit http_response(int s, std::string b = {}, std::string content_type = "application/json");

  int status = 200;
  http_headers headers;
  std::string body;
  // Served only: with pieces the reply is chunked, the body first and then each piece.
  std::vector<http_piece> pieces;
  http_reply_fault fault;  // served only
};

}  // namespace parley
