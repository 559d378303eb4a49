#include "adapters/cli/completion_scripts.hpp"
#include "adapters/cli/completion_table.hpp"

#include <set>

namespace parley {
namespace {

constexpr char const* shell_functions = R"sh(
# The command that is being typed, "runs list"; "run" when the first word is none. Empty: not yet known.
function __parley_command
    set -l words (commandline -opc)
    set -e words[1]
    set -l command
    set -l skip 0
    for word in $words
        if test $skip = 1
            set skip 0
        else if string match -q -- '-*' $word
            contains -- $word $__parley_with_value; and set skip 1
        else if test -z "$command"
            contains -- $word $__parley_known; or set word run
            set command $word
            contains -- $word $__parley_pairs; or break
        else
            set command "$command $word"
            break
        end
    end
    echo $command
end

function __parley_is
    set -l command (__parley_command)
    test -n "$command"; or set command run
    contains -- "$command" $argv
end

function __parley_at
    test (__parley_command) = "$argv"
end

function __parley_runs
    echo latest
    set -l words (commandline -opc)
    $words[1] runs list --format ids 2>/dev/null
end

complete -c parley -f
)sh";

std::string fish_quoted(std::string_view text) {
  std::string made = "'";
  for (char const c : text) {
    if (c == '\'' || c == '\\') made += '\\';
    made += c;
  }
  return made + "'";
}

std::string offered(completed_value const& value) {
  std::string text;
  for (auto const& word : value.words) text += (text.empty() ? "" : " ") + word;
  if (value.runs) text += (text.empty() ? "" : " ") + std::string("(__parley_runs)");
  return text;
}

std::string flag_line(flag_definition const& flag, std::string const& commands) {
  std::string line = "complete -c parley -n \"__parley_is " + commands + "\"";
  for (auto const& name : names_of(flag))
    line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  if (takes_value(flag)) {
    auto const value = completed_flag(flag);
    line += value.files ? " -r -F" : " -x";
    if (auto const words = offered(value); !words.empty()) line += " -a " + fish_quoted(words);
  }
  return line + " -d " + fish_quoted(flag.description) + "\n";
}

std::string all_flag_lines() {
  std::string lines;
  std::string everything;
  for (auto const& entry : command_entries())
    everything += (everything.empty() ? "'" : " '") + words_of(entry.description) + "'";
  for (auto const& flag : flag_table()) {
    std::string commands;
    for (auto const& entry : command_entries())
      if (flag.known_to(entry.description.kind))
        commands += (commands.empty() ? "'" : " '") + words_of(entry.description) + "'";
    lines += flag_line(flag, commands);
  }
  return lines + flag_line(flags_of(command_kind::init).back(), everything);
}

std::string command_line(std::string const& at, std::string const& word, std::string const& about) {
  return "complete -c parley -n \"__parley_at " + at + "\" -a " + word + " -d " + fish_quoted(about) + "\n";
}

}  // namespace

std::string fish_completion() {
  std::string known, pairs, commands, positionals, last;
  std::set<std::string> with_value;
  for (auto const& flag : flag_table())
    for (auto const& name : names_of(flag))
      if (takes_value(flag)) with_value.insert(name);
  for (auto const& entry : command_entries()) {
    auto const& about = entry.description;
    auto const words = words_of(about);
    auto const space = words.find(' ');
    auto const first = words.substr(0, space);
    if (first != last) {
      known += " " + first;
      if (space != std::string::npos) pairs += " " + first;
      commands += command_line("''", first, about.description);
    }
    last = first;
    if (space != std::string::npos)
      commands += command_line("'" + first + "'", words.substr(space + 1), about.description);
    auto const value = completed_positional(about);
    auto const line = "complete -c parley -n \"__parley_is '" + words + "'\"";
    if (value.files) positionals += line + " -F\n";
    if (auto const list = offered(value); !list.empty())
      positionals += line + " -a " + fish_quoted(list) + "\n";
  }
  std::string flags_with_value;
  for (auto const& name : with_value) flags_with_value += " " + name;
  return "# Completion of parley for fish, made by 'parley completions fish'.\n\nset -g __parley_known" +
         known + "\nset -g __parley_pairs" + pairs + "\nset -g __parley_with_value --" + flags_with_value +
         "\n" + shell_functions + commands + all_flag_lines() + positionals;
}

}  // namespace parley
