#include "adapters/cli/tree_values.hpp"

#include "runner/inputs/quantity_text.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <limits>

namespace parley {
namespace {

located_tree const* of_kind(located_tree const& map, std::string_view key, located_tree::kind kind) {
  auto const* const node = map.find(key);
  return node != nullptr && node->type == kind ? node : nullptr;
}

}  // namespace

std::optional<std::string> text_of(located_tree const& map, std::string_view key) {
  auto const* const node = of_kind(map, key, located_tree::kind::string);
  if (node == nullptr) return std::nullopt;
  return node->text;
}

std::optional<int> integer_of(located_tree const& map, std::string_view key) {
  auto const* const node = of_kind(map, key, located_tree::kind::number);
  if (node == nullptr || !node->number.get().is_number_integer()) return std::nullopt;
  double const value = node->number.get().get<double>();
  if (value < std::numeric_limits<int>::min() || value > std::numeric_limits<int>::max()) return std::nullopt;
  return node->number.get().get<int>();
}

std::optional<double> number_of(located_tree const& map, std::string_view key) {
  auto const* const node = of_kind(map, key, located_tree::kind::number);
  if (node == nullptr) return std::nullopt;
  return node->number.get().get<double>();
}

std::optional<bool> boolean_of(located_tree const& map, std::string_view key) {
  auto const* const node = of_kind(map, key, located_tree::kind::boolean);
  if (node == nullptr) return std::nullopt;
  return node->truth;
}

std::optional<std::chrono::milliseconds> duration_of(located_tree const& map, std::string_view key) {
  auto const text = text_of(map, key);
  return text ? parse_duration(*text) : std::nullopt;
}

std::optional<std::size_t> size_of(located_tree const& map, std::string_view key) {
  auto const text = text_of(map, key);
  return text ? parse_size(*text) : std::nullopt;
}

json_value value_of(located_tree const& map, std::string_view key) {
  auto const* const node = map.find(key);
  return node == nullptr ? json_value() : json_value(to_json(*node));
}

std::string path_below(std::string const& project_root, std::string const& written) {
  std::filesystem::path const path(written);
  if (path.is_absolute() || project_root.empty() || project_root == ".") return written;
  return (std::filesystem::path(project_root) / path).lexically_normal().string();
}

}  // namespace parley
