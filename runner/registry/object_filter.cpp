#include "runner/registry/object_filter.hpp"

#include <algorithm>

namespace parley {
namespace {

bool among(std::vector<std::string> const& wanted, std::string const& value) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

bool holds(facet_filter const& filter, std::vector<facet> const& facets) {
  return std::any_of(facets.begin(), facets.end(), [&](facet const& f) {
    if (f.name != filter.name) return false;
    return filter.how == facet_filter::match::any_value ||
           std::find(filter.values.begin(), filter.values.end(), f.value) != filter.values.end();
  });
}

}  // namespace

bool holds(object_filter const& filter, registry_object const& object) {
  if (object.key.organization != filter.organization || object.key.kind != filter.kind) return false;
  if (!among(filter.ids, object.key.id) || !among(filter.creators, object.created_by)) return false;
  if (filter.is_deleted && *filter.is_deleted != object.is_deleted) return false;
  if (filter.created_after && object.created_at <= *filter.created_after) return false;
  if (filter.created_before && object.created_at >= *filter.created_before) return false;
  return std::all_of(filter.facets.begin(), filter.facets.end(),
                     [&](facet_filter const& f) { return holds(f, object.facets); });
}

}  // namespace parley
