#include "reports/run_record_json.hpp"

#include "reports/evaluation_json.hpp"
#include "reports/json_append.hpp"
#include "reports/spending_json.hpp"
#include "reports/stored_form.hpp"
#include "reports/transcript_json.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;

std::vector<std::string> words_in(json const& form, char const* key) {
  std::vector<std::string> words;
  for (auto const& word : member_or_null(form, key)) words.push_back(word.get<std::string>());
  return words;
}

run_facts facts_from(json const& form) {
  require_format(form, run_record_format);
  run_facts facts;
  facts.id = run_id(form.at("id").get<std::string>());
  facts.seed = unsigned_or(form, "seed", 1);
  facts.started_at = time_or_epoch(form, "started_at");
  facts.command = words_in(form, "command");
  for (auto const& [what, version] : member_or_null(form, "versions").items())
    facts.versions[what] = version.get<std::string>();
  facts.shard = text_or_empty(form, "shard");
  facts.cells_of_all_shards = form.value("cells_of_all_shards", std::size_t{0});
  facts.merged_from = words_in(form, "merged_from");
  facts.missing_shards = words_in(form, "missing_shards");
  facts.directory = text_or_empty(form, "directory");
  facts.fail_on_flaky = flag_or(form, "fail_on_flaky", false);
  if (auto const& rate = member_or_null(form, "max_error_rate"); !rate.is_null())
    facts.max_error_rate = rate.get<double>();
  facts.baseline = text_or_empty(form, "baseline");
  if (auto const& alpha = member_or_null(form, "alpha"); !alpha.is_null()) facts.alpha = alpha.get<double>();
  if (auto const& power = member_or_null(form, "power"); !power.is_null()) facts.power = power.get<double>();
  for (auto const& [name, part] : member_or_null(form, "configuration").items())
    facts.configuration[name] = {text_or_empty(part, "label"), text_or_empty(part, "text")};
  return facts;
}

trial_record trial_from(json const& form) {
  trial_record trial;
  trial.trial = static_cast<int>(integer_or(form, "trial", 1));
  trial.attempt = static_cast<int>(integer_or(form, "attempt", 1));
  trial.seed = unsigned_or(form, "seed", 0);
  auto const& word = form.at("outcome").get_ref<std::string const&>();
  auto const outcome_read = parse_outcome_class(word);
  if (!outcome_read) throw std::runtime_error("unknown outcome '" + word + "'");
  trial.outcome = *outcome_read;
  if (auto const reason = text_or_empty(form, "stop_reason"); !reason.empty()) {
    trial.stopped = parse_stop_reason(reason);
    if (!trial.stopped) throw std::runtime_error("unknown stop_reason '" + reason + "'");
  }
  if (auto const& error = member_or_null(form, "error"); !error.is_null())
    trial.error = trial_error_from(error);
  trial.started_at = time_or_epoch(form, "started_at");
  trial.duration = std::chrono::microseconds(integer_or(form, "duration_us", 0));
  trial.interactions = static_cast<int>(integer_or(form, "interactions", 0));
  if (auto const& used = member_or_null(form, "usage"); !used.is_null())
    trial.used = std::make_shared<party_spending const>(party_spending_from(used));
  return trial;
}

// Names are ours, but hold names of agents.
void append_configuration(std::string& out, std::map<std::string, pinned_text> const& parts) {
  out += '{';
  for (bool first = true; auto const& [name, part] : parts) {
    if (!first) out += ',';
    first = false;
    append_quoted(out, name);
    out += ':';
    json_object_writer object(out);
    if (!part.label.empty()) object.text("label", part.label);
    object.text("text", part.text);
    object.close();
  }
  out += '}';
}

}  // namespace

void append_run_facts(std::string& out, run_facts const& facts) {
  json_object_writer object(out);
  object.number("format", run_record_format);
  object.text("id", facts.id.value);
  object.number("seed", facts.seed);
  object.time("started_at", facts.started_at);
  append_array(object.member("command"), facts.command, append_quoted);
  auto& versions = object.member("versions");
  versions += '{';
  for (bool first = true; auto const& [what, version] : facts.versions) {
    if (!first) versions += ',';
    first = false;
    append_quoted(versions, what);
    versions += ':';
    append_quoted(versions, version);
  }
  versions += '}';
  if (!facts.shard.empty()) object.text("shard", facts.shard);
  if (facts.cells_of_all_shards > 0) object.number("cells_of_all_shards", facts.cells_of_all_shards);
  if (!facts.merged_from.empty())
    append_array(object.member("merged_from"), facts.merged_from, append_quoted);
  if (!facts.missing_shards.empty())
    append_array(object.member("missing_shards"), facts.missing_shards, append_quoted);
  if (!facts.directory.empty()) object.text("directory", facts.directory);
  object.flag("fail_on_flaky", facts.fail_on_flaky);
  object.number("max_error_rate", facts.max_error_rate);
  if (!facts.baseline.empty()) object.text("baseline", facts.baseline);
  object.number("alpha", facts.alpha);
  object.number("power", facts.power);
  if (!facts.configuration.empty()) append_configuration(object.member("configuration"), facts.configuration);
  object.close();
}

outcome<run_facts> read_run_facts(json const& form) {
  return read_stored("run facts", [&] { return facts_from(form); });
}

void append_trial_members(json_object_writer& object, trial_record const& trial) {
  object.number("trial", trial.trial);
  object.number("attempt", trial.attempt);
  object.number("seed", trial.seed);
  object.word("outcome", to_text(trial.outcome));
  if (trial.stopped) object.word("stop_reason", to_text(*trial.stopped));
  if (trial.error) append_trial_error(object.member("error"), *trial.error);
  object.time("started_at", trial.started_at);
  object.number("duration_us", trial.duration.count());
  object.number("interactions", trial.interactions);
  if (trial.used) append_party_spending(object.member("usage"), *trial.used);
}

outcome<trial_record> read_trial(json const& form) {
  return read_stored("trial", [&] { return trial_from(form); });
}

void append_trial_detail(std::string& out, trial_detail const& detail) {
  json_object_writer object(out);
  append_transcript(object.member("transcript"), detail.conversation);
  append_evaluation(object.member("evaluation"), detail.judged);
  object.close();
}

outcome<trial_detail> read_trial_detail(json const& form) {
  auto conversation = read_transcript(member_or_null(form, "transcript"));
  if (!conversation) return conversation.error();
  auto judged = read_evaluation(member_or_null(form, "evaluation"));
  if (!judged) return judged.error();
  return trial_detail{std::move(*conversation), std::move(*judged)};
}

}  // namespace parley
