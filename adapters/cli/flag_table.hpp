// Every flag of every command, once: its names, what it takes, which commands know it and what --help says.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace parley {

enum class command_kind {
  run,
  list,
  validate,
  evaluate,
  report,
  merge,
  compare,
  baseline_update,
  baseline_show,
  calibrate,
  show,
  chat,
  push,
  pull,
  replay,
  runs_list,
  runs_prune,
  runs_export,
  init,
  config_show,
  schema,
  completions,
  serve,
  org_create,
  org_list,
  org_revoke,
  user_create,
  user_list,
  user_revoke,
  key_create,
  key_list,
  key_revoke
};

struct flag_definition {
  enum class takes { nothing, count, value, values };  // `values`: repeatable, one value each time
  std::string_view names;        // "-j,--jobs": the last long name is the one values are kept under
  std::string_view placeholder;  // "N"
  takes what = takes::value;
  std::string_view run_key;  // the key of `run` it sets; empty = none
  std::string_view group;
  std::string_view description;
  std::uint64_t commands = 0;  // bits of command_kind

  bool known_to(command_kind kind) const { return (commands >> static_cast<unsigned>(kind) & 1U) != 0; }
  std::string_view long_name() const;  // "jobs"
};

std::vector<flag_definition> const& flag_table();

}  // namespace parley
