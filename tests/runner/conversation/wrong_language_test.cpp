// Lines in another language than the persona's, and valid lines of each language that must not be taken for
// one.
#include "runner/conversation/wrong_language.hpp"

#include "tests/support/catch.hpp"

#include <map>

using namespace parley;

namespace {

using lines = std::vector<std::string_view>;

// One line each of about a dozen words.
std::map<std::string_view, lines> const single_lines{
    {"eng",
     {"I would like a refund for my order because it never arrived.",
      "Could you please tell me when the parcel will be delivered to me?",
      "That is not what I asked, I want my money back now.",
      "No, I have been waiting for two weeks and nobody called me."}},
    {"deu",
     {"Ich möchte bitte mein Geld zurück, weil die Bestellung nicht angekommen ist.",
      "Können Sie mir bitte sagen, wann das Paket bei mir ankommt?",
      "Das habe ich nicht gefragt, ich will jetzt mein Geld zurück.",
      "Nein, ich warte schon seit zwei Wochen und niemand hat angerufen."}},
    {"fra",
     {"Je voudrais un remboursement pour ma commande parce que rien n'est arrivé.",
      "Pouvez-vous me dire quand le colis sera livré chez moi ?",
      "Ce n'est pas ce que je demande, je veux mon argent maintenant.",
      "Non, cela fait deux semaines et personne ne me répond."}},
    {"spa",
     {"Quiero un reembolso de mi pedido porque todavía no ha llegado.",
      "¿Me puede decir cuándo va a llegar el paquete a mi casa?",
      "No es lo que pregunté, quiero que me devuelvan el dinero ya.",
      "No, llevo dos semanas esperando y nadie me ha llamado."}},
    {"ita",
     {"Vorrei un rimborso per il mio ordine perché non è mai arrivato.",
      "Mi può dire quando arriva il pacco a casa mia, per favore?",
      "Non è quello che ho chiesto, voglio subito i miei soldi.",
      "No, aspetto da due settimane e nessuno mi ha chiamato."}},
    {"por",
     {"Quero um reembolso do meu pedido porque ele ainda não chegou.",
      "Você pode me dizer quando a encomenda chega na minha casa?",
      "Não foi isso que eu perguntei, quero o meu dinheiro de volta.",
      "Não, estou esperando há duas semanas e ninguém me ligou."}},
    {"nld",
     {"Ik wil graag mijn geld terug, want de bestelling is niet aangekomen.",
      "Kunt u mij zeggen wanneer het pakket bij mij wordt bezorgd?",
      "Dat heb ik niet gevraagd, ik wil nu mijn geld terug.",
      "Nee, ik wacht al twee weken en niemand heeft mij gebeld."}},
};

// A whole conversation in short lines.
std::map<std::string_view, lines> const short_conversations{
    {"eng", {"Hello, where is my order?", "It is 4411.", "Yes, that is mine.", "Thanks, bye."}},
    {"deu", {"Hallo, wo ist meine Bestellung?", "Es ist die 4411.", "Ja, das ist meine.", "Danke, tschüss."}},
    {"fra", {"Bonjour, où est ma commande ?", "C'est la 4411.", "Oui, elle est à moi.", "Merci, au revoir."}},
    {"spa", {"Hola, ¿dónde está mi pedido?", "Es el 4411.", "Sí, ese es el mío.", "Gracias, adiós."}},
    {"ita", {"Ciao, dove è il mio ordine?", "È il 4411.", "Sì, questo è il mio.", "Grazie, ciao."}},
    {"por", {"Olá, onde está o meu pedido?", "É o 4411.", "Sim, esse é o meu.", "Obrigada, tchau."}},
    {"nld", {"Hallo, waar is mijn bestelling?", "Het is 4411.", "Ja, dat is de mijne.", "Bedankt, dag."}},
};

// Valid lines that have little of their language in them.
std::map<std::string_view, lines> const own_lines{
    {"eng",
     {"Order 4411, Jean-Luc de la Fontaine, 12 Rue de la Paix, Paris.", "Yes please, that is fine.",
      "My name is Maria de los Angeles Fernandez y Ruiz de la Torre.",
      "The book is called La casa de los espíritus and it never came.",
      "It printed \"Bitte geben Sie eine gültige Adresse ein, um mit der Bestellung fortzufahren\".",
      "Los Angeles, San Francisco, Santa Fe, El Paso, Las Vegas, La Jolla, Del Mar, Des Moines.",
      "Refund. Card. Visa ending 1234. Today. Thanks.", "The crème brûlée du jour à la carte was cold."}},
    {"deu",
     {"Das Tracking im Account geht nicht, ich will das Upgrade canceln.",
      "Mein Handy-Display ist crashed, Support-Ticket per Mail an Customer Service.",
      "Da steht Please enter a valid address to continue with your order.",
      "Im Store war Sale, also Sneaker, Hoodie, Jeans und Shirt bestellt.", "Nein, danke.",
      "4411, Best Western", "Login, Reset, Logout, Update, Reboot: nichts davon hat geholfen.",
      "Okay, cool, sorry, bye!",
      "Die Show war super, der Livestream und das Backup vom Server leider down."}},
    {"fra",
     {"Le week-end, je fais du shopping avec mon smartphone.", "OK, merci.",
      "Commande 4411 de Mr. John Smith.",
      "J'ai reçu Your session has expired, please log in again to continue.",
      "Le feedback du customer service par e-mail est cool, mais pas de cashback."}},
    {"spa",
     {"Quiero hacer un upgrade del software y el feedback del team es bueno.", "No, gracias.",
      "Me sale Your session has expired, please log in again to continue.",
      "Pedido 4411, Calle da Silva, Porto.", "El streaming del show se corta, el router hace reset."}},
    {"ita",
     {"Il check-in online del weekend non va, ho fatto il login due volte.", "No, grazie.",
      "Ordine 4411 di Mr. John Smith.", "Esce Your session has expired, please log in again to continue.",
      "Il refund sulla card non c'è, il customer care non risponde."}},
    {"por",
     {"Não consigo fazer login no site, já tentei resetar a senha.", "Não, obrigada.",
      "Pedido 4411, San José.", "Aparece Your session has expired, please log in again to continue.",
      "O feedback do delivery foi ok, mas o cashback do app não caiu."}},
    {"nld",
     {"De checkout van de webshop werkt niet, ik krijg een error.", "Nee, dank u.",
      "Order 4411, Best Western", "Er staat Your session has expired, please log in again to continue.",
      "Mijn laptop crasht tijdens de update, support via de chat helpt niet."}},
};

std::vector<std::string> spoken_languages() {
  std::vector<std::string> all;
  for (auto const& [language, texts] : single_lines) all.emplace_back(language);
  return all;
}

}  // namespace

TEST_CASE("wrong language: one line of a dozen words, in every pair of languages") {
  for (auto const& persona : spoken_languages())
    for (auto const& [language, texts] : single_lines)
      for (auto const line : texts) {
        CAPTURE(persona, language, line);
        CHECK(find_wrong_language({line}, persona).has_value() == (language != persona));
      }
}

TEST_CASE("wrong language: a line between others is the one that is named") {
  CHECK(find_wrong_language({"Hallo, wo ist meine Bestellung?", "Es ist die 4411.",
                             "I would like a refund for my order because it never arrived."},
                            "deu") == std::size_t{2});
}

TEST_CASE("wrong language: a whole conversation of short lines, in every pair of languages") {
  for (auto const& persona : spoken_languages())
    for (auto const& [language, texts] : short_conversations) {
      CAPTURE(persona, language);
      CHECK(find_wrong_language(texts, persona).has_value() == (language != persona));
    }
}

TEST_CASE("wrong language: names, loan words, what a screen says, short answers are none") {
  for (auto const& [language, texts] : own_lines) {
    for (auto const line : texts) {
      CAPTURE(language, line);
      CHECK_FALSE(find_wrong_language({line}, language));
    }
    CAPTURE(language);
    CHECK_FALSE(find_wrong_language(texts, language));
  }
}

TEST_CASE("wrong language: a line or two of another one's short phrases in a valid conversation") {
  CHECK_FALSE(find_wrong_language(
      {"Hallo, wo ist meine Bestellung?", "Yes, that is the one.", "Vielen Dank und einen schönen Tag noch!"},
      "deu"));
  CHECK_FALSE(find_wrong_language({"Merci beaucoup!", "I mean thanks, where is my order?"}, "eng"));
}
