#include "runner/registry/storable_text.hpp"

#include "runner/registry/word_characters.hpp"

#include <algorithm>

namespace parley {
namespace {

registry_error unstorable(std::string what) {
  return registry_error(registry_refusal::invalid, what + " must be UTF-8 text without U+0000");
}

bool is_storable(facet const& f) {
  return parley::is_storable(f.name) && (!f.value || parley::is_storable(*f.value));
}

}  // namespace

bool is_storable(std::string_view text) {
  if (text.find('\0') != text.npos) return false;
  while (!text.empty()) {
    text_character const character = first_character(text);
    if (character.value < 0) return false;
    text.remove_prefix(character.length);
  }
  return true;
}

bool is_storable(object_key const& key) {
  return is_storable(key.organization) && is_storable(key.id);
}

bool is_storable(object_filter const& filter) {
  auto const text = [](std::string const& t) { return is_storable(t); };
  auto const named = [&](facet_filter const& f) {
    return is_storable(f.name) && std::all_of(f.values.begin(), f.values.end(), [](auto const& value) {
             return !value || is_storable(*value);
           });
  };
  return is_storable(filter.organization) && std::all_of(filter.ids.begin(), filter.ids.end(), text) &&
         std::all_of(filter.creators.begin(), filter.creators.end(), text) &&
         std::all_of(filter.facets.begin(), filter.facets.end(), named);
}

registry_outcome<void> check_storable(registry_object const& object) {
  if (!is_storable(object.key)) return unstorable("an id");
  if (!is_storable(object.name)) return unstorable("a name");
  if (!is_storable(object.searched_text)) return unstorable("a searched text");
  if (!is_storable(object.created_by) || !is_storable(object.updated_by)) return unstorable("a user id");
  for (facet const& f : object.facets)
    if (!is_storable(f)) return unstorable("a tag");
  return {};
}

registry_outcome<void> check_storable(creation const& what) {
  for (new_object const& made : what.objects)
    if (auto const ok = check_storable(made.object); !ok) return ok;
  for (object_key const& needed : what.needs)
    if (!is_storable(needed)) return unstorable("an id");
  return {};
}

registry_error unstorable_question() {
  return unstorable("what is asked for");
}

}  // namespace parley
