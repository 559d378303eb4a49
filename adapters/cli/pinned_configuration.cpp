#include "adapters/cli/pinned_configuration.hpp"

#include "adapters/cli/chosen_models.hpp"
#include "adapters/cli/settings_text.hpp"
#include "reports/redaction.hpp"
#include "runner/statistics/readable_text.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;

json part_of(json const& whole, char const* section, std::string const& name) {
  auto const at = whole.find(section);
  if (at == whole.end() || !at->is_object() || !at->contains(name)) return json::object();
  return (*at)[name];
}

class configuration_pinner {
 public:
  configuration_pinner(settings const& from)
      : from_(from), shown_(shown_settings(from)), mask_(from.secrets) {}

  pinned_text agent(std::string const& name) const {
    json form = part_of(shown_, "agents", name);
    if (form.empty() && from_.run.agent_url) form["url"] = *from_.run.agent_url;
    if (form.is_object()) form.erase("version");  // stands on its own
    return {"", text_of(form)};
  }

  pinned_text user_of_model(char const* section, model_settings const& model) const {
    json form{{"model", part_of(shown_, "models", model.name)}};
    if (shown_.contains(section)) form[section] = shown_[section];
    return {mask_(model.model), text_of(form)};
  }

  pinned_text run() const {
    json form = json::object();
    for (char const* key : {"action_matching", "no_judge", "language", "timezone", "retries", "retry_on"})
      form[key] = part_of(shown_, "run", key);
    return {"", text_of(form)};
  }

 private:
  std::string text_of(json const& form) const { return mask_(readable_text(form)); }

  settings const& from_;
  json shown_;
  redaction mask_;
};

}  // namespace

std::map<std::string, pinned_text> pinned_configuration(settings const& from, run_plan const& plan) {
  configuration_pinner const pinner(from);
  std::map<std::string, pinned_text> pinned;
  for (auto const& cell : plan.cells)
    if (auto const name = "agent " + cell->agent; pinned.count(name) == 0)
      pinned[name] = pinner.agent(cell->agent);
  auto const* const judge = judge_model(from);
  if (judge != nullptr && need_judge_model(plan.cells))
    pinned["judge"] = pinner.user_of_model("judge", *judge);
  auto const* const user = user_model(from);
  if (user != nullptr && need_user_model(plan.cells))
    pinned["simulated_user"] = pinner.user_of_model("simulated_user", *user);
  pinned["run"] = pinner.run();
  return pinned;
}

}  // namespace parley
