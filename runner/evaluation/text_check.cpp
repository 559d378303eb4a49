#include "runner/evaluation/text_check.hpp"

#include "runner/evaluation/scope_finding.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

bool is_negative(check_kind kind) {
  return kind == check_kind::not_contains || kind == check_kind::not_matches ||
         kind == check_kind::not_mentions;
}

bool takes_a_list(check_kind kind) {
  return kind == check_kind::mentions || kind == check_kind::not_mentions;
}

// The texts of the value; empty when it has another shape.
std::vector<std::string> texts_of(check const& source) {
  auto const& value = source.value.get();
  if (value.is_string()) return {value.get<std::string>()};
  std::vector<std::string> texts;
  if (!takes_a_list(source.kind) || !value.is_array()) return texts;
  for (auto const& entry : value) {
    if (!entry.is_string()) return {};
    texts.push_back(entry.get<std::string>());
  }
  return texts;
}

std::optional<text_matcher> matcher_for(check_kind kind, std::string const& text, std::string& error) {
  switch (kind) {
    case check_kind::contains:
    case check_kind::not_contains:
      return text_matcher::containing(text);
    case check_kind::equals:
      return text_matcher::equal_to(text);
    case check_kind::matches:
    case check_kind::not_matches:
      return text_matcher::matching(text, error);
    default:
      return text_matcher::mentioning(text, error);
  }
}

std::string remedy_for(check_kind kind) {
  if (kind == check_kind::matches || kind == check_kind::not_matches)
    return "write it in RE2 syntax (no lookaround, no backreferences)";
  return "write the text to look for";
}

}  // namespace

text_check::text_check(check const& source)
    : of_(source.of), scope_(source.scope), negative_(is_negative(source.kind)) {}

std::optional<text_check> text_check::compile(check const& source, input_problems& problems) {
  text_check compiled(source);
  std::string const key(to_text(source.kind));
  auto const texts = texts_of(source);
  if (texts.empty()) {
    problems.error(source.where,
                   key + (takes_a_list(source.kind) ? " takes a text or a list of texts" : " takes a text"),
                   "quote the text to look for");
    return std::nullopt;
  }
  for (std::string const& text : texts) {
    std::string error;
    auto matcher = matcher_for(source.kind, text, error);
    if (matcher) {
      compiled.wanted_.push_back({text, std::move(*matcher)});
    } else {
      problems.error(source.where, key + " '" + excerpt(text) + "': " + error, remedy_for(source.kind));
    }
  }
  if (compiled.wanted_.size() != texts.size()) return std::nullopt;
  return compiled;
}

finding text_check::look_at(transcript const& sealed) const {
  return negative_ ? look_for_none(sealed) : look_for_all(sealed);
}

finding text_check::look_for_all(transcript const& sealed) const {
  finding whole{verdict::met, {}, std::nullopt};
  std::string missing;
  for (auto const& [text, matcher] : wanted_) {
    finding const one = find_in_scope(sealed, of_, scope_,
                                      [&m = matcher](std::string_view message) { return m.find(message); });
    if (one.answer == verdict::not_met) {
      if (whole.answer == verdict::met) whole = one;
      missing.append(missing.empty() ? "" : ", ").append("\"" + text + "\"");
    } else if (!whole.turn) {
      whole = one;
    }
  }
  if (whole.answer == verdict::not_met && wanted_.size() > 1) whole.evidence = excerpt("missing: " + missing);
  return whole;
}

finding text_check::look_for_none(transcript const& sealed) const {
  finding result{verdict::met, {}, std::nullopt};
  for_each_selected(sealed, of_, scope_, [&](message const& said) {
    for (auto const& one : wanted_) {
      auto const found = one.matcher.find(said.content);
      if (!found) continue;
      result = {verdict::not_met, excerpt(said.content, *found), said.turn};
      return false;
    }
    return true;
  });
  return result;
}

}  // namespace parley
