// From a stored run of a unit test set to conversations: pinning it, and handing it to whoever holds them.
#pragma once

#include "adapters/registry_api/registry_services.hpp"
#include "adapters/registry_api/set_run_book.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>

namespace parley {

// The set with everything it refers to, at the versions that are the latest now. not_found: the set is not
// there any more; refused: one of its unit tests names an agent that this server does not know.
boost::asio::awaitable<registry_outcome<set_run_plan>> pin_set(registry_services const* services,
                                                               std::string organization, std::string set_id);

// Begins or goes on with a run whose object is stored.
boost::asio::awaitable<void> hold_set_run(registry_services const* services, registry_object run);

}  // namespace parley
