// The registry's tables, as numbered steps from an empty database to today's; each is applied once, whole or
// not at all. A step that was released is never edited again: a change is a new step.
#pragma once

#include "adapters/storage/sql_session.hpp"

#include <functional>

namespace parley {

int newest_schema();

// False: no program of ours has made its tables here. Writes nothing.
boost::asio::awaitable<bool> has_schema(sql_session& database);

// Told before an earlier version's tables are taken forward: with many objects it takes minutes.
using migration_notice = std::function<void(int from, int to)>;

// Takes the database forward to `to`. Throws sql_error; `unavailable` also when the database is newer than
// this program. Several processes may do this at once.
boost::asio::awaitable<void> migrate(sql_session& database, int to = newest_schema(),
                                     migration_notice notice = {});

}  // namespace parley
