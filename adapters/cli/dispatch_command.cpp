#include "adapters/cli/dispatch_command.hpp"

#include "adapters/cli/account_command.hpp"
#include "adapters/cli/baseline_command.hpp"
#include "adapters/cli/calibrate_command.hpp"
#include "adapters/cli/chat_command.hpp"
#include "adapters/cli/compare_command.hpp"
#include "adapters/cli/completions_command.hpp"
#include "adapters/cli/config_show_command.hpp"
#include "adapters/cli/evaluate_command.hpp"
#include "adapters/cli/init_command.hpp"
#include "adapters/cli/list_command.hpp"
#include "adapters/cli/merge_command.hpp"
#include "adapters/cli/pull_command.hpp"
#include "adapters/cli/push_command.hpp"
#include "adapters/cli/replay_command.hpp"
#include "adapters/cli/report_command.hpp"
#include "adapters/cli/run_command.hpp"
#include "adapters/cli/runs_command.hpp"
#include "adapters/cli/schema_command.hpp"
#include "adapters/cli/serve_command.hpp"
#include "adapters/cli/show_command.hpp"
#include "adapters/cli/validate_command.hpp"
#include "adapters/cli/watch_command.hpp"

namespace parley {
namespace {

struct performer {
  int operator()(run_options const& options) const {
    return options.watch ? watch_command(options) : run_command(options);
  }
  int operator()(list_options const& options) const { return list_command(options); }
  int operator()(validate_options const& options) const { return validate_command(options); }
  int operator()(evaluate_options const& options) const { return evaluate_command(options); }
  int operator()(render_options const& options) const { return report_command(options); }
  int operator()(merge_options const& options) const { return merge_command(options); }
  int operator()(compare_options const& options) const { return compare_command(options); }
  int operator()(baseline_update_options const& options) const { return baseline_update_command(options); }
  int operator()(baseline_show_options const& options) const { return baseline_show_command(options); }
  int operator()(calibrate_options const& options) const { return calibrate_command(options); }
  int operator()(show_options const& options) const { return show_command(options); }
  int operator()(chat_options const& options) const { return chat_command(options); }
  int operator()(push_options const& options) const { return push_command(options); }
  int operator()(pull_options const& options) const { return pull_command(options); }
  int operator()(replay_options const& options) const { return replay_command(options); }
  int operator()(runs_list_options const& options) const { return runs_list_command(options); }
  int operator()(runs_prune_options const& options) const { return runs_prune_command(options); }
  int operator()(runs_export_options const& options) const { return runs_export_command(options); }
  int operator()(init_options const& options) const { return init_command(options); }
  int operator()(config_show_options const& options) const { return config_show_command(options); }
  int operator()(schema_options const& options) const { return schema_command(options); }
  int operator()(completions_options const& options) const { return completions_command(options); }
  int operator()(serve_options const& options) const { return serve_command(options); }
  int operator()(account_options const& options) const { return account_command(options); }
};

}  // namespace

int dispatch_command(command const& what) {
  return std::visit(performer{}, what);
}

}  // namespace parley
