// The registry's store in plain vectors: what the databases must do too, by looking at every object.
#pragma once

#include "runner/ports/registry_store.hpp"
#include "runner/registry/registry_clock.hpp"

#include <map>

namespace parley::test {

class memory_registry final : public registry_store {
 public:
  // Without a clock the time is counted: one microsecond per change.
  memory_registry() : memory_registry([] { return micro_time{}; }) {}
  explicit memory_registry(std::function<micro_time()> now) : clock_(std::move(now)) {}

  boost::asio::awaitable<registry_outcome<std::vector<registry_object>>> create(creation what) override;
  boost::asio::awaitable<registry_outcome<std::vector<registry_object>>> change(std::vector<object_key> which,
                                                                                change_rule rule) override;
  boost::asio::awaitable<registry_outcome<registry_object>> find(object_key which) override;
  boost::asio::awaitable<registry_outcome<object_page>> list(list_query query) override;
  boost::asio::awaitable<registry_outcome<facet_values>> values(object_filter of) override;
  boost::asio::awaitable<registry_outcome<std::vector<registry_object>>> search(search_query query) override;
  boost::asio::awaitable<registry_outcome<version_page>> versions(version_query query) override;
  boost::asio::awaitable<registry_outcome<void>> ping() override;

  bool gone = false;  // every call answers `unavailable`

 private:
  struct row {
    registry_object object;
    std::vector<object_version> versions;
  };

  registry_outcome<void> check_needs(std::vector<object_key> const& needs) const;
  registry_outcome<void> check_name(registry_object const& object) const;
  bool in_use(object_key const& key) const;
  std::vector<registry_object const*> matching(object_filter const& filter) const;
  registry_outcome<std::vector<registry_object>> create_now(creation const& what);
  registry_outcome<std::vector<registry_object>> change_now(std::vector<object_key> const& which,
                                                            change_rule const& rule);
  registry_outcome<object_page> list_now(list_query const& query) const;
  std::vector<registry_object> search_now(search_query const& query) const;
  registry_outcome<version_page> versions_now(version_query const& query) const;

  std::map<object_key, row> rows_;
  registry_clock clock_;
};

}  // namespace parley::test
