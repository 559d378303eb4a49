#include "runner/conversation/user_validity.hpp"

#include "runner/conversation/user_prompt.hpp"
#include "tests/runner/conversation/sample_user.hpp"
#include "tests/support/catch.hpp"

using namespace parley;
using namespace parley::test;
using enum user_fault_kind;

namespace {

transcript ended(std::vector<message> messages) {
  auto talk = dialogue(std::move(messages));
  talk.stopped = stop_reason::user_ended;
  return talk;
}

std::shared_ptr<conversation_facts> facts_in(char const* language) {
  auto told = late_delivery();
  told.versions.back().instructions =
      "Polite at first; insist when refused. Give the order number only when asked for it by the agent.";
  auto facts = facts_of(told);
  facts->language = language;
  return facts;
}

std::vector<user_fault_kind> kinds(transcript const& talk, char const* language = "eng") {
  std::vector<user_fault_kind> all;
  for (auto const& fault : find_user_faults(talk, facts_in(language))) all.push_back(fault.kind);
  return all;
}

std::vector<user_fault_kind> kinds_of_line(std::string text, char const* language = "eng") {
  return kinds(ended({spoken(role::user, "x", 1), spoken(role::agent, "I see.", 1),
                      spoken(role::user, std::move(text), 2)}),
               language);
}

using only = std::vector<user_fault_kind>;

// User and agent in turn, the user first.
transcript alternating(std::vector<std::string> const& lines) {
  std::vector<message> messages;
  for (std::size_t i = 0; i < lines.size(); ++i)
    messages.push_back(spoken(i % 2 == 0 ? role::user : role::agent, lines[i], static_cast<int>(i / 2) + 1));
  return ended(std::move(messages));
}

}  // namespace

TEST_CASE("role flip: the user offers help, or speaks as the one who has the order on the screen") {
  auto const line = GENERATE(
      as<std::string>(), "How can I help you today?", "Hello Anna, how may I assist you?",
      "Great! Is there anything else I can help you with?", "As an AI language model, I can't do that.",
      "I'm an AI assistant.", "Thank you for contacting Acme support, how can I help you?",
      "I've processed your refund for order 4411.", "Could you please provide your order number?",
      "Let me check your order details.", "We apologize for the inconvenience.",
      "Agent: Sure, I can do that.", "\"How can I help you today?\"", "I am your virtual assistant.",
      "I'm sorry, but as an AI I cannot continue this conversation.",
      "Sure! Please give me your order number.",
      "User: Hello, it never came.\nAgent: Sure, what's the order number?");
  CAPTURE(line);
  CHECK(kinds_of_line(line) == only{role_flip});
}

TEST_CASE("role flip: in other languages") {
  auto const [language, line] = GENERATE(table<char const*, std::string>({
      {"spa", "¿En qué puedo ayudarle hoy?"},
      {"fra", "Bonjour, comment puis-je vous aider ?"},
      {"deu", "Wie kann ich Ihnen heute helfen?"},
      {"ita", "Come posso aiutarla?"},
      {"por", "Como posso ajudar você hoje?"},
      {"nld", "Hoe kan ik u vandaag helpen?"},
      {"rus", "Чем я могу вам помочь?"},
      {"zho", "请问有什么可以帮您的吗？"},
      {"jpn", "何かお手伝いできることはありますか？"},
      {"kor", "무엇을 도와드릴까요?"},
  }));
  CAPTURE(line);
  CHECK(kinds_of_line(line, language) == only{role_flip});
}

TEST_CASE("role flip: the user says the agent's own line") {
  auto const line = "Your parcel left our warehouse on Monday and arrives tomorrow.";
  CHECK(kinds(alternating({"Where is it?", line, line})) == only{role_flip});
}

TEST_CASE("leaked prompt: thoughts, talk of the part, pieces of JSON") {
  auto const line = GENERATE(
      as<std::string>(), "<think>I should stay polite.</think> Hello", "Hello.</think> Where is my order?",
      "As the simulated user, I want a refund.", "My objective is to get a refund for order 4411.",
      "I should stay in character here.", "The scenario says I am angry.",
      "Okay, I need to respond as the customer now.", R"({"message": "Hello", "done": fal)",
      R"({"message": "Hello", "done": false, "reason": ""})", "Thanks! \"done\": true, \"reason\": \"ok\"}",
      "Bye ###STOP###", "[The conversation begins. You speak first.]");
  CAPTURE(line);
  CHECK(kinds_of_line(line) == only{leaked_prompt});
}

TEST_CASE("leaked prompt: eight words of the rules or of the instructions as they stand") {
  auto const line =
      GENERATE(as<std::string>(), "Reveal what you know little by little: what the conversation needs now",
               "Okay: never make up names, numbers, dates or other facts.",
               "Give the order number only when asked for it by the agent.",
               "Polite at first; insist when refused. Give the order number only when asked for it.");
  CAPTURE(line);
  CHECK(kinds_of_line(line) == only{leaked_prompt});
}

TEST_CASE("repeated opening: the first line again, though nobody asked") {
  auto const later = GENERATE(as<std::string>(), "Hi, my order number 4411 never came.",
                              "hi my order number 4411 never came", "Hi! My order number 4411 never came!");
  CHECK(kinds(alternating({"Hi, my order number 4411 never came.", "Could you give me your postcode?", later,
                           "Thanks.", "Bye"})) == only{repeated_opening});
}

TEST_CASE("repeated opening: not when the agent asks to hear it, and not a mere greeting") {
  for (auto const* const asked : {"Sorry, I didn't catch that.", "Could you repeat that?",
                                  "Hello! How can I help you today?", "What is the problem?"})
    CHECK(kinds(alternating({"Hi, my order number 4411 never came.", asked,
                             "Hi, my order number 4411 never came.", "I see."}))
              .empty());
  CHECK(kinds(alternating({"Hello?", "One moment.", "Hello?", "Yes?"})).empty());
}

TEST_CASE("empty line: nothing, blanks, wide blanks") {
  for (auto const* const line : {"", "  \n", "\u3000\u00a0"}) CHECK(kinds_of_line(line) == only{empty_line});
}

TEST_CASE("left after consenting: the agent hadn't done it yet") {
  auto const [question, yes, answer] = GENERATE(table<std::string, std::string, std::string>({
      {"Shall I cancel order 4411?", "Yes, please.", ""},
      {"Would you like me to issue the refund?", "Yes, go ahead.", "Great, which card should it go to?"},
      {"Please confirm that I may proceed.", "I confirm.", "One moment please."},
      {"Do you want me to book it?", "Sure!", "Let me do that."},
  }));
  CAPTURE(question, answer);
  CHECK(kinds(alternating({"Hi there", question, yes, answer})) == only{left_after_consent});
}

TEST_CASE("left after consenting: not when the agent acted, finished, ended it or had asked something else") {
  auto const talk = [](std::string question, std::string answer) {
    return alternating({"Hi there", std::move(question), "Yes, please.", std::move(answer)});
  };
  CHECK(kinds(talk("Shall I cancel it?", "Done, it has been cancelled.")).empty());
  CHECK(kinds(talk("Shall I cancel it?", "It is cancelled. Is there anything else?")).empty());
  CHECK(kinds(talk("Shall I cancel it?", "You will receive an email.")).empty());
  CHECK(kinds(talk("Is there anything else I can help you with?", "What is it?")).empty());
  CHECK(kinds(talk("Is it the blue one?", "One moment.")).empty());
  auto acted = talk("Shall I cancel it?", "One moment.");
  acted.messages.back().tool_calls.emplace_back();
  CHECK(kinds(acted).empty());
  auto cut = talk("Shall I cancel it?", "One moment.");
  cut.stopped = stop_reason::agent_ended;
  CHECK(kinds(cut).empty());
}

TEST_CASE("stuck loop: the same three times in a row, or nearly") {
  auto const loop = [](std::string a, std::string b, std::string c) {
    return kinds(alternating({"Hi", "Hello.", std::move(a), "We can't.", std::move(b), "Our rules forbid it.",
                              std::move(c), "Sorry."}));
  };
  CHECK(loop("I just want my money back.", "I just want my money back!", "i just want my money back") ==
        only{stuck_loop});
  CHECK(loop("I really just want all of my money back now please, thank you.",
             "I really just want all of my money back now please, thank you.",
             "I really just want all of my money back now please, many thank you.") == only{stuck_loop});
  CHECK(loop("Thank you, goodbye!", "Thank you, goodbye!", "Thank you, goodbye!") == only{stuck_loop});
}

TEST_CASE("stuck loop: whoever hears the same again and again may answer the same") {
  CHECK(kinds(alternating({"Hi", "Please hold.", "No, I want my money back.", "Please hold.",
                           "No, I want my money back.", "Please hold.", "No, I want my money back.",
                           "Please hold."}))
            .empty());
}

TEST_CASE("stuck loop: a word of thanks, for ever") {
  std::vector<std::string> lines{"Hi", "Your refund is on its way."};
  for (int i = 0; i < 5; ++i) {
    lines.push_back("Thanks.");
    lines.push_back("You're welcome. Goodbye!");
  }
  CHECK(kinds(alternating(lines)).empty());
  lines.push_back("Thanks.");
  lines.push_back("You're welcome. Goodbye!");
  CHECK(kinds(alternating(lines)) == only{stuck_loop});
}

TEST_CASE("leaked instructions: stage directions, and talk of the part that is played") {
  auto const line = GENERATE(as<std::string>(), "[The user sighs and waits]", "[END OF CONVERSATION]",
                             "I am playing the role of a customer, so I insist.");
  CAPTURE(line);
  CHECK(kinds_of_line(line).size() == 1);
  CHECK(kinds_of_line("I am playing a game of yours and it has crashed.").empty());
}

TEST_CASE("stuck loop: short answers, equal answers to an equal question, different numbers are fine") {
  CHECK(kinds(alternating({"Hi", "Is it blue?", "Yes, it is.", "Is it new?", "Yes, it is.", "Is it yours?",
                           "Yes, it is.", "Fine."}))
            .empty());
  CHECK(kinds(alternating({"Hi", "Your number?", "My order number is 4411, as I said.", "Your number?",
                           "My order number is 4411, as I said.", "Your number?",
                           "My order number is 4411, as I said.", "Fine."}))
            .empty());
  CHECK(kinds(alternating({"Hi", "Next.", "The code of this one is 1 I think.", "Next.",
                           "The code of this one is 2 I think.", "Next.",
                           "The code of this one is 3 I think.", "Fine."}))
            .empty());
  CHECK(kinds(alternating({"Hi", "Next.", "ok", "Next.", "ok", "Next.", "ok", "Fine."})).empty());
}

TEST_CASE("wrong language: another script") {
  auto const [language, line] = GENERATE(table<char const*, std::string>({
      {"rus", "I would like a refund for my order, please."},
      {"zho", "I would like a refund for my order, please."},
      {"zho", "注文した商品がまだ届いていないのですが、どうなっていますか"},
      {"jpn", "I would like a refund for my order, please."},
      {"jpn", "你好,我的订单还没有到,请帮我看一下"},
      {"ara", "I would like a refund for my order, please."},
      {"kor", "Quiero un reembolso de mi pedido, por favor, no lo tengo."},
      {"rus", "Privet, ya hochu vernut moi zakaz pozhaluista"},
      {"eng", "Здравствуйте, где мой заказ?"},
      {"spa", "你好,我的订单在哪里?"},
      {"hin", "I would like to have a refund for the order that you sent."},
  }));
  CAPTURE(language, line);
  CHECK(kinds(ended({spoken(role::agent, "?", 0), spoken(role::user, line, 1)}), language) ==
        only{wrong_language});
}

TEST_CASE("wrong language: another one in the same letters, clearly") {
  auto const [language, line] = GENERATE(table<char const*, std::string>({
      {"spa", "I would like to have a refund for the order that you sent to me."},
      {"deu", "I would like to have a refund for the order that you sent to me."},
      {"eng", "Quiero un reembolso de mi pedido porque no lo tengo y está muy tarde para mi."},
      {"fra",
       "Ich möchte bitte mein Geld zurück, weil die Bestellung nicht da ist und ich sie nicht mehr will."},
  }));
  CAPTURE(language, line);
  CHECK(kinds(ended({spoken(role::user, line, 1)}), language) == only{wrong_language});
}

TEST_CASE("faults come in the order of their turns, with an excerpt") {
  auto const faults = find_user_faults(
      alternating({"How can I help you today?", "?", "", "?", "As the simulated user, I leave."}),
      facts_in("eng"));
  REQUIRE(faults.size() == 3);
  CHECK(faults[0].turn == 1);
  CHECK(faults[0].evidence == "How can I help you today?");
  CHECK(faults[1].kind == empty_line);
  CHECK(faults[2].kind == leaked_prompt);
  CHECK(faults[2].turn == 3);
  CHECK(to_text(left_after_consent) == "left_after_consent");
}
