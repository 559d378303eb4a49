// A recorded run found by what the user typed, with the configuration of now: where `report` and `show`
// begin.
#pragma once

#include "adapters/cli/command_line.hpp"
#include "adapters/cli/settings.hpp"
#include "adapters/storage/journal_contents.hpp"
#include "adapters/storage/located_run.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace parley {

struct opened_run {
  settings configuration;
  journal_contents contents;
  located_run place;
};

// A run from an archive has no folder for reports to be written into. Null after saying what is wrong (exit
// 4).
std::unique_ptr<opened_run> open_run(configuration_options const& options,
                                     std::vector<report_flag> const& reports,
                                     presentation_options const& presentation, std::string const& reference);

}  // namespace parley
