// The implementations of registry_store, empty, each with an io_context and a clock that stands still unless
// a test moves it; the contract's tests run over all of them.
#pragma once

#include "runner/ports/registry_store.hpp"
#include "tests/support/memory_registry.hpp"
#include "tests/support/postgres_server.hpp"
#include "tests/support/run_on.hpp"
#include "tests/support/temporary_folder.hpp"

#include <boost/asio/co_spawn.hpp>

#include <atomic>
#include <exception>
#include <memory>
#include <optional>
#include <string>

namespace parley::test {

class store_under_test {
 public:
  virtual ~store_under_test() = default;
  virtual registry_store& store() = 0;
  // Where it is, for open_registry; empty: nowhere else.
  virtual std::string where() const { return {}; }
  // A second store in the same place, as of another server.
  std::unique_ptr<registry_store> another();

  template <class T>
  T run(boost::asio::awaitable<T> call) {
    return run_on(io, std::move(call));
  }
  // All at once; their results in the same order.
  template <class T>
  std::vector<T> run_all(std::vector<boost::asio::awaitable<T>> calls) {
    std::vector<std::optional<T>> results(calls.size());
    std::size_t left = calls.size();
    for (std::size_t i = 0; i < calls.size(); ++i)
      boost::asio::co_spawn(io, store_result(std::move(calls[i]), results[i]), [&](std::exception_ptr e) {
        --left;
        if (e) std::rethrow_exception(e);
      });
    io.restart();
    while (left > 0 && io.run_one() > 0) {
    }
    std::vector<T> all;
    for (auto& result : results) all.push_back(std::move(result.value()));
    return all;
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

class sqlite_store : public store_under_test {
 public:
  sqlite_store();
  registry_store& store() override { return *store_; }
  std::string where() const override;
  void reopen();

 private:
  temporary_folder folder_;
  std::unique_ptr<registry_store> store_;
};

// Its search index has taken in all objects before anything is asked of it.
class settled_sqlite_store final : public sqlite_store {
 public:
  registry_store& store() override;
};

class postgres_store final : public store_under_test {
 public:
  postgres_store();
  registry_store& store() override { return *store_; }
  std::string where() const override { return database_.url(); }

 private:
  postgres_database database_;
  std::unique_ptr<registry_store> store_;
};

#define PARLEY_REGISTRY_STORES \
  parley::test::memory_store, parley::test::sqlite_store, parley::test::postgres_store
#define PARLEY_REGISTRY_DATABASES parley::test::sqlite_store, parley::test::postgres_store
// For tests that search: SQLite before and after its index has taken in what was written.
#define PARLEY_REGISTRY_SEARCHES                                                              \
  parley::test::memory_store, parley::test::sqlite_store, parley::test::settled_sqlite_store, \
      parley::test::postgres_store

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
