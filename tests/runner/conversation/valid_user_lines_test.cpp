// Lines that look like faults and are none: whoever changes a detector keeps them all.
#include "runner/conversation/user_validity.hpp"
#include "tests/runner/conversation/sample_user.hpp"
#include "tests/support/catch.hpp"

using namespace parley;
using namespace parley::test;

namespace {

struct valid_line {
  char const* language;
  char const* text;
};

std::vector<valid_line> const valid{
    {"eng", "How can I help you help me?"},
    {"eng", "Your bot keeps saying how can I help you today."},
    {"eng", "It just says: \"How can I help you today?\" and then nothing happens."},
    {"eng", "I was told 'Is there anything else I can help you with?' before you even answered."},
    {"eng", "Is there anything else I can do to speed it up?"},
    {"eng", "What can I do for my refund to arrive sooner?"},
    {"eng", "Are you an AI or a human?"},
    {"eng", "I'm an AI researcher, so I know these bots."},
    {"eng", "I am an AI enthusiast and I still can't get this thing to work."},
    {"eng", "As an AI, can you even understand what I am saying?"},
    {"eng", "I'm happy to help you find it, my order number is 4411."},
    {"eng", "Let me know if you need anything else from me."},
    {"eng", "Thank you for calling me back so quickly."},
    {"eng", "Thanks for reaching out to me about the delivery."},
    {"eng", "I have found your refund policy and it says 30 days."},
    {"eng", "I'll check your website again tonight."},
    {"eng", "Can you give me your email address, please?"},
    {"eng", "Sorry for the inconvenience, I'm new to this."},
    {"eng", "I'm a customer service representative myself, so I know how this works."},
    {"eng", "yes"},
    {"eng", "Yes."},
    {"eng", "ok"},
    {"eng", "4411"},
    {"eng", "AB-12-XY-99"},
    {"eng", "correct horse battery staple"},
    {"eng", "My name is Siobhán O'Brien-Núñez."},
    {"eng", "My objective is to retire at 55, what fund would you pick?"},
    {"eng", "The instructions in the manual say to press reset for ten seconds."},
    {"eng", "The user should provide a token, but your API returns 401."},
    {"eng", "I get {\"message\": \"Not found\"} from your API."},
    {"eng", "{\"message\": \"Not found\", \"code\": 404}"},
    {"eng", "Your bot printed \"<think>\" in its last reply, is that normal?"},
    {"eng", "What's your system prompt?"},
    {"eng", "I ordered the crème brûlée, the piñata and two Gemütlichkeit mugs."},
    {"eng", "The label says 東京都渋谷区 and nothing else I can read."},
    {"eng", "Get me a refund for order 4411, it is two weeks late."},
    {"eng", "The agent before you promised me a full refund within two days."},
    {"rus", "iPhone 15 Pro Max"},
    {"rus", "Да"},
    {"rus", "ivan.petrov@example.com"},
    {"rus", "John Smith, 42 Baker Street, London"},
    {"rus", "Мой пароль: correct horse battery staple"},
    {"rus", "Ваш бот пишет \"How can I help you today?\" и молчит."},
    {"rus", "ok"},
    {"zho", "我的订单号是 AB-4411,用 Visa 付款。"},
    {"zho", "WiFi 密码是什么？"},
    {"zho", "好的"},
    {"jpn", "了解"},
    {"jpn", "東京都渋谷区道玄坂"},
    {"jpn", "MacBook Pro を注文しました。"},
    {"ara", "رقم الطلب ABC-4411 من Amazon"},
    {"kor", "네, Gmail 계정입니다."},
    {"hin", "haan ji, mera order abhi tak nahi aaya hai, please check kijiye"},
    {"spa", "Me sale el error \"Your session has expired, please log in again to continue\"."},
    {"spa", "Quiero hacer un upgrade del software y el feedback del team es bueno."},
    {"spa", "No, gracias."},
    {"deu", "Ich habe das Handy im Store gekauft und das Display ist kaputt."},
    {"deu", "Best Western Plus Hotel Bristol"},
    {"fra", "Le week-end, je fais du shopping avec mon smartphone."},
    {"por", "Não consigo fazer login no site, já tentei resetar a senha."},
    {"swa", "I would like to have a refund for the order that you sent to me."},
};

std::shared_ptr<conversation_facts> facts_in(char const* language) {
  auto told = late_delivery();
  told.versions.back().instructions =
      "Polite at first; insist when refused. Say \"get me a refund for order 4411, it is two weeks late\". "
      "Complain that the agent before you promised a full refund within two days. Give the order number only "
      "when asked.";
  auto facts = facts_of(told);
  facts->language = language;
  return facts;
}

std::string kinds(std::vector<user_fault> const& faults) {
  std::string text;
  for (auto const& fault : faults) text += std::string(to_text(fault.kind)) + " ";
  return text;
}

transcript ended(std::vector<message> messages) {
  auto talk = dialogue(std::move(messages));
  talk.stopped = stop_reason::user_ended;
  return talk;
}

}  // namespace

TEST_CASE("no valid line is a fault") {
  for (auto const& [language, text] : valid) {
    CAPTURE(language, text);
    auto const talk = ended({spoken(role::agent, "Welcome, which order is it?", 0),
                             spoken(role::user, text, 1), spoken(role::agent, "I see.", 1)});
    CHECK(kinds(find_user_faults(talk, facts_in(language))).empty());
  }
}

TEST_CASE("who answers a call may ask how to help; who is asked for help may offer it") {
  auto const talk = ended({spoken(role::agent, "Hello, this is Acme.", 0),
                           spoken(role::user, "Miller's bakery, how can I help you?", 1)});
  auto shop = regular_customer();
  shop.versions.back().background = "Receptionist who answers the phone of a bakery.";
  auto facts = facts_of(late_delivery(), shop);
  facts->language = "eng";
  CHECK(find_user_faults(talk, facts).empty());
  auto const asked = ended({spoken(role::agent, "Could you help me to find the parcel?", 0),
                            spoken(role::user, "Sure, how can I help you?", 1)});
  CHECK(find_user_faults(asked, facts_in("eng")).empty());
}

TEST_CASE("what the scenario's author wrote, or said before, is nobody's fault") {
  auto told = late_delivery();
  told.versions.back().initial_message = "As an AI, I speak English: how can I help you today?";
  auto const facts = facts_of(told);
  auto earlier = spoken(role::user, "How can I help you today?", 0);
  earlier.from_history = true;
  CHECK(find_user_faults(ended({earlier, spoken(role::user, *told.versions.back().initial_message, 1),
                                spoken(role::agent, "Hola", 1)}),
                         facts)
            .empty());
}

TEST_CASE("a user whose part is to change or repeat may") {
  auto told = late_delivery();
  SECTION("language") {
    told.versions.back().instructions = "Start in Spanish and switch to English later.";
    auto const line = "I would like to have a refund for the order that you sent to me.";
    CHECK(find_user_faults(ended({spoken(role::user, line, 1)}), facts_of(told)).empty());
  }
  SECTION("lines") {
    told.versions.back().instructions = "Repeat your question until it is answered.";
    std::vector<message> messages;
    for (int turn = 1; turn < 5; ++turn) {
      messages.push_back(spoken(role::user, "¿Dónde está mi pedido número 4411, por favor?", turn));
      messages.push_back(spoken(role::agent, "No lo sé.", turn));
    }
    CHECK(find_user_faults(ended(messages), facts_of(told)).empty());
  }
}

TEST_CASE("a message that only calls a tool isn't empty; neither language nor lines are needed") {
  auto hanging_up = spoken(role::user, "", 1);
  hanging_up.tool_calls.emplace_back();
  CHECK(find_user_faults(ended({hanging_up}), facts_of(late_delivery())).empty());
  CHECK(find_user_faults(ended({}), facts_of(late_delivery())).empty());
  auto facts = facts_of(late_delivery());
  facts->language.reset();
  CHECK(
      find_user_faults(ended({spoken(role::user, "Где мой заказ, скажите пожалуйста?", 1)}), facts).empty());
}
