// The page for people at `/`. It holds no data and needs no credentials: its script asks the other routes.
#pragma once

#include "adapters/registry_api/api_route.hpp"

namespace parley {

api_route page_route();

}  // namespace parley
