#include "runner/evaluation/call_check.hpp"

#include "runner/amount_text.hpp"
#include "runner/evaluation/call_listing.hpp"
#include "runner/evaluation/call_match.hpp"

#include <nlohmann/json.hpp>

#include <charconv>

namespace parley {
namespace {

using nlohmann::json;

std::optional<std::vector<std::string>> names_of(json const& value) {
  if (!value.is_array()) return std::nullopt;
  std::vector<std::string> names;
  for (auto const& entry : value) {
    if (!entry.is_string()) return std::nullopt;
    names.push_back(entry.get<std::string>());
  }
  return names;
}

// Takes `prefix` and the spaces behind it off the text.
bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  while (text.starts_with(' ')) text.remove_prefix(1);
  return true;
}

std::optional<long> number_of(std::string_view text) {
  long n = 0;
  while (text.ends_with(' ')) text.remove_suffix(1);
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (error != std::errc{} || end != text.data() + text.size() || n < 0) return std::nullopt;
  return n;
}

}  // namespace

bool call_check::count_rule::holds(long count) const {
  switch (how) {
    case comparison::equal:
      return count == than;
    case comparison::less:
      return count < than;
    case comparison::at_most:
      return count <= than;
    case comparison::more:
      return count > than;
    case comparison::at_least:
      break;
  }
  return count >= than;
}

std::optional<call_check::count_rule> call_check::parse_times(json const& value) {
  if (value.is_number_integer() && value.get<long>() >= 0)
    return count_rule{comparison::equal, value.get<long>()};
  if (!value.is_string()) return std::nullopt;
  std::string_view text = value.get_ref<std::string const&>();
  take(text, "");
  comparison how = comparison::equal;
  if (take(text, ">=")) {
    how = comparison::at_least;
  } else if (take(text, "<=")) {
    how = comparison::at_most;
  } else if (take(text, ">")) {
    how = comparison::more;
  } else if (take(text, "<")) {
    how = comparison::less;
  } else if (!take(text, "==")) {
    take(text, "=");
  }
  auto const than = number_of(text);
  if (!than) return std::nullopt;
  return count_rule{how, *than};
}

std::optional<call_check> call_check::compile(check const& source, input_problems& problems) {
  call_check compiled;
  compiled.negative_ = source.kind == check_kind::tool_not_called;
  std::string const key(to_text(source.kind));
  auto const refuse = [&](std::string const& what, std::string const& remedy) -> std::optional<call_check> {
    problems.error(source.where, key + ": " + what, remedy);
    return std::nullopt;
  };
  json const& value = source.value.get();
  if (value.is_string()) {
    compiled.wanted_.name = value.get<std::string>();
    return compiled;
  }
  if (!value.is_object() || !value.contains("name") || !value["name"].is_string())
    return refuse("takes a tool's name or {name, arguments, compare_args, times}",
                  "write the name of the tool");
  compiled.wanted_.name = value["name"].get<std::string>();
  if (auto const arguments = value.find("arguments"); arguments != value.end() && !arguments->is_null()) {
    if (!arguments->is_object()) return refuse("arguments is not an object", "write it as {name: value}");
    compiled.wanted_.arguments = json_value(*arguments);
    compiled.any_arguments_ = false;
  }
  if (auto const compared = value.find("compare_args"); compared != value.end() && !compared->is_null()) {
    compiled.wanted_.compare_args = names_of(*compared);
    if (!compiled.wanted_.compare_args)
      return refuse("compare_args is not a list of names", "write it as [a, b]");
    compiled.any_arguments_ = false;
  }
  if (auto const times = value.find("times"); times != value.end()) {
    auto const rule = parse_times(*times);
    if (!rule) return refuse("times is no count", "write times: 2 or times: \">= 2\"");
    compiled.times_ = *rule;
  }
  return compiled;
}

bool call_check::matches(tool_call const& call) const {
  if (call.by != requestor::assistant || call.name != wanted_.name) return false;
  return any_arguments_ || arguments_match(wanted_.arguments, wanted_.compare_args, call.arguments);
}

finding call_check::look_at(transcript const& sealed) const {
  long count = 0;
  finding result;
  for (message const& said : sealed.messages) {
    if (said.from_history) continue;
    for (tool_call const& call : said.tool_calls) {
      if (!matches(call)) continue;
      if (count++ == 0) result.turn = said.turn;
    }
  }
  bool const met = times_.holds(count) != negative_;
  result.answer = met ? verdict::met : verdict::not_met;
  result.evidence = count == 0 ? "not called; " + listed_calls(sealed) : "called " + counted(count, "time");
  result.evidence = excerpt(result.evidence);
  return result;
}

}  // namespace parley
