// Everything a question finds, page after page.
#pragma once

#include "runner/ports/registry_store.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace parley {

// In the query's order; its limit and token are chosen here. For what is known to be few: all of it is held.
boost::asio::awaitable<registry_outcome<std::vector<registry_object>>> all_objects(registry_store* store,
                                                                                   list_query query);

}  // namespace parley
