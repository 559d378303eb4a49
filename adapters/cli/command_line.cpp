#include "adapters/cli/command_line.hpp"

#include "adapters/cli/command_options.hpp"
#include "adapters/cli/command_table.hpp"
#include "adapters/cli/help_text.hpp"
#include "adapters/cli/parse_flags.hpp"
#include "adapters/cli/version.hpp"
#include "runner/inputs/input_problems.hpp"

#include <algorithm>

namespace parley {
namespace {

using word_list = std::vector<std::string>;
using result = std::variant<command, exit_request>;

constexpr int usage_error = 4;

exit_request mistake(std::string const& what, std::string const& help_of = "parley") {
  return {usage_error, "parley: " + what + "\nTry '" + help_of + " --help'.\n"};
}

// The first word that is no flag and no flag's value; npos when there is none (or `--` came before).
std::size_t first_word(word_list const& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--") break;
    if (!arguments[i].starts_with('-') || arguments[i] == "-") return i;
    if (takes_next_argument(arguments[i])) ++i;
  }
  return std::string::npos;
}

std::string first_of(std::string const& word) {
  return word.substr(0, word.find(' '));
}

// The entry of `word` when it is a command by itself, else the first of those that begin with it.
command_entry const* find_entry(std::string const& word) {
  for (auto const& entry : command_entries())
    if (first_of(entry.word) == word) return &entry;
  return nullptr;
}

// Paths, ids and globs are never mistaken for a mistyped command.
std::string mistyped_command(std::string const& word) {
  if (word.find_first_of("/.@*?[: ") != std::string::npos) return {};
  std::vector<std::string> words;
  for (auto const& entry : command_entries()) words.push_back(first_of(entry.word));
  return nearest_name(word, words);
}

std::vector<std::string> second_words(std::string const& word) {
  std::vector<std::string> words;
  for (auto const& entry : command_entries())
    if (entry.word.starts_with(word + " ")) words.push_back(entry.word.substr(word.size() + 1));
  return words;
}

std::string one_of(std::vector<std::string> const& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + ("'" + words[i] + "'");
  return text;
}

// Of a command of two words, the second is taken from the arguments and the entry of both found; anything
// else there is a mistake. Without it, --help is about the first of them.
std::string take_second_word(std::string const& word, word_list& arguments, command_entry const*& entry) {
  auto const words = second_words(word);
  if (words.empty()) return {};
  auto const place = first_word(arguments);
  if (place == std::string::npos) {
    bool const help = std::any_of(arguments.begin(), arguments.end(),
                                  [](auto const& a) { return a == "-h" || a == "--help"; });
    return help ? "" : word + " needs " + one_of(words) + ": " + entry->description.name;
  }
  for (auto const& known : command_entries())
    if (known.word == word + " " + arguments[place]) entry = &known;
  if (entry->word != word + " " + arguments[place]) {
    auto const near = nearest_name(arguments[place], words);
    return "unknown word '" + arguments[place] + "' after " + word + "; did you mean " +
           (near.empty() ? one_of(words) : "'" + near + "'") + "?";
  }
  arguments.erase(arguments.begin() + static_cast<std::ptrdiff_t>(place));
  return {};
}

result parse_command(command_description const& description, word_list const& arguments,
                     word_list const& as_typed) {
  auto const flags = parse_flags(description, arguments);
  if (flags.help) return exit_request{0, help_text(description)};
  if (!flags.error.empty()) return mistake(flags.error, description.name);
  command parsed;
  auto const wrong = read_options(description.kind, flags, parsed);
  if (!wrong.empty()) return mistake(wrong, description.name);
  word_list typed{"parley"};
  typed.insert(typed.end(), as_typed.begin(), as_typed.end());
  if (auto* run = std::get_if<run_options>(&parsed))
    run->command = std::move(typed);
  else if (auto* evaluate = std::get_if<evaluate_options>(&parsed))
    evaluate->command = std::move(typed);
  else if (auto* replay = std::get_if<replay_options>(&parsed))
    replay->command = std::move(typed);
  return parsed;
}

}  // namespace

result parse_command_line(word_list const& arguments) {
  auto const place = first_word(arguments);
  if (place == std::string::npos) {
    for (auto const& argument : arguments) {
      if (argument == "-h" || argument == "--help") return exit_request{0, overview_text()};
      if (argument == "--version") return exit_request{0, "parley " + std::string(parley_version()) + "\n"};
      if (argument == "--") break;
    }
    return parse_command(command_entries().front().description, arguments, arguments);
  }
  auto const& word = arguments[place];
  auto const* entry = find_entry(word);
  auto rest = arguments;
  if (entry != nullptr) {
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(place));
    if (auto const wrong = take_second_word(word, rest, entry); !wrong.empty())
      return mistake(wrong, entry->description.name);
    return parse_command(entry->description, rest, arguments);
  }
  auto const near = mistyped_command(word);
  if (!near.empty())
    return mistake("unknown command '" + word + "'; did you mean '" + near + "'? (parley run '" + word +
                   "' selects by that name)");
  return parse_command(command_entries().front().description, arguments, arguments);
}

}  // namespace parley
