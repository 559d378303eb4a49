#include "adapters/cli/pull_command.hpp"

#include "adapters/cli/pulled_copy.hpp"
#include "adapters/cli/sync_project.hpp"
#include "adapters/cli/tell_problems.hpp"
#include "adapters/system/logging.hpp"

#include <iostream>

namespace parley {
namespace {

class puller {
 public:
  explicit puller(sync_project& project) : project_(project) {}

  int pull() {
    for (auto const& item : project_.scenarios.plan) {
      auto const& there = project_.catalog.scenarios[*item.remote].told;
      take(project_.scenarios, item, there, project_.lock.scenarios, lock_.scenarios);
    }
    for (auto const& item : project_.personas.plan) {
      auto const& there = project_.catalog.personas[*item.remote].teller;
      take(project_.personas, item, there, project_.lock.personas, lock_.personas);
    }
    return code_;
  }

  version_lock take_lock() { return std::move(lock_); }

 private:
  void take(sync_side const& side, sync_item const& item, std::variant<scenario, persona> there,
            std::vector<locked_object> const& before, std::vector<locked_object>& after) {
    remote_state const& state = side.registry[*item.remote];
    auto const* const file = item.local ? side.files[*item.local] : nullptr;
    outcome<void> written = boost::system::in_place_value;
    if (item.step == sync_step::create) {
      if (auto const made = write_new_object(project_.root, there); made.has_error()) written = made.error();
    } else if (item.step == sync_step::new_version) {
      written = replace_object(*file, there);
    }
    bool const kept = item.step == sync_step::conflict || written.has_error();
    if (written.has_error()) {
      tell_trouble(project_, written.error().detail);
      code_ = 4;
    }
    auto const* const known = find_locked(before, state.id);
    if (kept && known != nullptr) after.push_back(*known);
    if (!kept) after.push_back({state.name, state.id, state.version, state.digest});
  }

  sync_project& project_;
  version_lock lock_;
  int code_ = 0;
};

// Files of objects that somebody deleted in the registry stay: they are the last copy.
void tell_gone(sync_side const& side, std::vector<locked_object> const& locked) {
  for (auto const& entry : locked) {
    bool there = false;
    for (auto const& state : side.registry) there = there || state.id == entry.id;
    if (!there) log_warning(side.word + " '" + entry.name + "' is no longer in the registry; its file stays");
  }
}

}  // namespace

int pull_command(pull_options const& options) {
  input_problems problems;
  auto project = load_sync_project(options, true, problems);
  if (int const code = tell_problems(problems); code != 0) return code;
  sync_settings how;
  how.force = options.force;
  auto& told = project.scenarios;
  auto& tellers = project.personas;
  told.plan = plan_pull(states_of(told.files), told.registry, project.lock.scenarios, how);
  tellers.plan = plan_pull(states_of(tellers.files), tellers.registry, project.lock.personas, how);
  if (!options.presentation.quiet) print_plan(project);
  auto const& url = project.client->where().url;
  bool const conflicts = has_conflicts(told.plan) || has_conflicts(tellers.plan);
  if (options.dry_run) {
    std::cout << "would pull from " << url << ": " << counts_text(project) << std::endl;
    return conflicts ? 1 : 0;
  }
  if (project.lock.source == url) {
    tell_gone(told, project.lock.scenarios);
    tell_gone(tellers, project.lock.personas);
  }
  puller work(project);
  int code = work.pull();
  auto lock = work.take_lock();
  lock.source = url;
  auto const& root = project.configuration.project_root;
  if (auto const written = write_lock_file(root, lock); written.has_error())
    return exit_with(project, written.error());
  if (auto const kept = keep_pulled_tests(root, url, project.catalog); kept.has_error())
    return exit_with(project, kept.error());
  if (conflicts && code == 0) code = 1;
  std::cout << (conflicts ? "pulled, but for the conflicts, from " : "pulled from ") << url << ": "
            << counts_text(project) << std::endl;
  return code;
}

}  // namespace parley
