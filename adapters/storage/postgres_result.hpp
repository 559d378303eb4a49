// What PostgreSQL answered, as rows or as an error of ours.
#pragma once

#include "adapters/storage/sql_session.hpp"

struct pg_result;

namespace parley {

// Integers of every size become numbers, everything else text. Throws sql_error.
sql_rows read_result(pg_result const* result);

}  // namespace parley
