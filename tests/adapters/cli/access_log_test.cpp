#include "adapters/cli/access_log.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/full_pipe.hpp"

using namespace parley;
using test::full_pipe;

namespace {

request_note answered(std::string target) {
  request_note note;
  note.id = "1f2e";
  note.peer = "127.0.0.1";
  note.method = "GET";
  note.target = std::move(target);
  note.caller = "acme/ann";
  note.status = 200;
  note.bytes = 12;
  return note;
}

bool contains(std::string const& text, std::string const& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("every request is a line, a refused one too") {
  full_pipe const pipe(false);
  access_log log(true, pipe.in());
  log.add(answered("/healthz"));
  request_note refused;
  refused.peer = "127.0.0.2";
  refused.status = 400;
  log.add(refused);
  log.flush();
  auto const lines = pipe.read_all();
  CHECK(contains(lines, "Z 127.0.0.1 acme/ann \"GET /healthz\" 200 12 0.0ms 1f2e\n"));
  CHECK(contains(lines, "Z 127.0.0.2 - \"-\" 400 0 0.0ms -\n"));
}

TEST_CASE("lines that nobody reads are kept as long as they are few, then dropped and counted") {
  full_pipe const pipe(true);
  access_log log(true, pipe.in());
  for (int i = 0; i < 200; ++i) log.add(answered("/" + std::string(10'000, 'a')));
  log.flush();
  auto const dropped = log.dropped();
  CHECK(dropped > 90);
  CHECK(dropped < 110);
  std::string read;
  for (int i = 0; i < 100; ++i) {
    read += pipe.read_all();
    log.flush();
  }
  CHECK(contains(read,
                 "parley: " + std::to_string(dropped) + " lines of this log were dropped: nobody read it\n"));
  log.add(answered("/later"));
  log.flush();
  CHECK(contains(pipe.read_all(), "/later"));
  CHECK(log.dropped() == dropped);
}

TEST_CASE("a log whose reader is gone drops its lines and goes on") {
  full_pipe pipe(false);
  access_log log(true, pipe.in());
  pipe.close_out();
  log.add(answered("/a"));
  log.add(answered("/b"));
  for (int i = 0; i < 3; ++i) log.flush();
  CHECK(log.dropped() == 2);
}
