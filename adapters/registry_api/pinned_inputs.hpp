// Scenarios and personas of the registry as inputs of a run, at the versions that were pinned.
#pragma once

#include "runner/inputs/persona.hpp"
#include "runner/inputs/scenario.hpp"
#include "runner/ports/registry_store.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>

namespace parley {

struct object_pin {
  object_pin() = default;
  object_pin(std::string i, int v) : id(std::move(i)), version(v) {}
  std::string id;
  int version = 1;
};

// Deleted ones too. not_found: no such object or version; invalid: a content that cannot be run.
boost::asio::awaitable<registry_outcome<scenario>> load_scenario(registry_store* store,
                                                                 std::string organization, object_pin pin);
boost::asio::awaitable<registry_outcome<persona>> load_persona(registry_store* store,
                                                               std::string organization, object_pin pin);

// The latest version of a live object. not_found otherwise.
boost::asio::awaitable<registry_outcome<object_pin>> pin_latest(registry_store* store, object_key which);

}  // namespace parley
