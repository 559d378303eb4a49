#include "adapters/cli/completion_table.hpp"

#include "adapters/cli/run_keys.hpp"
#include "reports/report_catalog.hpp"

#include <algorithm>

namespace parley {
namespace {

constexpr flag_definition help_flag{
    "-h,--help", "", flag_definition::takes::nothing, "", "", "say what the command takes", 0};

template <class Take>
void split(std::string_view text, char separator, Take take) {
  while (true) {
    auto const end = text.find(separator);
    take(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

}  // namespace

completed_value completed_placeholder(std::string_view placeholder) {
  completed_value value;
  split(placeholder, '|', [&](std::string_view one) {
    auto const word = one.substr(
        0, static_cast<std::size_t>(std::find_if(one.begin(), one.end(), is_capital) - one.begin()));
    if (!word.empty()) value.words.emplace_back(word);
    if (one == "RUN" || one == "BASE" || one == "HEAD") value.runs = value.files = true;
    if (one.starts_with("FILE") || one == "PATH" || one == "DIR") value.files = true;
  });
  return value;
}

completed_value completed_positional(command_description const& command) {
  if (!command.choices.empty()) return completed_placeholder(command.choices);
  auto alternatives = command.positional;
  std::replace(alternatives.begin(), alternatives.end(), ' ', '|');
  return completed_placeholder(alternatives);
}

completed_value completed_flag(flag_definition const& flag) {
  auto value = completed_placeholder(flag.placeholder);
  if (flag.long_name() == "reporter")
    for (auto const& report : report_catalog()) value.words.emplace_back(report.name);
  auto const* const key = flag.run_key.empty() ? nullptr : find_run_key(flag.run_key);
  if (key != nullptr && value.words.empty())
    for (auto const choice : key->choices) value.words.emplace_back(choice);
  return value;
}

std::string joined(std::vector<std::string> const& words) {
  std::string text;
  for (auto const& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string kind_text(completed_value const& value) {
  std::string text;
  if (value.runs) text += "runs";
  if (value.files) text += text.empty() ? "files" : ",files";
  return text + ":" + joined(value.words);
}

bool takes_value(flag_definition const& flag) {
  return flag.what == flag_definition::takes::value || flag.what == flag_definition::takes::values;
}

std::vector<std::string> names_of(flag_definition const& flag) {
  std::vector<std::string> names;
  split(flag.names, ',', [&](std::string_view one) { names.emplace_back(one); });
  return names;
}

std::string words_of(command_description const& command) {
  return command.name.substr(std::string_view("parley ").size());
}

std::vector<flag_definition> flags_of(command_kind kind) {
  std::vector<flag_definition> flags;
  for (auto const& flag : flag_table())
    if (flag.known_to(kind)) flags.push_back(flag);
  flags.push_back(help_flag);
  return flags;
}

std::string single_quoted(std::string_view text) {
  std::string quoted = "'";
  for (char const c : text) quoted += c == '\'' ? "'\\''" : std::string(1, c);
  return quoted + "'";
}

}  // namespace parley
