#include "runner/evaluation/verdict.hpp"

#include <algorithm>

namespace parley {
namespace {

// The first criterion that isn't met, as the kind used in reports and as a line for a headline.
struct failed_criterion {
  std::string kind;
  std::string text;
};

std::string with_value(std::string const& key, std::string const& value) {
  return value.empty() ? key : key + " " + value;
}

template <class T>
auto first_not_met(std::vector<T> const& results) {
  return std::find_if(results.begin(), results.end(),
                      [](T const& r) { return r.answer == verdict::not_met; });
}

std::optional<failed_criterion> first_failed(evaluation const& judged) {
  for (auto const& action : judged.actions)
    if (!action.match)
      return failed_criterion{
          "action", with_value("action " + action.name,
                               action.arguments.is_null() ? std::string() : action.arguments.dump())};
  if (auto const c = first_not_met(judged.checks); c != judged.checks.end())
    return failed_criterion{c->check, with_value(c->check, c->expected)};
  if (auto const a = first_not_met(judged.nl_assertions); a != judged.nl_assertions.end())
    return failed_criterion{"nl_assertion", "nl_assertion \"" + a->assertion + "\""};
  if (auto const m = first_not_met(judged.metrics); m != judged.metrics.end())
    return failed_criterion{"metric", "metric \"" + m->name + "\""};
  return std::nullopt;
}

}  // namespace

std::string_view to_text(verdict v) {
  switch (v) {
    case verdict::met:
      return "met";
    case verdict::not_met:
      return "not_met";
    case verdict::undecided:
      break;
  }
  return "undecided";
}

std::string evaluation::first_failed_kind() const {
  auto const failed = first_failed(*this);
  return failed ? "assertion." + failed->kind : std::string();
}

std::string evaluation::first_failed_text() const {
  auto failed = first_failed(*this);
  return failed ? std::move(failed->text) : std::string();
}

}  // namespace parley
