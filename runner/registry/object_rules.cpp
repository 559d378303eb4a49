#include "runner/registry/object_rules.hpp"

#include "runner/registry/tag_grammar.hpp"

namespace parley {
namespace {

registry_error gone(object_state const& state) {
  return {registry_refusal::not_found, "no such " + std::string(to_text(state.object.key.kind))};
}

change_set only(registry_object after, std::optional<json_value> version = {}) {
  change_set set;
  object_change change;
  change.after = std::move(after);
  change.new_version = std::move(version);
  set.changes.push_back(std::move(change));
  return set;
}

}  // namespace

bool is_eqho_object(registry_object const& object) {
  for (auto const& each : object.facets)
    if (each.name == "dialect" && each.value == "eqho") return true;
  return false;
}

registry_outcome<registry_object> editable(object_state const& state) {
  if (state.object.is_deleted) return gone(state);
  if (is_eqho_object(state.object))
    return registry_error(registry_refusal::refused, "written through the Eqho dialect");
  return state.object;
}

change_rule append_version(json_value content, std::optional<int> expected, std::string user,
                           std::function<void(registry_object&)> also) {
  return [=](std::vector<object_state> const& before) -> registry_outcome<change_set> {
    auto after = editable(before.front());
    if (!after) return after.error();
    int const next = after->latest_version + 1;
    if (expected && *expected != next)
      return registry_error(
          registry_refusal::refused,
          "version " + std::to_string(*expected) + " is stale: the next one is " + std::to_string(next));
    after->updated_by = user;
    if (also) also(*after);
    return only(*std::move(after), content);
  };
}

change_rule update_tags(std::optional<tag_map> tags, std::string user) {
  return edit_object(
      [tags = std::move(tags)](registry_object& object) -> registry_outcome<void> {
        if (tags) set_tags(object, *tags);
        return boost::system::in_place_value;
      },
      std::move(user));
}

change_rule edit_object(std::function<registry_outcome<void>(registry_object&)> edit, std::string user,
                        std::vector<object_key> needs) {
  return [=](std::vector<object_state> const& before) -> registry_outcome<change_set> {
    auto after = editable(before.front());
    if (!after) return after.error();
    auto const edited = edit(*after);
    if (!edited) return edited.error();
    after->updated_by = user;
    change_set set = only(*std::move(after));
    set.needs = needs;
    return set;
  };
}

change_rule remove_object(std::string user) {
  return [=](std::vector<object_state> const& before) -> registry_outcome<change_set> {
    auto after = editable(before.front());
    if (!after) return after.error();
    if (before.front().in_use)
      return registry_error(registry_refusal::refused, "this " + std::string(to_text(after->key.kind)) +
                                                           " is in use: delete what refers to it first");
    after->is_deleted = true;
    after->updated_by = user;
    return only(*std::move(after));
  };
}

}  // namespace parley
