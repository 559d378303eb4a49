#include "runner/conversation/role_flip.hpp"

#include "runner/conversation/agent_phrases.hpp"
#include "runner/conversation/spoken_words.hpp"

#include <re2/re2.h>

#include <algorithm>

namespace parley {
namespace {

bool found(std::string_view text, RE2 const& pattern) {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), pattern);
}

// What stands before the phrase says that it is somebody else's.
bool is_reported(std::string_view before) {
  static RE2 const pattern(
      R"((?i)\b(?:say|says|said|saying|tell|tells|told|telling|ask|asks|asked|asking|answer|answers|answered|reply|replies|replied|write|writes|wrote|repeat|repeats|repeated|repeating|keeps?|read|reads|hear|heard|greeting|greets?|message|script|bot|phrase|instead of|you should|dice|dicen|dit|sagt|sagen|говорит)\b)");
  return found(before, pattern);
}

// The phrase is there, and the sentence's own.
bool says(std::string const& sentence, RE2 const& phrase) {
  re2::StringPiece const piece(sentence);
  re2::StringPiece hit;
  if (!phrase.Match(piece, 0, piece.size(), RE2::UNANCHORED, &hit, 1)) return false;
  return !is_reported(
      std::string_view(sentence).substr(0, static_cast<std::size_t>(hit.data() - piece.data())));
}

// Who only repeats what was said or read, or wonders, tells no news.
bool tells_news(std::string const& sentence) {
  static RE2 const doubted(
      R"((?i)\?\s*$|\b(?:says|said|told|reads|claims?|claimed|supposedly|apparently|allegedly|shows|according)\b)");
  if (found(sentence, doubted)) return false;
  return says(sentence, news_for_the_user()) || says(sentence, foreign_news());
}

// "Welcome to Acme", "this is Acme", "thank you for contacting Acme": the agent's own name.
bool introduces_itself(std::vector<std::string> const& line, std::size_t name_at) {
  if (name_at < 2) return false;
  std::string const before = line[name_at - 2] + " " + line[name_at - 1];
  return before == "welcome to" || before == "this is" || before == "for contacting" ||
         before == "for calling" || before == "for choosing";
}

// Whom the agent has spoken of otherwise it may have been asked to call; whom nobody knows, only the other
// side can speak for.
bool speaks_for(std::string const& name, role_flip_context const& context) {
  bool known = false;
  for (auto const& line : context.agent_lines) {
    auto const at = std::find(line.begin(), line.end(), name);
    if (at == line.end()) continue;
    if (introduces_itself(line, static_cast<std::size_t>(at - line.begin()))) return true;
    known = true;
  }
  return !known;
}

bool thanks_for_contact(std::string const& sentence, role_flip_context const& context) {
  re2::StringPiece name;
  if (!RE2::PartialMatch(sentence, thanks_for_contacting_a_name(), &name)) return false;
  if (is_reported(
          std::string_view(sentence).substr(0, static_cast<std::size_t>(name.data() - sentence.data()))))
    return false;
  auto const words = spoken_words(std::string_view(name.data(), name.size()));
  return !words.empty() && speaks_for(words.front(), context);
}

bool asks_the_user_for_help(std::string_view heard) {
  static RE2 const pattern(
      R"((?i)\b(?:help|assist|helping|assisting) (?:me|us|out)\b|\byour (?:help|assistance)\b|\bneed (?:some )?help\b)");
  return found(heard, pattern);
}

bool repeats_the_agent(std::string_view line, std::vector<std::vector<std::string>> const& agent_lines) {
  constexpr std::size_t long_enough = 8;
  auto const words = spoken_words(line);
  return words.size() >= long_enough &&
         std::find(agent_lines.begin(), agent_lines.end(), words) != agent_lines.end();
}

}  // namespace

bool speaks_as_agent(std::string_view line, role_flip_context const& context) {
  if (repeats_the_agent(line, context.agent_lines) || found(line, speaker_label())) return true;
  bool const may_offer = context.serves_others || asks_the_user_for_help(context.heard);
  for (std::string const& sentence : sentences_of(without_quotations(line))) {
    if (!may_offer && (says(sentence, offers()) || says(sentence, foreign_offers()))) return true;
    if (says(sentence, agent_talk())) return true;
    if (context.serves_others) continue;
    if (tells_news(sentence) || thanks_for_contact(sentence, context)) return true;
  }
  return false;
}

bool serves_others(std::string_view role_and_background) {
  static RE2 const pattern(
      R"((?i)\b(?:receptionist|clerk|secretary|concierge|shop ?(?:owner|keeper|assistant)|store owner|cashier|waiter|waitress|front desk|help ?desk|call cent(?:er|re)|answers? the phone|(?:is|are|as|am) an? (?:[\w-]+ ){0,3}(?:agent|representative|employee))\b)");
  return found(role_and_background, pattern);
}

}  // namespace parley
