#include "adapters/cli/help_text.hpp"

#include "adapters/cli/command_table.hpp"
#include "adapters/cli/version.hpp"

#include <algorithm>

namespace parley {
namespace {

// Two columns; a left side that is too wide gets a line of its own.
void add_line(std::string& text, std::string left, std::string_view right) {
  constexpr std::size_t width = 32;
  left = "  " + left;
  if (left.size() + 2 > width)
    left += "\n" + std::string(width, ' ');
  else
    left.resize(width, ' ');
  text += left + std::string(right) + "\n";
}

std::string flag_names(flag_definition const& flag) {
  std::string names(flag.names);
  if (auto const comma = names.find(','); comma != std::string::npos) names.insert(comma + 1, " ");
  if (!flag.placeholder.empty()) names += " " + std::string(flag.placeholder);
  return names;
}

}  // namespace

std::string help_text(command_description const& command) {
  std::string text = command.description + "\n\nUsage: " + command.name + " [OPTIONS]";
  if (command.positional.find(' ') != std::string::npos)
    text += " " + command.positional;
  else if (!command.positional.empty())
    text += " [" + command.positional + "]...";
  text += "\n";
  if (!command.positional.empty()) {
    text += "\n";
    add_line(text, command.positional, command.positional_about);
  }
  std::string_view group;
  for (auto const& flag : flag_table()) {
    if (!flag.known_to(command.kind)) continue;
    if (flag.group != group) text += "\n" + std::string(flag.group) + ":\n";
    group = flag.group;
    add_line(text, flag_names(flag), flag.description);
  }
  text += "\n";
  add_line(text, "-h, --help", "this text");
  return text + "\n" + command.examples;
}

std::string overview_text() {
  std::string text = "parley " + std::string(parley_version()) +
                     ": holds conversations with an AI agent the way its users would, judges them, and\n"
                     "says whether the agent got worse.\n\n"
                     "Usage: parley [COMMAND] [OPTIONS] [PATH|NAME|ID]...\n\nCommands:\n";
  for (auto const& entry : command_entries()) {
    auto const& about = entry.description;
    std::string usage = about.name.substr(std::string("parley ").size());
    if (!about.positional.empty()) usage += " " + about.positional;
    usage.resize(std::max<std::size_t>(usage.size() + 1, 24), ' ');
    text +=
        "  " + usage + about.description + (about.kind == command_kind::run ? " The default." : "") + "\n";
  }
  text +=
      "\nExamples:\n"
      "  parley init && parley               a new project, run at once\n"
      "  parley -k 'refund and not angry'    some of the project\n"
      "  parley run -P ci --junit report.xml\n"
      "\n"
      "'parley COMMAND --help' lists the flags of a command; --version prints the version.\n";
  return text;
}

}  // namespace parley
