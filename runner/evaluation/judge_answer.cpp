#include "runner/evaluation/judge_answer.hpp"

#include "runner/conversation/answer_object.hpp"
#include "runner/evaluation/excerpt.hpp"
#include "runner/evaluation/metric_value.hpp"
#include "runner/evaluation/quoted_text.hpp"
#include "runner/evaluation/white_space.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <optional>

namespace parley {
namespace {

using nlohmann::json;

constexpr std::size_t max_justification = 2'000;  // bytes

std::string text_of(json const& object, char const* key) {
  auto const found = object.find(key);
  if (found == object.end() || !found->is_string()) return {};
  return std::string(trimmed(found->get<std::string>()));
}

std::string why_unusable(model_answer const& answer) {
  if (answer.refused) return "the judge refused to answer";
  if (answer.cut_off) return "the judge's answer was cut off";
  return trimmed(answer.text).empty() ? "the judge gave no answer" : std::string();
}

struct read_object {
  std::optional<json_value> object;
  std::string problem;
};

// Two different objects, one of which may be quoted from the conversation, are no answer.
read_object answer_object(model_answer const& answer, char const* key) {
  if (std::string why = why_unusable(answer); !why.empty()) return {std::nullopt, std::move(why)};
  if (auto whole = parse_json(trimmed(answer.text)); whole.ok && whole.value.get().is_object()) {
    if (whole.value.get().contains(key)) return {std::move(whole.value), {}};
  }
  auto const found = find_answer_objects(answer.text, {key});
  if (found.empty()) return {std::nullopt, "the judge's answer can't be read: " + excerpt(answer.text)};
  if (std::any_of(found.begin(), found.end(), [&](json_value const& o) { return !(o == found.front()); }))
    return {std::nullopt, "the judge gave several answers"};
  return {found.front(), {}};
}

// Copied with its JSON escapes, or between quotation marks of the judge's own.
std::vector<std::string> readings_of(std::string const& quote) {
  std::vector<std::string> readings{quote};
  if (auto const unescaped = parse_json("\"" + quote + "\""); unescaped.ok)
    readings.push_back(unescaped.value.get().get<std::string>());
  if (auto const unquoted = parse_json(quote); unquoted.ok && unquoted.value.get().is_string())
    readings.push_back(unquoted.value.get().get<std::string>());
  return readings;
}

// A full stop or a single letter stands in every transcript: it backs nothing.
bool says_something(std::string const& quote) {
  return std::count_if(quote.begin(), quote.end(), [](char c) {
           auto const byte = static_cast<unsigned char>(c);
           return byte >= 0x80 || std::isalnum(byte) != 0;
         }) >= 2;
}

std::optional<std::string> in_transcript(std::string const& quote, std::vector<judge_line> const& lines) {
  if (!says_something(quote)) return std::nullopt;
  for (std::string const& reading : readings_of(quote))
    for (judge_line const& line : lines)
      if (auto found = find_quote(line.content, reading)) return found;
  return std::nullopt;
}

// A verdict that no line of the transcript backs is none.
judged_answer backed_by_quote(judged_answer judged, std::string const& quote,
                              std::vector<judge_line> const& lines) {
  auto found = in_transcript(quote, lines);
  if (found) {
    judged.quote = std::move(*found);
    return judged;
  }
  std::string reason = quote.empty() ? "the judge quoted nothing"
                                     : "the judge's quote isn't in the transcript: " + excerpt(quote);
  if (!judged.justification.empty()) reason += "; it said: " + judged.justification;
  return undecided_because(std::move(reason));
}

judged_answer cannot_tell(std::string const& justification) {
  return undecided_because(justification.empty() ? "the judge can't tell"
                                                 : "the judge can't tell: " + justification);
}

std::string verdict_word(json const& object) {
  std::string word = text_of(object, "verdict");
  for (char& c : word) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == ' ' || c == '-') c = '_';
  }
  return word;
}

}  // namespace

judged_answer undecided_because(std::string reason) {
  judged_answer judged;
  judged.justification = shortened(std::move(reason), max_justification);
  return judged;
}

judged_answer read_assertion_answer(model_answer const& answer, std::vector<judge_line> const& lines) {
  auto const read = answer_object(answer, "verdict");
  if (!read.object) return undecided_because(read.problem);
  json const& object = read.object->get();
  std::string const word = verdict_word(object);
  judged_answer judged;
  judged.justification = shortened(text_of(object, "justification"), max_justification);
  if (word == "cannot_tell") return cannot_tell(judged.justification);
  if (word != "met" && word != "not_met")
    return undecided_because("the judge's verdict is none: " + excerpt(object["verdict"].dump()));
  judged.answer = word == "met" ? verdict::met : verdict::not_met;
  return backed_by_quote(std::move(judged), text_of(object, "quote"), lines);
}

judged_answer read_metric_answer(model_answer const& answer, std::vector<judge_line> const& lines,
                                 metric_definition const& metric, json_value const& criterion) {
  auto const read = answer_object(answer, "value");
  if (!read.object) return undecided_because(read.problem);
  json const& object = read.object->get();
  judged_answer judged;
  judged.justification = shortened(text_of(object, "justification"), max_justification);
  judged.value = json_value(object["value"]);
  if (judged.value.is_null()) return cannot_tell(judged.justification);
  if (std::string const why = why_impossible(metric, judged.value); !why.empty())
    return undecided_because(why);
  judged.answer = satisfies(judged.value, criterion) ? verdict::met : verdict::not_met;
  return backed_by_quote(std::move(judged), text_of(object, "quote"), lines);
}

}  // namespace parley
