// Measures the registry's stores: how many creates a second are made durable, and what questions cost with a
// thousand objects and with a million.
#pragma once

#include "runner/ports/registry_store.hpp"

#include <boost/asio/io_context.hpp>

#include <memory>
#include <string>

namespace parley::bench {

// Object `number` of a registry of `count`: three versions, two tags, one of twenty creators. Every name has
// "scenario" and its number and three of twelve words; sixty have "seldom" and sixty others the tag "rare",
// one has "unique", however many there are.
new_object sample_scenario(int number, int count);
std::string id_of(int number);

// Fills an empty registry with `count` scenarios, many in a transaction and not waiting for the disk, through
// the same statements as the store's.
void fill(std::string const& where, int count);

// Prints creates per second with group commit and with one commit per request. `folder` decides the disk.
bool measure_creates(std::string const& folder);

// Prints what each question costs in both registries, and the ratio. False: one is above five.
bool measure_scale(std::string const& small, std::string const& large, int large_count);

}  // namespace parley::bench
