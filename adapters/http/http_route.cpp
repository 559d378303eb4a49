#include "adapters/http/http_route.hpp"

#include <algorithm>
#include <charconv>

namespace parley {
namespace {

// Of a header's name: visible ASCII without separators. Of a value: no line break, no NUL.
bool is_sendable(std::pair<std::string, std::string> const& header) {
  auto const& [name, value] = header;
  bool const named = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return c > 0x20 && c < 0x7f && std::string_view("()<>@,;:\\\"/[]?={}").find(c) == std::string_view::npos;
  });
  return named && value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos;
}

// The framing of the message is not the user's to write.
bool is_framing(std::string_view name) {
  return equal_ignoring_case(name, "content-length") || equal_ignoring_case(name, "transfer-encoding") ||
         equal_ignoring_case(name, "connection");
}

void append_header(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

std::string head_of(http_route_parts const& route) {
  std::string head = route.method + " ";
  if (route.proxy && !route.origin->tls) head += "http://" + host_header_of(*route.origin);
  head += route.url.target + " HTTP/1.1\r\n";
  auto const append_default = [&](std::string_view name, std::string_view value) {
    if (find_header(route.headers, name) == nullptr) append_header(head, name, value);
  };
  append_default("Host", host_header_of(*route.origin));
  append_default("User-Agent", "parley");
  append_default("Accept", "*/*");
  if (!route.bodyless) append_default("Content-Type", "application/json");
  if (!route.url.authorization.empty()) append_default("Authorization", route.url.authorization);
  if (route.proxy && !route.origin->tls && !route.proxy->authorization.empty())
    append_default("Proxy-Authorization", route.proxy->authorization);
  for (auto const& [name, value] : route.headers)
    if (!is_framing(name)) append_header(head, name, value);
  return head;
}

}  // namespace

outcome<http_route> make_http_route(std::string method, http_url url,
                                    std::shared_ptr<http_origin const> origin, http_headers headers,
                                    proxy_settings const& proxies) {
  auto parts = std::make_shared<http_route_parts>();
  std::string why;
  parts->proxy = proxy_for(proxies, *origin, why);
  if (!why.empty()) return failure(failure_code::agent_protocol, why);
  for (auto const& header : headers)
    if (!is_sendable(header))
      return failure(failure_code::agent_protocol,
                     "the request header '" + header.first +
                         "' cannot be sent: its name or value has forbidden characters");
  parts->bodyless = method == "GET" || method == "HEAD" || method == "DELETE";
  parts->method = std::move(method);
  parts->url = std::move(url);
  parts->origin = std::move(origin);
  parts->headers = std::move(headers);
  parts->head = head_of(*parts);
  return http_route(std::move(parts));
}

http_headers without_credentials(http_headers const& headers) {
  http_headers left;
  for (auto const& header : headers)
    for (auto const* name : {"content-type", "accept", "user-agent"})
      if (equal_ignoring_case(header.first, name)) left.push_back(header);
  return left;
}

void write_request(http_route_parts const& route, std::string_view body, std::string& out) {
  out.assign(route.head);
  if (!route.bodyless || !body.empty()) {
    char digits[24];
    auto const end = std::to_chars(digits, digits + sizeof digits, body.size());
    out.append("Content-Length: ").append(digits, end.ptr).append("\r\n");
    if (route.bodyless && find_header(route.headers, "content-type") == nullptr)
      out.append("Content-Type: application/json\r\n");
  }
  out.append("\r\n").append(body);
}

}  // namespace parley
