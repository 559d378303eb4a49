#include "tests/bench/scale_questions.hpp"

#include "tests/bench/registry_bench.hpp"

#include <stdexcept>

namespace parley::bench {

namespace asio = boost::asio;

namespace {

using answer = scale_question::answer;
using field = sort_key::field;

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

asio::awaitable<std::size_t> ask_list(subject s, list_query query) {
  co_return checked(co_await s.store->list(std::move(query))).objects.size();
}

asio::awaitable<std::size_t> ask_values(subject s, object_filter filter) {
  auto const found = checked(co_await s.store->values(std::move(filter)));
  co_return found.tags.size() + found.creators.size();
}

asio::awaitable<std::size_t> ask_search(subject s, search_query query) {
  co_return checked(co_await s.store->search(std::move(query))).size();
}

asio::awaitable<std::size_t> ask_latest(subject s, int number) {
  version_query query;
  query.of = object_key("acme", object_kind::scenario, id_of(number));
  query.latest_only = true;
  co_return checked(co_await s.store->versions(std::move(query))).versions.size();
}

asio::awaitable<std::size_t> ask_find(subject s, int number) {
  checked(co_await s.store->find(object_key("acme", object_kind::scenario, id_of(number))));
  co_return 1;
}

answer listing(std::function<void(list_query&)> how) {
  return [how = std::move(how)](subject s, int) {
    list_query query = everything();
    how(query);
    return ask_list(s, std::move(query));
  };
}

search_query sought(std::string text) {
  search_query query;
  query.filter = everything().filter;
  query.text = std::move(text);
  return query;
}

answer searching(std::string text) {
  return [text = std::move(text)](subject s, int) { return ask_search(s, sought(text)); };
}

// The `back`-th newest object's number, with something before it: a text of the same rarity in both
// registries.
answer searching_number(std::string before, int back, std::size_t digits_left) {
  return [=](subject s, int) {
    std::string const number = std::to_string(s.count - back);
    return ask_search(s, sought(before + number.substr(0, number.size() - digits_left)));
  };
}

facet_filter tagged(std::string name, std::string value) {
  return {std::move(name), facet_filter::match::value, {std::move(value)}};
}

answer searching_tagged(std::string text, facet_filter tag, int limit) {
  return [=](subject s, int) {
    search_query query = sought(text);
    query.filter.facets = {tag};
    query.limit = limit;
    return ask_search(s, std::move(query));
  };
}

answer valuing(std::function<void(object_filter&)> how) {
  return [how = std::move(how)](subject s, int) {
    object_filter filter = everything().filter;
    how(filter);
    return ask_values(s, std::move(filter));
  };
}

sort_key by(field which, bool descending) {
  sort_key key;
  key.by = which;
  key.descending = descending;
  return key;
}

// The loader's times count up from here, one for each object.
std::int64_t token_of(int number) {
  return 1'700'000'000'000'000 + number;
}

void add_lists(std::vector<scale_question>& all) {
  all.emplace_back("latest version",
                   [](subject s, int round) { return ask_latest(s, round * 7919 % s.count); });
  all.emplace_back("find", [](subject s, int round) { return ask_find(s, round * 104729 % s.count); });
  all.emplace_back("list, first page", listing([](list_query&) {}));
  all.emplace_back("list, live only", listing([](list_query& q) { q.filter.is_deleted = false; }));
  all.emplace_back("list, page 10,000 (of small: 10)", [](subject s, int) {
    list_query query = everything();
    query.token = token_of(s.count / 2);
    return ask_list(s, query);
  });
  all.emplace_back("list by name", listing([](list_query& q) { q.order = {by(field::name, false)}; }));
  all.emplace_back("list by name, page in the middle", [](subject s, int) {
    list_query query = everything();
    query.order = {by(field::name, false)};
    query.token = token_of(s.count / 2);
    return ask_list(s, query);
  });
  all.emplace_back("list by update", listing([](list_query& q) { q.order = {by(field::updated_at, true)}; }));
}

// Limits are what the small registry has of it.
void add_filters(std::vector<scale_question>& all) {
  all.emplace_back("tag, every second object",
                   listing([](list_query& q) { q.filter.facets = {tagged("tag:priority", "high")}; }));
  all.emplace_back("tag, 1 of 50, 20 of it", listing([](list_query& q) {
                     q.filter.facets = {tagged("tag:team", "team 7")};
                     q.limit = 20;
                   }));
  all.emplace_back("tag of sixty, any value", listing([](list_query& q) {
                     q.filter.facets = {{"tag:rare", facet_filter::match::any_value, {}}};
                   }));
  all.emplace_back("creator", listing([](list_query& q) { q.filter.creators = {"user3"}; }));
  all.emplace_back("two tags, creator, live, 10 of it", listing([](list_query& q) {
                     q.filter.facets = {tagged("tag:priority", "low"), tagged("tag:team", "team 3")};
                     q.filter.creators = {"user3"};
                     q.filter.is_deleted = false;
                     q.limit = 10;
                   }));
  all.emplace_back("tag, sorted by name", listing([](list_query& q) {
                     q.filter.facets = {tagged("tag:priority", "high")};
                     q.order = {by(field::name, true)};
                   }));
  all.emplace_back("values", valuing([](object_filter&) {}));
  all.emplace_back("values, tag",
                   valuing([](object_filter& of) { of.facets = {tagged("tag:team", "team 7")}; }));
  all.emplace_back("values, creator, live",
                   valuing([](object_filter& of) { of.creators = {"user3"}, of.is_deleted = false; }));
}

void add_searches(std::vector<scale_question>& all) {
  all.emplace_back("search a word of all", searching("scenario"));
  all.emplace_back("search a frequent word", searching("refund"));
  all.emplace_back("search a word of sixty", searching("seldom"));
  all.emplace_back("search a rare word", searching("unique"));
  all.emplace_back("search a number of 1 in 20", searching("4017"));
  all.emplace_back("search part of that number", searching("017"));
  all.emplace_back("search an object's own number", searching_number("", 583, 0));
  all.emplace_back("search the beginning of numbers", searching_number(" ", 583, 1));
  all.emplace_back("search a prefix of many", searching("Scenario 1"));
  all.emplace_back("search a prefix of eleven", searching_number("Scenario ", 583, 1));
  all.emplace_back("search a whole name", [](subject s, int round) {
    int const number = round * 7919 % s.count;
    return ask_search(s, sought(sample_scenario(number, s.count).object.name));
  });
  all.emplace_back("search 3 letters", searching("efu"));
  all.emplace_back("search 4 letters", searching("nvoi"));
  all.emplace_back("search 2 letters", searching("ef"));
  all.emplace_back("search nothing there", searching("zebra crossing"));
  all.emplace_back("search two words, 12 of it", [](subject s, int) {
    search_query query = sought("late delivery");
    query.limit = 12;
    return ask_search(s, std::move(query));
  });
  all.emplace_back("search a word, with a tag of half",
                   searching_tagged("refund", tagged("tag:priority", "high"), 50));
  all.emplace_back("search a word, tag 1 of 50, 4 of it",
                   searching_tagged("refund", tagged("tag:team", "team 7"), 4));
  all.emplace_back("search a word, with a tag of sixty",
                   searching_tagged("scenario", {"tag:rare", facet_filter::match::any_value, {}}, 50));
}

}  // namespace

std::vector<scale_question> scale_questions() {
  std::vector<scale_question> all;
  add_lists(all);
  add_filters(all);
  add_searches(all);
  return all;
}

}  // namespace parley::bench
