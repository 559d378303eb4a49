#include "runner/conversation/consent.hpp"

#include "runner/conversation/spoken_words.hpp"

#include <re2/re2.h>

namespace parley {
namespace {

constexpr std::size_t longest_consent = 14;  // words

bool found(std::string_view text, RE2 const& pattern) {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), pattern);
}

bool asks_for_consent(std::string_view text) {
  static RE2 const question(
      R"((?i)(?:\b(?:shall|should|may|can) (?:i|we) (?:go ahead|proceed|continue|cancel|process|book|issue|submit|place|confirm|do (?:that|this|it)|refund|change|update|close|send|start|transfer|schedule)\b|)"
      R"(\b(?:would you like|do you want) (?:me|us) to\b|\b(?:do|can|could|would) you (?:please )?(?:confirm|agree|consent|authori[sz]e)\b|\bplease confirm\b|\b(?:ok|okay) to proceed\b|\bis that (?:ok|okay|alright|fine)\b|)"
      R"(\bto proceed\b.*\?|¿(?:confirma|desea|quiere|puedo)\b|\bsoll ich\b|\bmöchten sie, dass\b|\b(?:voulez-vous|souhaitez-vous) que\b|\bconfirmez-vous\b|\bposso procedere\b|\bposso prosseguir\b|подтвер))");
  static RE2 const closing(R"((?i)\b(?:anything|something) else\b|\belse (?:i|we) can\b)");
  return found(text, question) && !found(text, closing);
}

bool is_consent(std::string_view line) {
  static RE2 const yes(
      R"((?i)^\W*(?:yes|yeah|yep|yup|sure|ok|okay|please do|go ahead|absolutely|of course|correct|i confirm|i agree|confirmed|that's fine|that’s fine|sounds good|sí|si|claro|adelante|oui|d'accord|ja|bitte|gerne|sim|sì|да|конечно|はい|お願いします|好|好的|是的|可以|네)(?:[\s,.!。！、]|$))");
  return spoken_words(line).size() <= longest_consent && found(line, yes) &&
         line.find('?') == std::string_view::npos;
}

// It tells of something done, or says goodbye: there was nothing left to wait for.
bool tells_of_an_act(std::string_view text) {
  static RE2 const pattern(
      R"((?i)\b(?:done|has been|have been|was|were|is now|are now|completed?|confirmed|success(?:ful|fully)?|processed|cancell?ed|booked|issued|refunded|submitted|scheduled|updated|sent|i've|i’ve|i have|all set|will receive|will be|you'll|you’ll|anything else|goodbye|bye|have a)\b|ha sido|he cancelado|wurde|erledigt|été|готово|完了|しました|已)");
  return found(text, pattern);
}

bool is_waited_for(std::string_view text) {
  static RE2 const pattern(
      R"((?i)[?？]\W*$|\b(?:one|just a) (?:moment|second|minute)\b|\bplease (?:wait|hold)\b|\b(?:let me|i'll now|i’ll now|i will now|i am going to|i'm going to|working on (?:it|that))\b|\bun momento\b|\bun instant\b|\beinen moment\b)");
  return found(text, pattern);
}

struct last_exchange {
  std::optional<std::size_t> line;  // the user's last one
  std::string question;             // all of the agent's words right before it
  std::string answer;               // and after it
  bool agent_acted = false;
};

void take_agent(last_exchange& last, message const& said) {
  if (last.line && !said.tool_calls.empty()) last.agent_acted = true;
  std::string& into = last.line ? last.answer : last.question;
  into += said.content + "\n";
}

last_exchange last_exchange_of(transcript const& sealed) {
  last_exchange last;
  for (std::size_t i = 0; i < sealed.messages.size(); ++i) {
    message const& said = sealed.messages[i];
    if (said.from == role::agent) take_agent(last, said);
    if (said.from != role::user || said.content.empty()) continue;
    if (last.line) last.question = std::move(last.answer);
    last.answer.clear();
    last.agent_acted = false;
    last.line = i;
  }
  return last;
}

}  // namespace

std::optional<std::size_t> find_left_after_consent(transcript const& sealed) {
  if (sealed.stopped != stop_reason::user_ended) return std::nullopt;
  last_exchange const last = last_exchange_of(sealed);
  if (!last.line || last.agent_acted || sealed.messages[*last.line].from_history) return std::nullopt;
  if (!is_consent(sealed.messages[*last.line].content) || !asks_for_consent(last.question))
    return std::nullopt;
  bool const silent = spoken_words(last.answer).empty();
  if (!silent && (tells_of_an_act(last.answer) || !is_waited_for(last.answer))) return std::nullopt;
  return last.line;
}

}  // namespace parley
