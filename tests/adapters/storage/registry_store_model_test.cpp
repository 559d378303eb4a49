// Random changes and questions, asked of a database and of the memory beside it.
#include "tests/support/catch.hpp"
#include "tests/support/registry_stores.hpp"

#include <random>

using namespace parley;
using namespace parley::test;

namespace {

class dice {
 public:
  explicit dice(unsigned seed) : engine_(seed) {}
  int below(int n) { return static_cast<int>(engine_() % static_cast<unsigned>(n)); }
  bool chance(int percent) { return below(100) < percent; }
  template <class T>
  T const& any(std::vector<T> const& of) {
    return of[static_cast<std::size_t>(below(static_cast<int>(of.size())))];
  }

 private:
  std::mt19937 engine_;
};

std::vector<std::string> const words{"refund", "late", "Refunds",    "order",      "re",   "éclair",
                                     "ÉCLAIR", "a",    "unrefunded", "order-4411", "日本", "_x%"};
std::vector<std::string> const users{"ann", "bob", "eve"};
std::vector<std::string> const tag_names{"tag:a", "tag:b", "tag:c", "role", "scenario"};

std::string random_name(dice& d) {
  std::string name = d.any(words);
  for (int more = d.below(4); more > 0; --more) name += (d.chance(70) ? " " : "") + d.any(words);
  return name;
}

std::vector<facet> random_facets(dice& d) {
  std::vector<facet> facets;
  for (int count = d.below(4); count > 0; --count) {
    std::optional<std::string> value;
    if (d.chance(80)) value = std::to_string(d.below(3));
    facets.emplace_back(d.any(tag_names), value);
  }
  return facets;
}

object_filter random_filter(dice& d) {
  object_filter filter = all_of().filter;
  if (d.chance(20)) filter.creators = {d.any(users)};
  if (d.chance(10)) filter.creators.push_back(d.any(users));
  if (d.chance(40)) filter.is_deleted = d.chance(30);
  if (d.chance(10))
    for (int i = 0; i < 5; ++i) filter.ids.push_back(sample_id(d.below(80)));
  for (int count = d.chance(50) ? 0 : 1 + d.below(2); count > 0; --count) {
    facet_filter facet{d.any(tag_names), facet_filter::match::any_value, {}};
    if (d.chance(60)) {
      facet.how = facet_filter::match::value;
      for (int values = 1 + d.below(2); values > 0; --values)
        facet.values.push_back(d.chance(20) ? std::nullopt : std::optional(std::to_string(d.below(3))));
    }
    filter.facets.push_back(facet);
  }
  return filter;
}

std::vector<sort_key> random_order(dice& d) {
  using f = sort_key::field;
  std::vector<sort_key> order;
  for (int count = d.below(3); count > 0; --count) {
    sort_key key;
    key.by = d.any(std::vector<f>{f::created_at, f::updated_at, f::name});
    key.descending = d.chance(50);
    order.push_back(key);
  }
  return order;
}

change_rule random_change(dice& d) {
  bool const erase = d.chance(30);
  bool const rename = d.chance(30);
  bool const retag = d.chance(30);
  bool const append = d.chance(50);
  return changing(
      [=, name = random_name(d), facets = random_facets(d), user = d.any(users)](object_change& c) {
        if (erase) c.after.is_deleted = !c.after.is_deleted;
        if (rename) c.after.name = name;
        if (retag) c.after.facets = facets;
        if (append) c.new_version = sample_content(name);
        c.after.searched_text = name + " said " + user;
        c.after.updated_by = user;
      });
}

std::vector<std::string> told(std::vector<registry_object> const& objects) {
  std::vector<std::string> lines;
  for (registry_object const& o : objects)
    lines.push_back(o.key.id + " " + o.name + (o.is_deleted ? " deleted " : " ") +
                    std::to_string(o.latest_version) + " " + std::to_string(o.facets.size()) + " " +
                    o.created_by + " " + o.updated_by + " " +
                    std::to_string(o.created_at.time_since_epoch().count()) + " " +
                    std::to_string(o.updated_at.time_since_epoch().count()));
  return lines;
}

// The times agree because the clock has moved on meanwhile, whatever a refused change had drawn.
void compare_writes(dice& d, store_under_test& under, memory_registry& model, int& next) {
  if (next < 5 || d.chance(40)) {
    registry_object object = sample_object(next++, random_name(d), random_facets(d));
    object.name_is_unique = d.chance(50);
    object.created_by = object.updated_by = d.any(users);
    if (d.chance(50)) object.searched_text = random_name(d);
    auto const made = under.run(under.store().create(sample_creation(object)));
    auto const expected = under.run(model.create(sample_creation(object)));
    REQUIRE(made.has_value() == expected.has_value());
    if (!made) REQUIRE(made.error().code == expected.error().code);
    return;
  }
  object_key const key = sample_key(d.below(next + 1));
  change_rule const rule = random_change(d);
  auto const made = under.run(under.store().change({key}, rule));
  auto const expected = under.run(model.change({key}, rule));
  REQUIRE(made.has_value() == expected.has_value());
  if (!made) REQUIRE(made.error().code == expected.error().code);
  if (made) REQUIRE(told(*made) == told(*expected));
}

void compare_walks(dice& d, store_under_test& under, memory_registry& model) {
  list_query query;
  query.filter = random_filter(d);
  query.order = random_order(d);
  query.limit = 1 + d.below(7);
  for (int pages = 0; pages < 6; ++pages) {
    auto const page = under.run(under.store().list(query));
    auto const expected = under.run(model.list(query));
    REQUIRE(told(page->objects) == told(expected->objects));
    REQUIRE(page->next == expected->next);
    if (!page->next) return;
    query.token = *page->next;
  }
}

void compare_questions(dice& d, store_under_test& under, memory_registry& model) {
  compare_walks(d, under, model);
  object_filter const filter = random_filter(d);
  auto const values = under.run(under.store().values(filter));
  auto const expected = under.run(model.values(filter));
  REQUIRE(values->creators == expected->creators);
  REQUIRE(values->tags == expected->tags);
  REQUIRE(values->roles == expected->roles);
  search_query search;
  search.filter = d.chance(50) ? all_of().filter : random_filter(d);
  search.text = d.chance(70) ? d.any(words) : random_name(d);
  if (d.chance(30)) search.text = search.text.substr(0, 3);
  search.limit = 1 + d.below(60);
  INFO(search.text);
  REQUIRE(told(*under.run(under.store().search(search))) == told(*under.run(model.search(search))));
}

}  // namespace

TEMPLATE_TEST_CASE("a database answers like the memory", "[registry]", PARLEY_REGISTRY_DATABASES) {
  unsigned const seed = GENERATE(11u, 12u, 13u);
  INFO("seed " << seed);
  dice d(seed);
  TestType under;
  memory_registry model(under.clock());
  int next = 0;
  for (int round = 0; round < 150; ++round) {
    INFO("round " << round);
    compare_writes(d, under, model, next);
    *under.now += 10;
    compare_questions(d, under, model);
  }
}
