#include "reports/restore_secrets.hpp"

#include "reports/redaction.hpp"
#include "runner/inputs/scenario_json.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <string>

namespace parley {
namespace {

using nlohmann::json;

json content_of(scenario const& one) {
  return to_json(one.latest());
}

json content_of(persona const& one) {
  auto version = one.latest();
  version.sensitive_user_variables = {};
  return to_json(version);
}

bool may_hold_a_mask(json const& content) {
  return content.dump(-1, ' ', false, json::error_handler_t::replace).find("***") != std::string::npos;
}

// The latest version of the one of that name, and nothing older.
template <class Input>
std::optional<Input> named(std::string const& name, std::vector<Input> const& among) {
  for (Input const& one : among) {
    if (one.name != name || one.versions.empty()) continue;
    Input trimmed = one;
    trimmed.versions = {one.latest()};
    return trimmed;
  }
  return std::nullopt;
}

class secret_restorer {
 public:
  secret_restorer(project_inputs const& inputs, std::vector<std::shared_ptr<cell const>> const& cells,
                  redaction const& mask)
      : inputs_(inputs), mask_(mask) {
    for (auto const& one : cells) cells_[one->id.value] = one;
  }

  std::shared_ptr<cell const> restored(cell const& stored) {
    auto made = std::make_shared<cell>(stored);
    made->scenario_used = restored(stored.scenario_used);
    made->persona_used = restored(stored.persona_used);
    auto const now = cells_.find(stored.id.value);
    made->success = restored(stored.success, now == cells_.end() ? nullptr : &now->second->success,
                             "the criteria of " + stored.id.value);
    return made;
  }

  std::optional<failure> const& changed() const { return changed_; }

 private:
  std::shared_ptr<scenario const> restored(std::shared_ptr<scenario const> const& stored) {
    auto& made = scenarios_[stored.get()];
    if (made) return made;
    auto one = restored(*stored, named(stored->name, inputs_.scenarios), "scenario '" + stored->name + "'");
    if (stored->lead) {
      auto const now = named(stored->name, inputs_.scenarios);
      one.lead = restored_persona(*stored->lead, now ? now->lead : std::nullopt);
    }
    return made = std::make_shared<scenario const>(std::move(one));
  }

  std::shared_ptr<persona const> restored(std::shared_ptr<persona const> const& stored) {
    auto& made = personas_[stored.get()];
    if (!made)
      made =
          std::make_shared<persona const>(restored_persona(*stored, named(stored->name, inputs_.personas)));
    return made;
  }

  persona restored_persona(persona const& stored, std::optional<persona> const& now) {
    auto one = restored(stored, now, "persona '" + stored.name + "'");
    if (now) one.versions.back().sensitive_user_variables = now->latest().sensitive_user_variables;
    return one;
  }

  template <class Input>
  Input restored(Input const& stored, std::optional<Input> const& now, std::string const& what) {
    Input made = stored;
    auto const& content = content_of(stored);
    if (now && is_masked_form(content, content_of(*now))) {
      auto const number = stored.latest().number;
      made.versions = now->versions;
      made.versions.back().number = number;
    } else {
      check_unmasked(content, what);
    }
    return made;
  }

  criteria restored(criteria const& stored, criteria const* now, std::string const& what) {
    auto const content = to_json(stored);
    if (now != nullptr && is_masked_form(content, to_json(*now))) return *now;
    check_unmasked(content, what);
    return stored;
  }

  bool is_masked_form(json const& stored, json const& now) const {
    return stored == mask_(json_value(now)).get();
  }

  void check_unmasked(json const& content, std::string const& what) {
    if (mask_.empty() || changed_ || !may_hold_a_mask(content)) return;
    changed_ = failure(failure_code::invalid_input,
                       what +
                           " held a secret, which no journal keeps, and has changed since the run began: "
                           "take the change back to resume, or start a new run");
  }

  project_inputs const& inputs_;
  redaction const& mask_;
  std::map<std::string, std::shared_ptr<cell const>> cells_;
  std::map<scenario const*, std::shared_ptr<scenario const>> scenarios_;
  std::map<persona const*, std::shared_ptr<persona const>> personas_;
  std::optional<failure> changed_;
};

}  // namespace

outcome<run_plan> restore_secrets(run_plan const& stored, project_inputs const& inputs,
                                  std::vector<std::shared_ptr<cell const>> const& cells,
                                  redaction const& mask) {
  secret_restorer restorer(inputs, cells, mask);
  run_plan plan = stored;
  for (auto& planned : plan.cells) planned = restorer.restored(*planned);
  if (restorer.changed()) return *restorer.changed();
  return plan;
}

}  // namespace parley
