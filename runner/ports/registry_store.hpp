// Rows behind the registry's rules: objects, versions, and the few questions asked about them. Everything a
// call writes is written whole or not at all, and is on disk when the call returns.
#pragma once

#include "runner/registry/list_query.hpp"
#include "runner/registry/registry_error.hpp"
#include "runner/registry/registry_object.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <optional>
#include <vector>

namespace parley {

// An object that does not exist yet. Its times are given by the store, its latest_version is 1 with a first
// version and 0 without.
struct new_object {
  registry_object object;
  std::optional<json_value> first_version;
};

// Objects created together.
struct creation {
  std::vector<new_object> objects;
  std::vector<object_key> needs;  // must exist and be live: otherwise not_found names the first that is not
};

// What a rule is told of an object it may change.
struct object_state {
  registry_object object;
  bool in_use = false;  // a live object of its organisation has a facet {to_text(kind), id} naming it
};

struct object_change {
  registry_object after;                  // key and times are left alone, but for updated_at
  std::optional<json_value> new_version;  // appended as latest_version + 1; `after.latest_version` follows
};

// All changes of one transaction.
struct change_set {
  std::vector<object_change> changes;  // of the objects the rule was told of; the others stay as they are
  std::vector<object_key> needs;       // as in `creation`
};

// Decides from what is there. Pure: it may be called more than once, and on another thread.
using change_rule = std::function<registry_outcome<change_set>(std::vector<object_state> const&)>;

// Lives on the server's io thread; implementations cross to their own threads and back. Calls don't throw.
// Every call can fail with `unavailable`. Parameters are owned by the call.
class registry_store {
 public:
  virtual ~registry_store() = default;

  // conflict: a live object with a unique name has this name.
  virtual boost::asio::awaitable<registry_outcome<std::vector<registry_object>>> create(creation what) = 0;

  // Reads the objects, asks `rule`, and writes what it answers; nothing else changes them in between.
  // not_found: one of the objects does not exist (deleted ones do). What the rule refuses is returned as it
  // is.
  virtual boost::asio::awaitable<registry_outcome<std::vector<registry_object>>> change(
      std::vector<object_key> which, change_rule rule) = 0;

  // not_found: no such object; deleted ones are found.
  virtual boost::asio::awaitable<registry_outcome<registry_object>> find(object_key which) = 0;
  virtual boost::asio::awaitable<registry_outcome<object_page>> list(list_query query) = 0;
  virtual boost::asio::awaitable<registry_outcome<facet_values>> values(object_filter of) = 0;
  // Best match first: see search_rank. At most `limit`.
  virtual boost::asio::awaitable<registry_outcome<std::vector<registry_object>>> search(
      search_query query) = 0;
  // not_found: no such object; deleted ones are found.
  virtual boost::asio::awaitable<registry_outcome<version_page>> versions(version_query query) = 0;
  // Can it be read?
  virtual boost::asio::awaitable<registry_outcome<void>> ping() = 0;
};

}  // namespace parley
