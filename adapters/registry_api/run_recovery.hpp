// Runs that a server left unfinished are begun again where their journals end.
#pragma once

#include "adapters/registry_api/registry_services.hpp"

#include <boost/asio/awaitable.hpp>

namespace parley {

// Once, when the server starts. How many there were.
boost::asio::awaitable<registry_outcome<int>> resume_runs(registry_services const* services);

}  // namespace parley
