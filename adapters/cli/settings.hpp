// Everything the configuration says, as one value: parley.yaml with its profile, PARLEY_RUN_* variables and
// flags put together, checked and with defaults filled in. Built by `configuration`, read by every command.
#pragma once

#include "adapters/agents/agent_settings.hpp"
#include "adapters/language_models/model_settings.hpp"
#include "adapters/system/environment.hpp"
#include "adapters/system/terminal.hpp"
#include "runner/evaluation/evaluate_transcript.hpp"
#include "runner/inputs/pass_rule.hpp"
#include "runner/inputs/source_position.hpp"
#include "runner/json_value.hpp"
#include "runner/run/retry_policy.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace parley {

enum class empty_selection { fail, warn, pass };  // --no-tests
enum class progress_choice { automatic, bar, lines, none };
enum class transcript_choice { never, on_failure, all };  // --show-transcript

struct shard_choice {
  int index = 1;  // from 1
  int count = 1;
};

// The keys of `run`: the long flags with `_`.
struct run_settings {
  std::optional<std::string> agent;  // `url` when agent_url is what counts
  std::optional<std::string> agent_url;
  std::optional<std::string> persona;  // of scenarios that no unit test mentions
  int jobs = 16;
  int trials = 1;
  bool trials_auto = false;  // as many as the verdict needs, at most max_trials
  int max_trials = 20;
  double alpha = 0.05;                  // how often nothing but chance may be called a regression
  double power = 0.8;                   // how often a regression that max_trials trials can show is found
  std::optional<std::string> baseline;  // a run or a baseline file; nullopt: the plain rule decides
  pass_rule rule;
  int retries = 1;
  retry_cause retry_on = retry_cause::error;
  bool fail_on_flaky = false;
  double max_error_rate = 0;
  std::optional<int> maxfail;
  std::chrono::milliseconds timeout{900'000};
  std::chrono::milliseconds turn_timeout{60'000};
  std::optional<std::chrono::milliseconds> global_timeout;
  std::optional<double> max_cost;  // in the currency of the models' prices
  std::chrono::milliseconds grace{5'000};
  std::optional<std::uint64_t> seed = 1;  // nullopt: random
  std::optional<std::string> language;    // three-letter code; nullopt: the agent's own
  std::string timezone = "UTC";
  action_matching matching = action_matching::exact;
  bool no_judge = false;
  empty_selection no_tests = empty_selection::fail;
  std::optional<std::string> source;      // folder of scenarios/, personas/, tests/, or a registry's URL;
                                          // nullopt: the project
  bool locked = false;                    // versions as parley.lock names them
  bool offline = false;                   // a registry's last pulled copy in place of the registry
  std::optional<std::string> output_dir;  // nullopt: .parley/runs/<id> below the project root
  color_choice color = color_choice::automatic;
  progress_choice progress = progress_choice::automatic;
  transcript_choice show_transcript = transcript_choice::on_failure;
  std::vector<std::string> tag;       // selection; AND
  std::vector<std::string> scenario;  // selection; globs, OR
  std::optional<shard_choice> shard;
};

// What a flag or PARLEY_RUN_* said: it wins over unit tests, which win over `run_settings`.
struct forced_settings {
  std::optional<std::string> agent;  // also `url` for --agent-url
  std::optional<int> trials;
  bool trials_auto = false;
  std::optional<pass_rule> rule;
  std::optional<std::chrono::milliseconds> timeout;
  std::optional<std::chrono::milliseconds> turn_timeout;
};

struct simulated_user_settings {
  std::optional<std::string> model;  // name of a model; the only one declared when absent
  std::optional<double> temperature;
  int max_invalid = 2;
  std::optional<std::chrono::milliseconds> timeout;  // of one line; nullopt: what the trial has left
  json_value written;
};

struct judge_settings {
  std::optional<std::string> model;
  int confirm_failures = 0;
  std::chrono::milliseconds timeout{60'000};  // of one question
  json_value written;
};

// Where `push` and `pull` go, and who asks. The variables PARLEY_API_KEY, PARLEY_API_KEY_ID and
// PARLEY_USER_ID go before the file.
struct registry_settings {
  std::string url;
  std::string api_key;
  std::string api_key_id;
  std::string user_id;
  bool key_of_file = false;  // the key stands in parley.yaml: it is for the host of `url` alone
};

struct report_settings {
  std::string type;              // a name of the report catalog
  std::string path;              // as the reader of the working directory opens it; empty = stdout
  std::string attachments_base;  // of junit; empty = the working directory
  bool separate_assets = false;  // of html: script and style as files beside the page
  bool from_flag = false;
  source_position where;
};

struct metric_settings {
  std::string name;
  std::string description;
  json_value value;
  source_position where;
};

struct quarantine_entry {
  std::string cell;  // id or glob
  std::string owner;
  std::string reason;
  std::string expires;  // YYYY-MM-DD; empty = never
  source_position where;
};

struct quarantine_settings {
  std::optional<int> cap;
  std::vector<quarantine_entry> cells;
};

struct unset_variable {
  std::string path;  // "agents.support.url"
  std::string name;  // of the variable
  source_position where;
};

struct settings {
  std::string project_root = ".";  // as the user would type it
  std::string config_file;         // empty: none was found
  std::string profile;             // empty: none was asked for
  run_settings run;
  forced_settings forced;
  std::map<std::string, agent_settings> agents;  // `url` is --agent-url's
  std::map<std::string, model_settings> models;
  std::optional<simulated_user_settings> simulated_user;
  std::optional<judge_settings> judge;
  std::vector<report_settings> reports;
  bool github = false;  // --github: annotations on stdout, the summary of the step
  std::vector<metric_settings> metrics;
  quarantine_settings quarantine;
  registry_settings registry;

  std::vector<std::string> secrets;            // of 6 characters or more: replaced in every artifact
  std::vector<std::string> secret_paths;       // what `config show` hides, short ones too
  json_value effective;                        // the whole merged tree, built-in defaults of `run` included
  std::map<std::string, std::string> origins;  // path of a leaf in `effective` -> where it came from
  std::vector<unset_variable> unset;           // `${NAME}` without a value: an error only for what needs it
  std::set<std::string> broken;  // "agents.NAME", "models.NAME": reported, so no more is said of them
  environment variables;         // of the process, `.env` beneath
};

}  // namespace parley
