#include "adapters/cli/run_section.hpp"

#include "adapters/cli/configuration_layers.hpp"
#include "adapters/cli/run_keys.hpp"
#include "adapters/cli/tree_values.hpp"
#include "adapters/formats/value_rules.hpp"
#include "adapters/scenario_sources/registry_address.hpp"
#include "runner/inputs/language.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace parley {
namespace {

using nlohmann::json;

constexpr std::string_view variable_prefix = "PARLEY_RUN_";

// From the weakest up; unit tests stand between the file and the variables.
enum class layer { built_in, file, variable, set_flag, flag };

std::string variable_of(std::string_view key) {
  std::string name(variable_prefix);
  for (char const c : key) name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return name;
}

// How a text from a flag or variable is shown among values that have types.
json shown_value(run_key const& key, json const& value) {
  if (!value.is_string() || key.kind == "text" || key.kind == "choice") return value;
  auto const parsed = json::parse(value.get<std::string>(), nullptr, false);
  return parsed.is_number() || parsed.is_boolean() ? parsed : value;
}

json built_in_value(run_key const& key) {
  if (key.kind == "list") return json::array();
  return key.built_in.empty() ? json(nullptr) : shown_value(key, json(std::string(key.built_in)));
}

class run_reader {
 public:
  run_reader(settings& into, input_problems& problems) : into_(into), problems_(problems) {
    for (auto const& key : run_keys()) {
      shown_[std::string(key.name)] = built_in_value(key);
      into_.origins["run." + std::string(key.name)] = "built-in";
    }
  }

  // Values of `--set` stand in the document too, but their turn comes after the variables.
  void read_document(located_tree const& document, bool from_set_flag) {
    auto const* const run = document.find("run");
    if (run == nullptr) return;
    for (auto const& entry : run->entries) {
      auto const* const key = find_run_key(entry.key);
      if (key == nullptr || is_from_set_flag(entry.value) != from_set_flag) continue;
      layer const from = from_set_flag ? layer::set_flag : layer::file;
      if (set(*key, to_json(entry.value), false, entry.value.where(), from) && !from_set_flag)
        move_below_root(key->name);
    }
  }

  void read_variables() {
    read_bazel_shard();
    for (auto const& [name, value] : into_.variables.variables()) {
      if (!name.starts_with(variable_prefix) || value.empty()) continue;
      auto const found =
          std::find_if(run_keys().begin(), run_keys().end(),
                       [&, &variable = name](auto const& k) { return variable_of(k.name) == variable; });
      if (found == run_keys().end())
        report_unknown_variable(name);
      else
        set(*found, json(value), true, {name, 0, 0, {}}, layer::variable);
    }
  }

  void read_flags(std::vector<run_flag> const& flags) {
    for (auto const& flag : flags) {
      auto const* const key = find_run_key(flag.key);
      if (key == nullptr || flag.values.empty()) continue;
      json const value = key->kind == "list" ? json(flag.values) : json(flag.values.back());
      set(*key, value, true, {flag.flag, 0, 0, {}}, layer::flag);
    }
  }

  void finish() {
    settle_trials();
    settle_most_trials();
    settle_agent();
    auto& run = into_.run;
    if (run.language) run.language = canonical_language(*run.language);
    if (is_forced("trials") && run.trials_auto) into_.forced.trials_auto = true;
    if (is_forced("trials") && !run.trials_auto) into_.forced.trials = run.trials;
    if (is_forced("pass_rule")) into_.forced.rule = run.rule;
    if (is_forced("timeout")) into_.forced.timeout = run.timeout;
    if (is_forced("turn_timeout")) into_.forced.turn_timeout = run.turn_timeout;
    json effective = into_.effective.get();
    effective["run"] = shown_;
    into_.effective = json_value(std::move(effective));
  }

 private:
  bool set(run_key const& key, json const& value, bool untyped, source_position const& where, layer from) {
    std::string const name = "run." + std::string(key.name);
    auto wrong = key.apply(into_.run, value, untyped);
    if (wrong.empty() && value.is_string()) wrong = check_by_rule(key.name, value.get<std::string>());
    if (!wrong.empty()) {
      // The file's shape may have told it already.
      if (!problems_.has_error_at(where)) problems_.error(where, "'" + name + "' is " + value.dump(), wrong);
      return false;
    }
    shown_[std::string(key.name)] = untyped ? shown_value(key, value) : value;
    into_.origins[name] = to_text(where);
    layers_[std::string(key.name)] = from;
    return true;
  }

  // What the file's shape has checked already is checked here for variables and flags.
  static std::string check_by_rule(std::string_view key, std::string const& text) {
    auto const rule = key == "timezone" ? timezone_rule : key == "language" ? language_rule : nullptr;
    if (rule == nullptr || (key == "language" && text == "null")) return {};
    located_tree node;
    node.type = located_tree::kind::string;
    node.text = text;
    auto const breach = rule(node);
    return breach ? breach->remedy : std::string();
  }

  void move_below_root(std::string_view key) {
    auto& run = into_.run;
    if (key == "source" && run.source && !is_registry_url(*run.source))
      run.source = path_below(into_.project_root, *run.source);
    if (key == "output_dir" && run.output_dir)
      run.output_dir = path_below(into_.project_root, *run.output_dir);
  }

  // Bazel counts from 0.
  void read_bazel_shard() {
    auto const total = into_.variables.find("TEST_TOTAL_SHARDS");
    auto const index = into_.variables.find("TEST_SHARD_INDEX");
    if (!total || !index || total->empty() || index->empty()) return;
    int from_zero = -1;
    std::from_chars(index->data(), index->data() + index->size(), from_zero);
    auto const text = std::to_string(from_zero + 1) + "/" + *total;
    set(*find_run_key("shard"), json(text), true, {"TEST_SHARD_INDEX and TEST_TOTAL_SHARDS", 0, 0, {}},
        layer::variable);
  }

  void report_unknown_variable(std::string const& name) {
    std::vector<std::string> known;
    for (auto const& key : run_keys()) known.push_back(variable_of(key.name));
    auto const near = nearest_name(name, known);
    problems_.error({name, 0, 0, {}}, "no setting has this variable",
                    near.empty() ? "the variables are PARLEY_RUN_ and a key of run in capitals"
                                 : "did you mean " + near + "?");
  }

  // K/N sets the trials: a number of trials beside it, or above it, contradicts.
  void settle_trials() {
    auto& run = into_.run;
    if (run.rule.which != pass_rule::kind::count) return;
    bool const beside = layer_of("trials") != layer::built_in && layer_of("trials") >= layer_of("pass_rule");
    if (beside && run.trials_auto)
      problems_.error({into_.origins["run.trials"], 0, 0, {}},
                      "trials: auto contradicts the pass rule " + to_text(run.rule),
                      "the rule says how many trials there are: leave one of the two out");
    else if (beside && run.trials != run.rule.of)
      problems_.error({into_.origins["run.trials"], 0, 0, {}},
                      std::to_string(run.trials) + " trials contradict the pass rule " + to_text(run.rule),
                      "leave trials out: --pass-rule K/N (pass_rule in files) sets them");
    run.trials = run.rule.of;
    run.trials_auto = false;
    layers_["trials"] = layer_of("pass_rule");
    shown_["trials"] = run.trials;
    into_.origins["run.trials"] = into_.origins["run.pass_rule"];
  }

  void settle_most_trials() {
    if (into_.run.trials_auto || layer_of("max_trials") != layer::flag) return;
    problems_.error({"--max-trials", 0, 0, {}}, "only --trials auto has a most",
                    "add --trials auto, or say --trials " + std::to_string(into_.run.max_trials));
  }

  // On one level the URL wins over a name.
  void settle_agent() {
    auto& run = into_.run;
    bool const by_url = run.agent_url && layer_of("agent_url") >= layer_of("agent");
    if (by_url) run.agent = "url";
    if (is_forced(by_url ? "agent_url" : "agent")) into_.forced.agent = run.agent;
  }

  layer layer_of(std::string const& key) const {
    auto const found = layers_.find(key);
    return found == layers_.end() ? layer::built_in : found->second;
  }
  bool is_forced(std::string const& key) const { return layer_of(key) >= layer::variable; }

  settings& into_;
  input_problems& problems_;
  json shown_ = json::object();
  std::map<std::string, layer> layers_;  // of the keys that somebody set
};

}  // namespace

void read_run_settings(located_tree const& document, std::vector<run_flag> const& flags, settings& into,
                       input_problems& problems) {
  run_reader reader(into, problems);
  reader.read_document(document, false);
  reader.read_variables();
  reader.read_document(document, true);
  reader.read_flags(flags);
  reader.finish();
}

}  // namespace parley
