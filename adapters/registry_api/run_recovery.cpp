#include "adapters/registry_api/run_recovery.hpp"

#include "adapters/registry_api/all_objects.hpp"
#include "adapters/registry_api/run_marker.hpp"
#include "adapters/registry_api/set_run_start.hpp"
#include "adapters/registry_api/simulation_routes.hpp"

namespace parley {
namespace {

namespace asio = boost::asio;

asio::awaitable<registry_outcome<std::vector<registry_object>>> unfinished(registry_store* store,
                                                                           object_kind kind) {
  list_query query;
  query.filter.kind = kind;
  query.filter.is_deleted = false;
  auto const markers = co_await all_objects(store, std::move(query));
  if (!markers) co_return markers.error();
  std::vector<registry_object> runs;
  for (auto const& marker : *markers) {
    object_key key = marked_run(marker);
    auto run = co_await store->find(std::move(key));
    if (run) runs.push_back(*std::move(run));
  }
  co_return runs;
}

}  // namespace

asio::awaitable<registry_outcome<int>> resume_runs(registry_services const* services) {
  auto const sets = co_await unfinished(services->store, object_kind::unit_test_set_run);
  if (!sets) co_return sets.error();
  for (auto const& run : *sets) co_await hold_set_run(services, run);
  auto const simulations = co_await unfinished(services->store, object_kind::simulation);
  if (!simulations) co_return simulations.error();
  for (auto const& results : *simulations) co_await hold_simulation(services, results);
  co_return static_cast<int>(sets->size() + simulations->size());
}

}  // namespace parley
