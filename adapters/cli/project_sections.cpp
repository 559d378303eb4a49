#include "adapters/cli/project_sections.hpp"

#include "adapters/cli/model_section.hpp"
#include "adapters/cli/secret_values.hpp"
#include "adapters/cli/tree_values.hpp"

#include <nlohmann/json.hpp>

#include <set>

namespace parley {
namespace {

// The model a section names, else the only one declared.
std::optional<std::string> chosen_model(located_tree const& section, std::string const& label,
                                        settings const& into, input_problems& problems) {
  std::vector<std::string> names;
  for (auto const& [name, model] : into.models) names.push_back(name);
  auto const named = text_of(section, "model");
  if (!named && names.size() == 1) return names.front();
  if (!named) {
    problems.error(section.where(), label + " names no model",
                   names.empty() ? "declare one under models" : "add model: NAME");
    return std::nullopt;
  }
  if (into.models.count(*named) != 0) return named;
  auto const near = nearest_name(*named, names);
  problems.error(section.find("model")->where(), label + " names the unknown model '" + *named + "'",
                 near.empty() ? "declare it under models" : "did you mean '" + near + "'?");
  return std::nullopt;
}

void read_model_users(located_tree const& document, settings& into, input_problems& problems) {
  if (auto const* const section = document.find("simulated_user"); section != nullptr && section->is_map()) {
    simulated_user_settings user;
    user.model = chosen_model(*section, "simulated_user", into, problems);
    user.temperature = number_of(*section, "temperature");
    user.max_invalid = integer_of(*section, "max_invalid").value_or(user.max_invalid);
    user.timeout = duration_of(*section, "timeout");
    user.written = json_value(to_json(*section));
    into.simulated_user = std::move(user);
  }
  if (auto const* const section = document.find("judge"); section != nullptr && section->is_map()) {
    judge_settings judge;
    judge.model = chosen_model(*section, "judge", into, problems);
    judge.confirm_failures = integer_of(*section, "confirm_failures").value_or(judge.confirm_failures);
    judge.timeout = duration_of(*section, "timeout").value_or(judge.timeout);
    judge.written = json_value(to_json(*section));
    into.judge = std::move(judge);
  }
}

void read_reports(located_tree const& document, settings& into) {
  auto const* const section = document.find("reports");
  if (section == nullptr) return;
  for (auto const& node : section->items) {
    report_settings report;
    report.type = text_of(node, "type").value_or("");
    if (auto const path = text_of(node, "path")) report.path = path_below(into.project_root, *path);
    if (auto const base = text_of(node, "attachments_base"))
      report.attachments_base = path_below(into.project_root, *base);
    report.separate_assets = text_of(node, "assets") == "separate";
    report.where = node.where();
    into.reports.push_back(std::move(report));
  }
}

void read_metrics(located_tree const& document, settings& into, input_problems& problems) {
  auto const* const section = document.find("metrics");
  if (section == nullptr) return;
  for (auto const& node : section->items) {
    metric_settings metric{text_of(node, "name").value_or(""), text_of(node, "description").value_or(""),
                           value_of(node, "value"), node.where()};
    for (auto const& other : into.metrics)
      if (other.name == metric.name)
        problems.error(metric.where, "metric '" + metric.name + "' is declared twice",
                       "rename one of them; the other is at " + to_text(other.where));
    into.metrics.push_back(std::move(metric));
  }
}

void read_quarantine(located_tree const& document, settings& into) {
  auto const* const section = document.find("quarantine");
  if (section == nullptr) return;
  into.quarantine.cap = integer_of(*section, "cap");
  if (auto const* const cells = section->find("cells"))
    for (auto const& node : cells->items)
      into.quarantine.cells.push_back(
          {text_of(node, "cell").value_or(""), text_of(node, "owner").value_or(""),
           text_of(node, "reason").value_or(""), text_of(node, "expires").value_or(""), node.where()});
}

void read_registry(located_tree const& document, settings& into) {
  auto const* const section = document.find("registry");
  auto const value = [&](char const* key, char const* variable) {
    if (auto given = into.variables.find(variable); given && !given->empty()) return *given;
    return section == nullptr ? std::string() : text_of(*section, key).value_or("");
  };
  if (section != nullptr) into.registry.url = text_of(*section, "url").value_or("");
  into.registry.api_key = value("api_key", "PARLEY_API_KEY");
  into.registry.api_key_id = value("api_key_id", "PARLEY_API_KEY_ID");
  into.registry.user_id = value("user_id", "PARLEY_USER_ID");
  into.registry.key_of_file = !into.variables.is_set("PARLEY_API_KEY");
  std::set<std::string> secrets(into.secrets.begin(), into.secrets.end());
  secrets.insert(into.registry.api_key);
  into.secrets = redacted_secrets(secrets);
}

}  // namespace

void read_sections(located_tree const& document, settings& into, input_problems& problems) {
  into.models = read_models(document, into.project_root);
  read_model_users(document, into, problems);
  read_reports(document, into);
  read_metrics(document, into, problems);
  read_quarantine(document, into);
  read_registry(document, into);
}

}  // namespace parley
