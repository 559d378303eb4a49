#include "adapters/cli/model_section.hpp"

#include "adapters/cli/tree_values.hpp"

namespace parley {
namespace {

void read_connection(located_tree const& node, std::string const& project_root, model_settings& model) {
  if (auto const* const headers = node.find("headers"))
    for (auto const& entry : headers->entries) model.headers.emplace_back(entry.key, entry.value.text);
  if (auto const* const limits = node.find("timeout")) {
    model.timeout.connect = duration_of(*limits, "connect").value_or(model.timeout.connect);
    model.timeout.first_byte = duration_of(*limits, "first_byte").value_or(model.timeout.first_byte);
    model.timeout.idle = duration_of(*limits, "idle").value_or(model.timeout.idle);
  }
  if (auto const file = text_of(node, "ca_file")) model.ca_file = path_below(project_root, *file);
  model.insecure = boolean_of(node, "insecure").value_or(false);
  model.max_connections = integer_of(node, "max_connections");
  model.max_rate = number_of(node, "max_rate");
  model.max_token_rate = number_of(node, "max_token_rate");
}

model_settings read_model(located_tree const& node, std::string const& name,
                          std::string const& project_root) {
  model_settings model;
  model.name = name;
  model.where = node.where();
  model.type = text_of(node, "type").value_or(model.type);
  model.url = text_of(node, "url").value_or("");
  model.model = text_of(node, "model").value_or("");
  model.api_key = text_of(node, "api_key").value_or("");
  model.prices = read_prices(node);
  model.stream = boolean_of(node, "stream").value_or(false);
  model.max_tokens = integer_of(node, "max_tokens");
  model.api_version = text_of(node, "api_version").value_or("");
  read_connection(node, project_root, model);
  return model;
}

}  // namespace

std::optional<model_prices> read_prices(located_tree const& model) {
  auto const* const node = model.find("prices");
  if (node == nullptr || !node->is_map()) return std::nullopt;
  model_prices prices;
  prices.input = number_of(*node, "input").value_or(0);
  prices.output = number_of(*node, "output").value_or(0);
  prices.cached_input = number_of(*node, "cached_input");
  return prices;
}

std::map<std::string, model_settings> read_models(located_tree const& document,
                                                  std::string const& project_root) {
  std::map<std::string, model_settings> models;
  auto const* const section = document.find("models");
  if (section == nullptr) return models;
  for (auto const& entry : section->entries)
    models.emplace(entry.key, read_model(entry.value, entry.key, project_root));
  return models;
}

}  // namespace parley
