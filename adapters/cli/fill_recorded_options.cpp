#include "adapters/cli/fill_options.hpp"
#include "adapters/cli/flag_readers.hpp"

namespace parley {

std::string fill(parsed_flags const& flags, render_options& into) {
  into.presentation = read_presentation(flags);
  auto wrong = read_only_positional(flags, "report", "run", into.run);
  if (wrong.empty()) wrong = read_configuration(flags, into.configuration);
  return wrong.empty() ? read_reports(flags, into.reports) : wrong;
}

std::string fill(parsed_flags const& flags, compare_options& into) {
  into.presentation = read_presentation(flags);
  if (flags.positionals.empty()) return "compare needs a run or a baseline file: parley compare BASE [HEAD]";
  if (flags.positionals.size() > 2) return "compare takes two runs, not '" + flags.positionals[2] + "' too";
  into.base = flags.positionals.front();
  if (flags.positionals.size() == 2) into.head = flags.positionals.back();
  auto wrong = read_configuration(flags, into.configuration);
  return wrong.empty() ? read_format(flags, into.format) : wrong;
}

std::string fill(parsed_flags const& flags, baseline_update_options& into) {
  into.presentation = read_presentation(flags);
  auto const wrong = read_only_positional(flags, "baseline update", "run", into.run);
  return wrong.empty() ? read_configuration(flags, into.configuration) : wrong;
}

std::string fill(parsed_flags const& flags, baseline_show_options& into) {
  into.presentation = read_presentation(flags);
  auto wrong = read_only_positional(flags, "baseline show", "baseline", into.baseline);
  if (wrong.empty()) wrong = read_configuration(flags, into.configuration);
  return wrong.empty() ? read_format(flags, into.format) : wrong;
}

std::string fill(parsed_flags const& flags, calibrate_options& into) {
  into.presentation = read_presentation(flags);
  auto wrong = read_only_positional(flags, "calibrate", "run", into.run);
  if (wrong.empty()) wrong = read_configuration(flags, into.configuration);
  return wrong.empty() ? read_format(flags, into.format) : wrong;
}

std::string fill(parsed_flags const& flags, show_options& into) {
  into.presentation = read_presentation(flags);
  auto const wrong = read_only_positional(flags, "show", "run", into.run);
  return wrong.empty() ? read_configuration(flags, into.configuration) : wrong;
}

std::string fill(parsed_flags const& flags, merge_options& into) {
  into.presentation = read_presentation(flags);
  into.runs = flags.positionals;
  if (into.runs.empty()) return "merge needs the recordings of shards: parley merge DIR...";
  into.output = flags.last("output");
  if (flags.given("output") && into.output.empty()) return "-o: expected a folder";
  auto wrong = read_configuration(flags, into.configuration);
  return wrong.empty() ? read_reports(flags, into.reports) : wrong;
}

}  // namespace parley
