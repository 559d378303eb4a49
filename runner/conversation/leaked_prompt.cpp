#include "runner/conversation/leaked_prompt.hpp"

#include "runner/conversation/answer_object.hpp"
#include "runner/conversation/spoken_words.hpp"
#include "runner/evaluation/white_space.hpp"

#include <nlohmann/json.hpp>
#include <re2/re2.h>

#include <algorithm>
#include <array>

namespace parley {
namespace {

constexpr std::size_t long_piece = 8;  // words

bool found(std::string_view text, RE2 const& pattern) {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), pattern);
}

RE2 const& thought_tags() {
  static RE2 const pattern(
      R"((?i)^\W{0,3}<(?:think|thinking|thought|reasoning|reflection|scratchpad)>|</(?:think|thinking|reasoning|scratchpad)>|<\|(?:im_start|im_end|assistant|user|system|end)\|>|^\W*(?:thinking|my reasoning|internal (?:thought|monologue))s?\**:)");
  return pattern;
}

RE2 const& talk_of_the_part() {
  static RE2 const pattern(
      R"((?i)\bsimulated (?:user|customer|caller|persona|conversation)\b|\buser simulator\b|)"
      R"(\baccording to my (?:persona|scenario|prompt|system prompt|objective|task instructions)\b|)"
      R"(\b(?:my (?:persona|prompt|system prompt)|the (?:system prompt|scenario)) (?:says|say|tells me|told me|states|requires|instructs)\b|)"
      R"(\bmy (?:task |scenario )?instructions (?:say|tell me|require me|are)(?: to)? (?:not to |never to |to )?(?:reveal|mention|say|be polite|stay|insist|act|only|pretend|give the|wait until)\b|)"
      R"(\bi(?:'ll|’ll| will| should| must| need to| have to) (?:stay|remain|keep) in character\b|\bin this role-?play\b|)"
      R"(^\W*(?:ok(?:ay)?,? |alright,? |so,? )?(?:i need to|i should|i must|let me) (?:now )?(?:respond|reply|answer|act|play|write|output|generate) (?:as|like|in) (?:the |a |an )?(?:user|customer|caller|character|persona|role|json)\b|)"
      R"(^\W*(?:so,? |now,? |ok(?:ay)?,? )?the (?:user|customer) (?:should|would|must|needs to) (?:now |next |then )?(?:respond|reply|insist)\b|)"
      R"(###\s*STOP\s*###|\bdone\s*[:=]\s*true\b|)"
      R"(^\W*\[(?:the (?:conversation|user|customer|caller)\b|end of (?:the )?(?:conversation|chat|call)\b|event:)|)"
      R"(\bi(?:'m|’m| am) (?:playing|acting) (?:the (?:role|part) of )?(?:a|an|the|as a|as an|as the) (?:simulated |test )?(?:user|customer|caller)\b)");
  return pattern;
}

// A line of pasted JSON is a user's, unless it has the shape of our own answers.
bool is_json_debris(std::string_view line) {
  static RE2 const start(R"re(^\W{0,3}(?:```(?:json)?\s*)?\{\s*"(?:message|done|reason)"\s*:)re");
  static RE2 const end(R"("done"\s*:\s*(?:true|false)\s*(?:,\s*"reason"\s*:.*)?\}?\W{0,5}$)");
  if (found(line, end)) return true;
  if (!found(line, start)) return false;
  auto const objects = find_answer_objects(line, {"message"});
  return objects.empty() || objects.front().get().contains("done");
}

bool contains_run(std::vector<std::string> const& words, std::vector<std::string> const& in,
                  std::size_t length) {
  if (words.size() < length || in.size() < length) return false;
  for (std::size_t i = 0; i + length <= words.size(); ++i) {
    auto const first = words.begin() + static_cast<std::ptrdiff_t>(i);
    auto const last = first + static_cast<std::ptrdiff_t>(length);
    if (std::search(in.begin(), in.end(), first, last) != in.end()) return true;
  }
  return false;
}

// The longest run of words that both have.
struct common_run {
  std::size_t at = 0;  // in the line
  std::size_t in_source = 0;
  std::size_t length = 0;
};

common_run longest_run(std::vector<std::string> const& line, std::vector<std::string> const& source) {
  common_run best;
  std::vector<std::size_t> before(source.size() + 1, 0);
  for (std::size_t i = 0; i < line.size(); ++i) {
    std::vector<std::size_t> now(source.size() + 1, 0);
    for (std::size_t k = 0; k < source.size(); ++k) {
      if (line[i] != source[k]) continue;
      now[k + 1] = before[k] + 1;
      if (now[k + 1] > best.length) best = {i + 1 - now[k + 1], k + 1 - now[k + 1], now[k + 1]};
    }
    before = std::move(now);
  }
  return best;
}

// Whether a piece speaks as instructions do, not as the person itself would.
bool speaks_as_instructions(std::string const& piece, bool whole_sentence_start) {
  static RE2 const anywhere(
      R"(\b(?:(?:only )?(?:if|when|until|unless) (?:you are )?(?:asked|refused|pressed|told|prompted)|(?:if|tell|ask|inform|remind) the (?:agent|assistant)|(?:when|once|after|until|unless) the (?:agent|assistant) (?:asks|offers|says|confirms|refuses|does|gives|tells|has|is|can|cannot)|the (?:user|simulated)|you are (?:a|an|the|calling|contacting|talking|playing|chatting)|your (?:objective|goal|task|persona|role)|(?:do not|dont|never) (?:reveal|mention|volunteer|disclose|give away|admit|tell)|stay polite|remain polite)\b)");
  static RE2 const first(
      R"(^(?:you (?:are|want|need|have|will|should|must|know|do|dont)|your|youre|be|act|ask|say|tell|explain|mention|pretend|stay|remain|reveal|refuse|insist|start|begin|end|give|provide|never|do not|dont|only|if|when|after|once)\b)");
  return found(piece, anywhere) || (whole_sentence_start && found(piece, first));
}

std::string joined(std::vector<std::string> const& words, std::size_t at, std::size_t length) {
  std::string text;
  for (std::size_t i = at; i < at + length; ++i) text += (text.empty() ? "" : " ") + words[i];
  return text;
}

bool leaks_instruction(std::vector<std::string> const& line, std::vector<std::string> const& source) {
  common_run const run = longest_run(line, source);
  if (run.length < long_piece) return false;
  bool const starts_both = run.at == 0 && run.in_source == 0;
  return speaks_as_instructions(joined(line, run.at, run.length), starts_both);
}

}  // namespace

prompt_secrets::prompt_secrets(std::string_view rules, std::string_view instructions,
                               std::string_view objective)
    : rules_(spoken_words(rules)), objective_(spoken_words(objective)) {
  for (std::string const& sentence : sentences_of(without_quotations(instructions)))
    instructions_.push_back(spoken_words(sentence));
  // Short sentences leak together: what runs over the end of one counts as well.
  for (std::size_t i = 0; i + 1 < instructions_.size(); ++i)
    instructions_[i].insert(instructions_[i].end(), instructions_[i + 1].begin(), instructions_[i + 1].end());
}

bool prompt_secrets::leaks_in(std::string_view line) const {
  if (found(line, thought_tags()) || is_json_debris(line)) return true;
  std::string const own = without_quotations(line);
  for (std::string const& sentence : sentences_of(own))
    if (found(sentence, talk_of_the_part()) || names_objective(sentence)) return true;
  if (found(own, talk_of_the_part()) || contains_run(spoken_words(own), rules_, long_piece)) return true;
  for (std::string const& sentence : sentences_of(own)) {
    auto const said = spoken_words(sentence);
    for (words const& source : instructions_)
      if (leaks_instruction(said, source)) return true;
  }
  auto const whole = spoken_words(own);
  return std::any_of(instructions_.begin(), instructions_.end(),
                     [&](words const& source) { return leaks_instruction(whole, source); });
}

// "My objective is" is also what people say to an adviser: it has to be this objective.
bool prompt_secrets::names_objective(std::string_view line) const {
  static RE2 const phrase(R"((?i)\bmy objective (?:is|here is|was|in this \w+ is)\b)");
  if (!found(line, phrase)) return false;
  if (objective_.empty()) return true;
  auto const said = spoken_words(line);
  auto const common = std::count_if(objective_.begin(), objective_.end(), [&](std::string const& word) {
    return word.size() >= 4 && std::find(said.begin(), said.end(), word) != said.end();
  });
  return common >= 1;
}

}  // namespace parley
