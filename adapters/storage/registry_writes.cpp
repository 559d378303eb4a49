#include "adapters/storage/registry_writes.hpp"

#include "adapters/storage/registry_index.hpp"
#include "adapters/storage/registry_reads.hpp"
#include "runner/registry/storable_text.hpp"

#include <algorithm>

namespace parley {

namespace asio = boost::asio;

namespace {

asio::awaitable<std::int64_t> made_collection(sql_session& s, object_key const& key) {
  std::string const kind(to_text(key.kind));
  std::int64_t const found = co_await collection_of(s, key.organization, key.kind);
  if (found != 0) co_return found;
  co_await s.run("INSERT INTO collections (organization, kind) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                 with(key.organization, kind));
  co_return co_await collection_of(s, key.organization, key.kind);
}

// Nobody can delete what is needed before this transaction ends.
asio::awaitable<registry_outcome<void>> check_needs(sql_session& s, std::vector<object_key> const& needs) {
  std::string const question =
      std::string(
          "SELECT o.is_deleted FROM objects o WHERE o.collection = (SELECT c.id FROM collections c WHERE "
          "c.organization = $1 AND c.kind = $2) AND o.id = $3") +
      (s.is_sqlite() ? "" : " FOR SHARE");
  for (object_key const& needed : needs) {
    sql_rows const found =
        co_await s.run(question, with(needed.organization, std::string(to_text(needed.kind)), needed.id));
    if (found.empty() || found.number(0, 0) != 0) co_return no_such(needed);
  }
  co_return registry_outcome<void>();
}

asio::awaitable<void> add_version(sql_session& s, registry_object const& of, json_value const& content,
                                  std::string const& by) {
  co_await s.run(
      "INSERT INTO versions (object, number, content, created_by, created_at) VALUES ($1, $2, $3, $4, $5)",
      with(count_of(of.created_at), std::int64_t{of.latest_version}, content.dump(), by,
           count_of(of.updated_at)));
}

// A statement that writes times the clock has drawn.
asio::awaitable<void> run_with_times(sql_session& s, registry_clock& clock, std::string_view sql,
                                     sql_values values) {
  try {
    co_await s.run(sql, std::move(values));
  } catch (sql_error const& e) {
    if (e.why == sql_error::cause::time_taken) clock.leap();
    throw;
  }
}

asio::awaitable<void> insert_object(sql_session& s, std::int64_t collection, registry_object const& object,
                                    registry_clock& clock) {
  co_await run_with_times(
      s, clock,
      "INSERT INTO objects (created_at, collection, id, name, name_is_unique, searched_text, facets, body, "
      "is_deleted, latest_version, created_by, updated_by, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, "
      "$8, $9, "
      "$10, $11, $12, $13)",
      with(count_of(object.created_at), collection, object.key.id, object.name,
           std::int64_t{object.name_is_unique}, object.searched_text, facets_text(object.facets),
           object.body.dump(), std::int64_t{object.is_deleted}, std::int64_t{object.latest_version},
           object.created_by, object.updated_by, count_of(object.updated_at)));
}

asio::awaitable<void> update_object(sql_session& s, registry_object const& object, registry_clock& clock) {
  co_await run_with_times(
      s, clock,
      "UPDATE objects SET name = $2, name_is_unique = $3, searched_text = $4, facets = $5, body = $6, "
      "is_deleted = $7, latest_version = $8, created_by = $9, updated_by = $10, updated_at = $11 "
      "WHERE created_at = $1",
      with(count_of(object.created_at), object.name, std::int64_t{object.name_is_unique},
           object.searched_text, facets_text(object.facets), object.body.dump(),
           std::int64_t{object.is_deleted}, std::int64_t{object.latest_version}, object.created_by,
           object.updated_by, count_of(object.updated_at)));
}

// Live objects of every kind may refer to it.
asio::awaitable<bool> is_in_use(sql_session& s, object_key const& key) {
  index_term const reference = facet_term(std::string(to_text(key.kind)), key.id);
  index_term const live = state_term(false);
  sql_rows const found = co_await s.run(
      "SELECT 1 FROM collections c JOIN terms t ON t.collection = c.id AND t.name = $2 AND t.value = $3 "
      "JOIN postings p ON p.term = t.id JOIN objects o ON o.created_at = p.object "
      "WHERE c.organization = $1 AND o.is_deleted = 0 LIMIT 1",
      with(key.organization, reference.name, reference.value));
  co_return !found.empty();
}

struct locked_object {
  std::int64_t collection = 0;
  registry_object object;
};

// In the order of their keys, so that two transactions cannot wait for each other.
asio::awaitable<registry_outcome<std::vector<locked_object>>> lock_objects(sql_session& s,
                                                                           std::vector<object_key> keys) {
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  std::string const question = "SELECT " + object_columns +
                               " FROM objects o WHERE o.collection = $1 AND o.id = $2" +
                               (s.is_sqlite() ? "" : " FOR UPDATE");
  std::vector<locked_object> locked;
  for (object_key const& key : keys) {
    locked_object found;
    found.collection = co_await collection_of(s, key.organization, key.kind);
    sql_rows const rows = co_await s.run(question, with(found.collection, key.id));
    if (rows.empty()) co_return no_such(key);
    found.object = read_object(rows, 0, key.organization, key.kind);
    locked.push_back(std::move(found));
  }
  co_return locked;
}

locked_object* find_locked(std::vector<locked_object>& all, object_key const& key) {
  auto const found = std::find_if(all.begin(), all.end(), [&](auto const& l) { return l.object.key == key; });
  return found == all.end() ? nullptr : &*found;
}

asio::awaitable<registry_outcome<void>> apply(sql_session& s, std::vector<locked_object>& locked,
                                              object_change const& change, registry_clock& clock) {
  if (auto const ok = check_storable(change.after); !ok) co_return ok.error();
  locked_object* const of = find_locked(locked, change.after.key);
  if (of == nullptr)
    co_return registry_error(registry_refusal::invalid, "a rule changed what it was not told of");
  registry_object after = change.after;
  after.created_at = of->object.created_at;
  after.updated_at = clock.next();
  after.latest_version = of->object.latest_version + (change.new_version ? 1 : 0);
  co_await update_object(s, after, clock);
  co_await move_in_index(s, of->collection, of->object, after);
  if (change.new_version) co_await add_version(s, after, *change.new_version, after.updated_by);
  of->object = std::move(after);
  co_return registry_outcome<void>();
}

}  // namespace

asio::awaitable<objects_outcome> create_objects(sql_session& s, creation const& what, registry_clock& clock) {
  if (auto const ok = check_storable(what); !ok) co_return ok.error();
  auto const needed = co_await check_needs(s, what.needs);
  if (!needed) co_return needed.error();
  std::vector<registry_object> made;
  for (new_object const& wanted : what.objects) {
    registry_object object = wanted.object;
    object.created_at = object.updated_at = clock.next();
    object.latest_version = wanted.first_version ? 1 : 0;
    std::int64_t const collection = co_await made_collection(s, object.key);
    co_await insert_object(s, collection, object, clock);
    co_await add_to_index(s, collection, object);
    if (wanted.first_version) co_await add_version(s, object, *wanted.first_version, object.created_by);
    made.push_back(std::move(object));
  }
  co_return made;
}

asio::awaitable<objects_outcome> change_objects(sql_session& s, std::vector<object_key> const& which,
                                                change_rule const& rule, registry_clock& clock) {
  for (object_key const& key : which)
    if (!is_storable(key)) co_return no_such(key);
  auto locked = co_await lock_objects(s, which);
  if (!locked) co_return locked.error();
  std::vector<object_state> states;
  for (object_key const& key : which) {
    object_state state{find_locked(*locked, key)->object, false};
    state.in_use = co_await is_in_use(s, key);
    states.push_back(std::move(state));
  }
  auto const answer = rule(states);
  if (!answer) co_return answer.error();
  for (object_key const& needed : answer->needs)
    if (!is_storable(needed)) co_return no_such(needed);
  auto const needed = co_await check_needs(s, answer->needs);
  if (!needed) co_return needed.error();
  for (object_change const& change : answer->changes) {
    auto const applied = co_await apply(s, *locked, change, clock);
    if (!applied) co_return applied.error();
  }
  std::vector<registry_object> after;
  after.reserve(which.size());
  for (object_key const& key : which) after.push_back(find_locked(*locked, key)->object);
  co_return after;
}

asio::awaitable<micro_time> latest_time(sql_session& s) {
  sql_rows const created = co_await s.run("SELECT max(created_at) FROM objects", {});
  sql_rows const updated = co_await s.run(
      "SELECT max(u) FROM (SELECT (SELECT max(updated_at) FROM objects WHERE collection = c.id) AS u "
      "FROM collections c) AS latest",
      {});
  co_return time_of(std::max(created.number(0, 0), updated.number(0, 0)));
}

}  // namespace parley
