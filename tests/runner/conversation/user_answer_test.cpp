#include "runner/conversation/user_answer.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/scripted_model.hpp"

using namespace parley;
using namespace parley::test;

namespace {

user_line read(std::string text, bool hung_up = false) {
  return read_user_line(answering(std::move(text)), hung_up);
}

}  // namespace

TEST_CASE("a structured reply is read, whatever stands around it") {
  auto const text = GENERATE(as<std::string>(), R"({"message": "Hi", "done": false, "reason": "r"})",
                             "  \n{\"message\": \" Hi \", \"done\": \"false\", \"reason\": \"r\"}\n",
                             "```json\n{\"message\": \"Hi\", \"done\": false, \"reason\": \"r\"}\n```",
                             "```\n{\"message\":\"Hi\",\"done\":false,\"reason\":\"r\"}```",
                             R"(Sure! {"message": "Hi", "done": false, "reason": "r"} Anything else?)",
                             R"(<think>maybe {"message": "No", "done": true}?</think>
                                {"message": "Hi", "done": false, "reason": "r"})");
  auto const line = read(text);
  CHECK(line.message == "Hi");
  CHECK_FALSE(line.done);
  CHECK(line.reason == "r");
}

TEST_CASE("anything else is a message in plain text") {
  auto const text = GENERATE(as<std::string>(), "My order never came.", R"({"message": "Hi", "done": fal)",
                             R"(Your API says {"message": "not found"} to me.)", "{ is a brace", R"(["Hi"])");
  auto const line = read(text);
  CHECK(line.message == text);
  CHECK_FALSE(line.done);
}

TEST_CASE("plain text with the end marker at its end is the last message; the marker alone leaves") {
  auto const text = GENERATE(as<std::string>(), "Thanks, bye.\n###STOP###", "Thanks, bye. ###STOP###\n",
                             "Thanks, bye.\n###STOP###\n###STOP###",
                             R"({"message": "Thanks, bye.\n###STOP###", "done": false, "reason": ""})");
  CHECK(read(text).message == "Thanks, bye.");
  CHECK(read(text).done);
  CHECK_FALSE(read(" ###STOP###\n").message);
  CHECK(read(" ###STOP###\n").done);
}

TEST_CASE("the end marker elsewhere ends nothing") {
  auto const line = read("Your bot wrote ###STOP### to me.");
  CHECK(line.message == "Your bot wrote ###STOP### to me.");
  CHECK_FALSE(line.done);
}

TEST_CASE("an object without done goes on; extra keys don't matter") {
  auto const line = read(R"({"message": "Hi", "mood": "bad"})");
  CHECK(line.message == "Hi");
  CHECK_FALSE(line.done);
}

TEST_CASE("done with a message delivers it; done without one leaves") {
  auto const last = read(R"({"message": "Thanks, bye", "done": true, "reason": "refunded"})");
  CHECK(last.message == "Thanks, bye");
  CHECK(last.done);
  CHECK(last.reason == "refunded");
  for (auto const* const text :
       {R"({"message": null, "done": true, "reason": ""})", R"({"message": "  ", "done": true})"}) {
    CHECK_FALSE(read(text).message);
    CHECK(read(text).done);
  }
}

TEST_CASE("nothing said and not done is an empty message") {
  for (auto const* const text : {"", "  ", R"({"message": null, "done": false, "reason": ""})"}) {
    auto const line = read(text);
    REQUIRE(line.message);
    CHECK(line.message->empty());
    CHECK_FALSE(line.done);
  }
}

TEST_CASE("hanging up is the end, after what was written beside it") {
  auto const silent = read("", true);
  CHECK(silent.done);
  CHECK_FALSE(silent.message);
  CHECK(silent.reason == "the user hung up");
  auto const polite = read("Goodbye", true);
  CHECK(polite.done);
  CHECK(polite.message == "Goodbye");
}

TEST_CASE("what the answer used up is the line's") {
  CHECK(read("Hi").used.input_tokens == 10);
}

TEST_CASE("the text of an event, structured or plain; none is none") {
  auto const text = [](char const* written) { return read_event_text(answering(written)); };
  CHECK(text(R"({"event": "Parcel returned"})") == "Parcel returned");
  CHECK(text("```json\n{\"event\": \"Parcel returned\"}\n```") == "Parcel returned");
  CHECK(text(" Parcel returned ") == "Parcel returned");
  CHECK_FALSE(text(R"({"event": ""})"));
  CHECK_FALSE(text(""));
}
