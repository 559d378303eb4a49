#include "runner/inputs/eqho_document.hpp"

#include <nlohmann/json.hpp>

#include <initializer_list>

namespace parley {
namespace {

using nlohmann::json;

// Null when the path leads nowhere.
json const& under(json const& document, std::initializer_list<char const*> keys) {
  static json const nothing;
  json const* node = &document;
  for (char const* const key : keys) {
    if (!node->is_object()) return nothing;
    auto const found = node->find(key);
    if (found == node->end()) return nothing;
    node = &*found;
  }
  return *node;
}

std::string text_of_value(json const& value) {
  if (value.is_null()) return {};
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_array()) return json_value(value).dump();
  std::string all;
  for (json const& one : value) {
    if (!all.empty()) all += ", ";
    all += text_of_value(one);
  }
  return all;
}

}  // namespace

std::optional<eqho_lead> eqho_lead_of(scenario const& told) {
  if (told.dialect != input_dialect::eqho) return std::nullopt;
  json const& document = told.latest().extra.get();
  auto const text = [&](char const* key) {
    return text_of_value(under(document, {"lead_scenario", "instructions", key}));
  };
  eqho_lead lead;
  lead.task_instructions = text("task_instructions");
  lead.reason_for_call = text("reason_for_call");
  lead.known_info = text("known_info");
  lead.unknown_info = text("unknown_info");
  json const& actions = under(document, {"lead_scenario", "actions"});
  if (actions.is_object()) lead.actions = json_value(actions);
  return lead;
}

std::string medium_of(scenario const& told) {
  if (told.dialect != input_dialect::eqho) return {};
  return text_of_value(under(told.latest().extra.get(), {"environment_setup", "conversation_medium"}));
}

std::string description_of(scenario const& told) {
  if (told.dialect != input_dialect::eqho) return {};
  json const& document = told.latest().extra.get();
  std::string text = text_of_value(under(document, {"description", "purpose"}));
  std::string const notes = text_of_value(under(document, {"description", "notes"}));
  if (!text.empty() && !notes.empty()) text += '\n';
  return text + notes;
}

}  // namespace parley
