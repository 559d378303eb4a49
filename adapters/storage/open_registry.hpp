// Opens the registry's store by where it is: a path, or a URL of PostgreSQL.
#pragma once

#include "adapters/storage/migrations.hpp"
#include "runner/failure.hpp"
#include "runner/ports/registry_store.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <string>

namespace parley {

// What opening does where there is no registry yet.
enum class when_missing {
  make,    // its file and folders, or its tables
  refuse,  // invalid_input; nothing is written
};

// "postgres://..." and "postgresql://..." are URLs, everything else is the path of a SQLite file, whose
// folders are made. Waits up to 30 s for a server to answer, and then until the tables are taken forward to
// today's schema, of which `notice` is told. The store lives on `home`, which outlives it and may be run
// later. Failure: unreadable, with what is wrong.
outcome<std::unique_ptr<registry_store>> open_registry(std::string const& where,
                                                       boost::asio::io_context& home,
                                                       std::function<micro_time()> now = {},
                                                       when_missing missing = when_missing::make,
                                                       migration_notice notice = {});

}  // namespace parley
