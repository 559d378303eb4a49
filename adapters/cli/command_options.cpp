#include "adapters/cli/command_options.hpp"

#include "adapters/cli/fill_options.hpp"

namespace parley {
namespace {

account_options account(account_options::subject what, account_options::verb does) {
  account_options options;
  options.what = what;
  options.does = does;
  return options;
}

command empty_command(command_kind kind) {
  using subject = account_options::subject;
  using verb = account_options::verb;
  switch (kind) {
    case command_kind::run:
      return run_options{};
    case command_kind::list:
      return list_options{};
    case command_kind::validate:
      return validate_options{};
    case command_kind::evaluate:
      return evaluate_options{};
    case command_kind::report:
      return render_options{};
    case command_kind::merge:
      return merge_options{};
    case command_kind::compare:
      return compare_options{};
    case command_kind::baseline_update:
      return baseline_update_options{};
    case command_kind::baseline_show:
      return baseline_show_options{};
    case command_kind::calibrate:
      return calibrate_options{};
    case command_kind::show:
      return show_options{};
    case command_kind::chat:
      return chat_options{};
    case command_kind::push:
      return push_options{};
    case command_kind::pull:
      return pull_options{};
    case command_kind::replay:
      return replay_options{};
    case command_kind::runs_list:
      return runs_list_options{};
    case command_kind::runs_prune:
      return runs_prune_options{};
    case command_kind::runs_export:
      return runs_export_options{};
    case command_kind::init:
      return init_options{};
    case command_kind::config_show:
      return config_show_options{};
    case command_kind::schema:
      return schema_options{};
    case command_kind::completions:
      return completions_options{};
    case command_kind::serve:
      return serve_options{};
    case command_kind::org_create:
      return account(subject::organization, verb::create);
    case command_kind::org_list:
      return account(subject::organization, verb::list);
    case command_kind::org_revoke:
      return account(subject::organization, verb::revoke);
    case command_kind::user_create:
      return account(subject::user, verb::create);
    case command_kind::user_list:
      return account(subject::user, verb::list);
    case command_kind::user_revoke:
      return account(subject::user, verb::revoke);
    case command_kind::key_create:
      return account(subject::key, verb::create);
    case command_kind::key_list:
      return account(subject::key, verb::list);
    case command_kind::key_revoke:
      return account(subject::key, verb::revoke);
  }
  return run_options{};
}

}  // namespace

std::string read_options(command_kind kind, parsed_flags const& flags, command& into) {
  into = empty_command(kind);
  return std::visit([&](auto& options) { return fill(flags, options); }, into);
}

}  // namespace parley
