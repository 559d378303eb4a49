#include "adapters/system/environment.hpp"

#include <unistd.h>

namespace parley {
namespace {

constexpr std::string_view blanks = " \t\r";

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool is_name(std::string_view text) {
  if (text.empty() || (text.front() >= '0' && text.front() <= '9')) return false;
  for (char const c : text) {
    bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && !(c >= '0' && c <= '9') && c != '_') return false;
  }
  return true;
}

char unescaped(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    default:
      return c;
  }
}

// `text` starts with a quote; nullopt when it is not closed or something other than a comment follows.
std::optional<std::string> quoted_value(std::string_view text) {
  char const quote = text.front();
  std::string value;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == quote) {
      auto const rest = trimmed(text.substr(i + 1));
      if (!rest.empty() && rest.front() != '#') return std::nullopt;
      return value;
    }
    bool const escape = quote == '"' && text[i] == '\\' && i + 1 < text.size();
    value += escape ? unescaped(text[++i]) : text[i];
  }
  return std::nullopt;
}

std::string plain_value(std::string_view text) {
  auto comment = text.find('#');
  while (comment != std::string_view::npos && comment > 0 && text[comment - 1] != ' ' &&
         text[comment - 1] != '\t')
    comment = text.find('#', comment + 1);  // `a#b` is a value, `a #b` a value with a comment
  return std::string(trimmed(text.substr(0, comment)));
}

struct env_line {
  std::string name;
  std::string value;
};

std::optional<env_line> parse_line(std::string_view line) {
  constexpr std::string_view keyword = "export";
  if (line.starts_with(keyword) && line.size() > keyword.size() &&
      blanks.find(line[keyword.size()]) != std::string_view::npos)
    line = trimmed(line.substr(keyword.size()));
  auto const equals = line.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  auto const name = trimmed(line.substr(0, equals));
  if (!is_name(name)) return std::nullopt;
  auto const rest = trimmed(line.substr(equals + 1));
  if (rest.empty() || (rest.front() != '"' && rest.front() != '\''))
    return env_line{std::string(name), plain_value(rest)};
  auto value = quoted_value(rest);
  if (!value) return std::nullopt;
  return env_line{std::string(name), std::move(*value)};
}

}  // namespace

environment environment::of_process() {
  std::map<std::string, std::string> variables;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    std::string_view const text = *entry;
    auto const equals = text.find('=');
    if (equals != std::string_view::npos) variables.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return environment(std::move(variables));
}

std::optional<std::string> environment::find(std::string const& name) const {
  auto const found = variables_.find(name);
  if (found == variables_.end()) return std::nullopt;
  return found->second;
}

bool environment::is_set(std::string const& name) const {
  auto const found = variables_.find(name);
  return found != variables_.end() && !found->second.empty();
}

void environment::add_missing(std::map<std::string, std::string> const& others) {
  variables_.insert(others.begin(), others.end());
}

std::map<std::string, std::string> parse_env_file(std::string_view text, std::string const& file,
                                                  input_problems& problems) {
  std::map<std::string, std::string> variables;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (int number = 1; !text.empty(); ++number) {
    auto const end = text.find('\n');
    auto const line = trimmed(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (line.empty() || line.front() == '#') continue;
    if (auto parsed = parse_line(line)) {
      variables[parsed->name] = std::move(parsed->value);
    } else {
      problems.error({file, number, 1, {}}, "not a NAME=value line",
                     "write NAME=value, with quotes around a value that holds quotes or ' #'");
    }
  }
  return variables;
}

}  // namespace parley
