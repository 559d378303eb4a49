#include "adapters/cli/load_project.hpp"

#include "adapters/agents/agent_factory.hpp"
#include "adapters/cli/chosen_models.hpp"
#include "adapters/cli/chosen_source.hpp"
#include "adapters/cli/configuration.hpp"
#include "adapters/cli/expansion_request.hpp"
#include "adapters/cli/last_run.hpp"
#include "adapters/cli/positional_paths.hpp"
#include "adapters/cli/report_files.hpp"
#include "adapters/cli/secret_values.hpp"
#include "adapters/language_models/model_factory.hpp"
#include "adapters/system/logging.hpp"
#include "reports/redaction.hpp"
#include "runner/evaluation/evaluate_transcript.hpp"
#include "runner/inputs/check_selected.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace parley {
namespace {

using purpose = project_request::purpose;
using cell_list = std::vector<std::shared_ptr<cell const>>;

settings load_settings(project_request const& request, input_problems& problems) {
  configuration_request wanted;
  wanted.options = request.configuration;
  wanted.reports = request.reports;
  wanted.variables = request.variables;
  return load_configuration(wanted, problems);
}

void add_secrets(persona const& of, std::set<std::string>& into) {
  for (auto const& version : of.versions) add_secret_leaves(version.sensitive_user_variables, into);
}

// Those of a registry's unit tests are theirs, whatever this project calls by the same name.
void declare_metrics(std::vector<metric_settings> from_registry, std::vector<metric_settings>& into) {
  for (auto& metric : from_registry) {
    std::erase_if(into, [&](auto const& own) { return own.name == metric.name; });
    into.push_back(std::move(metric));
  }
}

loaded_project load(project_request const& request, std::vector<positional_path> const& paths,
                    input_problems& problems) {
  loaded_project project;
  project.configuration = load_settings(request, problems);
  auto const root = inputs_root(project.configuration);
  auto chosen = load_chosen_source(project.configuration, paths_to_read(paths, root), problems);
  project.inputs = std::move(chosen.inputs);
  project.breaches = std::move(chosen.breaches);
  declare_metrics(std::move(chosen.metrics), project.configuration.metrics);
  project.secrets = secrets_of(project.configuration, project.inputs);
  start_logging(log_level_of(request.presentation.verbose, request.presentation.quiet),
                redaction(project.secrets));
  return project;
}

selection wanted_cells(project_request const& request, std::vector<positional_path> const& paths,
                       loaded_project const& project, input_problems& problems) {
  auto const& run = project.configuration.run;
  selection wanted;
  check_lines(paths, problems);
  wanted.positionals = as_positionals(paths, project.inputs);
  wanted.expression = request.selection.expression;
  wanted.tags = run.tag;
  wanted.scenario_globs = run.scenario;
  wanted.persona_globs = request.selection.personas;
  wanted.cover_pairs = request.selection.cover_pairs;
  if (run.shard) wanted.part = shard{run.shard->index, run.shard->count};
  apply_last_run(request.selection, project.configuration, wanted, problems);
  return wanted;
}

// What a scenario cannot have from an agent is read off the mapping's keys.
checked_agent facts_about(agent_settings const& agent) {
  checked_agent facts;
  facts.name = agent.name;
  facts.takes_history = agent.type != "amigo";
  if (agent.type != "http" || agent.requests.is_null()) return facts;
  auto const has = [&](char const* request) { return mapping_has(agent, request); };
  facts.takes_events = has("event");
  facts.takes_skip = has("skip") || has("open");
  facts.takes_history = agent.requests.dump().find("{{history}}") != std::string::npos;
  return facts;
}

check_facts needs_of(project_request const& request, loaded_project const& project) {
  auto const& configuration = project.configuration;
  bool const validating = request.why == purpose::validate;
  check_facts facts;
  facts.has_user_model = user_model(configuration) != nullptr;
  facts.has_judge = judge_model(configuration) != nullptr;
  for (auto const& [name, agent] : configuration.agents) facts.agents.push_back(facts_about(agent));
  facts.no_judge = configuration.run.no_judge;
  facts.missing_are_warnings = validating;
  facts.needs_agents = is_known_agent(configuration, configuration.run.agent);
  facts.metrics.emplace();
  for (auto const& metric : configuration.metrics) facts.metrics->push_back(metric.name);
  return facts;
}

// Also cells of scenarios that no unit test mentions.
cell_list cells_to_validate(project_request const& request, loaded_project const& project) {
  if (!request.selection.positionals.empty()) return project.selected.cells;
  cell_list cells;
  for (auto const& planned : project.all.cells) cells.push_back(planned.unit);
  return cells;
}

// Agents are not needed, but one that is named must exist, as long as some are declared.
void check_for_validate(project_request const& request, loaded_project const& project,
                        input_problems& problems) {
  auto facts = needs_of(request, project);
  cell_list with_agent;
  cell_list without_agent;
  for (auto const& unit : cells_to_validate(request, project))
    (unit->agent.empty() ? without_agent : with_agent).push_back(unit);
  facts.needs_agents = facts.needs_agents && !facts.agents.empty();
  check_selected(with_agent, facts, problems);
  facts.needs_agents = false;
  check_selected(without_agent, facts, problems);
}

// Scenarios nobody has been found for yet are no mistake in a file: a run can still name a persona.
void tell_missing_personas_as_warnings(expansion& all, input_problems& problems) {
  for (auto& planned : all.cells) {
    if (!planned.unit->persona_used->name.empty()) continue;
    for (auto const& problem : planned.problems)
      problems.warning(problem.where, problem.what, problem.remedy);
    planned.problems.clear();
  }
}

// Where a tests file could not be read, nobody knows which scenarios it mentions.
void forget_missing_personas(expansion& all) {
  for (auto& planned : all.cells)
    if (planned.unit->persona_used->name.empty()) planned.problems.clear();
}

// Bad patterns and schemas are load-time errors too.
void check_criteria(cell_list const& cells, settings const& configuration, input_problems& problems) {
  for (auto const& unit : cells) compiled_criteria(unit->success, configuration.run.matching, problems);
}

// What is broken or lacks a variable is told about that and about nothing else.
bool is_told_of(settings const& configuration, std::string const& section) {
  if (configuration.broken.contains(section)) return true;
  return std::any_of(configuration.unset.begin(), configuration.unset.end(),
                     [&](auto const& unset) { return unset.path.starts_with(section + "."); });
}

// Run looks at the agents it will speak to, validate at all.
void check_agents(project_request const& request, loaded_project const& project, input_problems& problems) {
  auto const& configuration = project.configuration;
  std::set<std::string> used;
  for (auto const& unit : project.selected.cells)
    if (!unit->skip) used.insert(unit->agent);
  for (auto const& [name, agent] : configuration.agents) {
    if (is_told_of(configuration, "agents." + name) || (request.why == purpose::run && used.count(name) == 0))
      continue;
    check_agent(agent, problems);
  }
}

bool replays(project_request const& request, cassette_party party) {
  return request.cassette.which == cassette_choice::mode::replay &&
         !request.cassette.rerecord.contains(party);
}

// The models that the selected cells will be spoken to by, or judged by, over the network.
std::set<model_settings const*> models_in_use(project_request const& request, loaded_project const& project) {
  auto const& configuration = project.configuration;
  std::set<model_settings const*> used;
  if (need_user_model(project.selected.cells) && !replays(request, cassette_party::user))
    used.insert(user_model(configuration));
  bool const judges = need_judge_model(project.selected.cells) && !configuration.run.no_judge;
  if (judges && !replays(request, cassette_party::judge)) used.insert(judge_model(configuration));
  used.erase(nullptr);
  return used;
}

void check_models(project_request const& request, loaded_project const& project, input_problems& problems) {
  auto const used = models_in_use(request, project);
  for (auto const& [name, model] : project.configuration.models) {
    if (is_told_of(project.configuration, "models." + name)) continue;
    if (request.why == purpose::validate || used.contains(&model)) check_model(model, problems);
  }
}

// Better now than after hours of conversations.
void check_report_paths(settings const& configuration, input_problems& problems) {
  std::map<std::string, std::string> types;
  for (auto const& report : configuration.reports) {
    if (report.path.empty()) continue;
    if (auto const why = obstacle_to_report(report.path); !why.empty())
      problems.error(report.where, "the report " + report.path + " cannot be written: " + why,
                     "name another path");
    auto const [other, added] = types.emplace(report.path, report.type);
    if (!added && !report.path.starts_with("/dev/"))
      problems.error(
          report.where,
          "the reports " + other->second + " and " + report.type + " would both be written to " + report.path,
          "give each a path of its own");
  }
}

// `already_wrong`: what could not be read whole gives rise to warnings that are beside the point.
void check_needs(project_request const& request, loaded_project const& project, bool already_wrong,
                 input_problems& problems) {
  if (request.why == purpose::list) return;  // says what there is, whether it could run or not
  if (request.why == purpose::run) check_report_paths(project.configuration, problems);
  input_problems found;
  if (!replays(request, cassette_party::agent)) check_agents(request, project, found);
  check_models(request, project, found);
  check_criteria(request.why == purpose::run ? project.selected.cells : cells_to_validate(request, project),
                 project.configuration, found);
  if (request.why == purpose::run)
    check_selected(project.selected.cells, needs_of(request, project), found);
  else
    check_for_validate(request, project, found);
  for (auto const& problem : found.sorted()) {
    if (problem.severity == input_problem::severity_level::error)
      problems.error(problem.where, problem.what, problem.remedy);
    else if (!already_wrong)
      problems.warning(problem.where, problem.what, problem.remedy);
  }
}

std::vector<std::string> needed_paths(project_request const& request, loaded_project const& project) {
  if (request.why == purpose::validate) return {};
  std::vector<std::string> paths{"run", "secrets"};
  if (request.why != purpose::run) return paths;
  paths.insert(paths.end(), {"reports", "quarantine", "metrics"});
  if (!replays(request, cassette_party::agent))
    for (auto const& unit : project.selected.cells)
      if (!unit->skip) paths.push_back("agents." + unit->agent);
  for (auto const* const model : models_in_use(request, project)) paths.push_back("models." + model->name);
  return paths;
}

}  // namespace

std::vector<std::string> secrets_of(settings const& configuration, project_inputs const& inputs) {
  std::set<std::string> values(configuration.secrets.begin(), configuration.secrets.end());
  for (auto const& one : inputs.personas) add_secrets(one, values);
  for (auto const& one : inputs.scenarios)
    if (one.lead) add_secrets(*one.lead, values);
  return redacted_secrets(values);
}

project_request for_run(run_options const& options) {
  project_request request;
  request.why = purpose::run;
  request.configuration = options.configuration;
  request.selection = options.selection;
  request.presentation = options.presentation;
  request.reports = options.reports;
  request.cassette = options.cassette;
  return request;
}

project_request for_list(list_options const& options) {
  project_request request;
  request.why = purpose::list;
  request.configuration = options.configuration;
  request.selection = options.selection;
  request.presentation = options.presentation;
  return request;
}

project_request for_validate(validate_options const& options) {
  project_request request;
  request.why = purpose::validate;
  request.configuration = options.configuration;
  request.presentation = options.presentation;
  request.selection.positionals = options.paths;
  return request;
}

loaded_project load_inputs(project_request const& request, input_problems& problems) {
  return load(request, find_paths(request.selection.positionals), problems);
}

loaded_project load_project(project_request const& request, input_problems& problems) {
  auto const paths = find_paths(request.selection.positionals);
  auto project = load(request, paths, problems);
  bool const already_wrong = problems.has_errors();
  auto const expanding = expansion_request(project.configuration, request);
  project.all = expand_tests(project.inputs, expanding, problems);
  if (already_wrong) forget_missing_personas(project.all);
  if (request.why == purpose::validate) tell_missing_personas_as_warnings(project.all, problems);
  auto const wanted = wanted_cells(request, paths, project, problems);
  project.selected = select_cells(project.all, wanted, problems);
  check_quarantine(project, request, problems);
  report_breaches(project.breaches, project.selected.cells, problems);
  check_needs(request, project, already_wrong, problems);
  report_unset_variables(project.configuration, needed_paths(request, project), problems);
  return project;
}

void select_pinned(loaded_project& project, cell_list const& pinned, project_request const& request,
                   input_problems& problems) {
  bool const already_wrong = problems.has_errors();
  auto const expanding = expansion_request(project.configuration, request);
  project.all = expand_tests(project.inputs, expanding, problems);
  project.selected.cells = pinned;
  check_needs(request, project, already_wrong, problems);
  report_unset_variables(project.configuration, needed_paths(request, project), problems);
}

}  // namespace parley
