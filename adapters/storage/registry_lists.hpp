// Pages of objects, and the distinct values among them. The cost of a page follows its size, not the number
// of objects; for several frequent filters that hardly occur together it follows the rarest of them, and in
// another order than that of creation the distance between two hits. References are used until the awaited
// call ends.
#pragma once

#include "adapters/storage/sql_session.hpp"
#include "runner/registry/list_query.hpp"
#include "runner/registry/registry_error.hpp"

namespace parley {

boost::asio::awaitable<registry_outcome<object_page>> list_objects(sql_session& s, list_query const& query);

boost::asio::awaitable<registry_outcome<facet_values>> find_values(sql_session& s, object_filter const& of);

}  // namespace parley
