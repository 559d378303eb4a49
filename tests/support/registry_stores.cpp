#include "tests/support/registry_stores.hpp"

#include "adapters/storage/open_registry.hpp"
#include "adapters/storage/sqlite_connection.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <iomanip>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace parley::test {

namespace {

std::unique_ptr<registry_store> opened(std::string const& where, boost::asio::io_context& io,
                                       std::function<micro_time()> clock) {
  auto made = open_registry(where, io, std::move(clock));
  if (!made) throw std::runtime_error(made.error().detail);
  return std::move(*made);
}

}  // namespace

std::function<micro_time()> store_under_test::clock() const {
  return [now = now] { return micro_time(std::chrono::microseconds(now->load())); };
}

std::unique_ptr<registry_store> store_under_test::another() {
  return opened(where(), io, clock());
}

sqlite_store::sqlite_store() {
  reopen();
}

std::string sqlite_store::where() const {
  return (folder_.path() / "deep" / "registry.db").string();
}

void sqlite_store::reopen() {
  store_.reset();
  store_ = opened(where(), io, clock());
}

registry_store& settled_sqlite_store::store() {
  sqlite_connection beside(where());
  auto const until = std::chrono::steady_clock::now() + std::chrono::minutes(2);
  while (beside.run_now("SELECT count(*) FROM search_backlog").number(0, 0) > 0) {
    if (std::chrono::steady_clock::now() > until)
      throw std::runtime_error("the search index does not settle");
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return sqlite_store::store();
}

postgres_store::postgres_store() : store_(opened(database_.url(), io, clock())) {}

std::string sample_id(int number) {
  std::ostringstream text;
  text << std::hex << std::setw(24) << std::setfill('0') << number;
  return text.str();
}

object_key sample_key(int number, object_kind kind, std::string organization) {
  return object_key(std::move(organization), kind, sample_id(number));
}

registry_object sample_object(int number, std::string name, std::vector<facet> facets) {
  registry_object object;
  object.key = sample_key(number);
  object.name = std::move(name);
  object.name_is_unique = true;
  object.facets = std::move(facets);
  object.body = json_value(nlohmann::json{{"number", number}});
  object.created_by = object.updated_by = "ann";
  return object;
}

creation sample_creation(registry_object object) {
  creation made = without_version(std::move(object));
  made.objects[0].first_version = sample_content("one");
  return made;
}

creation without_version(registry_object object) {
  creation made;
  made.objects.emplace_back();
  made.objects[0].object = std::move(object);
  return made;
}

json_value sample_content(std::string text) {
  return json_value(nlohmann::json{{"text", std::move(text)}});
}

std::vector<std::string> names_of(std::vector<registry_object> const& objects) {
  std::vector<std::string> names;
  for (registry_object const& object : objects) names.push_back(object.name);
  return names;
}

change_rule changing(std::function<void(object_change&)> how) {
  return [how = std::move(how)](std::vector<object_state> const& states) -> registry_outcome<change_set> {
    change_set set;
    object_change change;
    change.after = states.at(0).object;
    how(change);
    set.changes.push_back(std::move(change));
    return set;
  };
}

list_query all_of(object_kind kind, std::string organization) {
  list_query query;
  query.filter.kind = kind;
  query.filter.organization = std::move(organization);
  return query;
}

}  // namespace parley::test
