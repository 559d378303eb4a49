// What may become of an object: rules for `registry_store::change`. All are pure and own what they hold.
#pragma once

#include "runner/inputs/tags.hpp"
#include "runner/ports/registry_store.hpp"

#include <functional>
#include <optional>
#include <string>

namespace parley {

enum class written_through { amigo, eqho };

// Objects of the Eqho dialect carry the facet "dialect" -> "eqho".
bool is_eqho_object(registry_object const& object);

// Appends `content` as the next version. `expected`, when given, must be latest + 1: otherwise `refused`, and
// nothing is written. Deleted: not_found. An Eqho document: `refused`. `also` may change the object besides.
change_rule append_version(json_value content, std::optional<int> expected, std::string user,
                           std::function<void(registry_object&)> also = {});

// nullopt leaves the tags as they are.
change_rule update_tags(std::optional<tag_map> tags, std::string user);

// Soft: the name is free again, references and versions can still be read. In use: `refused`.
change_rule remove_object(std::string user);

// Any other change of a live Amigo object. `edit` may refuse; `needs` must be live.
change_rule edit_object(std::function<registry_outcome<void>(registry_object&)> edit, std::string user,
                        std::vector<object_key> needs = {});

// The change of a live object, or what forbids it.
registry_outcome<registry_object> editable(object_state const& state);

}  // namespace parley
