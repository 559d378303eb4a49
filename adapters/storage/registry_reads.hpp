// What the registry's store reads by key. References are used until the awaited call ends.
#pragma once

#include "adapters/storage/sql_session.hpp"
#include "runner/registry/list_query.hpp"
#include "runner/registry/registry_error.hpp"

namespace parley {

registry_error no_such(object_key const& key);

// 0: nothing was ever put there.
boost::asio::awaitable<std::int64_t> collection_of(sql_session& s, std::string const& organization,
                                                   object_kind kind);

boost::asio::awaitable<registry_outcome<registry_object>> find_object(sql_session& s,
                                                                      object_key const& which);

boost::asio::awaitable<registry_outcome<version_page>> find_versions(sql_session& s,
                                                                     version_query const& query);

}  // namespace parley
