#include "runner/registry/list_order.hpp"

namespace parley {

list_order order_of(std::vector<sort_key> const& keys) {
  list_order order;
  for (sort_key const& key : keys) {
    if (key.by != sort_key::field::name) {
      order.time = key.by;
      order.time_descending = key.descending;
      break;
    }
    if (order.by_name) continue;  // the same name again decides nothing
    order.by_name = true;
    order.name_descending = order.time_descending = key.descending;
  }
  return order;
}

}  // namespace parley
