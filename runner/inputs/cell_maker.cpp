#include "runner/inputs/cell_maker.hpp"

namespace parley {
namespace {

cell_id id_of(cell_parts const& parts) {
  std::string id = slug(parts.set) + "/" + slug(parts.told->name) + "@" + slug(parts.teller->name);
  if (!parts.name.empty() && parts.name != parts.told->name) id += "#" + slug(parts.name);
  return cell_id(std::move(id));
}

tag_map united_tags(cell_parts const& parts, unit_test_settings const& written) {
  tag_map all = written.tags;
  all.insert(parts.told->tags.begin(), parts.told->tags.end());
  all.insert(parts.teller->tags.begin(), parts.teller->tags.end());
  return all;
}

input_problem trials_conflict(source_position const& where, std::string const& trials,
                              pass_rule const& rule) {
  return {input_problem::severity_level::error, where,
          trials + " contradicts pass rule " + to_text(rule) + ", which already sets " +
              std::to_string(rule.of) + " trials",
          "leave the trials out, or set both with `--pass-rule K/N`"};
}

}  // namespace

cell_maker::cell_maker(expansion_settings const& settings) : settings_(settings) {
  for (auto const& agent : settings.agents) agents_.add(agent.name, agent.id);
  for (auto const& entry : settings.quarantine) quarantine_.emplace_back(glob(entry.cell), entry.reason);
}

planned_cell cell_maker::make(cell_parts parts, unit_test_settings const& written) const {
  planned_cell planned;
  auto made = std::make_shared<cell>();
  made->id = id_of(parts);
  made->set = std::move(parts.set);
  made->name = std::move(parts.name);
  made->description = written.description.value_or("");
  made->tags = united_tags(parts, written);
  made->success = united(parts.told->latest().evaluation, written.success);
  made->skip = written.skip;
  made->quarantine = quarantine_of(made->id);
  made->scenario_used = std::move(parts.told);
  made->persona_used = std::move(parts.teller);
  made->where = std::move(parts.where);
  made->agent = agent_of(written).value_or("");
  set_repetitions(*made, planned, written);
  set_limits(*made, written);
  planned.unit = std::move(made);
  return planned;
}

std::optional<std::string> cell_maker::agent_of(unit_test_settings const& written) const {
  for (auto const* wanted : {&settings_.forced_agent, &written.agent, &settings_.agent}) {
    if (!*wanted) continue;
    auto const found = agents_.find(**wanted);
    return found.size() == 1 ? agents_.names()[found.front()] : **wanted;
  }
  if (settings_.agents.size() == 1) return settings_.agents.front().name;
  return std::nullopt;
}

// A rule K/N says how many trials there are; a number given by the unit test or by flag must not contradict
// it.
void cell_maker::set_repetitions(cell& made, planned_cell& planned, unit_test_settings const& written) const {
  made.rule = settings_.forced_rule.value_or(written.rule.value_or(settings_.rule));
  made.trials = settings_.forced_trials.value_or(written.trials.value_or(settings_.trials));
  bool const fixed = made.rule.which == pass_rule::kind::count || settings_.forced_trials ||
                     (written.trials && !settings_.forced_until_decided);
  if (settings_.until_decided && !fixed) {
    made.trials = *settings_.until_decided;
    made.until_decided = made.trials > 1;
  }
  if (made.rule.which != pass_rule::kind::count) return;
  made.trials = made.rule.of;
  if (settings_.forced_trials && *settings_.forced_trials != made.rule.of) {
    auto const where = settings_.forced_rule ? source_position{} : made.where;
    planned.problems.push_back(
        trials_conflict(where, "--trials " + std::to_string(*settings_.forced_trials), made.rule));
  } else if (!settings_.forced_rule && !settings_.forced_trials && written.trials &&
             *written.trials != made.rule.of) {
    planned.problems.push_back(
        trials_conflict(made.where, "trials: " + std::to_string(*written.trials), made.rule));
  }
}

void cell_maker::set_limits(cell& made, unit_test_settings const& written) const {
  auto& limits = made.limits;
  limits.max_interactions = written.max_interactions.value_or(limits.max_interactions);
  limits.max_steps = written.max_steps;
  limits.max_errors = written.max_errors.value_or(limits.max_errors);
  limits.timeout = settings_.forced_timeout.value_or(written.timeout.value_or(settings_.timeout));
  limits.turn_timeout = settings_.turn_timeout;
  for (auto const& agent : settings_.agents)
    if (agent.name == made.agent) limits.turn_timeout = agent.turn_timeout.value_or(limits.turn_timeout);
  limits.turn_timeout =
      settings_.forced_turn_timeout.value_or(written.turn_timeout.value_or(limits.turn_timeout));
}

std::optional<std::string> cell_maker::quarantine_of(cell_id const& id) const {
  for (auto const& [pattern, reason] : quarantine_)
    if (pattern.matches(id.value)) return reason;
  return std::nullopt;
}

}  // namespace parley
