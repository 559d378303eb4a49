#include "adapters/cli/sync_project.hpp"

#include "adapters/cli/chosen_source.hpp"
#include "adapters/cli/configuration.hpp"
#include "adapters/cli/pulled_copy.hpp"
#include "adapters/cli/tell_problems.hpp"
#include "adapters/formats/digest.hpp"
#include "adapters/system/logging.hpp"
#include "reports/redaction.hpp"
#include "reports/safe_text.hpp"
#include "runner/amount_text.hpp"
#include "runner/registry/tag_grammar.hpp"

#include <algorithm>
#include <iostream>

namespace parley {
namespace {

// The flag or run.source, else registry.url, else where the lock came from.
outcome<registry_address> address_of(settings const& configuration, version_lock const& lock) {
  if (auto const& source = configuration.run.source; source && is_registry_url(*source))
    return parse_registry_url(*source);
  if (!configuration.registry.url.empty()) return parse_registry_url(configuration.registry.url);
  if (!lock.source.empty()) return parse_registry_url(lock.source);
  return failure(failure_code::invalid_input,
                 "which registry? give --source http://HOST/ORGANIZATION, or registry.url in parley.yaml");
}

remote_state state_of(remote_scenario const& there) {
  auto const& told = there.told;
  return {told.name,    told.id.value,         told.latest().number, lock_digest(told),
          there.author, told.lead.has_value(), there.deleted};
}

remote_state state_of(remote_persona const& there) {
  auto const& teller = there.teller;
  return {teller.name,  teller.id.value, teller.latest().number, teller.latest().digest,
          there.author, false,           there.deleted};
}

void split(sync_project& project) {
  for (auto const& file : project.files)
    (file.is_scenario() ? project.scenarios : project.personas).files.push_back(&file);
  for (auto const& there : project.catalog.scenarios) project.scenarios.registry.push_back(state_of(there));
  for (auto const& there : project.catalog.personas) project.personas.registry.push_back(state_of(there));
}

void print_side(sync_side const& side, redaction const& mask) {
  for (auto const& item : side.plan) {
    std::string step = to_text(item);
    step.resize(std::max<std::size_t>(step.size() + 2, 16), ' ');
    auto const& name = item.local ? side.files[*item.local]->name() : side.registry[*item.remote].name;
    std::string line = step + side.word + " " + name;
    if (!item.note.empty()) line += ": " + item.note;
    std::cout << safe_line(mask(line)) << '\n';
  }
}

std::size_t count(sync_project const& project, sync_step step) {
  auto const of = [&](sync_side const& side) {
    return std::count_if(side.plan.begin(), side.plan.end(),
                         [&](auto const& item) { return item.step == step; });
  };
  return static_cast<std::size_t>(of(project.scenarios) + of(project.personas));
}

}  // namespace

sync_project load_sync_project(sync_options const& options, bool pulling, input_problems& problems) {
  sync_project project;
  configuration_request wanted;
  wanted.options = options.configuration;
  wanted.variables = environment::of_process();
  project.configuration = load_configuration(wanted, problems);
  start_logging(log_level_of(options.presentation.verbose, options.presentation.quiet),
                redaction(project.configuration.secrets));
  report_unset_variables(project.configuration, {"registry"}, problems);
  if (problems.has_errors()) return project;
  project.root = inputs_root(project.configuration);
  auto lock = read_lock_or_empty(project.configuration.project_root);
  if (lock.has_error()) {
    problems.error({}, lock.error().detail);
    return project;
  }
  project.lock = *std::move(lock);
  auto const where = address_of(project.configuration, project.lock);
  if (where.has_error()) problems.error({"--source", 0, 0, {}}, where.error().detail);
  project.files = read_local_objects(project.root, problems);
  if (problems.has_errors()) return project;
  project.client = std::make_unique<registry_client>(*where, credentials_for(project.configuration, *where),
                                                     registry_client_settings_of(project.configuration));
  catalog_request request;
  request.deleted_too = !pulling;
  request.unit_tests = pulling;
  auto catalog = read_catalog(*project.client, request, problems);
  if (catalog.has_error()) {
    problems.error({"--source", 0, 0, {}}, catalog.error().detail);
    return project;
  }
  project.catalog = *std::move(catalog);
  split(project);
  return project;
}

std::vector<local_state> states_of(std::vector<local_object const*> const& files) {
  std::vector<local_state> states;
  states.reserve(files.size());
  for (auto const* const file : files)
    states.push_back({file->name(), file->id, lock_digest(*file), file->dialect == input_dialect::eqho});
  return states;
}

void print_plan(sync_project const& project) {
  redaction const mask(project.configuration.secrets);
  print_side(project.scenarios, mask);
  print_side(project.personas, mask);
  std::cout << std::flush;
}

std::string counts_text(sync_project const& project) {
  std::string text;
  auto const add = [&](std::size_t number, std::string const& what) {
    if (number > 0) text += (text.empty() ? "" : ", ") + what;
  };
  auto const created = count(project, sync_step::create);
  auto const versions = count(project, sync_step::new_version);
  auto const conflicts = count(project, sync_step::conflict);
  auto const unchanged = count(project, sync_step::unchanged);
  add(created, std::to_string(created) + " created");
  add(versions, counted(versions, "new version"));
  add(unchanged, std::to_string(unchanged) + " unchanged");
  add(conflicts, counted(conflicts, "conflict"));
  return text.empty() ? "nothing there" : text;
}

void tell_trouble(sync_project const& project, std::string const& what) {
  redaction const mask(project.configuration.secrets);
  std::cerr << "parley: error: " << safe_line(mask(what)) << std::endl;
}

int exit_with(sync_project const& project, failure const& why) {
  tell_trouble(project, why.detail);
  return 4;
}

}  // namespace parley
