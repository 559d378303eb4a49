#include "adapters/cli/completion_scripts.hpp"
#include "adapters/cli/completion_table.hpp"

#include <set>

namespace parley {
namespace {

constexpr char const* shell_functions = R"sh(
# The command that is being typed, "runs list"; "run" when the first word is none. Empty: not yet known.
_parley_command() {
  local i=2 word command=
  while ((i < CURRENT)); do
    word=${words[i]}
    if [[ $word == -* ]]; then
      if [[ $word != *=* ]] && ((${_parley_with_value[(Ie)$word]})); then ((i++)); fi
    elif [[ -z $command ]]; then
      command=$word
      if ((!${_parley_pairs[(Ie)$word]})); then
        ((${_parley_known[(Ie)$word]})) || command=run
        break
      fi
      command="$command "
    else
      command=$command$word
      break
    fi
    ((i++))
  done
  REPLY=$command
}

_parley_offer() {
  local kind=${1%%:*} given=1
  local -a offered=(${=1#*:})
  [[ $kind == *runs* ]] && offered+=(latest ${(f)"$(${~words[1]} runs list --format ids 2>/dev/null)"})
  if (($#offered)); then compadd -- $offered && given=0; fi
  if [[ $kind == *files* ]]; then _files && given=0; fi
  return given
}

_parley() {
  local REPLY command flag=${words[CURRENT - 1]}
  _parley_command
  command=$REPLY
  if [[ ${words[CURRENT]} == --*=* ]]; then
    flag=${words[CURRENT]%%=*}
    compset -P '*='
  elif ((!${_parley_with_value[(Ie)$flag]})); then
    flag=
  fi
  if [[ -n $flag ]]; then
    _parley_value "${command:-run} $flag"
    _parley_offer "$REPLY"
  elif [[ ${words[CURRENT]} == -* ]]; then
    _parley_flags "${command:-run}"
  elif [[ -z $command ]]; then
    _parley_commands
    _files
  elif [[ $command == *' ' ]]; then
    _parley_second "${command% }"
  else
    _parley_positional "$command"
    _parley_offer "$REPLY"
  fi
}

if [[ $funcstack[1] == _parley ]]; then _parley "$@"; else compdef _parley parley; fi
)sh";

std::string described(std::string const& word, std::string_view about) {
  return " " + single_quoted(word + ":" + std::string(about));
}

std::string function(std::string const& name, std::string const& cases) {
  return name + "() {\n  REPLY=:\n  case \"$1\" in\n" + cases + "  esac\n}\n";
}

std::string reply_case(std::string const& pattern, std::string const& text) {
  return "    " + pattern + ") REPLY=" + single_quoted(text) + " ;;\n";
}

std::string describe(std::string const& what, std::string const& words) {
  return "local -a offered=(" + words + " ); _describe " + what + " offered";
}

struct zsh_cases {
  std::string commands, flags, values, positionals, second;
  std::string known, pairs;
  std::set<std::string> with_value;
};

void add_flags(command_description const& command, zsh_cases& into) {
  std::string offered;
  auto const words = words_of(command);
  for (auto const& flag : flags_of(command.kind)) {
    std::string pattern;
    for (auto const& name : names_of(flag)) {
      offered += described(name, flag.description);
      pattern += (pattern.empty() ? "" : "|") + single_quoted(words + " " + name);
      if (takes_value(flag)) into.with_value.insert(name);
    }
    auto const kind = kind_text(completed_flag(flag));
    if (takes_value(flag) && kind != ":") into.values += reply_case(pattern, kind);
  }
  into.flags += "    " + single_quoted(words) + ") " + describe("-o flag", offered) + " ;;\n";
}

zsh_cases cases_of_all() {
  zsh_cases all;
  std::string last;
  for (auto const& entry : command_entries()) {
    auto const words = words_of(entry.description);
    auto const first = words.substr(0, words.find(' '));
    add_flags(entry.description, all);
    auto const kind = kind_text(completed_positional(entry.description));
    if (kind != ":") all.positionals += reply_case(single_quoted(words), kind);
    if (last == first) continue;
    last = first;
    all.commands += described(first, entry.description.description);
    all.known += " " + first;
    if (first == words) continue;
    all.pairs += " " + first;
    std::string seconds;
    for (auto const& other : command_entries())
      if (auto const typed = words_of(other.description); typed.starts_with(first + " "))
        seconds += described(typed.substr(first.size() + 1), other.description.description);
    all.second += "    " + first + ") " + describe("word", seconds) + " ;;\n";
  }
  return all;
}

}  // namespace

std::string zsh_completion() {
  auto const all = cases_of_all();
  std::string with_value;
  for (auto const& name : all.with_value) with_value += " " + name;
  return "#compdef parley\n# Completion of parley for zsh, made by 'parley completions zsh'.\n\n"
         "typeset -ga _parley_known=(" +
         all.known + " )\ntypeset -ga _parley_pairs=(" + all.pairs + " )\ntypeset -ga _parley_with_value=(" +
         with_value + " )\n_parley_commands() { " + describe("command", all.commands) + "; }\n" +
         function("_parley_second", all.second) + function("_parley_flags", all.flags) +
         function("_parley_value", all.values) + function("_parley_positional", all.positionals) +
         shell_functions;
}

}  // namespace parley
