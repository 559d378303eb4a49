// One call of the registry's store as statements on a session, and what its errors mean to the caller.
#pragma once

#include "adapters/storage/sql_session.hpp"
#include "runner/registry/registry_error.hpp"

#include <functional>

namespace parley {

// May be called again when its transaction was taken back. What it captures outlives every call.
template <class T>
using store_operation = std::function<boost::asio::awaitable<registry_outcome<T>>(sql_session&)>;

registry_error refusal_of(sql_error const& error);

// Drawing the time again, or beginning again, may help.
bool is_worth_another_try(sql_error const& error);
inline constexpr int most_tries = 8;

}  // namespace parley
