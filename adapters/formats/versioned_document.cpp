#include "adapters/formats/versioned_document.hpp"

#include "adapters/formats/digest.hpp"
#include "adapters/formats/value_rules.hpp"
#include "runner/inputs/scenario_json.hpp"
#include "runner/registry/text_rules.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace parley {
namespace {

int number_of(located_tree const& node) {
  auto const* const number = node.find("version");
  if (number == nullptr || !number->number.get().is_number_integer()) return 1;
  return number->number.get().get<int>();
}

void refuse_keys_beside(located_tree const& document, shape const& version_keys, input_problems& problems) {
  for (auto const& entry : document.entries)
    if (version_keys.find(entry.key) != nullptr)
      problems.error(entry.key_where(), "'" + entry.key + "' stands beside 'versions'",
                     "move it into a version: each is a full snapshot");
}

}  // namespace

std::vector<version_node> version_nodes(located_tree const& document, shape const& version_keys,
                                        input_problems& problems) {
  auto const* const versions = document.find("versions");
  if (versions == nullptr) return {{&document, 1}};
  refuse_keys_beside(document, version_keys, problems);
  std::vector<version_node> nodes;
  for (auto const& item : versions->items) {
    int const number = number_of(item);
    auto const twin =
        std::find_if(nodes.begin(), nodes.end(), [&](auto const& n) { return n.number == number; });
    if (twin != nodes.end() && item.find("version") != nullptr)
      problems.error(item.find("version")->where(), "version " + std::to_string(number) + " stands twice",
                     "give every version its own number");
    nodes.push_back({&item, number});
  }
  std::stable_sort(nodes.begin(), nodes.end(),
                   [](auto const& a, auto const& b) { return a.number < b.number; });
  return nodes;
}

nlohmann::json known_keys(located_tree const& node, shape const& known) {
  nlohmann::json value = nlohmann::json::object();
  for (auto const& entry : node.entries)
    if (known.find(entry.key) != nullptr) value[entry.key] = to_json(entry.value);
  return value;
}

json_value unknown_keys(located_tree const& node, shape const& known) {
  nlohmann::json value = nlohmann::json::object();
  for (auto const& entry : node.entries)
    if (known.find(entry.key) == nullptr) value[entry.key] = to_json(entry.value);
  return value.empty() ? json_value() : json_value(std::move(value));
}

std::string text_at(located_tree const& node, std::string_view key) {
  auto const* const value = node.find(key);
  return value != nullptr && value->is_string() ? value->text : std::string();
}

tag_map tags_at(located_tree const& node) {
  auto const* const tags = node.find("tags");
  return tags == nullptr ? tag_map() : tags_from_json(to_json(*tags));
}

std::string id_at(located_tree const& node, std::string_view kind, std::string_view name) {
  for (auto const* const key : {"id", "_id"})
    if (auto const written = text_at(node, key); is_object_id(written)) return written;
  return default_id(kind, name);
}

located_tree const* at_path(located_tree const& node, std::initializer_list<std::string_view> keys) {
  located_tree const* at = &node;
  for (auto const key : keys) {
    at = at->find(key);
    if (at == nullptr || at->is_null()) return nullptr;
  }
  return at;
}

}  // namespace parley
