#include "adapters/cli/parse_flags.hpp"

#include "runner/inputs/input_problems.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace parley {
namespace {

using takes = flag_definition::takes;
using word_list = std::vector<std::string>;

struct bound_flag {
  flag_definition const* definition;
  CLI::Option* option;
};

CLI::Option* add_flag(CLI::App& app, flag_definition const& flag) {
  std::string const names(flag.names);
  std::string const description(flag.description);
  if (flag.what == takes::nothing || flag.what == takes::count) {
    auto* const added = app.add_flag(names, description);
    return added->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  }
  auto* const option = app.add_option(names, description);
  option->expected(1)->allow_extra_args(false)->type_name(std::string(flag.placeholder));
  if (flag.what == takes::values) return option->take_all();
  return option->take_last();
}

std::vector<bound_flag> add_flags(CLI::App& app, command_kind command) {
  std::vector<bound_flag> bound;
  for (auto const& flag : flag_table()) {
    if (!flag.known_to(command)) continue;
    auto* const option = add_flag(app, flag);
    option->group(std::string(flag.group));
    bound.push_back({&flag, option});
  }
  return bound;
}

std::vector<std::string> flag_names(CLI::App const& app) {
  std::vector<std::string> names;
  for (auto const* option : app.get_options())
    for (auto const& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

std::string unknown_flag(CLI::App const& app, std::string const& argument) {
  auto const name = argument.substr(0, argument.find('='));
  auto const near = name.starts_with("--") ? nearest_name(name, flag_names(app)) : std::string();
  return "unknown flag '" + name + "'" + (near.empty() ? "" : "; did you mean '" + near + "'?");
}

bool looks_like_flag(std::string const& argument) {
  return argument.starts_with('-') && argument != "-";
}

std::string wrong_value(bound_flag const& flag, std::string const& what) {
  std::string const name =
      flag.definition->names.starts_with("--") || flag.definition->names.size() == 2
          ? std::string(flag.definition->names.substr(0, flag.definition->names.find(',')))
          : "--" + std::string(flag.definition->long_name());
  return name + ": " + what;
}

// The library's own words name its types; ours name the flag and what it takes.
std::string library_error(CLI::App const& app, CLI::ParseError const& e,
                          std::vector<bound_flag> const& bound) {
  for (auto const& extra : app.remaining())
    if (looks_like_flag(extra)) return unknown_flag(app, extra);
  std::string const text = e.what();
  for (auto const& flag : bound) {
    if (text.starts_with(flag.option->get_name() + ":") || text.starts_with(flag.option->get_name() + " "))
      return wrong_value(flag, "needs a value, " + std::string(flag.definition->placeholder));
  }
  return text;
}

void collect(std::vector<bound_flag> const& bound, parsed_flags& parsed) {
  for (auto const& flag : bound) {
    if (flag.option->count() == 0) continue;
    auto values = flag.option->results();
    if (flag.definition->what == takes::value) values.erase(values.begin(), values.end() - 1);
    bool const has_value = flag.definition->what == takes::value || flag.definition->what == takes::values;
    bool const bare = std::all_of(values.begin(), values.end(), [](auto const& v) { return v == "true"; });
    if (!has_value && !bare) parsed.error = wrong_value(flag, "takes no value");
    parsed.values[std::string(flag.definition->long_name())] = std::move(values);
  }
}

// What the library could not place: words are positionals, everything else is a mistake.
void collect_words(CLI::App const& app, command_description const& command, word_list const& behind_dashes,
                   parsed_flags& parsed) {
  for (auto const& extra : app.remaining()) {
    if (looks_like_flag(extra)) {
      parsed.error = unknown_flag(app, extra);
      return;
    }
    parsed.positionals.push_back(extra);
  }
  parsed.positionals.insert(parsed.positionals.end(), behind_dashes.begin(), behind_dashes.end());
  if (command.positional.empty() && !parsed.positionals.empty())
    parsed.error = "unexpected argument '" + parsed.positionals.front() + "'";
}

// Takes `--` and everything behind it off; a `--` that is a flag's value stays.
word_list take_words_behind_dashes(word_list& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--") {
      auto const dashes = arguments.begin() + static_cast<std::ptrdiff_t>(i);
      word_list words(dashes + 1, arguments.end());
      arguments.erase(dashes, arguments.end());
      return words;
    }
    if (takes_next_argument(arguments[i])) ++i;
  }
  return {};
}

}  // namespace

std::string parsed_flags::last(std::string_view long_name, std::string otherwise) const {
  auto const found = values.find(long_name);
  return found == values.end() || found->second.empty() ? otherwise : found->second.back();
}

parsed_flags parse_flags(command_description const& command, std::vector<std::string> arguments) {
  parsed_flags parsed;
  CLI::App app(command.description, command.name);
  app.set_help_flag("-h,--help", "this text");
  app.allow_extras();
  auto const bound = add_flags(app, command.kind);
  auto const behind_dashes = take_words_behind_dashes(arguments);
  try {
    std::reverse(arguments.begin(), arguments.end());  // the order the library wants
    app.parse(std::move(arguments));
    collect_words(app, command, behind_dashes, parsed);
    if (parsed.error.empty()) collect(bound, parsed);
  } catch (CLI::CallForHelp const&) {
    parsed.help = true;
  } catch (CLI::ParseError const& e) {
    parsed.error = library_error(app, e, bound);
  }
  return parsed;
}

bool takes_next_argument(std::string const& argument) {
  if (argument.size() < 2 || argument.front() != '-' || argument.find('=') != std::string::npos) return false;
  auto const takes_value = [](std::string const& name) {
    for (auto const& flag : flag_table()) {
      auto const names = "," + std::string(flag.names) + ",";
      if (names.find("," + name + ",") != std::string::npos)
        return flag.what == takes::value || flag.what == takes::values;
    }
    return false;
  };
  if (argument.starts_with("--")) return takes_value(argument);
  for (std::size_t i = 1; i < argument.size(); ++i)
    if (takes_value(std::string("-") + argument[i])) return i + 1 == argument.size();
  return false;
}

}  // namespace parley
