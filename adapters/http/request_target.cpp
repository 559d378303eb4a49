#include "adapters/http/request_target.hpp"

#include <algorithm>

namespace parley {
namespace {

// The bytes behind `http://` or `https://`, or nothing.
std::string_view behind_scheme(std::string_view target) {
  for (std::string_view const scheme : {"http://", "https://"})
    if (target.size() > scheme.size() && equal_ignoring_case(target.substr(0, scheme.size()), scheme))
      return target.substr(scheme.size());
  return {};
}

void set_host(http_headers& headers, std::string_view host) {
  auto const is_host_header = [](auto const& each) { return equal_ignoring_case(each.first, "host"); };
  headers.erase(std::remove_if(headers.begin(), headers.end(), is_host_header), headers.end());
  headers.emplace_back("Host", host);
}

}  // namespace

bool is_host(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    bool const digit = c >= '0' && c <= '9';
    return letter || digit || std::string_view("-._~%!$&'()*+;=:[]").find(c) != std::string_view::npos;
  });
}

bool to_origin_form(http_request& request) {
  if (request.target.starts_with('/')) return true;
  bool const is_options = request.method == "OPTIONS";
  if (request.target == "*") return is_options;
  std::string_view const rest = behind_scheme(request.target);
  auto const path_begin = std::min(rest.find_first_of("/?"), rest.size());
  auto const host = rest.substr(0, path_begin);
  if (host.empty() || !is_host(host)) return false;
  set_host(request.headers, host);
  std::string path(rest.substr(path_begin));
  if (path.empty() && is_options)
    path = "*";
  else if (!path.starts_with('/'))
    path.insert(path.begin(), '/');
  request.target = std::move(path);
  return true;
}

}  // namespace parley
