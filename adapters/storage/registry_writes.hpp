// What the registry's store writes, as statements inside a transaction that its caller commits, or takes back
// when the outcome is an error or a sql_error is thrown. References are used until the awaited call ends.
#pragma once

#include "adapters/storage/sql_session.hpp"
#include "runner/ports/registry_store.hpp"
#include "runner/registry/registry_clock.hpp"

namespace parley {

using objects_outcome = registry_outcome<std::vector<registry_object>>;

boost::asio::awaitable<objects_outcome> create_objects(sql_session& s, creation const& what,
                                                       registry_clock& clock);

boost::asio::awaitable<objects_outcome> change_objects(sql_session& s, std::vector<object_key> const& which,
                                                       change_rule const& rule, registry_clock& clock);

// The latest time in the database, for the clock.
boost::asio::awaitable<micro_time> latest_time(sql_session& s);

}  // namespace parley
