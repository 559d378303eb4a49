// The order a list really has: of the sort keys only the first ones count, because no two objects share a
// time.
#pragma once

#include "runner/registry/list_query.hpp"

#include <vector>

namespace parley {

// One time; or the name and then one time, in the name's direction unless a key says otherwise.
struct list_order {
  bool by_name = false;
  bool name_descending = false;
  sort_key::field time = sort_key::field::created_at;  // never `name`
  bool time_descending = true;
};
list_order order_of(std::vector<sort_key> const& keys);

}  // namespace parley
