#include "runner/conversation/scripted_user.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/run_coroutine.hpp"

using namespace parley;

namespace {

script_reply entry(std::optional<std::string> when, std::optional<std::string> say, bool once = false,
                   bool end = false) {
  script_reply reply;
  reply.when = std::move(when);
  reply.say = std::move(say);
  reply.once = once;
  reply.end = end;
  return reply;
}

scripted_user user_of(std::vector<script_reply> replies, std::optional<std::string> otherwise = {},
                      std::optional<std::string> opening = {}) {
  user_script script;
  script.replies = std::move(replies);
  script.otherwise = std::move(otherwise);
  return scripted_user(std::make_shared<compiled_script const>(script, std::move(opening)), nullptr);
}

transcript heard(std::vector<std::string> replies) {
  transcript log;
  for (std::string& text : replies) {
    message& said = log.messages.emplace_back();
    said.from = role::agent;
    said.turn = 1;
    said.content = std::move(text);
  }
  return log;
}

user_line ask(scripted_user& user, transcript const& so_far) {
  return test::run_coroutine(user.next_line(so_far, {})).value();
}

}  // namespace

TEST_CASE("The opening line is initial_message, else the first entry without `when`") {
  auto with_message = user_of({entry({}, "first")}, {}, "Hi there");
  CHECK(ask(with_message, {}).message == "Hi there");
  auto without = user_of({entry("order", "4411"), entry({}, "first", true), entry({}, "second", true)});
  CHECK(ask(without, {}).message == "first");
  CHECK(ask(without, heard({"hm"})).message == "second");
}

TEST_CASE("The first usable entry in order wins, compared with the whole last reply, ignoring case") {
  auto user = user_of({entry("ORDER number", "4411", true), entry("order", "I said 4411.")}, "What?");
  CHECK(ask(user, heard({"Hello.", "Your order number?"})).message == "4411");
  CHECK(ask(user, heard({"Your order number?"})).message == "I said 4411.");
  CHECK(ask(user, heard({"Nice weather."})).message == "What?");
}

TEST_CASE("Only the last reply is looked at") {
  auto user = user_of({entry("number", "4411")}, "What?");
  auto log = heard({"Your number?"});
  message later;
  later.from = role::agent;
  later.turn = 2;
  later.content = "Thanks.";
  log.messages.push_back(later);
  CHECK(ask(user, log).message == "What?");
}

TEST_CASE("then: end says the line as the last one, or leaves at once without one") {
  auto user = user_of({entry("issued", "Thank you.", false, true), entry("bye", {}, false, true)});
  auto const last = ask(user, heard({"Refund issued"}));
  CHECK(last.message == "Thank you.");
  CHECK(last.done);
  CHECK_FALSE(ask(user, heard({"bye"})).message);
}

TEST_CASE("With nothing left to say the user leaves") {
  auto user = user_of({entry("issued", "Thanks")});
  CHECK_FALSE(ask(user, heard({"hm"})).message);
}

TEST_CASE("A pattern that backtracks elsewhere is linear here") {
  auto user = user_of({entry("(a+)+$", "no")}, "done");
  CHECK(ask(user, heard({std::string(1'000'000, 'a') + "b"})).message == "done");
}
