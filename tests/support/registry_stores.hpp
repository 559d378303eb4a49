// The implementations of registry_store, empty, each with an io_context and a clock that stands still unless
// a test moves it; the contract's tests run over all of them.
#pragma once

#include "runner/ports/registry_store.hpp"
#include "tests/support/memory_registry.hpp"
#include "tests/support/postgres_server.hpp"
#include "tests/support/run_on.hpp"
#include "tests/support/temporary_folder.hpp"

#include <atomic>
#include <memory>
#include <string>

namespace parley::test {

class store_under_test {
 public:
  virtual ~store_under_test() = default;
  virtual registry_store& store() = 0;

  template <class T>
  T run(boost::asio::awaitable<T> call) {
    return run_on(io, std::move(call));
  }
  std::function<micro_time()> clock() const;

  boost::asio::io_context io{1};
  std::shared_ptr<std::atomic<std::int64_t>> now =
      std::make_shared<std::atomic<std::int64_t>>(1'700'000'000'000'000);  // microseconds
};

class memory_store final : public store_under_test {
 public:
  registry_store& store() override { return store_; }

 private:
  memory_registry store_{clock()};
};

class sqlite_store final : public store_under_test {
 public:
  sqlite_store();
  registry_store& store() override { return *store_; }
  std::string path() const;
  void reopen();

 private:
  temporary_folder folder_;
  std::unique_ptr<registry_store> store_;
};

class postgres_store final : public store_under_test {
 public:
  postgres_store();
  registry_store& store() override { return *store_; }
  std::string const& url() const { return database_.url(); }

 private:
  postgres_database database_;
  std::unique_ptr<registry_store> store_;
};

#define PARLEY_REGISTRY_STORES \
  parley::test::memory_store, parley::test::sqlite_store, parley::test::postgres_store

// "000000000000000000000007"
std::string sample_id(int number);
object_key sample_key(int number, object_kind kind = object_kind::scenario,
                      std::string organization = "acme");
// A scenario with a unique name, made by "ann", with a body that tells its number.
registry_object sample_object(int number, std::string name, std::vector<facet> facets = {});
// One object, with a first version {"text": "one"}.
creation sample_creation(registry_object object);
creation without_version(registry_object object);
json_value sample_content(std::string text);

std::vector<std::string> names_of(std::vector<registry_object> const& objects);

// A rule that changes the only object it is told of.
change_rule changing(std::function<void(object_change&)> how);

list_query all_of(object_kind kind = object_kind::scenario, std::string organization = "acme");

}  // namespace parley::test
