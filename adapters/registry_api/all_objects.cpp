#include "adapters/registry_api/all_objects.hpp"

namespace parley {

boost::asio::awaitable<registry_outcome<std::vector<registry_object>>> all_objects(registry_store* store,
                                                                                   list_query query) {
  std::vector<registry_object> all;
  query.limit = 200;
  query.token = 0;
  for (bool more = true; more;) {
    auto page = co_await store->list(query);
    if (!page) co_return page.error();
    for (auto& object : page->objects) all.push_back(std::move(object));
    more = page->next.has_value();
    query.token = page->next.value_or(0);
  }
  co_return all;
}

}  // namespace parley
