#include "adapters/storage/open_registry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/project_paths.hpp"
#include "tests/support/registry_stores.hpp"

#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <sstream>

using namespace parley;
using namespace parley::test;

namespace {

// No file of this process grows beyond this size: the disk is full.
class full_disk {
 public:
  explicit full_disk(std::uintmax_t bytes) : old_handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &old_);
    rlimit small = old_;
    small.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  ~full_disk() {
    ::setrlimit(RLIMIT_FSIZE, &old_);
    std::signal(SIGXFSZ, old_handler_);
  }
  full_disk(full_disk const&) = delete;
  full_disk& operator=(full_disk const&) = delete;

 private:
  rlimit old_{};
  void (*old_handler_)(int);
};

registry_object big_object(int number) {
  registry_object object = sample_object(number, "N" + std::to_string(number));
  object.body = sample_content(std::string(20000, 'x'));
  return object;
}

using objects_outcome = registry_outcome<std::vector<registry_object>>;

}  // namespace

TEST_CASE("a full disk is unavailable for writers, not for readers, and forgotten when there is room",
          "[registry]") {
  sqlite_store under;
  REQUIRE(under.run(under.store().create(sample_creation(big_object(1)))).has_value());
  int refused = 0;
  {
    full_disk const full(std::filesystem::file_size(under.where() + "-wal") + 30000);
    for (int i = 2; i < 12; ++i) {
      std::vector<boost::asio::awaitable<objects_outcome>> calls;
      for (int j = 0; j < 5; ++j)
        calls.push_back(under.store().create(sample_creation(big_object(10 * i + j))));
      auto const results = under.run_all(std::move(calls));
      for (int j = 0; j < 5; ++j) {
        auto const& made = results[static_cast<std::size_t>(j)];
        // What was acknowledged is there, what was refused is not.
        CHECK(under.run(under.store().find(sample_key(10 * i + j))).has_value() == made.has_value());
        if (made) continue;
        ++refused;
        CHECK(made.error().code == registry_refusal::unavailable);
      }
    }
    CHECK(under.run(under.store().find(sample_key(1))).has_value());
    CHECK(under.run(under.store().ping()).has_value());
  }
  CHECK(refused > 0);
  CHECK(under.run(under.store().create(sample_creation(big_object(1000)))).has_value());
  under.reopen();
  CHECK(under.run(under.store().find(sample_key(1))).has_value());
  CHECK(under.run(under.store().find(sample_key(1000))).has_value());
}

TEST_CASE("every acknowledged write is there after kill -9", "[registry]") {
  temporary_folder folder;
  std::string const path = (folder.path() / "registry.db").string();
  int acknowledged = 0;
  for (int round = 0; round < 3; ++round) {
    std::string out;
    {
      child_process burst(child_command({build_path("registry_burst"), path, std::to_string(round)}));
      burst.first_line();
      // The signal comes while others are being written.
      burst.wait_for_error_text("acknowledged 300");
      ::kill(burst.id(), SIGKILL);
      CHECK(burst.wait() == 128 + SIGKILL);
      out = burst.out();
    }
    boost::asio::io_context io;
    auto const opened = open_registry(path, io);
    REQUIRE(opened.has_value());
    std::istringstream lines(out);
    std::string id;
    std::getline(lines, id);  // "ready"
    while (std::getline(lines, id) && id.size() == 24 && !lines.eof()) {
      ++acknowledged;
      version_query query;
      query.of = object_key("acme", object_kind::scenario, id);
      auto const found = run_on(io, (*opened)->versions(query));
      INFO(id);
      REQUIRE(found.has_value());
      CHECK(found->versions.size() == 1);
      if (acknowledged % 10 != 0) continue;
      search_query search;
      search.filter = all_of().filter;
      search.text = id;
      CHECK(run_on(io, (*opened)->search(search))->size() == 1);
    }
  }
  CHECK(acknowledged >= 900);
}

TEST_CASE("calls that wait when the store goes are finished first", "[registry]") {
  sqlite_store under;
  std::optional<objects_outcome> made;
  boost::asio::co_spawn(under.io,
                        store_result(under.store().create(sample_creation(sample_object(1, "A"))), made),
                        [](std::exception_ptr) {});
  under.io.poll();
  under.reopen();
  under.io.restart();
  under.io.run();
  REQUIRE(made.has_value());
  CHECK(made->has_value());
  CHECK(under.run(under.store().find(sample_key(1))).has_value());
}
