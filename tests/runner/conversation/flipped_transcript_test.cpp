#include "runner/conversation/flipped_transcript.hpp"

#include "tests/runner/conversation/sample_user.hpp"
#include "tests/support/catch.hpp"

using namespace parley;
using namespace parley::test;
using speaker = model_message::speaker;

namespace {

struct said_by {
  speaker from;
  std::string content;
  friend bool operator==(said_by const&, said_by const&) = default;
};

std::vector<said_by> heard(transcript const& so_far,
                           initial_message_type opening = initial_message_type::user_message) {
  std::vector<said_by> all;
  for (auto const& m : flipped(so_far, opening)) all.push_back({m.from, m.content});
  return all;
}

message call_by(requestor by, std::string content = {}) {
  message m = spoken(by == requestor::user ? role::user : role::agent, std::move(content), 1);
  tool_call call;
  call.id = "t1";
  call.name = "check calendar";
  call.by = by;
  m.tool_calls.push_back(std::move(call));
  return m;
}

message result_for(requestor by) {
  message m = spoken(role::tool, {}, 1);
  m.by = by;
  m.result.id = "t1";
  m.result.content = json_value(nlohmann::json{{"free", true}});
  return m;
}

}  // namespace

TEST_CASE("flipped: before the first word there is one stage direction that says who begins") {
  using said = std::vector<said_by>;
  CHECK(heard({}) == said{{speaker::user, "[The conversation begins. You speak first.]"}});
  auto const greeted = dialogue({spoken(role::agent, "Welcome!", 0)});
  CHECK(heard(greeted, initial_message_type::skip) ==
        said{{speaker::user, "[The conversation begins. The agent speaks first.]\nWelcome!"}});
}

TEST_CASE("flipped: the agent speaks as user, the user as assistant, and they alternate") {
  auto const talk = dialogue({spoken(role::user, "Hi", 1), spoken(role::agent, "Hello.", 1),
                              spoken(role::agent, "Which order?", 1), spoken(role::user, "4411", 2),
                              spoken(role::agent, "Done.", 2)});
  auto const all = heard(talk);
  REQUIRE(all.size() == 5);
  CHECK(all[1] == said_by{speaker::assistant, "Hi"});
  CHECK(all[2] == said_by{speaker::user, "Hello.\nWhich order?"});
  CHECK(all[3] == said_by{speaker::assistant, "4411"});
  CHECK(all[4] == said_by{speaker::user, "Done."});
}

TEST_CASE("flipped: events and history are there, system messages and the agent's tools are not") {
  auto earlier = spoken(role::agent, "We sent it yesterday.", 0);
  earlier.from_history = true;
  auto secret = spoken(role::system, "You are a support bot.", 0);
  secret.from_history = true;
  auto const talk =
      dialogue({earlier, secret, spoken(role::event, "parcel returned", 1), call_by(requestor::assistant),
                result_for(requestor::assistant), spoken(role::agent, "It came back.", 1)});
  auto const all = heard(talk, initial_message_type::external_event);
  REQUIRE(all.size() == 1);
  CHECK(all[0].content ==
        "[The conversation goes on from what was said before.]\nWe sent it yesterday.\n"
        "[Event: parcel returned]\nIt came back.");
}

TEST_CASE("flipped: a wordless agent leaves something to answer") {
  auto const all = heard(dialogue({spoken(role::user, "Hi", 1), call_by(requestor::assistant)}));
  REQUIRE(all.size() == 3);
  CHECK(all.back() == said_by{speaker::user, "[The agent has not answered in words. It is your turn.]"});
}

TEST_CASE("flipped: the user's own calls come back with their results, under the names models allow") {
  auto const talk = dialogue(
      {call_by(requestor::user, "One moment"), result_for(requestor::user), spoken(role::agent, "Sure.", 1)});
  auto const all = flipped(talk, initial_message_type::user_message);
  REQUIRE(all.size() == 4);
  CHECK(all[1].content == "One moment");
  REQUIRE(all[1].tool_calls.size() == 1);
  CHECK(all[1].tool_calls[0].name == "check_calendar");
  CHECK(all[2].from == speaker::tool);
  CHECK(all[2].tool_call_id == "t1");
  CHECK(all[2].content == R"({"free":true})");
  CHECK(all[3].from == speaker::user);
}

TEST_CASE("flipped: a call without a result is left out, no provider would take it") {
  auto const all = flipped(dialogue({call_by(requestor::user, "Bye"), spoken(role::agent, "Bye.", 1)}),
                           initial_message_type::user_message);
  REQUIRE(all.size() == 3);
  CHECK(all[1].tool_calls.empty());
}

TEST_CASE("as_the_user_hears_it: the words alone, with the clock at the start") {
  auto talk =
      dialogue({spoken(role::system, "Rules", 0), spoken(role::user, "Hi", 1), call_by(requestor::assistant),
                result_for(requestor::assistant), spoken(role::agent, "Hello.", 1)});
  for (auto& m : talk.messages) m.at = std::chrono::seconds(5);
  auto const heard_words = as_the_user_hears_it(talk);
  REQUIRE(heard_words.messages.size() == 2);
  CHECK(heard_words.messages[1].content == "Hello.");
  CHECK(heard_words.messages[1].at == std::chrono::milliseconds(0));
}
