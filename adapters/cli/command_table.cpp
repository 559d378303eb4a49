#include "adapters/cli/command_table.hpp"

namespace parley {
namespace {

using kind = command_kind;

constexpr char const* run_examples =
    "Examples:\n"
    "  parley                                  everything\n"
    "  parley run refunds                      cells with 'refunds' in id or names\n"
    "  parley run tests/refunds.yaml:12        what stands at that line\n"
    "  parley run -k 'refund and not angry' --tag priority:high\n"
    "  parley run --trials 5 --pass-rule 4/5 -j 32\n"
    "  parley run --agent-url http://127.0.0.1:8080/chat scenarios/late.yaml\n"
    "  parley run -P ci --junit report.xml     as a build server would\n"
    "  parley run --lf                         what failed last time\n"
    "  parley run --baseline parley.baseline.json --trials auto   did it get worse?\n"
    "\n"
    "Exit codes: 0 passed, 1 failed (with --baseline: regressed), 3 internal error, 4 invalid usage or "
    "files, 5 nothing selected,\n"
    "6 verdicts missing because of errors, 7 only flaky (--fail-on-flaky), 130/143 interrupted.\n";

constexpr char const* list_examples =
    "Examples:\n"
    "  parley list                             every cell with its tags\n"
    "  parley list --tag priority:high --format ids\n"
    "  parley list --format json > cells.json\n";

constexpr char const* validate_examples =
    "Examples:\n"
    "  parley validate                         the whole project\n"
    "  parley validate scenarios/late.yaml     one file and what it refers to\n"
    "\n"
    "Exit codes: 0 valid (warnings allowed), 4 invalid.\n";

constexpr char const* evaluate_examples =
    "Every line of FILE is one JSON object with id, scenario and messages.\n"
    "\n"
    "Examples:\n"
    "  parley evaluate production.jsonl\n"
    "  parley evaluate night.jsonl --reporter jsonl=scores.jsonl --junit report.xml\n"
    "\n"
    "Exit codes are those of run.\n";

constexpr char const* report_examples =
    "RUN is latest (the default), the beginning of an id, a run's folder, or an exported archive.\n"
    "\n"
    "Examples:\n"
    "  parley report                           the last run, on the console\n"
    "  parley report latest --junit report.xml\n"
    "  parley report 20261120 --reporter json=run.json\n";

constexpr char const* compare_examples =
    "BASE and HEAD are runs (latest, the beginning of an id, a folder, an exported archive) or baseline "
    "files;\n"
    "HEAD is latest when absent. Says of every cell whether it is new-fail, worse, worse-within-noise, "
    "inconclusive, fixed, "
    "better,\n"
    "unchanged, new or removed, of the suite whether it regressed, and what else changed in between.\n"
    "\n"
    "Examples:\n"
    "  parley compare 20261119                 the last run against an earlier one\n"
    "  parley compare parley.baseline.json latest --format json\n"
    "\n"
    "Exit codes: 0 not regressed or not enough evidence, 1 regressed, 4 no such run.\n";

constexpr char const* baseline_update_examples =
    "Writes parley.baseline.json at the project root: verdicts, seeds and digests, never what was said. "
    "Commit\n"
    "it, and let 'parley run --baseline parley.baseline.json' compare with it.\n"
    "\n"
    "Examples:\n"
    "  parley run --trials 10 && parley baseline update\n"
    "  parley baseline update 20261119\n";

constexpr char const* baseline_show_examples =
    "Examples:\n"
    "  parley baseline show\n"
    "  parley baseline show latest --format json\n";

constexpr char const* calibrate_examples =
    "RUN is a run or a baseline file; when absent parley.baseline.json, else the last run. Both sides of "
    "2,000\n"
    "comparisons are drawn from its verdicts: how many of them would have failed a build for nothing?\n"
    "\n"
    "Examples:\n"
    "  parley calibrate\n"
    "  parley calibrate latest --alpha 0.01\n";

constexpr char const* show_examples =
    "RUN is latest (the default), the beginning of an id, a run's folder, or an exported archive. The page "
    "is\n"
    "written into the run's folder, or beside the archive; in CI or without a terminal its path is printed "
    "instead of opening it.\n"
    "\n"
    "Examples:\n"
    "  parley show\n"
    "  parley show 20261120\n";

constexpr char const* merge_examples =
    "Every DIR is the folder of one shard's run, its events.jsonl, or an exported archive. The exit code is\n"
    "that of the whole run.\n"
    "\n"
    "Examples:\n"
    "  parley merge shards/* --junit report.xml --html report.html\n"
    "  parley merge shard-1 shard-2 -o merged   a recording that report, show and compare take\n";

constexpr char const* replay_examples =
    "RUN is latest, the beginning of an id, a run's folder, or an exported archive. ID is a cell's id, or a "
    "part "
    "that\n"
    "no other has. --again holds the cell as it was pinned, by the recorded seed, against the agent "
    "configured "
    "now;\n"
    "it leaves a run of its own and exits like run.\n"
    "\n"
    "Examples:\n"
    "  parley replay latest late-delivery      the conversation that failed, or the first\n"
    "  parley replay latest refunds/late@angry --trial 3\n"
    "  parley replay latest late@angry --trial 3 --again\n"
    "  parley replay night.tar.gz late@angry --again --agent-url http://127.0.0.1:8080/chat\n"
    "\n"
    "Exit codes: 0 printed, 4 no such run, cell or trial; with --again those of run.\n";

constexpr char const* runs_list_examples =
    "Newest first. Runs under another --output-dir are not listed, whatever 'latest' points at.\n"
    "\n"
    "Examples:\n"
    "  parley runs list\n"
    "  parley runs list --format json\n"
    "  parley report $(parley runs list --format ids | sed -n 2p)   the run before the last one\n";

constexpr char const* runs_prune_examples =
    "With both criteria only what both let go is deleted. The latest run, runs that are being written and\n"
    "whatever is no run always stay; so does the project's history, .parley/history.jsonl.\n"
    "\n"
    "Examples:\n"
    "  parley runs prune --keep 20 --dry-run\n"
    "  parley runs prune --older-than 30d --keep 5\n"
    "\n"
    "Exit codes: 0 done, 3 a folder could not be deleted, 4 no criterion.\n";

constexpr char const* runs_export_examples =
    "RUN is latest, the beginning of an id, or a run's folder. Every command that takes a RUN takes the "
    "archive\n"
    "too, anywhere.\n"
    "\n"
    "Examples:\n"
    "  parley runs export latest\n"
    "  parley runs export 20261120 -o night.tar.gz\n"
    "  parley report night.tar.gz --html night.html\n"
    "  parley compare night.tar.gz latest\n";

constexpr char const* chat_examples =
    "Type what the user says; /help lists what else can be typed. Ctrl-D ends the conversation.\n"
    "\n"
    "Examples:\n"
    "  parley chat --agent-url http://127.0.0.1:8080/chat\n"
    "  parley chat --scenario 'Late delivery refund' --persona 'Angry*' --save scenarios/late-again.yaml\n";

constexpr char const* push_examples =
    "A new version is appended only where the content changed. Nothing is written when somebody else's "
    "version\n"
    "would be overruled (exit 1); parley.lock keeps what was pushed. PARLEY_API_KEY and PARLEY_USER_ID, or\n"
    "'registry' in parley.yaml, say who pushes.\n"
    "\n"
    "Examples:\n"
    "  parley push --source http://127.0.0.1:8787/acme --dry-run\n"
    "  parley push                             to registry.url, or where parley.lock came from\n"
    "\n"
    "Exit codes: 0 done, 1 a conflict, 4 invalid files, or the registry cannot be reached or refuses.\n";

constexpr char const* pull_examples =
    "One file per object; files that were changed since the last pull are left alone (exit 1).\n"
    "\n"
    "Examples:\n"
    "  parley pull --source http://127.0.0.1:8787/acme\n"
    "  parley pull --dry-run\n"
    "  parley run --source http://127.0.0.1:8787/acme --offline   with what was pulled last\n"
    "\n"
    "Exit codes are those of push.\n";

constexpr char const* init_examples =
    "Asks nothing and never overwrites a file.\n"
    "\n"
    "Examples:\n"
    "  parley init && parley run\n"
    "  parley init conversations\n";

constexpr char const* config_examples =
    "Secrets are shown as ***.\n"
    "\n"
    "Examples:\n"
    "  parley config show\n"
    "  parley config show -P ci --origin       with file and line of every setting\n";

constexpr char const* schema_examples =
    "NAME is scenario, persona, tests, config or events (the journal).\n"
    "\n"
    "Examples:\n"
    "  parley schema scenario > scenario.schema.json\n";

constexpr char const* completions_examples =
    "Commands, flags, their values, ids of runs where a RUN is meant, and files.\n"
    "\n"
    "Examples:\n"
    "  source <(parley completions bash)       in ~/.bashrc\n"
    "  parley completions zsh > \"${fpath[1]}/_parley\"\n"
    "  parley completions fish > ~/.config/fish/completions/parley.fish\n";

constexpr char const* serve_examples =
    "The first line on stdout is 'listening on http://HOST:PORT'. Ctrl-C ends it: requests under way are "
    "answered.\n"
    "Clients of the Amigo Classic API and of the Eqho simulation API use it by changing their base URL; what "
    "is\n"
    "served stands in /openapi.json, /healthz and /metrics watch over it.\n"
    "\n"
    "Examples:\n"
    "  parley serve --no-auth                  a registry for yourself\n"
    "  parley serve --db postgres://parley@db/parley --listen 0.0.0.0:8443 \\\n"
    "    --tls-certificate fullchain.pem --tls-key privkey.pem\n";

constexpr char const* account_examples =
    "Works on the database itself; the server need not run. Prints one JSON object a line. An API key is "
    "shown\n"
    "once and kept as a hash.\n"
    "\n"
    "Examples:\n"
    "  parley org create acme\n"
    "  parley user create --org acme alice\n"
    "  parley key create --org acme --user alice --role editor\n"
    "  parley key list --org acme\n"
    "  parley key revoke 65f0c0ffee0123456789abcd\n";

std::vector<command_entry> make_entries() {
  return {
      {"run",
       {kind::run, "parley run",
        "Hold conversations with the agent, judge them, and say whether it got worse.", "PATH|NAME|ID",
        "what to run: a path, file:line, an id, or part of a name; none: everything", run_examples}},
      {"list",
       {kind::list, "parley list", "Say what would run; nothing is executed.", "PATH|NAME|ID", "as for run",
        list_examples}},
      {"validate",
       {kind::validate, "parley validate",
        "Check scenarios, personas, unit tests and configuration; needs no agent.", "PATH",
        "files or folders; none: the whole project", validate_examples}},
      {"evaluate",
       {kind::evaluate, "parley evaluate", "Score recorded conversations; needs no agent.", "FILE.jsonl",
        "recorded conversations", evaluate_examples}},
      {"report",
       {kind::report, "parley report", "Write any report again from a recorded run.", "RUN",
        "the run; latest when absent", report_examples}},
      {"merge",
       {kind::merge, "parley merge", "Put the shards of a run together, then report.", "DIR|FILE",
        "recordings of shards", merge_examples}},
      {"compare",
       {kind::compare, "parley compare", "Say what got better or worse between two runs.", "BASE|HEAD",
        "the earlier run and the later one", compare_examples}},
      {"baseline update",
       {kind::baseline_update, "parley baseline update", "Make a run the committed baseline.", "RUN",
        "the run; latest when absent", baseline_update_examples}},
      {"baseline show",
       {kind::baseline_show, "parley baseline show", "Show the committed baseline.", "FILE",
        "a baseline file or a run; parley.baseline.json when absent", baseline_show_examples}},
      {"calibrate",
       {kind::calibrate, "parley calibrate",
        "Compare the baseline with itself: how often does chance alone raise an alarm?", "RUN",
        "a run or a baseline file", calibrate_examples}},
      {"show",
       {kind::show, "parley show", "Open the page of a recorded run.", "RUN", "the run; latest when absent",
        show_examples}},
      {"replay",
       {kind::replay, "parley replay", "Print one conversation of a recorded run, or hold it again.",
        "RUN ID", "the run, and the cell in it", replay_examples}},
      {"runs list",
       {kind::runs_list, "parley runs list", "List the runs kept here.", "", "", runs_list_examples}},
      {"runs prune",
       {kind::runs_prune, "parley runs prune", "Delete old runs.", "", "", runs_prune_examples}},
      {"runs export",
       {kind::runs_export, "parley runs export", "Pack a run into one file.", "RUN", "the run",
        runs_export_examples}},
      {"chat",
       {kind::chat, "parley chat", "Talk to an agent by hand and keep what was said as a scenario.", "", "",
        chat_examples}},
      {"push",
       {kind::push, "parley push",
        "Make the project's files new versions of a registry's scenarios and personas.", "", "",
        push_examples}},
      {"pull",
       {kind::pull, "parley pull", "Write a registry's scenarios and personas into the project's files.", "",
        "", pull_examples}},
      {"init",
       {kind::init, "parley init", "Write a small project that runs at once.", "DIR",
        "where; the working directory when absent", init_examples}},
      {"config show",
       {kind::config_show, "parley config show", "Show the effective settings.", "", "", config_examples}},
      {"schema",
       {kind::schema, "parley schema", "Print the JSON Schema of a kind of file.", "NAME", "the kind of file",
        schema_examples, "scenario|persona|tests|config|events"}},
      {"completions",
       {kind::completions, "parley completions", "Print the completion script of a shell.", "SHELL",
        "bash, zsh or fish", completions_examples, "bash|zsh|fish"}},
      {"serve",
       {kind::serve, "parley serve", "Serve the registry of scenarios and personas.", "", "",
        serve_examples}},
      {"org create",
       {kind::org_create, "parley org create", "Make an organization.", "NAME", "letters, digits, - _ .",
        account_examples}},
      {"org list", {kind::org_list, "parley org list", "List organizations.", "", "", account_examples}},
      {"org revoke",
       {kind::org_revoke, "parley org revoke", "Close an organization; its objects are kept.", "NAME",
        "the organization", account_examples}},
      {"user create",
       {kind::user_create, "parley user create", "Make a user.", "ID", "one is made up when absent",
        account_examples}},
      {"user list", {kind::user_list, "parley user list", "List users.", "", "", account_examples}},
      {"user revoke",
       {kind::user_revoke, "parley user revoke", "Revoke a user and all their keys.", "ID", "the user",
        account_examples}},
      {"key create", {kind::key_create, "parley key create", "Make an API key.", "", "", account_examples}},
      {"key list", {kind::key_list, "parley key list", "List API keys.", "", "", account_examples}},
      {"key revoke",
       {kind::key_revoke, "parley key revoke", "Revoke an API key.", "ID", "the key's id", account_examples}},
  };
}

}  // namespace

std::vector<command_entry> const& command_entries() {
  static std::vector<command_entry> const entries = make_entries();
  return entries;
}

}  // namespace parley
