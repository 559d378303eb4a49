#include "runner/registry/list_order.hpp"
#include "runner/registry/search_rank.hpp"
#include "runner/registry/storable_text.hpp"
#include "tests/support/memory_registry.hpp"

#include <algorithm>
#include <set>

namespace parley::test {

namespace {

micro_time time_of(list_order const& order, registry_object const& object) {
  return order.time == sort_key::field::created_at ? object.created_at : object.updated_at;
}

bool before(list_order const& order, registry_object const& a, registry_object const& b) {
  if (order.by_name && a.name != b.name) return order.name_descending ? a.name > b.name : a.name < b.name;
  auto const x = time_of(order, a);
  auto const y = time_of(order, b);
  return order.time_descending ? x > y : x < y;
}

// What a page's token says of its last object.
std::int64_t token_of(list_order const& order, registry_object const& last) {
  return (order.by_name ? last.created_at : time_of(order, last)).time_since_epoch().count();
}

}  // namespace

registry_outcome<object_page> memory_registry::list_now(list_query const& query) const {
  object_page page;
  if (query.limit <= 0) return page;
  list_order const order = order_of(query.order);
  std::optional<registry_object> last;  // of the page before
  if (query.token != 0) {
    micro_time const at{std::chrono::microseconds(query.token)};
    last.emplace();
    last->created_at = last->updated_at = at;
    if (order.by_name) {
      auto const named = std::find_if(rows_.begin(), rows_.end(), [&](auto const& entry) {
        return entry.first.organization == query.filter.organization &&
               entry.first.kind == query.filter.kind && entry.second.object.created_at == at;
      });
      if (named == rows_.end())
        return registry_error(registry_refusal::invalid, "the continuation token is not one of this list");
      last = named->second.object;
    }
  }
  auto found = matching(query.filter);
  std::sort(found.begin(), found.end(), [&](auto const* a, auto const* b) { return before(order, *a, *b); });
  for (registry_object const* object : found) {
    if (last && !before(order, *last, *object)) continue;
    if (page.objects.size() == static_cast<std::size_t>(query.limit)) {
      page.next = token_of(order, page.objects.back());
      break;
    }
    page.objects.push_back(*object);
  }
  return page;
}

boost::asio::awaitable<registry_outcome<facet_values>> memory_registry::values(object_filter of) {
  if (gone) co_return registry_error(registry_refusal::unavailable, "the store is gone");
  if (!is_storable(of)) co_return unstorable_question();
  std::set<std::string> creators, tags, roles;
  for (registry_object const* object : matching(of)) {
    creators.insert(object->created_by);
    for (facet const& f : object->facets) {
      if (f.name.starts_with("tag:")) tags.insert(f.name.substr(4));
      if (f.name == "role" && f.value) roles.insert(*f.value);
    }
  }
  facet_values found;
  found.creators.assign(creators.begin(), creators.end());
  found.tags.assign(tags.begin(), tags.end());
  found.roles.assign(roles.begin(), roles.end());
  co_return found;
}

std::vector<registry_object> memory_registry::search_now(search_query const& query) const {
  object_filter filter = query.filter;
  filter.is_deleted = filter.is_deleted.value_or(false);
  std::string const text = fold_case(query.text);
  struct hit {
    search_rank rank;
    registry_object const* object;
  };
  std::vector<hit> hits;
  for (registry_object const* object : matching(filter))
    if (auto const rank = rank_of(fold_case(object->name), fold_case(object->searched_text), text))
      hits.push_back({*rank, object});
  std::sort(hits.begin(), hits.end(), [](hit const& a, hit const& b) {
    return a.rank != b.rank ? a.rank < b.rank : a.object->created_at > b.object->created_at;
  });
  std::vector<registry_object> found;
  for (hit const& h : hits)
    if (found.size() < static_cast<std::size_t>(std::max(0, query.limit))) found.push_back(*h.object);
  return found;
}

registry_outcome<version_page> memory_registry::versions_now(version_query const& query) const {
  auto const found = rows_.find(query.of);
  if (found == rows_.end())
    return registry_error(registry_refusal::not_found,
                          std::string(to_text(query.of.kind)) + " " + query.of.id + " not found");
  version_page page{found->second.object, {}, std::nullopt};
  int const latest = page.of.latest_version;
  int const first = query.latest_only ? latest : query.first;
  int const last = query.latest_only ? latest : query.last.value_or(latest);
  auto all = found->second.versions;
  if (query.descending) std::reverse(all.begin(), all.end());
  for (object_version const& version : all) {
    if (version.number < first || version.number > last) continue;
    if (query.token != 0 &&
        (query.descending ? version.number >= query.token : version.number <= query.token))
      continue;
    if (page.versions.size() == static_cast<std::size_t>(std::max(0, query.limit))) {
      if (!page.versions.empty()) page.next = page.versions.back().number;
      break;
    }
    page.versions.push_back(version);
  }
  return page;
}

}  // namespace parley::test
