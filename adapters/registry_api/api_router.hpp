// Finds the route of a request among all there are.
#pragma once

#include "adapters/registry_api/api_route.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

struct matched_route {
  api_route const* route = nullptr;         // null: nothing stands at this path, or not for this method
  std::map<std::string, std::string> path;  // decoded parameters
  std::vector<std::string> allowed;         // without a route: methods that this path knows
};

class api_router {
 public:
  explicit api_router(std::vector<api_route> routes);
  api_router(api_router const&) = delete;
  api_router& operator=(api_router const&) = delete;

  // `path` without query. A slash at its end makes no difference; fixed words win over parameters.
  matched_route match(std::string_view method, std::string_view path) const;
  std::vector<api_route> const& routes() const { return routes_; }

 private:
  struct pattern {
    std::vector<std::string> parts;  // "{id}" is a parameter
    std::map<std::string, api_route const*, std::less<>> by_method;
  };

  std::vector<api_route> routes_;
  std::map<std::size_t, std::vector<pattern>> by_length_;  // patterns with more fixed words first
};

}  // namespace parley
