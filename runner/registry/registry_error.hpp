// Why the registry refuses or cannot answer; each code is one status of HTTP.
#pragma once

#include <boost/system/result.hpp>

#include <string>
#include <utility>
#include <vector>

namespace parley {

enum class registry_refusal {
  invalid,          // 422: a value out of range, of the wrong type or against a grammar
  refused,          // 400: a stale version, deleting what is in use, writing through the wrong dialect
  unauthenticated,  // 401
  forbidden,        // 403
  not_found,        // 404: also what was deleted, or belongs to another organisation
  conflict,         // 409: the name is taken, a run of the set is unfinished
  unavailable,      // 503: the store cannot be reached or written; asking again later may help
};

// One thing wrong with one field; `where` as in ("body", "initial_version", "objective") or ("query",
// "limit").
struct field_problem {
  field_problem(std::vector<std::string> w, std::string t, std::string k = "value_error")
      : where(std::move(w)), text(std::move(t)), kind(std::move(k)) {}
  std::vector<std::string> where;
  std::string text;
  std::string kind;  // "missing", "type_error", "value_error"
};

struct registry_error {
  registry_error() = default;  // result::error() of 1.81 asks for it
  registry_error(registry_refusal c, std::string d) : code(c), detail(std::move(d)) {}
  explicit registry_error(std::vector<field_problem> p)
      : code(registry_refusal::invalid), detail("invalid input"), problems(std::move(p)) {}

  registry_refusal code = registry_refusal::unavailable;
  std::string detail;                   // one line for a person; never a secret, never another organisation's
  std::vector<field_problem> problems;  // only of `invalid`
};

template <class T>
using registry_outcome = boost::system::result<T, registry_error>;

// Called by result::value() on an error: using value() unchecked is a bug of ours.
[[noreturn]] void throw_exception_from_error(registry_error const& e, boost::source_location const& where);

}  // namespace parley
