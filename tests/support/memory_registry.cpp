#include "tests/support/memory_registry.hpp"

#include "runner/registry/object_filter.hpp"
#include "runner/registry/storable_text.hpp"

#include <algorithm>

namespace parley::test {

namespace asio = boost::asio;
using objects_outcome = registry_outcome<std::vector<registry_object>>;

namespace {

registry_error no_such(object_key const& key) {
  return registry_error(registry_refusal::not_found,
                        std::string(to_text(key.kind)) + " " + key.id + " not found");
}

registry_error gone_error() {
  return registry_error(registry_refusal::unavailable, "the store is gone");
}

}  // namespace

registry_outcome<void> memory_registry::check_needs(std::vector<object_key> const& needs) const {
  for (object_key const& needed : needs) {
    auto const found = rows_.find(needed);
    if (found == rows_.end() || found->second.object.is_deleted) return no_such(needed);
  }
  return {};
}

registry_outcome<void> memory_registry::check_name(registry_object const& object) const {
  if (!object.name_is_unique || object.is_deleted) return {};
  for (auto const& [key, kept] : rows_) {
    registry_object const& other = kept.object;
    if (key != object.key && key.organization == object.key.organization && key.kind == object.key.kind &&
        other.name_is_unique && !other.is_deleted && other.name == object.name)
      return registry_error(registry_refusal::conflict, "the name '" + object.name + "' is taken");
  }
  return {};
}

bool memory_registry::in_use(object_key const& key) const {
  facet const reference(std::string(to_text(key.kind)), key.id);
  return std::any_of(rows_.begin(), rows_.end(), [&](auto const& entry) {
    registry_object const& other = entry.second.object;
    return !other.is_deleted && other.key.organization == key.organization &&
           std::find(other.facets.begin(), other.facets.end(), reference) != other.facets.end();
  });
}

objects_outcome memory_registry::create_now(creation const& what) {
  if (auto const ok = check_storable(what); !ok) return ok.error();
  if (auto const ok = check_needs(what.needs); !ok) return ok.error();
  auto const before = rows_;
  std::vector<registry_object> made;
  for (new_object const& wanted : what.objects) {
    row added{wanted.object, {}};
    auto const taken = check_name(added.object);
    if (!taken || rows_.contains(added.object.key)) {
      rows_ = before;
      if (!taken) return taken.error();
      return registry_error(registry_refusal::conflict,
                            "the id '" + added.object.key.id + "' exists already");
    }
    added.object.created_at = added.object.updated_at = clock_.next();
    added.object.latest_version = wanted.first_version ? 1 : 0;
    if (wanted.first_version)
      added.versions.push_back({1, *wanted.first_version, added.object.created_by, added.object.created_at});
    made.push_back(added.object);
    rows_.emplace(added.object.key, std::move(added));
  }
  return made;
}

objects_outcome memory_registry::change_now(std::vector<object_key> const& which, change_rule const& rule) {
  std::vector<object_state> states;
  for (object_key const& key : which) {
    auto const found = rows_.find(key);
    if (found == rows_.end()) return no_such(key);
    states.push_back({found->second.object, in_use(key)});
  }
  auto const answer = rule(states);
  if (!answer) return answer.error();
  if (auto const ok = check_needs(answer->needs); !ok) return ok.error();
  auto const before = rows_;
  for (object_change const& change : answer->changes) {
    auto ok = check_storable(change.after);
    if (ok) ok = check_name(change.after);
    if (ok && std::find(which.begin(), which.end(), change.after.key) == which.end())
      ok = registry_error(registry_refusal::invalid, "a rule changed what it was not told of");
    if (!ok) {
      rows_ = before;
      return ok.error();
    }
    row& changed = rows_.at(change.after.key);
    registry_object const old = std::exchange(changed.object, change.after);
    changed.object.created_at = old.created_at;
    changed.object.updated_at = clock_.next();
    changed.object.latest_version = old.latest_version + (change.new_version ? 1 : 0);
    if (change.new_version)
      changed.versions.push_back({changed.object.latest_version, *change.new_version, change.after.updated_by,
                                  changed.object.updated_at});
  }
  std::vector<registry_object> after;
  for (object_key const& key : which) after.push_back(rows_.at(key).object);
  return after;
}

std::vector<registry_object const*> memory_registry::matching(object_filter const& filter) const {
  std::vector<registry_object const*> found;
  for (auto const& [key, kept] : rows_)
    if (holds(filter, kept.object)) found.push_back(&kept.object);
  return found;
}

asio::awaitable<objects_outcome> memory_registry::create(creation what) {
  if (gone) co_return gone_error();
  co_return create_now(what);
}

asio::awaitable<objects_outcome> memory_registry::change(std::vector<object_key> which, change_rule rule) {
  if (gone) co_return gone_error();
  co_return change_now(which, rule);
}

asio::awaitable<registry_outcome<registry_object>> memory_registry::find(object_key which) {
  if (gone) co_return gone_error();
  auto const found = rows_.find(which);
  if (found == rows_.end()) co_return no_such(which);
  co_return found->second.object;
}

asio::awaitable<registry_outcome<object_page>> memory_registry::list(list_query query) {
  if (gone) co_return gone_error();
  if (!is_storable(query.filter)) co_return unstorable_question();
  co_return list_now(query);
}

asio::awaitable<registry_outcome<std::vector<registry_object>>> memory_registry::search(search_query query) {
  if (gone) co_return gone_error();
  if (!is_storable(query.filter)) co_return unstorable_question();
  co_return search_now(query);
}

asio::awaitable<registry_outcome<version_page>> memory_registry::versions(version_query query) {
  if (gone) co_return gone_error();
  co_return versions_now(query);
}

asio::awaitable<registry_outcome<void>> memory_registry::ping() {
  if (gone) co_return gone_error();
  co_return registry_outcome<void>();
}

}  // namespace parley::test
