#include "adapters/cli/flag_table.hpp"

#include <initializer_list>

namespace parley {
namespace {

using takes = flag_definition::takes;
using kind = command_kind;

constexpr std::uint64_t bits(std::initializer_list<command_kind> commands) {
  std::uint64_t mask = 0;
  for (auto const c : commands) mask |= std::uint64_t{1} << static_cast<unsigned>(c);
  return mask;
}

constexpr std::uint64_t run_only = bits({kind::run});
constexpr std::uint64_t list_only = bits({kind::list});
constexpr std::uint64_t selecting = bits({kind::run, kind::list});
constexpr std::uint64_t talking = bits({kind::run, kind::list, kind::chat});
constexpr std::uint64_t speaking = bits({kind::run, kind::list, kind::chat, kind::replay});
constexpr std::uint64_t judging = bits({kind::run, kind::evaluate});
constexpr std::uint64_t reporting =
    bits({kind::run, kind::evaluate, kind::report, kind::merge, kind::replay});
constexpr std::uint64_t comparing = bits({kind::run, kind::compare, kind::calibrate});
constexpr std::uint64_t configured = bits({kind::run,           kind::list,       kind::validate,
                                           kind::evaluate,      kind::report,     kind::merge,
                                           kind::show,          kind::compare,    kind::baseline_update,
                                           kind::baseline_show, kind::calibrate,  kind::chat,
                                           kind::push,          kind::pull,       kind::replay,
                                           kind::runs_list,     kind::runs_prune, kind::runs_export,
                                           kind::config_show,   kind::serve});
constexpr std::uint64_t accounts =
    bits({kind::org_create, kind::org_list, kind::org_revoke, kind::user_create, kind::user_list,
          kind::user_revoke, kind::key_create, kind::key_list, kind::key_revoke});
constexpr std::uint64_t reading = bits({kind::run, kind::list, kind::validate});
constexpr std::uint64_t syncing = bits({kind::push, kind::pull});

std::vector<flag_definition> selection_flags() {
  constexpr std::string_view group = "Selection";
  return {
      {"-k", "EXPR", takes::value, "", group,
       "words with and, or, not and (): part of an id, a name or a key:value tag", selecting},
      {"--tag", "KEY[:VALUE]", takes::values, "tag", group, "only with this tag; repeated: all of them",
       selecting},
      {"--scenario", "GLOB", takes::values, "scenario", group, "only these scenarios; repeated: any of them",
       talking},
      {"--persona", "GLOB", takes::values, "", group, "only these personas; repeated: any of them", talking},
      {"--lf,--last-failed", "", takes::nothing, "", group, "only what failed in the last run", selecting},
      {"--last-errored", "", takes::nothing, "", group, "only what had no verdict in the last run",
       selecting},
      {"--ff,--failed-first", "", takes::nothing, "", group, "everything, what failed last time first",
       selecting},
      {"--from", "RUN", takes::value, "", group,
       "the run that --lf, --last-errored, --ff and --coverage look at (latest), or the baseline file that "
       "makes shards "
       "equally long",
       selecting},
      {"--cover", "pairwise", takes::value, "", group,
       "a small part of it in which every two values of tags and personas still meet", selecting},
      {"--coverage", "", takes::nothing, "", group,
       "instead of the cells: which values of tags and personas met in the last run, and which never did",
       list_only},
      {"--shard", "I/N", takes::value, "shard", group,
       "this share of what is selected, by hash of the id, or with --from by duration", selecting},
      {"--no-tests", "fail|warn|pass", takes::value, "no_tests", group,
       "what an empty selection means (fail: exit 5)", selecting},
      {"--source", "DIR|URL", takes::value, "source", group,
       "where scenarios, personas and tests are: a folder, or a registry (the project)", reading},
      {"--source", "URL", takes::value, "", group,
       "the registry, such as http://127.0.0.1:8787/acme (registry.url, else that of parley.lock)", syncing},
      {"--locked", "", takes::nothing, "locked", group,
       "the versions that parley.lock names; exit 4 when one cannot be had", reading},
      {"--offline", "", takes::nothing, "offline", group,
       "of a registry, what 'parley pull' brought here last", reading},
  };
}

std::vector<flag_definition> repetition_flags() {
  constexpr std::string_view group = "Repetition and limits";
  return {
      {"--trials", "N|auto", takes::value, "trials", group,
       "hold every conversation N times, to measure (1); auto: as often as the verdict needs", selecting},
      {"--max-trials", "N", takes::value, "max_trials", group, "the most that --trials auto may hold (20)",
       selecting},
      {"--pass-rule", "RULE", takes::value, "pass_rule", group,
       "how many trials must pass: all, any, K/N, or a rate such as 80% (all)", selecting | judging},
      {"--retries", "N", takes::value, "retries", group, "further attempts at a trial, to forgive (1)",
       run_only},
      {"--retry-on", "error|any", takes::value, "retry_on", group,
       "attempt again after errors, or after failures too (error)", run_only},
      {"--fail-on-flaky", "", takes::nothing, "fail_on_flaky", group, "exit 7 when cells were only flaky",
       judging},
      {"--max-error-rate", "P", takes::value, "max_error_rate", group,
       "share of cells that may stay without a verdict, such as 5% (0)", judging},
      {"-x", "", takes::nothing, "", group, "stop after the first failed or errored cell", run_only},
      {"--maxfail", "N", takes::value, "maxfail", group, "stop after N failed or errored cells", run_only},
      {"-j,--jobs", "N", takes::value, "jobs", group, "conversations held at once (16)", run_only},
      {"--timeout", "D", takes::value, "timeout", group, "limit of a trial (15m)", run_only},
      {"--turn-timeout", "D", takes::value, "turn_timeout", group, "limit of one whole reply (60s)",
       run_only},
      {"--global-timeout", "D", takes::value, "global_timeout", group, "limit of the whole run (none)",
       run_only},
      {"--max-cost", "AMOUNT", takes::value, "max_cost", group,
       "most that the run's models may cost, by their `prices` (no limit)", run_only},
      {"--grace", "D", takes::value, "grace", group, "time to reach a turn's end after Ctrl-C (5s)",
       run_only},
      {"--baseline", "FILE|RUN", takes::value, "baseline", group,
       "compare with this: only what got worse beyond chance fails the run", run_only},
      {"--alpha", "P", takes::value, "alpha", group,
       "how often chance alone may be called a regression, at most (0.05)", comparing},
      {"--power", "P", takes::value, "power", group,
       "how often --trials auto must find a fall that --max-trials can show (0.8)", run_only},
      {"--seed", "N|random", takes::value, "seed", group, "seed of every random choice (1)", run_only},
      {"--resume", "RUN", takes::value, "", group, "finish a run that was cut short", run_only},
      {"--dry-run", "", takes::nothing, "", group, "check everything and say what would run", run_only},
      {"--watch", "", takes::nothing, "", group, "run again whenever a file of the project changes",
       run_only},
      {"--dry-run", "", takes::nothing, "", group, "say what would be written, and write nothing", syncing},
      {"--trial", "N", takes::value, "", "Which conversation",
       "trial N (the first bad one, else the first); with --again only that one is held",
       bits({kind::replay})},
      {"--again", "", takes::nothing, "", "Which conversation",
       "hold it again: the recorded texts and seed, the agent of now; a run of its own",
       bits({kind::replay})},
      {"--keep", "N", takes::value, "", "Which runs", "the newest N runs stay", bits({kind::runs_prune})},
      {"--older-than", "D", takes::value, "", "Which runs",
       "runs that started less than D ago stay, such as 30d, 12h or 2w", bits({kind::runs_prune})},
      {"--dry-run", "", takes::nothing, "", "Which runs", "say what would be deleted, and delete nothing",
       bits({kind::runs_prune})},
      {"--force", "", takes::nothing, "", group, "push over what others wrote; pull over changed files",
       syncing},
      {"--force", "", takes::nothing, "", "Which run",
       "also from a selection that drops unit tests, or from a conversation that was held again",
       bits({kind::baseline_update})},
  };
}

std::vector<flag_definition> configuration_flags() {
  constexpr std::string_view group = "Agent and configuration";
  return {
      {"--agent", "NAME", takes::value, "agent", group, "the configured agent to talk to", speaking},
      {"--agent-url", "URL", takes::value, "agent_url", group,
       "an agent that speaks the Parley agent protocol; needs no configuration", speaking},
      {"-c,--config", "FILE", takes::value, "", group, "configuration file (parley.yaml, here or above)",
       configured},
      {"-P,--profile", "NAME", takes::value, "", group, "profile of the configuration file", configured},
      {"--set", "KEY=VALUE", takes::values, "", group,
       "change one setting, such as agents.support.url=http://127.0.0.1:9000", configured},
      {"--action-matching", "exact|tau2", takes::value, "action_matching", group,
       "how expected tool calls are compared (exact)", judging},
      {"--cassette", "record=DIR|replay=DIR", takes::value, "", group,
       "keep all traffic of the run, or hold it again offline", run_only},
      {"--rerecord", "PARTIES", takes::value, "", group,
       "while replaying, ask these again and record them: agent, user, judge; several: user,judge", run_only},
      {"--no-judge", "", takes::nothing, "no_judge", group, "leave judged criteria undecided", judging},
  };
}

std::vector<flag_definition> registry_flags() {
  constexpr std::string_view group = "Registry";
  constexpr std::uint64_t serve = bits({kind::serve});
  return {
      {"--listen", "HOST:PORT", takes::value, "", group,
       "where to listen (127.0.0.1:8787); port 0: a free one", serve},
      {"--db", "PATH|URL", takes::value, "", group,
       "a SQLite file (.parley/registry.db), or postgres://user@host/database", serve | accounts},
      {"--no-auth", "", takes::nothing, "", group,
       "ask nobody for credentials; only on loopback, everyone is the user 'local'", serve},
      {"--strict", "", takes::nothing, "", group, "refuse scenarios without conversation_starts_at", serve},
      {"--tls-certificate", "FILE", takes::value, "", group, "serve HTTPS with this chain (PEM)", serve},
      {"--tls-key", "FILE", takes::value, "", group, "its private key (PEM)", serve},
      {"--token-life", "D", takes::value, "", group, "how long a sign-in lasts (1h)", serve},
      {"--rate-limit", "N", takes::value, "", group, "requests a minute that each caller has (no limit)",
       serve},
      {"--no-access-log", "", takes::nothing, "", group, "no line for every request", serve},
      {"--org", "NAME", takes::value, "", group, "the organization", accounts},
      {"--user", "ID", takes::value, "", group, "the user", accounts},
      {"--role", "reader|runner|editor|admin", takes::value, "", group, "what the key may do (reader)",
       bits({kind::key_create})},
  };
}

std::vector<flag_definition> output_flags() {
  constexpr std::string_view group = "Output";
  std::uint64_t const list = bits({kind::list, kind::runs_list});
  std::uint64_t const show = bits({kind::config_show});
  return {
      {"--reporter", "NAME[=PATH]", takes::values, "", group,
       "console, list, dot, json, jsonl, junit, junit-strict, html, markdown, github, trend or events; "
       "without "
       "PATH on stdout",
       reporting},
      {"--junit", "PATH", takes::value, "", group, "JUnit XML; the same as --reporter junit=PATH", reporting},
      {"--html", "PATH", takes::value, "", group, "one page for people; the same as --reporter html=PATH",
       reporting},
      {"--github", "", takes::nothing, "", group,
       "annotations for GitHub Actions, and the summary of the step; beside other reports", reporting},
      {"--events", "PATH", takes::value, "", group, "a copy of the run's events, one JSON object a line",
       run_only},
      {"--output-dir", "DIR", takes::value, "output_dir", group, "folder of the run (.parley/runs/<id>)",
       bits({kind::run, kind::replay})},
      {"-o,--output", "DIR", takes::value, "", group, "folder for the merged recording", bits({kind::merge})},
      {"-o,--output", "FILE", takes::value, "", group, "the archive to write (<id>.tar.gz, here)",
       bits({kind::runs_export})},
      {"--save", "FILE", takes::value, "", group, "keep what was said as a scenario", bits({kind::chat})},
      {"--format", "text|json|ids", takes::value, "", group, "how the list is written (text)", list},
      {"--format", "text|json", takes::value, "", group, "how it is written (text)",
       bits({kind::compare, kind::baseline_show, kind::calibrate})},
      {"--origin", "", takes::nothing, "", group, "say where every setting came from", show},
      {"--show-transcript", "never|fail|all", takes::value, "show_transcript", group,
       "which conversations are printed (fail)", reporting},
      {"--color", "auto|always|never", takes::value, "color", group, "coloured output (auto)", configured},
      {"--progress", "auto|bar|lines|none", takes::value, "progress", group, "how progress is shown (auto)",
       run_only},
      {"-v,--verbose", "", takes::count, "", group, "say more; twice: everything", configured},
      {"-q,--quiet", "", takes::nothing, "", group, "say less", configured},
  };
}

}  // namespace

std::string_view flag_definition::long_name() const {
  auto const last = names.substr(names.find_last_of(',') + 1);  // npos + 1 = 0: the whole
  return last.substr(last.find_first_not_of('-'));
}

std::vector<flag_definition> const& flag_table() {
  static std::vector<flag_definition> const table = [] {
    std::vector<flag_definition> all;
    for (auto&& part :
         {selection_flags(), repetition_flags(), configuration_flags(), registry_flags(), output_flags()})
      all.insert(all.end(), part.begin(), part.end());
    return all;
  }();
  return table;
}

}  // namespace parley
