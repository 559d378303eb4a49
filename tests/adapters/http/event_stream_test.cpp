#include "adapters/http/event_stream.hpp"

#include "tests/support/catch.hpp"

#include <vector>

namespace parley {
namespace {

struct seen_event {
  std::string type, data, id;
  friend bool operator==(seen_event const&, seen_event const&) = default;
};

// The whole text at once, or byte by byte: the events are the same.
std::vector<seen_event> events_of(std::string const& text, std::size_t step, bool finish = false) {
  event_stream stream(1000);
  std::vector<seen_event> seen;
  event_stream::receiver const receive = [&](server_event const& event) {
    seen.push_back({std::string(event.type), std::string(event.data), std::string(event.id)});
    return true;
  };
  for (std::size_t at = 0; at < text.size(); at += step)
    REQUIRE(stream.put(std::string_view(text).substr(at, step), receive) ==
            event_stream::progress::needs_more);
  if (finish) stream.finish(receive);
  return seen;
}

TEST_CASE("events are split as the standard says, wherever the bytes are cut") {
  auto const step = GENERATE(as<std::size_t>(), 1, 2, 3, 7, 1000);
  using events = std::vector<seen_event>;
  auto const [text, expected] = GENERATE(table<std::string, events>({
      {"data: YHOO\ndata: +2\ndata: 10\n\n", {{"message", "YHOO\n+2\n10", ""}}},
      {": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
       {{"message", "first event", "1"}, {"message", "second event", ""}, {"message", " third event", ""}}},
      {"data\n\ndata\ndata\n\ndata:", {{"message", "", ""}, {"message", "\n", ""}}},
      {"data:test\n\ndata: test\n\n", {{"message", "test", ""}, {"message", "test", ""}}},
      {"event: add\ndata: 1\r\n\r\nevent: none\n\ndata: 2\r\rdata: 3\n\r\n",
       {{"add", "1", ""}, {"message", "2", ""}, {"message", "3", ""}}},
      {"\xEF\xBB\xBF"
       "data: bom\n\n\xEF\xBB\xBF"
       "data: not a field\n\n",
       {{"message", "bom", ""}}},
      {"retry: 10\nunknown: x\nid: a\n\ndata: x\n\ndata: y\n\n",
       {{"message", "x", "a"}, {"message", "y", "a"}}},
      {"data: no end\n", {}},
  }));
  INFO(text);
  CHECK(events_of(text, step) == expected);
}

TEST_CASE("what is whole at the end of the stream counts without its empty line") {
  CHECK(events_of("data: a\n\ndata: b", 1000, true) ==
        std::vector<seen_event>{{"message", "a", ""}, {"message", "b", ""}});
  CHECK(events_of("data: a\n\n: only a comment", 1000, true).size() == 1);
}

TEST_CASE("an event beyond the limit is refused, many small ones are not") {
  event_stream stream(20);
  int seen = 0;
  event_stream::receiver const receive = [&](server_event const&) { return ++seen < 9; };
  for (int i = 0; i < 8; ++i)
    CHECK(stream.put("data: 0123456789\n\n", receive) == event_stream::progress::needs_more);
  SECTION("one line") {
    CHECK(stream.put("data: 0123456789012345", receive) == event_stream::progress::too_large);
  }
  SECTION("many lines") {
    CHECK(stream.put("data: 01234567\ndata: 01234567\n", receive) == event_stream::progress::too_large);
  }
  SECTION("enough") {
    CHECK(stream.put("data: 1\n\ndata: 2\n\n", receive) == event_stream::progress::stopped);
  }
}

}  // namespace
}  // namespace parley
