// Measures the registry's stores: how many creates a second are made durable, and what questions cost with a
// thousand objects and with a million.
#pragma once

#include "runner/ports/registry_store.hpp"

#include <string>
#include <vector>

namespace parley::bench {

// Object `number` of a registry of `count`: three versions, two tags, one of twenty creators. Every name has
// "scenario" and its number, three of twelve words and one of twenty case numbers; sixty have "seldom" and
// sixty others the tag "rare", one has "unique", however many there are.
new_object sample_scenario(int number, int count);
std::string id_of(int number);

// Fills an empty SQLite file with `count` scenarios, many in a transaction and not waiting for the disk,
// through the same statements as the store's.
void fill(std::string const& path, int count);

// The same registry in an empty PostgreSQL database, row by row: both have the same tables.
void copy_to_postgres(std::string const& path, std::string const& url);
// True when a copy was finished there before.
bool is_copied(std::string const& url);

// Prints creates per second with group commit and with one commit per request. `folder` decides the disk.
bool measure_creates(std::string const& folder);

// One kind of database with few objects and with many.
struct scale_pair {
  std::string name;
  std::string small;
  std::string large;
  int postmaster = 0;  // process whose children do the work too
};

// Prints what each question costs in both registries of each pair, and the ratio. False: one is above five.
// `only`: questions with this in their name.
bool measure_scale(std::vector<scale_pair> const& pairs, int large_count, std::string const& only);

}  // namespace parley::bench
