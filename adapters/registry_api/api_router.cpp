#include "adapters/registry_api/api_router.hpp"

#include <algorithm>

namespace parley {
namespace {

std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    if (path.front() == '/') path.remove_prefix(1);
    auto const end = path.find('/');
    parts.push_back(path.substr(0, end));
    path.remove_prefix(end == path.npos ? path.size() : end);
  }
  if (!parts.empty() && parts.back().empty()) parts.pop_back();  // a slash at the end
  return parts;
}

bool is_parameter(std::string_view part) {
  return part.starts_with('{');
}

std::size_t fixed_words(std::vector<std::string> const& parts) {
  return static_cast<std::size_t>(
      std::count_if(parts.begin(), parts.end(), [](auto const& p) { return !is_parameter(p); }));
}

bool has_fixed_words(std::vector<std::string> const& wanted, std::vector<std::string_view> const& parts) {
  return std::equal(wanted.begin(), wanted.end(), parts.begin(), parts.end(),
                    [](auto const& word, auto part) { return is_parameter(word) || word == part; });
}

// nullopt: one is empty or cannot be decoded.
std::optional<std::map<std::string, std::string>> parameters_of(std::vector<std::string> const& wanted,
                                                                std::vector<std::string_view> const& parts) {
  std::map<std::string, std::string> values;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!is_parameter(wanted[i])) continue;
    auto value = percent_decoded(parts[i], false);
    if (!value || value->empty()) return std::nullopt;
    values.emplace(wanted[i].substr(1, wanted[i].size() - 2), *std::move(value));
  }
  return values;
}

}  // namespace

api_router::api_router(std::vector<api_route> routes) : routes_(std::move(routes)) {
  for (auto const& route : routes_) {
    auto const views = split(route.path);
    std::vector<std::string> const parts(views.begin(), views.end());
    auto& patterns = by_length_[parts.size()];
    auto found =
        std::find_if(patterns.begin(), patterns.end(), [&](pattern const& p) { return p.parts == parts; });
    if (found == patterns.end()) found = patterns.insert(patterns.end(), pattern{parts, {}});
    found->by_method[route.method] = &route;
  }
  for (auto& [length, patterns] : by_length_)
    std::stable_sort(patterns.begin(), patterns.end(), [](pattern const& a, pattern const& b) {
      return fixed_words(a.parts) > fixed_words(b.parts);
    });
}

matched_route api_router::match(std::string_view method, std::string_view path) const {
  matched_route found;
  auto const parts = split(path);
  auto const patterns = by_length_.find(parts.size());
  if (patterns == by_length_.end()) return found;
  for (pattern const& candidate : patterns->second) {
    if (!has_fixed_words(candidate.parts, parts)) continue;
    auto values = parameters_of(candidate.parts, parts);
    if (!values) continue;
    auto const route = candidate.by_method.find(method);
    if (route == candidate.by_method.end()) {
      for (auto const& [name, other] : candidate.by_method) found.allowed.push_back(name);
      continue;
    }
    found.route = route->second;
    found.path = *std::move(values);
    return found;
  }
  return found;
}

}  // namespace parley
