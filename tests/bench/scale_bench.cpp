#include "adapters/storage/open_registry.hpp"
#include "tests/bench/registry_bench.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <ctime>
#include <functional>
#include <iomanip>
#include <iostream>
#include <stdexcept>
#include <vector>

namespace parley::bench {

namespace asio = boost::asio;
using clock = std::chrono::steady_clock;

namespace {

// A registry and the number of its objects.
struct subject {
  subject(std::string const& where, int c) : count(c) {
    auto opened = open_registry(where, io);
    if (!opened) throw std::runtime_error(opened.error().detail);
    store = std::move(*opened);
  }
  asio::io_context io{1};
  std::unique_ptr<registry_store> store;
  int count;
};

using question = std::function<asio::awaitable<std::size_t>(subject&, int round)>;

struct named_question {
  named_question(char const* n, question a) : name(n), ask(std::move(a)) {}
  char const* name;
  question ask;  // returns how many it found
};

template <class T>
T checked(registry_outcome<T> outcome) {
  if (!outcome) throw std::runtime_error(outcome.error().detail);
  return std::move(*outcome);
}

list_query everything() {
  list_query query;
  query.filter.organization = "acme";
  return query;
}

asio::awaitable<std::size_t> ask_list(subject& s, list_query query) {
  co_return checked(co_await s.store->list(std::move(query))).objects.size();
}

asio::awaitable<std::size_t> ask_values(subject& s, object_filter filter) {
  auto const found = checked(co_await s.store->values(std::move(filter)));
  co_return found.tags.size() + found.creators.size();
}

asio::awaitable<std::size_t> ask_search(subject& s, std::string text, object_filter filter) {
  search_query query;
  query.filter = std::move(filter);
  query.text = std::move(text);
  co_return checked(co_await s.store->search(std::move(query))).size();
}

asio::awaitable<std::size_t> ask_latest(subject& s, int number) {
  version_query query;
  query.of = object_key("acme", object_kind::scenario, id_of(number));
  query.latest_only = true;
  co_return checked(co_await s.store->versions(std::move(query))).versions.size();
}

asio::awaitable<std::size_t> ask_find(subject& s, int number) {
  checked(co_await s.store->find(object_key("acme", object_kind::scenario, id_of(number))));
  co_return 1;
}

question listing(std::function<void(list_query&)> how) {
  return [how = std::move(how)](subject& s, int) {
    list_query query = everything();
    how(query);
    return ask_list(s, std::move(query));
  };
}

question searching(std::string text) {
  return [text = std::move(text)](subject& s, int) { return ask_search(s, text, everything().filter); };
}

facet_filter tagged(std::string name, std::string value) {
  return {std::move(name), facet_filter::match::value, {std::move(value)}};
}

question valuing(std::function<void(object_filter&)> how) {
  return [how = std::move(how)](subject& s, int) {
    object_filter filter = everything().filter;
    how(filter);
    return ask_values(s, std::move(filter));
  };
}

sort_key by(sort_key::field field, bool descending) {
  sort_key key;
  key.by = field;
  key.descending = descending;
  return key;
}

// The loader's times count up from here, one for each object.
std::int64_t token_of(int number) {
  return 1'700'000'000'000'000 + number;
}

std::vector<named_question> const& list_questions() {
  using f = sort_key::field;
  static std::vector<named_question> const all{
      {"latest version", [](subject& s, int round) { return ask_latest(s, round * 7919 % s.count); }},
      {"find", [](subject& s, int round) { return ask_find(s, round * 104729 % s.count); }},
      {"list, first page", listing([](list_query&) {})},
      {"list, live only", listing([](list_query& q) { q.filter.is_deleted = false; })},
      {"list, page 10,000 (of small: 20)",
       [](subject& s, int) {
         list_query query = everything();
         query.token = token_of(s.count / 2);
         return ask_list(s, query);
       }},
      {"list by name", listing([](list_query& q) { q.order = {by(f::name, false)}; })},
      {"list by name, page in the middle",
       [](subject& s, int) {
         list_query query = everything();
         query.order = {by(f::name, false)};
         query.token = token_of(s.count / 2);
         return ask_list(s, query);
       }},
      {"list by update", listing([](list_query& q) { q.order = {by(f::updated_at, true)}; })},
      {"tag, every second object",
       listing([](list_query& q) { q.filter.facets = {tagged("tag:priority", "high")}; })},
      {"tag, 1 of 50", listing([](list_query& q) { q.filter.facets = {tagged("tag:team", "team 7")}; })},
      {"tag of sixty, any value", listing([](list_query& q) {
         q.filter.facets = {{"tag:rare", facet_filter::match::any_value, {}}};
       })},
      {"creator", listing([](list_query& q) { q.filter.creators = {"user3"}; })},
      {"two tags, creator, live", listing([](list_query& q) {
         q.filter.facets = {tagged("tag:priority", "low"), tagged("tag:team", "team 3")};
         q.filter.creators = {"user3"};
         q.filter.is_deleted = false;
       })},
      {"tag, sorted by name", listing([](list_query& q) {
         q.filter.facets = {tagged("tag:priority", "high")};
         q.order = {by(f::name, true)};
       })},
      {"values", valuing([](object_filter&) {})},
      {"values, tag", valuing([](object_filter& of) { of.facets = {tagged("tag:team", "team 7")}; })},
      {"values, creator, live",
       valuing([](object_filter& of) { of.creators = {"user3"}, of.is_deleted = false; })},
  };
  return all;
}

std::vector<named_question> const& search_questions() {
  static std::vector<named_question> const all{
      {"search a word of all", searching("scenario")},
      {"search a frequent word", searching("refund")},
      {"search a word of sixty", searching("seldom")},
      {"search a rare word", searching("unique")},
      {"search a number", searching("417")},
      {"search part of a number", searching("0017")},
      {"search a prefix", searching("Scenario 41")},
      {"search a whole name",
       [](subject& s, int round) {
         int const number = round * 7919 % s.count;
         return ask_search(s, sample_scenario(number, s.count).object.name, everything().filter);
       }},
      {"search 3 letters", searching("efu")},
      {"search 4 letters", searching("nvoi")},
      {"search 2 letters", searching("ef")},
      {"search nothing there", searching("zebra crossing")},
      {"search two words", searching("late delivery")},
      {"search a word, with a tag",
       [](subject& s, int) {
         object_filter filter = everything().filter;
         filter.facets = {tagged("tag:team", "team 7")};
         return ask_search(s, "refund", filter);
       }},
  };
  return all;
}

asio::awaitable<void> ask_once(subject& s, question const& ask, int round, std::size_t& found) {
  found = co_await ask(s, round);
}

// Of the whole process: other programs on the machine do not count.
double processor_microseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

double once(subject& s, question const& ask, int round, std::size_t& found) {
  double const began = processor_microseconds();
  asio::co_spawn(s.io, ask_once(s, ask, round, found), [](std::exception_ptr e) {
    if (e) std::rethrow_exception(e);
  });
  s.io.restart();
  s.io.run();
  return processor_microseconds() - began;
}

// The median of many rounds, after a few to warm up.
double microseconds(subject& s, question const& ask, std::size_t& found) {
  std::vector<double> times;
  auto const until = clock::now() + std::chrono::milliseconds(600);
  for (int round = 0; round < 5 || (round < 400 && clock::now() < until); ++round) {
    double const time = once(s, ask, round, found);
    if (round >= 3) times.push_back(time);
  }
  std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2), times.end());
  return times[times.size() / 2];
}

bool measure(subject& small, subject& large, named_question const& asked) {
  std::size_t few = 0;
  std::size_t many = 0;
  double const small_time = microseconds(small, asked.ask, few);
  double const large_time = microseconds(large, asked.ask, many);
  double const ratio = large_time / small_time;
  std::cout << "  " << std::left << std::setw(34) << asked.name << std::right << std::fixed
            << std::setprecision(0) << std::setw(9) << small_time << std::setw(9) << large_time
            << std::setprecision(2) << std::setw(8) << ratio << std::setw(7) << few << std::setw(7) << many
            << (ratio > 5 ? "  above 5" : "") << std::endl;
  return ratio <= 5;
}

}  // namespace

bool measure_scale(std::string const& small_place, std::string const& large_place, int large_count) {
  subject small(small_place, 1000);
  subject large(large_place, large_count);
  std::cout << "processor microseconds (median)        1,000  " << large_count << "   ratio  found  found\n";
  bool good = true;
  for (named_question const& asked : list_questions()) good = measure(small, large, asked) && good;
  for (named_question const& asked : search_questions()) good = measure(small, large, asked) && good;
  std::cout << std::endl;
  return good;
}

}  // namespace parley::bench
