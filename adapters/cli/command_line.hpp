// What the user typed, as one value per command. Parsing is pure: no file is read, nothing is printed.
#pragma once

#include "adapters/cassettes/cassette_choice.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace parley {

// A flag that is a key of `run`: it goes through the same table as parley.yaml.
struct run_flag {
  std::string key;                  // "turn_timeout"
  std::vector<std::string> values;  // one, except for lists
  std::string flag;                 // "--turn-timeout", for messages
};

// Which configuration, and what is changed about it.
struct configuration_options {
  std::optional<std::string> file;     // -c
  std::optional<std::string> profile;  // -P
  std::vector<std::string> set;        // --set, "a.b=value" each
  std::vector<run_flag> run;
};

struct report_flag {
  std::string type;  // "junit"
  std::string path;  // empty = stdout
  std::string flag;  // "--junit", for messages
};

// --scenario, --tag and --shard are keys of `run` and come from the settings.
struct selection_options {
  std::vector<std::string> positionals;  // path, file:line, id or text; OR
  std::string expression;                // -k; empty = none
  std::vector<std::string> personas;     // --persona globs; OR
  bool last_failed = false;
  bool last_errored = false;
  bool failed_first = false;
  std::string from;  // RUN these are read from; empty = latest
  bool cover_pairs = false;
  bool coverage = false;  // `list --coverage`
};

struct presentation_options {
  int verbose = 0;
  bool quiet = false;
};

// One cell of a recorded run.
struct recorded_choice {
  std::string run;
  std::string cell;  // an id, or a part of one
  std::optional<int> trial;
};

struct run_options {
  configuration_options configuration;
  selection_options selection;
  presentation_options presentation;
  std::vector<report_flag> reports;
  std::string resume;                    // RUN; empty = a new run
  std::optional<recorded_choice> again;  // of `replay`: what is held in place of a selection
  bool dry_run = false;
  bool watch = false;
  cassette_choice cassette;
  std::vector<std::string> command;  // everything as typed, "parley" first
};

struct list_options {
  configuration_options configuration;
  selection_options selection;
  presentation_options presentation;
  std::string format = "text";  // text | json | ids
};

struct validate_options {
  configuration_options configuration;
  presentation_options presentation;
  std::vector<std::string> paths;  // empty: the whole project
};

struct evaluate_options {
  configuration_options configuration;
  presentation_options presentation;
  std::vector<std::string> files;
  std::vector<report_flag> reports;
  std::vector<std::string> command;
};

struct render_options {
  configuration_options configuration;
  presentation_options presentation;
  std::string run = "latest";
  std::vector<report_flag> reports;
};

struct compare_options {
  configuration_options configuration;
  presentation_options presentation;
  std::string base;  // a run or a baseline file
  std::string head = "latest";
  std::string format = "text";  // text | json
};

struct baseline_update_options {
  configuration_options configuration;
  presentation_options presentation;
  std::string run = "latest";
  bool force = false;  // although it is a part of what the baseline has
};

struct baseline_show_options {
  configuration_options configuration;
  presentation_options presentation;
  std::string baseline;         // empty: the project's
  std::string format = "text";  // text | json
};

struct calibrate_options {
  configuration_options configuration;
  presentation_options presentation;
  std::string run;              // empty: the project's baseline, else the latest run
  std::string format = "text";  // text | json
};

struct show_options {
  configuration_options configuration;
  presentation_options presentation;
  std::string run = "latest";
};

struct replay_options {
  configuration_options configuration;
  presentation_options presentation;
  recorded_choice what;
  bool again = false;
  std::vector<report_flag> reports;  // of --again
  std::vector<std::string> command;  // everything as typed, "parley" first
};

struct runs_list_options {
  configuration_options configuration;
  presentation_options presentation;
  std::string format = "text";  // text | json | ids
};

// At least one of the criteria is given.
struct runs_prune_options {
  configuration_options configuration;
  presentation_options presentation;
  std::optional<int> keep;
  std::optional<std::chrono::milliseconds> older_than;
  bool dry_run = false;
};

struct runs_export_options {
  configuration_options configuration;
  presentation_options presentation;
  std::string run;
  std::string output;  // empty: <id>.tar.gz in the working directory
};

struct merge_options {
  configuration_options configuration;
  presentation_options presentation;
  std::vector<std::string> runs;  // at least one
  std::string output;             // folder of the merged recording; empty: it is only reported
  std::vector<report_flag> reports;
};

struct chat_options {
  configuration_options configuration;
  presentation_options presentation;
  std::vector<std::string> personas;  // globs; one persona must fit
  std::string save;                   // file; empty = nothing is saved unless asked for in the chat
};

// Of push and pull.
struct sync_options {
  configuration_options configuration;
  presentation_options presentation;
  bool dry_run = false;
  bool force = false;
};
struct push_options : sync_options {};
struct pull_options : sync_options {};

struct init_options {
  std::string directory = ".";
};

struct config_show_options {
  configuration_options configuration;
  presentation_options presentation;
  bool origin = false;
};

struct schema_options {
  std::string name;  // scenario | persona | tests | config | events
};

struct completions_options {
  std::string shell;  // bash | zsh | fish
};

struct serve_options {
  configuration_options configuration;
  presentation_options presentation;
  std::string listen = "127.0.0.1:8787";
  std::string database = ".parley/registry.db";
  bool no_auth = false;
  bool strict = false;
  std::string tls_certificate;  // empty: plain HTTP
  std::string tls_key;
  std::chrono::seconds token_life{3600};
  bool access_log = true;
  std::optional<int> rate_limit;  // requests a minute of each caller
};

// `parley org|user|key create|list|revoke`.
struct account_options {
  enum class subject { organization, user, key };
  enum class verb { create, list, revoke };
  subject what = subject::organization;
  verb does = verb::list;
  std::string database = ".parley/registry.db";
  std::string organization;  // empty: of a list, all
  std::string user;
  std::string key;  // id, of revoke
  std::string role = "reader";
};

// Nothing to do but print and leave: --help and --version (code 0, stdout), a mistake (code 4, stderr).
struct exit_request {
  int code = 0;
  std::string text;
};

using command =
    std::variant<run_options, list_options, validate_options, evaluate_options, render_options, merge_options,
                 compare_options, baseline_update_options, baseline_show_options, calibrate_options,
                 show_options, chat_options, push_options, pull_options, replay_options, runs_list_options,
                 runs_prune_options, runs_export_options, init_options, config_show_options, schema_options,
                 completions_options, serve_options, account_options>;

// `arguments` without the program's name.
std::variant<command, exit_request> parse_command_line(std::vector<std::string> const& arguments);

}  // namespace parley
