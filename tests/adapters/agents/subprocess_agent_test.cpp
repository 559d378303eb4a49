#include "adapters/agents/subprocess_agent.hpp"

#include "tests/adapters/agents/agent_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

#include <nlohmann/json.hpp>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

namespace parley {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

struct process_fixture : test::agent_fixture {
  process_fixture() {
    settings.type = "subprocess";
    settings.url.clear();
  }
  void run(std::string const& script) { settings.command = {"/bin/sh", "-c", script}; }
};

constexpr auto answer = R"(echo '{"messages":[{"content":"hello"}]}')";

std::string reading(std::string const& then) {
  return "while read -r line; do " + then + "; done";
}

TEST_CASE_METHOD(process_fixture, "one process holds one conversation, line by line") {
  settings.env = {{"GREETING", "hi there"}};
  settings.cwd = "/tmp";
  run("n=0; " + reading(R"sh(n=$((n+1)); printf '%s\n' "$line" >&2;
    printf '{"messages":[{"content":"%s %s %s"}],"conversation_id":"theirs"}\n' "$n" "$GREETING" "$(pwd)")sh"));
  auto const first = say("one");
  REQUIRE(first.has_value());
  CHECK(first->messages == std::vector<std::string>{"1 hi there /tmp"});
  auto const second = say("two");
  REQUIRE(second.has_value());
  CHECK(second->messages == std::vector<std::string>{"2 hi there /tmp"});
  CHECK(close().has_value());
  auto const notes = conversation->take_notes();
  REQUIRE(notes.size() == 1);
  CHECK(notes[0].find(R"("content":"one")") != std::string::npos);
  CHECK(notes[0].find(R"("conversation_id":"ours")") != std::string::npos);
  CHECK(notes[0].find(R"("conversation_id":"theirs")") != std::string::npos);
}

TEST_CASE_METHOD(process_fixture,
                 "a reply line too many is told at the end, for it may belong to another request") {
  run(std::string("read -r line; ") + answer + "; read -r line; " + answer + "; " + answer +
      "; read -r line");
  REQUIRE(say("one").has_value());
  REQUIRE(say("two").has_value());
  auto const closed = close();
  REQUIRE(closed.has_error());
  CHECK(closed.error().detail.find("more reply lines than it was sent requests") != std::string::npos);
}

TEST_CASE_METHOD(process_fixture, "words of farewell are no reply") {
  run(reading(answer) + "; echo bye");
  REQUIRE(say("one").has_value());
  CHECK(close().has_value());
}

TEST_CASE_METHOD(process_fixture, "a command that does not exist is a transport failure with its name") {
  settings.command = {"no-such-command-anywhere"};
  auto const reply = say("hi");
  REQUIRE(reply.has_error());
  CHECK(reply.error().code == failure_code::agent_transport);
  CHECK(reply.error().detail.find("no-such-command-anywhere") != std::string::npos);
  CHECK(close().has_value());
}

TEST_CASE_METHOD(process_fixture,
                 "a process that goes away before it replied tells its status and last words") {
  SECTION("exit") {
    run("read -r line; echo first >&2; echo 'out of memory' >&2; exit 3");
    auto const reply = say("hi");
    REQUIRE(reply.has_error());
    CHECK(reply.error().code == failure_code::agent_transport);
    CHECK(reply.error().detail.find("status 3") != std::string::npos);
    CHECK(reply.error().detail.find("out of memory") != std::string::npos);
  }
  SECTION("crash") {
    run("read -r line; kill -SEGV $$");
    auto const reply = say("hi");
    REQUIRE(reply.has_error());
    CHECK(reply.error().detail.find("signal 11") != std::string::npos);
  }
  SECTION("before it read anything: no SIGPIPE for us") {
    run("exit 0");
    start();
    auto const reply = say(std::string(300'000, 'x'));
    REQUIRE(reply.has_error());
    CHECK(reply.error().code == failure_code::agent_transport);
  }
  SECTION("between two replies") {
    run(std::string("read -r line; ") + answer + "; exit 0");
    REQUIRE(say("hi").has_value());
    auto const reply = say("more");
    REQUIRE(reply.has_error());
    CHECK(reply.error().code == failure_code::agent_transport);
    CHECK(reply.error().detail.find("status 0") != std::string::npos);
  }
  CHECK(close().has_value());
}

TEST_CASE_METHOD(process_fixture, "lines that are no reply are protocol errors") {
  settings.max_body = 1000;
  SECTION("not JSON") {
    run(reading("echo nonsense"));
  }
  SECTION("half a line") {
    run("read -r line; printf '{\"messages\":'; sleep 0; exec 1>&-; sleep 30");
  }
  SECTION("too long") {
    run(reading("head -c 5000 /dev/zero | tr '\\0' x"));
  }
  auto const reply = say("hi");
  REQUIRE(reply.has_error());
  bool const half = settings.command.back().find("exec") != std::string::npos;
  CHECK(reply.error().code == (half ? failure_code::agent_transport : failure_code::agent_protocol));
  close(milliseconds(0));
}

TEST_CASE_METHOD(process_fixture, "more than one reply line to one request is a protocol error") {
  SECTION("written together") {
    run(reading(R"(printf '%s\n%s\n' '{"messages":[{"content":"a"}]}' '{"messages":[{"content":"b"}]}')"));
    REQUIRE(say("hi").has_value());
  }
  SECTION("the second one later, before the next request") {
    test::temporary_folder const folder;
    auto const written = folder.path() / "written";
    run(reading(std::string(answer) + "; " + answer + "; : > " + written.string()));
    REQUIRE(say("hi").has_value());
    while (!std::filesystem::exists(written)) std::this_thread::yield();
  }
  auto const reply = say("more");
  REQUIRE(reply.has_error());
  CHECK(reply.error().code == failure_code::agent_protocol);
}

TEST_CASE_METHOD(process_fixture, "a process that hangs is a timeout and can still be ended") {
  run("sleep 60");
  limit = milliseconds(100);
  auto const reply = say("hi");
  REQUIRE(reply.has_error());
  CHECK(reply.error().code == failure_code::agent_timeout);
  auto const began = steady_clock::now();
  CHECK(close(milliseconds(200)).has_value());
  CHECK(steady_clock::now() - began < milliseconds(1900));
}

TEST_CASE_METHOD(process_fixture, "cancelling an exchange is no timeout") {
  run("sleep 60");
  boost::asio::cancellation_signal signal;
  test::after(io, milliseconds(50), [&] { signal.emit(boost::asio::cancellation_type::terminal); });
  auto const reply =
      exchange(agent_request(agent_request::kind::user_message, "hi", facts->starts_at), &signal);
  REQUIRE(reply.has_error());
  CHECK(reply.error().code == failure_code::cancelled);
}

// The pid that the script wrote into the file.
pid_t pid_in(std::string const& file) {
  pid_t pid = 0;
  std::ifstream(file) >> pid;
  return pid;
}

// A killed process needs a moment to be gone, and its new parent may be slow to reap it.
bool dies(pid_t pid) {
  auto const last = steady_clock::now() + std::chrono::seconds(5);
  while (steady_clock::now() < last) {
    std::ifstream status("/proc/" + std::to_string(pid) + "/stat");
    std::string number, name, state;
    status >> number >> name >> state;
    if (state.empty() || state == "Z" || state == "X") return true;
    std::this_thread::yield();
  }
  return false;
}

TEST_CASE_METHOD(process_fixture, "a stubborn process is told at 2 s and killed at 4 s, with its children") {
  std::string const file = "/tmp/parley-test-" + std::to_string(::getpid()) + ".pid";
  run("trap '' TERM; (trap '' TERM; sleep 60) & echo $! > " + file + "; read -r line; " + answer +
      "; while :; do sleep 1; done");
  REQUIRE(say("hi").has_value());
  auto const child = pid_in(file);
  std::filesystem::remove(file);
  REQUIRE(child > 1);
  auto const began = steady_clock::now();
  CHECK(close(milliseconds(10'000)).has_value());
  auto const took = steady_clock::now() - began;
  CHECK(took >= milliseconds(3900));
  CHECK(took < milliseconds(6000));
  CHECK(dies(child));
}

TEST_CASE_METHOD(process_fixture, "a process that ends when its input closes ends at once") {
  run(reading(answer));
  REQUIRE(say("hi").has_value());
  auto const began = steady_clock::now();
  CHECK(close().has_value());
  CHECK(steady_clock::now() - began < milliseconds(1900));
}

TEST_CASE_METHOD(process_fixture, "a process that listens to TERM ends after 2 s") {
  run(std::string("trap 'exit 0' TERM; read -r line; ") + answer + "; while :; do sleep 0.05; done");
  REQUIRE(say("hi").has_value());
  auto const began = steady_clock::now();
  CHECK(close().has_value());
  auto const took = steady_clock::now() - began;
  CHECK(took >= milliseconds(1900));
  CHECK(took < milliseconds(3500));
}

TEST_CASE_METHOD(process_fixture, "only the last 64 KiB of stderr are kept, however much there was") {
  run("i=0; while [ $i -lt 20 ]; do head -c 20000 /dev/zero | tr '\\0' e >&2; i=$((i+1)); done; echo END "
      ">&2; " +
      reading(answer));
  REQUIRE(say("hi").has_value());
  CHECK(close().has_value());
  auto const notes = conversation->take_notes();
  REQUIRE(notes.size() == 1);
  CHECK(notes[0].size() <= (64U << 10) + 20);
  CHECK(notes[0].size() > 60'000);
  CHECK(notes[0].ends_with("END\n"));
}

TEST_CASE_METHOD(process_fixture, "a conversation dropped without close leaves no process behind") {
  std::string const file = "/tmp/parley-test-drop-" + std::to_string(::getpid()) + ".pid";
  run("echo $$ > " + file + "; " + reading(answer));
  REQUIRE(say("hi").has_value());
  auto const child = pid_in(file);
  std::filesystem::remove(file);
  REQUIRE(child > 1);
  conversation.reset();
  CHECK(::kill(child, 0) != 0);
}

}  // namespace
}  // namespace parley
