#include "runner/conversation/agent_phrases.hpp"

#include <string>

namespace parley {
namespace {

// Where a phrase may begin within its sentence: anything else before it makes it part of something longer.
constexpr char const* beginning =
    R"((?i)(?:^|[,;:()–—-]\s*|\b(?:and|but|so|now|then|hello|hi|hey|ok|okay|sure|well)\s+)\W*)";

}  // namespace

// Offers of help. Each must end its sentence: "how can I help you help me?" is a user's.
RE2 const& offers() {
  static RE2 const pattern(
      std::string(beginning) +
      R"((?:how (?:can|may|could) (?:i|we) (?:help|assist|serve) (?:you|you today|you with your [\w' ]{1,40}|you with today|you this (?:morning|afternoon|evening)|you right now|today)|)"
      R"(how (?:can|may) i be of (?:help|service|assistance)(?: to you)?(?: today)?|)"
      R"(what can (?:i|we) (?:do for|help) you(?: with)?(?: today)?|)"
      R"((?:is there )?anything else (?:that )?(?:i|we) (?:can|could|may) (?:help|assist|do for)(?: you)?(?: with| about)?(?: today| for now| before (?:you|we) (?:go|finish|end)[\w ,]*| (?:regarding|concerning) your [\w' ]{1,40})?|)"
      R"((?:(?:can|may|could) (?:i|we) (?:help|assist) you|do you need (?:any )?(?:help|assistance)) with anything else(?: today)?|)"
      R"(i(?:'d|’d| would)(?: be)? (?:more than )?(?:happy|glad|delighted|pleased) to (?:help|assist) you(?: with (?:that|this|it|your [\w' ]{1,30}))?(?: today)?|)"
      R"((?:thank you|thanks)(?: so much| very much)? for (?:contacting|calling|reaching out to|choosing|getting in touch with|shopping (?:with|at)) (?:us\b[\w', ]{0,60}|(?:our|customer|support)\b[\w', ]{0,40}|[\w' ]{1,30} (?:support|customer (?:service|care|support)|help ?desk|service (?:team|cent(?:er|re))))))"
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

RE2 const& thanks_for_contacting_a_name() {
  static RE2 const pattern(
      std::string(beginning) +
      R"((?:thank you|thanks)(?: so much| very much)? for (?:contacting|calling|reaching out to|choosing) ((?-i:[A-Z])[\w'&-]*(?: (?-i:[A-Z])[\w'&-]*){0,3})(?: today)?\W*$)");
  return pattern;
}

// What only the other side of the counter says, wherever in the sentence it goes on.
RE2 const& agent_talk() {
  static RE2 const pattern(
      std::string(beginning) +
      R"((?:as (?:an ai|a (?:large )?language model|an artificial intelligence|your (?:virtual|ai|digital|personal) assistant|your (?:customer )?(?:support|service) (?:agent|representative))(?: language model| model| assistant| agent)?,? (?:i\b|i'm|let me)|)"
      R"((?:i am|i'm|i’m) an? (?:ai|artificial intelligence|(?:ai )?(?:large )?language model|ai (?:assistant|language model|model|chatbot|agent))(?: (?:designed|created|trained|developed|built|made|here|and)\b.*|[.,!;:—-].*|\W*$)|)"
      R"((?:i am|i'm|i’m|this is) your (?:(?:virtual|ai|digital|automated|personal) assistant|(?:customer )?(?:service|support) (?:agent|representative|assistant))|)"
      R"((?:let me|i'll|i’ll|i will|allow me to)(?: just| quickly| now| go ahead and)? (?:look up|check|pull up|look into|process|locate|verify|review|access|retrieve|issue|cancel|escalate|expedite) (?:the (?:details|status) of )?your (?:order|account|booking|reservation|subscription|refund|return|replacement|request|claim)(?: details| status| information| request)?(?: for you)?(?: now| right away| right now)?\W*$|)"
      R"(i(?:'ve|’ve| have)?(?: just| now| already| successfully| gone ahead and)* (?:processed|issued|initiated|refunded|escalated|located|approved|authori[sz]ed|credited|rescheduled|expedited) your (?:full )?(?:order|refund|account|booking|request|subscription|payment|reservation|return|replacement|claim|purchase)(?: (?:request|for|to|and|now|successfully|today|back|as|in full)\b.*)?\W*$|)"
      R"(i(?:'ve|’ve| have)(?: just| now| already| successfully| gone ahead and)* (?:processed|issued|initiated|refunded|escalated|approved|authori[sz]ed|credited|rescheduled|submitted|expedited)(?: the| a| an)?(?: full| partial)? (?:refund|credit|replacement|return)\b.{0,40}\b(?:to|for|on|into) your\b|)"
      R"(you(?:'ll|’ll| will| should)(?: now| also)? (?:receive|see|get) your (?:full )?(?:refund|money|replacement|order|package|credit|confirmation)\b|)"
      R"((?:i am|i'm|i’m|we are|we're|we’re) (?:so |very |really )?sorry to hear (?:about|that) your (?:order|package|parcel|refund|delivery|item)\b|)"
      R"(please allow (?:up to |another )?[\w –-]{1,12} (?:business|working) days|)"
      R"((?:could|can|may|would) (?:you|i)(?: please| kindly)* (?:provide|give|tell|share|have|get|confirm)(?: me| us)?(?: with)? your (?:order|booking|reservation|membership) (?:number|id)\b|)"
      R"((?:what(?:'s|’s| is)|i(?:'ll|’ll| will)? need|may i ask for) your (?:order|booking|reservation|membership) (?:number|id)\b|)"
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

// What was done with the other one's things. Only as a statement: "your order has been shipped?" wonders.
RE2 const& news_for_the_user() {
  static RE2 const pattern(
      std::string(beginning) +
      R"((?:(?:good|great) news[,!:]? )?your (?:full |partial |new )?(?:refund|order|replacement|request|account|subscription|booking|reservation|payment|return|cancellation|ticket|claim|case|parcel|package|appointment|password|address|issue)(?: request| number| for (?:order |item )?[\w#-]{1,20}|[ ,]+[\w#-]*\d[\w#-]*,?)? )"
      R"((?:has|have|was|were|is|are|will)(?: now| already| just| also| successfully| be)*(?: been| being| be)?(?: now| already| just| successfully)* )"
      R"((?:processed|issued|initiated|approved|cancell?ed|refunded|confirmed|updated|escalated|submitted|shipped|dispatched|credited|completed|upgraded|rescheduled|reset|activated|resolved|registered|on its way|all set)\b)");
  return pattern;
}

RE2 const& foreign_news() {
  static RE2 const pattern(
      std::string(R"((?i)(?:^|[,.!:;]\s*)[¿¡\s]*(?:)") +
      R"((?:he|hemos) (?:procesado|emitido|tramitado|realizado|cancelado|gestionado|iniciado) (?:su|tu|el) (?:reembolso|pedido|solicitud|reserva|devolución|cancelación)\b|tu (?:reembolso|pedido|solicitud|reserva) (?:ha sido|fue|está siendo) \pL+|gracias por (?:contactarnos|contactar con nosotros|llamarnos|ponerse en contacto con nosotros|comunicarse con)\b|)"
      R"((?:j[’']ai|nous avons)(?: bien| déjà)? (?:traité|effectué|émis|lancé|initié|annulé|enregistré|remboursé) votre (?:remboursement|commande|demande|réservation|retour)|votre (?:remboursement|commande|demande|réservation|retour) (?:a bien été|a été|est en cours de) \pL+|merci (?:de nous avoir contacté|d[’']avoir contacté (?:le|notre) (?:service|support))|)"
      R"((?:ich habe|wir haben) (?:ihre|deine) (?:rückerstattung|erstattung|bestellung|anfrage|buchung|reservierung|rücksendung|stornierung)\b.{0,40}\b(?:veranlasst|bearbeitet|storniert|erstattet|bestätigt|ausgelöst|eingeleitet|versandt|verschickt)|(?:vielen dank|danke),? dass (?:sie|du) (?:uns|sich an (?:uns|unseren)|dich an uns)\b|vielen dank für (?:ihren anruf|ihre kontaktaufnahme)|)"
      R"((?:ho|abbiamo) (?:elaborato|emesso|avviato|annullato|processato|effettuato) (?:il suo|la sua|il tuo|la tua) (?:rimborso|ordine|richiesta|prenotazione)|il tuo (?:rimborso|ordine) è stato \pL+|grazie per (?:averci contattato|aver contattato (?:il|la|l[’'])\s?(?:nostr|servizio|assistenza))|)"
      R"((?:processei|emiti|cancelei|iniciei) o (?:seu|teu) (?:reembolso|pedido)|obrigad[oa] por (?:entrar em contato (?:conosco|com (?:a gente|o nosso|nossa))|nos contatar|contactar-nos)|)"
      R"((?:ik heb|we hebben|wij hebben) (?:uw|je|jouw) (?:terugbetaling|bestelling|aanvraag|boeking|reservering|retour)\b.{0,40}\b(?:verwerkt|geannuleerd|bevestigd|gestart|verzonden)|(?:uw|je) (?:terugbetaling|bestelling|aanvraag|boeking|retour) (?:is|wordt|werd) (?:verwerkt|geannuleerd|bevestigd|verzonden|goedgekeurd)|bedankt (?:dat (?:u|je) contact|voor (?:uw|je) (?:telefoontje|bericht aan onze))))");
  return pattern;
}

}  // namespace parley
