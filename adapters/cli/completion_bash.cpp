#include "adapters/cli/completion_scripts.hpp"
#include "adapters/cli/completion_table.hpp"

#include <set>

namespace parley {
namespace {

// Bash takes words apart at '=', so `--color=al` arrives as three of them.
constexpr char const* shell_functions = R"sh(
# The command that is being typed, "runs list"; "run" when the first word is none. Empty: not yet known.
_parley_command() {
  local i=1 word command=
  while ((i < COMP_CWORD)); do
    word=${COMP_WORDS[i]}
    if [[ $word == '=' ]]; then
      ((i++))
    elif [[ $word == -* ]]; then
      if [[ " $(_parley_with_value) " == *" $word "* && ${COMP_WORDS[i + 1]} != '=' ]]; then ((i++)); fi
    elif [[ -z $command ]]; then
      command=$(_parley_first "$word")
      [[ $command == *' ' ]] || break
    else
      command=$command$word
      break
    fi
    ((i++))
  done
  REPLY=$command
}

_parley_runs() {
  echo latest
  "${COMP_WORDS[0]/#\~/$HOME}" runs list --format ids 2>/dev/null
}

_parley_offer() {
  local kind=$1 cur=$2 words= path
  [[ ${kind%%:*} == *runs* ]] && words=$(_parley_runs)
  words="$words ${kind#*:}"
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
  if [[ ${kind%%:*} == *files* ]]; then
    compopt -o filenames 2>/dev/null
    while IFS= read -r path; do COMPREPLY+=("$path"); done < <(compgen -f -- "$cur")
  elif [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]]; then
    compopt -o nospace 2>/dev/null
  fi
}

_parley() {
  local cur=${COMP_WORDS[COMP_CWORD]} flag=${COMP_WORDS[COMP_CWORD - 1]} behind_equals= REPLY= command
  _parley_command
  command=$REPLY
  COMPREPLY=()
  if [[ $cur == '=' ]]; then
    cur=
  elif [[ $flag == '=' ]]; then
    behind_equals=1
    flag=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  if [[ $flag == -* && " $(_parley_with_value) " == *" $flag "* ]]; then
    _parley_offer "$(_parley_value "${command:-run} $flag")" "$cur"
  elif [[ -n $behind_equals ]]; then
    _parley_offer files: "$cur"
  elif [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W "$(_parley_flags "${command:-run}")" -- "$cur"))
  elif [[ -z $command ]]; then
    _parley_offer "files:$(_parley_commands)" "$cur"
  elif [[ $command == *' ' ]]; then
    COMPREPLY=($(compgen -W "$(_parley_second "${command% }")" -- "$cur"))
  else
    _parley_offer "$(_parley_positional "$command")" "$cur"
  fi
}

complete -F _parley parley
)sh";

std::string function(std::string const& name, std::string const& subject, std::string const& cases) {
  return name + "() {\n  case \"" + subject + "\" in\n" + cases + "  esac\n}\n";
}

std::string echo_case(std::string const& pattern, std::string const& text) {
  return "    " + pattern + ") echo " + single_quoted(text) + " ;;\n";
}

struct bash_cases {
  std::string first, second, flags, values, positionals;
  std::vector<std::string> commands;
  std::set<std::string> with_value;
};

void add_flags(command_description const& command, bash_cases& into) {
  std::vector<std::string> names;
  for (auto const& flag : flags_of(command.kind)) {
    auto const own = names_of(flag);
    names.insert(names.end(), own.begin(), own.end());
    if (!takes_value(flag)) continue;
    into.with_value.insert(own.begin(), own.end());
    std::string pattern;
    for (auto const& name : own)
      pattern += (pattern.empty() ? "" : "|") + single_quoted(words_of(command) + " " + name);
    auto const kind = kind_text(completed_flag(flag));
    if (kind != ":") into.values += echo_case(pattern, kind);
  }
  into.flags += echo_case(single_quoted(words_of(command)), joined(names));
}

bash_cases cases_of_all() {
  bash_cases all;
  std::vector<std::string> firsts;
  for (auto const& entry : command_entries()) {
    auto const words = words_of(entry.description);
    auto const first = words.substr(0, words.find(' '));
    add_flags(entry.description, all);
    auto const kind = kind_text(completed_positional(entry.description));
    if (kind != ":") all.positionals += echo_case(single_quoted(words), kind);
    if (!all.commands.empty() && all.commands.back() == first) continue;
    all.commands.push_back(first);
    if (first == words) {
      all.first += echo_case(first, first);
      continue;
    }
    all.first += echo_case(first, first + " ");
    std::vector<std::string> seconds;
    for (auto const& other : command_entries())
      if (auto const typed = words_of(other.description); typed.starts_with(first + " "))
        seconds.push_back(typed.substr(first.size() + 1));
    all.second += echo_case(first, joined(seconds));
  }
  all.first += echo_case("*", "run");
  return all;
}

}  // namespace

std::string bash_completion() {
  auto const all = cases_of_all();
  return "# Completion of parley for bash, made by 'parley completions bash'.\n\n"
         "_parley_commands() { echo " +
         single_quoted(joined(all.commands)) + "; }\n_parley_with_value() { echo " +
         single_quoted(joined({all.with_value.begin(), all.with_value.end()})) + "; }\n" +
         function("_parley_first", "$1", all.first) + function("_parley_second", "$1", all.second) +
         function("_parley_flags", "$1", all.flags) + function("_parley_value", "$1", all.values) +
         function("_parley_positional", "$1", all.positionals) + shell_functions;
}

}  // namespace parley
