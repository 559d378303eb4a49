#include "adapters/cli/push_command.hpp"

#include "adapters/cli/pulled_copy.hpp"
#include "adapters/cli/push_planned.hpp"
#include "adapters/cli/sync_project.hpp"
#include "adapters/cli/tell_problems.hpp"
#include "adapters/system/logging.hpp"
#include "runner/amount_text.hpp"
#include "runner/registry/tag_grammar.hpp"

#include <iostream>

namespace parley {
namespace {

bool is_document(local_object const& file) {
  return file.dialect == input_dialect::eqho;
}

void check_tags(local_object const& file, input_problems& problems) {
  auto const tell = [&](std::string const& what, std::string const& remedy) {
    problems.error({file.shown, 0, 0, {}}, "'" + file.name() + "': " + what, remedy);
  };
  if (file.tags().size() > max_tags) tell("more than 20 tags", "a registry keeps at most 20");
  for (auto const& [key, value] : file.tags())
    if (!is_tag_text(key) || (value && !is_tag_text(*value)))
      tell("the tag '" + key + (value ? ":" + *value : "") + "' cannot be kept in a registry",
           "use letters, digits, underscores and white space");
}

// What cannot go to this registry at all. An Eqho API knows documents only: other files stay here.
void check_files(sync_project& project, input_problems& problems) {
  auto const& client = *project.client;
  auto& told = project.scenarios.files;
  if (client.where().documents_only()) {
    auto const before = project.files.size();
    std::erase_if(told, [](auto const* file) { return !is_document(*file); });
    project.personas.files.clear();
    if (before > told.size())
      log_warning(counted(before - told.size(), "file") +
                  " of other dialects stay here: " + client.where().url + " is an Eqho API");
  }
  for (auto const* const file : told) {
    check_tags(*file, problems);
    if (is_document(*file) && !client.where().documents_only() && client.who().api_key.empty() &&
        client.where().organization != "local")
      problems.error({file->shown, 0, 0, {}},
                     "without sign-in an Eqho document goes to the organization 'local'",
                     "push to " + client.where().base + "/local, or give an API key");
  }
  for (auto const* const file : project.personas.files) check_tags(*file, problems);
}

// What happens to tags is said beside the version.
void note_tags(sync_side& side, std::vector<tag_map const*> const& there) {
  for (auto& item : side.plan) {
    if (!item.remote || item.step == sync_step::conflict || item.step == sync_step::create) continue;
    auto const& file = *side.files[*item.local];
    if (!is_document(file) && file.tags() != *there[*item.remote]) item.note = "its tags change";
  }
}

void plan(sync_project& project, bool force) {
  sync_settings how;
  how.force = force;
  how.user = project.client->who().user_id;
  auto& told = project.scenarios;
  auto& tellers = project.personas;
  told.plan = plan_push(states_of(told.files), told.registry, project.lock.scenarios, how);
  tellers.plan = plan_push(states_of(tellers.files), tellers.registry, project.lock.personas, how);
  std::vector<tag_map const*> of_scenarios;
  for (auto const& each : project.catalog.scenarios) of_scenarios.push_back(&each.told.tags);
  std::vector<tag_map const*> of_personas;
  for (auto const& each : project.catalog.personas) of_personas.push_back(&each.teller.tags);
  note_tags(told, of_scenarios);
  note_tags(tellers, of_personas);
}

}  // namespace

int push_command(push_options const& options) {
  input_problems problems;
  auto project = load_sync_project(options, false, problems);
  if (!problems.has_errors()) check_files(project, problems);
  if (int const code = tell_problems(problems); code != 0) return code;
  plan(project, options.force);
  if (!options.presentation.quiet) print_plan(project);
  auto const& url = project.client->where().url;
  if (has_conflicts(project.scenarios.plan) || has_conflicts(project.personas.plan)) {
    std::cout << "nothing was pushed to " << url << ": " << counts_text(project) << std::endl;
    return 1;
  }
  if (options.dry_run) {
    std::cout << "would push to " << url << ": " << counts_text(project) << std::endl;
    return 0;
  }
  auto done = push_planned(project, options.force);
  done.lock.source = url;
  int const code = done.code;
  if (auto const written = write_lock_file(project.configuration.project_root, done.lock);
      written.has_error())
    return exit_with(project, written.error());
  std::cout << (code == 0 ? "pushed to " : "not everything was pushed to ") << url << ": "
            << counts_text(project) << std::endl;
  return code;
}

}  // namespace parley
