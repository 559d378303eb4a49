// What can go wrong in the world around us, as a value. A misbehaving agent is data (transcript, verdict);
// a bug of ours is an exception; everything else is a `failure` inside an `outcome<T>`.
#pragma once

#include <boost/system/result.hpp>

#include <string>

namespace parley {

// A code exists only because some caller reacts to it; the detail carries the rest.
enum class failure_code {
  invalid_input,    // a file, flag or value of the user's: exit 4
  unreadable,       // a file or journal of ours cannot be read or written
  agent_transport,  // name, connection, TLS, reset, body cut off, process gone
  agent_timeout,    // no whole reply within the turn limit
  agent_protocol,   // bad status, redirect, unreadable, oversized or empty reply, error field
  user_failed,      // the simulated user's model failed
  judge_failed,     // the judge's model failed
  not_recorded,     // the cassette under replay has no such request; nobody's fault but ours
  cancelled,        // somebody asked us to stop; never reported as a timeout
};

struct failure {
  failure() = default;  // result::error() of 1.81 asks for it
  failure(failure_code c, std::string d) : code(c), detail(std::move(d)) {}
  failure_code code = failure_code::invalid_input;
  std::string detail;  // one line for a person; never a secret
};

template <class T>
using outcome = boost::system::result<T, failure>;

// Called by result::value() on a failure: using value() unchecked is a bug of ours.
[[noreturn]] void throw_exception_from_error(failure const& f, boost::source_location const& where);

}  // namespace parley
