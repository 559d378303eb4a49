#include "runner/conversation/role_flip.hpp"

#include "runner/conversation/spoken_words.hpp"

#include <re2/re2.h>

#include <algorithm>

namespace parley {
namespace {

// Where a phrase may begin within its sentence: anything else before it makes it part of something longer.
constexpr char const* beginning =
    R"((?i)(?:^|[,;:()–—-]\s*|\b(?:and|but|so|now|then|hello|hi|hey|ok|okay|sure|well)\s+)\W*)";

bool found(std::string_view text, RE2 const& pattern) {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), pattern);
}

// Offers of help. Each must end its sentence: "how can I help you help me?" is a user's.
RE2 const& offers() {
  static RE2 const pattern(
      std::string(beginning) +
      R"((?:how (?:can|may|could) (?:i|we) (?:help|assist|serve) (?:you|you today|you with your [\w' ]{1,40}|you with today|you this (?:morning|afternoon|evening)|you right now|today)|)"
      R"(how (?:can|may) i be of (?:help|service|assistance)(?: to you)?(?: today)?|)"
      R"(what can (?:i|we) (?:do for|help) you(?: with)?(?: today)?|)"
      R"((?:is there )?anything else (?:that )?(?:i|we) (?:can|could|may) (?:help|assist|do for)(?: you)?(?: with)?(?: today| for now)?|)"
      R"((?:thank you|thanks) for (?:contacting|calling|reaching out to|choosing) (?:us(?: today| at [\w ]{1,30})?|(?:our|customer|support)\b[\w', ]{0,40}|\w+ (?:support|customer (?:service|care)))))"
      R"(\W*$)");
  return pattern;
}

RE2 const& foreign_offers() {
  static RE2 const pattern(
      R"((?i)(?:^|[,.!:;]\s*)[¿¡\s]*(?:(?:en qué|cómo) (?:puedo|podemos) ayudar(?:le|te|lo|la|os|los)?(?: hoy| en algo más)?|hay algo más en (?:lo )?que (?:pueda|podamos) ayudar(?:le|te|lo|la)?|)"
      R"((?:comment|en quoi) (?:puis-je|pouvons-nous|je peux) (?:vous|t')\s?(?:aider|assister)(?: aujourd[’']hui)?|puis-je vous aider avec autre chose|)"
      R"((?:wie|womit) (?:kann|darf) ich (?:ihnen|dir) (?:heute )?(?:weiter)?(?:helfen|behilflich sein)|kann ich (?:sonst )?noch etwas für sie tun|)"
      R"((?:come|in cosa) posso (?:aiutar(?:la|ti|vi)|esserle utile)(?: oggi)?|c'è altro in cui posso aiutar(?:la|ti)|)"
      R"(como (?:posso|podemos) (?:te |lhe )?ajudar(?:-(?:lo|la))?(?: (?:você|hoje))*|(?:hoe|waarmee) kan ik (?:u|je) (?:vandaag )?(?:helpen|van dienst zijn)|)"
      R"(чем (?:я )?(?:могу|можем) (?:вам |тебе )?помочь(?: вам)?(?: сегодня)?|)"
      R"((?:请问)?(?:有)?(?:什么|甚么)(?:可以|能)(?:帮助?|为)您?你?(?:的吗|服务的)?|(?:本日は)?どのようなご用件でしょうか|何かお手伝いできることは(?:あります|ございます)か|무엇을 도와드릴까요))"
      R"([\s?!.？！。]*$)");
  return pattern;
}

// What only the other side of the counter says, wherever in the sentence it goes on.
RE2 const& agent_talk() {
  static RE2 const pattern(
      std::string(beginning) +
      R"((?:as (?:an ai|a (?:large )?language model|an artificial intelligence|your (?:virtual|ai|digital|personal) assistant|your (?:customer )?(?:support|service) (?:agent|representative))(?: language model| model| assistant| agent)?,? (?:i\b|i'm|let me)|)"
      R"((?:i am|i'm|i’m) an? (?:ai|artificial intelligence|(?:ai )?(?:large )?language model|ai (?:assistant|language model|model|chatbot|agent))(?: (?:designed|created|trained|developed|built|made|here|and)\b.*|[.,!;:—-].*|\W*$)|)"
      R"((?:i am|i'm|i’m|this is) your (?:(?:virtual|ai|digital|automated|personal) assistant|(?:customer )?(?:service|support) (?:agent|representative|assistant))|)"
      R"((?:let me|i'll|i’ll|i will|allow me to)(?: just| quickly| now| go ahead and)? (?:look up|check|pull up|look into|process|locate|verify|review|access|retrieve) (?:the (?:details|status) of )?your (?:order|account|booking|reservation|subscription)(?: details| status| information)?(?: for you)?(?: now| right away| right now)?\W*$|)"
      R"(i(?:'ve|’ve| have)(?: just| now| already| successfully)* (?:processed|issued|initiated|refunded|escalated|located) your (?:order|refund|account|booking|request|subscription|payment|reservation)(?: (?:for|to|and|now|successfully|today)\b.*)?\W*$|)"
      R"((?:could|can|may|would) (?:you|i)(?: please| kindly)* (?:provide|give|tell|share|have|get|confirm)(?: me| us)?(?: with)? your (?:order|booking|reservation|membership) (?:number|id)\b|)"
      R"(please (?:provide (?:me |us )?(?:with )?|(?:give|tell|send) (?:me|us) )your (?:order|booking|reservation|membership) (?:number|id)\b|)"
      R"(we apologi[sz]e for (?:any|the|this|your) (?:inconvenience|delay|trouble)|)"
      R"(please (?:hold|wait)\b.* while i .*(?:your (?:order|account|booking|request)|(?:transfer|connect) you)))");
  return pattern;
}

// "Agent: ..." is a line of somebody who writes both sides.
RE2 const& speaker_label() {
  static RE2 const pattern(
      R"((?im)^\W*(?:agent|assistant|chatbot|(?:customer )?(?:support|service) (?:agent|representative))\**\s*:\**\s+\S)");
  return pattern;
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
  }
  return false;
}

bool serves_others(std::string_view role_and_background) {
  static RE2 const pattern(
      R"((?i)\b(?:receptionist|clerk|secretary|concierge|shop ?(?:owner|keeper|assistant)|store owner|cashier|waiter|waitress|front desk|help ?desk|call cent(?:er|re)|answers? the phone|(?:is|are|as|am) an? (?:[\w-]+ ){0,3}(?:agent|representative|employee))\b)");
  return found(role_and_background, pattern);
}

}  // namespace parley
