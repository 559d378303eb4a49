#include "reports/run_plan_json.hpp"

#include "reports/pinned_inputs_json.hpp"
#include "reports/redaction.hpp"
#include "reports/stored_form.hpp"
#include "runner/inputs/scenario_json.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <tuple>
#include <vector>

namespace parley {
namespace {

using nlohmann::json;

// ------------------------------------------------------------------------------------------------ writing

json rule_form(pass_rule const& rule) {
  switch (rule.which) {
    case pass_rule::kind::all:
      return {{"kind", "all"}};
    case pass_rule::kind::any:
      return {{"kind", "any"}};
    case pass_rule::kind::count:
      return {{"kind", "count"}, {"needed", rule.needed}, {"of", rule.of}};
    case pass_rule::kind::rate:
      return {{"kind", "rate"}, {"rate", rule.rate}};
  }
  return nullptr;
}

json limits_form(conversation_limits const& limits) {
  json form{{"max_interactions", limits.max_interactions},
            {"max_errors", limits.max_errors},
            {"turn_timeout_ms", limits.turn_timeout.count()},
            {"timeout_ms", limits.timeout.count()}};
  if (limits.max_steps) form["max_steps"] = *limits.max_steps;
  return form;
}

// Gives equal values one number, in the order in which they first appear.
class numbered_values {
 public:
  std::size_t number_of(std::string const& key, auto make) {
    auto const [at, added] = numbers_.try_emplace(key, values_.size());
    if (added) values_.push_back(make());
    return at->second;
  }
  json take() { return std::move(values_); }

 private:
  std::map<std::string, std::size_t> numbers_;
  json::array_t values_;
};

class plan_writer {
 public:
  explicit plan_writer(redaction const& mask) : mask_(mask) {}

  json form_of(run_plan const& plan) {
    json cells = json::array();
    for (auto const& planned : plan.cells) {
      json form = cell_form(*planned);
      if (planned->place.value_or(cells.size()) != cells.size()) form["place"] = *planned->place;
      cells.push_back(std::move(form));
    }
    return {{"format", run_plan_format},      {"id", plan.id.value},          {"seed", plan.seed},
            {"scenarios", scenarios_.take()}, {"personas", personas_.take()}, {"criteria", criteria_.take()},
            {"cells", std::move(cells)}};
  }

 private:
  std::size_t persona_number(persona const& used) {
    return personas_.number_of(pinned_key(used), [&] { return persona_form(used, mask_); });
  }

  std::size_t scenario_number(scenario const& used) {
    return scenarios_.number_of(pinned_key(used), [&] {
      auto form = scenario_form(used, mask_);
      if (used.lead) form["lead"] = persona_number(*used.lead);
      return form;
    });
  }

  std::size_t criteria_number(criteria const& success) {
    auto form = mask_(json_value(to_json(success)));
    return criteria_.number_of(form.dump(), [&] { return form.get(); });
  }

  json cell_form(cell const& planned) {
    json form{{"id", planned.id.value},
              {"set", planned.set},
              {"scenario", scenario_number(*planned.scenario_used)},
              {"persona", persona_number(*planned.persona_used)},
              {"agent", planned.agent},
              {"limits", limits_form(planned.limits)},
              {"pass_rule", rule_form(planned.rule)},
              {"trials", planned.trials},
              {"criteria", criteria_number(planned.success)},
              {"where", position_form(planned.where)}};
    if (!planned.name.empty()) form["name"] = planned.name;
    if (!planned.description.empty()) form["description"] = mask_(planned.description);
    if (!planned.tags.empty()) form["tags"] = mask_(json_value(to_json(planned.tags))).get();
    if (planned.first_trial != 1) form["first_trial"] = planned.first_trial;
    if (planned.until_decided) form["until_decided"] = true;
    if (planned.skip) form["skip"] = mask_(*planned.skip);
    if (planned.quarantine) form["quarantine"] = mask_(*planned.quarantine);
    return form;
  }

  redaction const& mask_;
  numbered_values scenarios_;
  numbered_values personas_;
  numbered_values criteria_;
};

// ------------------------------------------------------------------------------------------------ reading

pass_rule rule_from(json const& form) {
  pass_rule rule;
  auto const kind = form.at("kind").get<std::string>();
  if (kind == "any") rule.which = pass_rule::kind::any;
  if (kind == "count") rule.which = pass_rule::kind::count;
  if (kind == "rate") rule.which = pass_rule::kind::rate;
  rule.needed = form.value("needed", 0);
  rule.of = form.value("of", 0);
  rule.rate = form.value("rate", 0.0);
  return rule;
}

conversation_limits limits_from(json const& form) {
  conversation_limits limits;
  limits.max_interactions = form.at("max_interactions").get<int>();
  limits.max_errors = form.at("max_errors").get<int>();
  limits.turn_timeout = std::chrono::milliseconds(form.at("turn_timeout_ms").get<std::int64_t>());
  limits.timeout = std::chrono::milliseconds(form.at("timeout_ms").get<std::int64_t>());
  if (auto const steps = form.find("max_steps"); steps != form.end()) limits.max_steps = steps->get<int>();
  return limits;
}

struct pinned_tables {
  std::vector<std::shared_ptr<persona const>> personas;
  std::vector<std::shared_ptr<scenario const>> scenarios;
  std::vector<criteria> success;
};

pinned_tables tables_from(json const& form) {
  pinned_tables tables;
  for (auto const& one : form.at("personas"))
    tables.personas.push_back(std::make_shared<persona const>(persona_from(one)));
  for (auto const& one : form.at("scenarios")) {
    auto read = scenario_from(one);
    if (auto const lead = one.find("lead"); lead != one.end())
      read.lead = *tables.personas.at(lead->get<std::size_t>());
    tables.scenarios.push_back(std::make_shared<scenario const>(std::move(read)));
  }
  for (auto const& one : form.at("criteria")) tables.success.push_back(criteria_from_json(one));
  return tables;
}

std::optional<std::string> optional_text(json const& form, char const* key) {
  auto const& value = member_or_null(form, key);
  return value.is_null() ? std::nullopt : std::optional(value.get<std::string>());
}

std::shared_ptr<cell const> cell_from(json const& form, pinned_tables const& tables, std::size_t number) {
  auto read = std::make_shared<cell>();
  read->id = cell_id(form.at("id").get<std::string>());
  read->set = form.at("set").get<std::string>();
  read->name = text_or_empty(form, "name");
  read->description = text_or_empty(form, "description");
  read->scenario_used = tables.scenarios.at(form.at("scenario").get<std::size_t>());
  read->persona_used = tables.personas.at(form.at("persona").get<std::size_t>());
  read->agent = text_or_empty(form, "agent");
  if (auto const& tags = member_or_null(form, "tags"); !tags.is_null()) read->tags = tags_from_json(tags);
  read->limits = limits_from(form.at("limits"));
  read->rule = rule_from(form.at("pass_rule"));
  read->trials = form.at("trials").get<int>();
  read->first_trial = form.value("first_trial", 1);
  read->until_decided = flag_or(form, "until_decided", false);
  read->success = tables.success.at(form.at("criteria").get<std::size_t>());
  read->skip = optional_text(form, "skip");
  read->quarantine = optional_text(form, "quarantine");
  read->where = position_from(member_or_null(form, "where"));
  read->place = form.value("place", number);
  return read;
}

run_plan plan_from(json const& form) {
  require_format(form, run_plan_format);
  run_plan plan;
  plan.id = run_id(form.at("id").get<std::string>());
  plan.seed = unsigned_or(form, "seed", 1);
  auto const tables = tables_from(form);
  for (auto const& one : form.at("cells")) plan.cells.push_back(cell_from(one, tables, plan.cells.size()));
  return plan;
}

}  // namespace

void append_run_plan(std::string& out, run_plan const& plan, redaction const& mask) {
  out += json_value(plan_writer(mask).form_of(plan)).dump();
}

outcome<run_plan> read_run_plan(json const& form) {
  return read_stored("run plan", [&] { return plan_from(form); });
}

}  // namespace parley
