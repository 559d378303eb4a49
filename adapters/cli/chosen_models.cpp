#include "adapters/cli/chosen_models.hpp"

#include "adapters/formats/digest.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace parley {
namespace {

model_settings const* chosen(settings const& configuration, std::optional<std::string> const& name) {
  auto const& models = configuration.models;
  if (!name) return models.size() == 1 ? &models.begin()->second : nullptr;
  auto const found = models.find(*name);
  return found == models.end() ? nullptr : &found->second;
}

template <class Section>
std::optional<std::string> name_in(std::optional<Section> const& section) {
  return section ? section->model : std::nullopt;
}

std::vector<metric_definition> metrics_of(settings const& configuration) {
  std::vector<metric_definition> metrics;
  for (auto const& declared : configuration.metrics) {
    auto& metric = metrics.emplace_back();
    metric.name = declared.name;
    metric.id = default_id("metric", declared.name);
    metric.description = declared.description;
    metric.value = declared.value;
  }
  return metrics;
}

}  // namespace

model_settings const* user_model(settings const& configuration) {
  return chosen(configuration, name_in(configuration.simulated_user));
}

model_settings const* judge_model(settings const& configuration) {
  return chosen(configuration, name_in(configuration.judge));
}

bool need_user_model(std::vector<std::shared_ptr<cell const>> const& cells) {
  return std::any_of(cells.begin(), cells.end(), [](auto const& unit) {
    auto const& content = unit->scenario_content();
    bool const event_without_text =
        content.opening == initial_message_type::external_event && !content.initial_message;
    return !unit->skip && (!content.script || event_without_text);
  });
}

bool need_judge_model(std::vector<std::shared_ptr<cell const>> const& cells) {
  return std::any_of(cells.begin(), cells.end(),
                     [](auto const& unit) { return !unit->skip && unit->success.needs_judge(); });
}

judge_options judging_of(settings const& configuration) {
  judge_options judging;
  if (configuration.judge) judging.confirm_failures = std::max(1, configuration.judge->confirm_failures);
  judging.metrics = metrics_of(configuration);
  return judging;
}

answer_limit user_limit_of(settings const& configuration) {
  auto const& section = configuration.simulated_user;
  return limit_of_user(section ? section->timeout : std::nullopt);
}

answer_limit judge_limit_of(settings const& configuration) {
  return limit_of_judge(configuration.judge.value_or(judge_settings()).timeout);
}

}  // namespace parley
