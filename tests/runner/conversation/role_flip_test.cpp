// Users that say what only the agent could say, and users whose lines merely sound like it.
#include "runner/conversation/role_flip.hpp"

#include "runner/conversation/spoken_words.hpp"
#include "tests/support/catch.hpp"

using namespace parley;

namespace {

bool flips(std::string_view line, std::vector<std::string> const& agent_said = {"I see."}) {
  role_flip_context context;
  for (auto const& text : agent_said) context.agent_lines.push_back(spoken_words(text));
  context.heard = agent_said.back();
  return speaks_as_agent(line, context);
}

}  // namespace

TEST_CASE("role flip: what was done with the other one's order, refund or account") {
  for (auto const* const line :
       {"Your refund has been processed.",
        "Your refund has been issued.",
        "your refund has been processed",
        "Your order has been cancelled and you will receive a confirmation email shortly.",
        "Good news, your replacement has been shipped.",
        "Okay, your booking is now confirmed.",
        "Your refund request has been approved.",
        "Your order #4411 has been refunded.",
        "Your refund for order 4411 has been processed.",
        "Your account has been successfully updated.",
        "Your refund will be processed within 3 to 5 business days.",
        "Your return has already been approved.",
        "I have issued your refund.",
        "I've issued your full refund to the original card.",
        "I processed your refund.",
        "I have processed the refund to your card.",
        "I've gone ahead and refunded your order.",
        "I have approved your refund request.",
        "You will receive your refund within 5-7 business days.",
        "Please allow 3-5 business days.",
        "I'll process your refund right away.",
        "Let me check your refund request.",
        "I'm sorry to hear that your order is late.",
        "What is your order number?"}) {
    CAPTURE(line);
    CHECK(flips(line));
  }
}

TEST_CASE("role flip: offers of help and thanks for getting in touch") {
  for (auto const* const line :
       {"Is there anything else I can help you with?", "Is there anything else I can help you with today?",
        "Is there anything else I can assist you with before we finish?", "Anything else I can do for you?",
        "Can I help you with anything else?", "Do you need help with anything else?",
        "I'd be happy to help you with that.", "I would be glad to assist you today!",
        "Thank you for contacting us.", "Thank you for contacting us about your order.",
        "Thank you for contacting Acme.", "Thank you for contacting Acme Support!",
        "Thanks for reaching out to our team.", "Thank you for calling Blue River Bank.",
        "Thank you for choosing Acme Air today.", "Thank you so much for contacting customer service."}) {
    CAPTURE(line);
    CHECK(flips(line));
  }
  CHECK(flips("Thank you for contacting Acme.", {"Welcome to Acme, how can I help?", "I see."}));
}

TEST_CASE("role flip: in the languages of the suites") {
  for (auto const* const line :
       {"Hemos procesado su reembolso.", "He tramitado tu devolución.", "Tu reembolso ha sido procesado.",
        "Gracias por contactarnos.", "J'ai bien traité votre remboursement.", "Votre commande a été annulée.",
        "Merci de nous avoir contactés.", "Ich habe Ihre Rückerstattung veranlasst.",
        "Wir haben deine Bestellung soeben storniert.", "Vielen Dank für Ihren Anruf.",
        "Vielen Dank, dass Sie uns kontaktiert haben.", "Ho elaborato il tuo rimborso.",
        "Il tuo ordine è stato annullato.", "Grazie per averci contattato.", "Processei o seu reembolso.",
        "Obrigado por entrar em contato conosco.", "Ik heb uw terugbetaling zojuist verwerkt.",
        "Uw bestelling is geannuleerd.", "Bedankt dat u contact met ons heeft opgenomen."}) {
    CAPTURE(line);
    CHECK(flips(line));
  }
}

TEST_CASE("role flip: who asks, repeats, doubts or speaks of his own things is a user") {
  for (auto const* const line : {"Has my refund been processed?",
                                 "You said my refund has been processed.",
                                 "My refund has been processed?",
                                 "You told me your refund has been processed, but it is my refund.",
                                 "Your email says \"Your refund has been processed\" and I got nothing.",
                                 "The email said your order has been shipped.",
                                 "Your order has been cancelled, says the email.",
                                 "Your order has been shipped?",
                                 "Your order system has been down all day.",
                                 "Your refund policy has been updated, hasn't it?",
                                 "Your order page is broken.",
                                 "I have issued a complaint with my bank.",
                                 "I have issued the chargeback already.",
                                 "I've cancelled your subscription and still you charge me.",
                                 "I returned your parcel yesterday.",
                                 "I processed the payment on my side.",
                                 "I've submitted your form twice.",
                                 "I'll check your refund policy.",
                                 "I will check your website.",
                                 "Let me check my order number.",
                                 "You will receive my complaint in writing.",
                                 "You will get a bad review from me.",
                                 "When will I receive my refund?",
                                 "I was promised a refund within 3-5 business days.",
                                 "Is there anything else you need from me?",
                                 "Is there anything else I can do to speed it up?",
                                 "Is there anything else I should know?",
                                 "Can you help me with anything else than a voucher?",
                                 "Thank you for contacting me so quickly.",
                                 "Thank you for contacting the warehouse for me.",
                                 "Thanks for calling back.",
                                 "Thanks for reaching out to them.",
                                 "Thank you for your help.",
                                 "Thank you for choosing to help me.",
                                 "I'm happy to help you find it, my order number is 4411.",
                                 "What is your return policy?",
                                 "What is your name?",
                                 "I'm sorry to hear that.",
                                 "Please allow me to explain.",
                                 "Sorry, your message was cut off.",
                                 "¿Han procesado mi reembolso?",
                                 "Mi hermana pidió y su pedido ha sido cancelado.",
                                 "Votre site a été lent.",
                                 "Avez-vous traité ma demande ?",
                                 "Ihre Seite wurde nicht geladen.",
                                 "Sie haben meine Bestellung storniert.",
                                 "Vielen Dank für Ihre Hilfe.",
                                 "Il mio ordine è stato annullato.",
                                 "O meu reembolso foi processado?",
                                 "Is mijn bestelling geannuleerd?",
                                 "Bedankt voor uw hulp."}) {
    CAPTURE(line);
    CHECK_FALSE(flips(line));
  }
}

TEST_CASE("role flip: thanks for having called somebody whom the agent spoke of") {
  CHECK_FALSE(flips("Thank you for contacting FedEx.", {"I have asked FedEx where it is."}));
  CHECK_FALSE(flips("Thank you for contacting Acme.", {"Acme has lost the parcel, I am afraid."}));
}

TEST_CASE("role flip: a persona who serves others may tell them news") {
  role_flip_context context;
  context.serves_others = true;
  CHECK_FALSE(speaks_as_agent("Your appointment has been confirmed.", context));
  CHECK_FALSE(speaks_as_agent("Thank you for calling Miller's Bakery.", context));
}
