#include "adapters/formats/configuration_shape.hpp"

#include "adapters/formats/value_rules.hpp"
#include "reports/report_catalog.hpp"

#include <date/date.h>
#include <nlohmann/json.hpp>
#include <re2/re2.h>

namespace parley {
namespace {

shape duration(std::string description) {
  return text_shape(std::move(description)).obeying(duration_rule);
}

shape texts(std::string description) {
  shape const entry = text_shape("one of them").not_empty();
  return list_shape(std::move(description), entry).or_text(entry);
}

std::optional<rule_breach> share_rule(located_tree const& node) {
  std::string const text = node.text;
  bool const percent = text.ends_with('%');
  std::size_t used = 0;
  double share = -1;
  try {
    share = std::stod(text, &used);
  } catch (std::exception const&) {
    used = 0;
  }
  if (used + (percent ? 1 : 0) == text.size() && share >= 0 && share <= (percent ? 100 : 1))
    return std::nullopt;
  return rule_breach{"is '" + text + "', no share", "write it like 0.05 or 5%"};
}

std::optional<rule_breach> seed_rule(located_tree const& node) {
  bool const fine = node.is_string() ? node.text == "random" : node.number.get().is_number_unsigned();
  if (fine) return std::nullopt;
  return rule_breach{"is '" + node.text + "', no seed", "write an integer of at least 0, or random"};
}

std::optional<rule_breach> trials_rule(located_tree const& node) {
  if (!node.is_string() || node.text == "auto") return std::nullopt;
  return rule_breach{"is '" + node.text + "', no number of trials",
                     "write an integer of at least 1, or auto"};
}

std::optional<rule_breach> date_rule(located_tree const& node) {
  auto const& text = node.text;
  static RE2 const form("(\\d{4})-(\\d{2})-(\\d{2})");
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  bool const written = RE2::FullMatch(text, form, &year, &month, &day);
  if (written && (date::year(year) / date::month(month) / date::day(day)).ok()) return std::nullopt;
  return rule_breach{"is '" + text + "', no date", "write it like 2026-11-20"};
}

shape run_limits_shape() {
  return map_shape("")
      .with("timeout", duration("limit of a whole trial; default 15m"))
      .with("turn_timeout", duration("limit of one whole reply; default 60s"))
      .with("global_timeout", duration("limit of the whole run; default none").or_null())
      .with("grace", duration("time to reach a turn's end after Ctrl-C; default 5s"))
      .with("max_cost", number_shape("most that the run's models may cost, by their prices")
                            .obeying(positive_rule)
                            .or_null())
      .with("maxfail", integer_shape("stop after so many failed or errored cells").at_least(1).or_null());
}

shape run_repetition_shape() {
  shape pass_rule = number_shape("how many trials must pass: all, any, K/N or a rate; default all");
  shape rate = number_shape("share of cells that may stay without a verdict; default 0");
  shape seed = integer_shape("an integer or random; default 1");
  shape trials = integer_shape("repetitions of every unit test, or auto; default 1");
  shape alpha = number_shape("how often chance may be called a regression; default 0.05");
  shape power = number_shape("how often trials: auto must find a fall; default 0.8");
  return map_shape("")
      .with("jobs", integer_shape("conversations held at once; default 16").at_least(1))
      .with("trials", trials.or_text(text_shape("")).at_least(1).obeying(trials_rule))
      .with("max_trials", integer_shape("the most that trials: auto may hold; default 20").at_least(1))
      .with("baseline", text_shape("a baseline file or a run to compare with").not_empty().or_null())
      .with("alpha", alpha.or_text(text_shape("")).obeying(share_rule))
      .with("power", power.or_text(text_shape("")).obeying(share_rule))
      .with("pass_rule", pass_rule.or_text(text_shape("")).obeying(pass_rule_rule))
      .with("retries", integer_shape("further attempts at a trial; default 1").at_least(0))
      .with("retry_on", text_shape("what is attempted again; default error").one_of({"error", "any"}))
      .with("fail_on_flaky", flag_shape("exit 7 when cells were only flaky; default false"))
      .with("max_error_rate", rate.or_text(text_shape("")).obeying(share_rule))
      .with("seed", seed.or_text(text_shape("")).obeying(seed_rule));
}

shape run_shape() {
  return map_shape("how runs are held: the long flags with _ for -")
      .with("agent", text_shape("the agent of unit tests that name none").not_empty().or_null())
      .with("agent_url", text_shape("talk to a plain http agent at this URL").not_empty().or_null())
      .with("persona", text_shape("persona of scenarios that no unit test mentions").not_empty().or_null())
      .including(run_repetition_shape())
      .including(run_limits_shape())
      .with("language", text_shape("language of personas that have none; default the agent's")
                            .obeying(language_rule)
                            .or_null())
      .with("timezone", text_shape("timezone of personas that have none; default UTC").obeying(timezone_rule))
      .with("action_matching", text_shape("how expected tool calls are compared").one_of({"exact", "tau2"}))
      .with("no_judge", flag_shape("leave judged criteria undecided; default false"))
      .with("no_tests", text_shape("what an empty selection means").one_of({"fail", "warn", "pass"}))
      .with(
          "source",
          text_shape("folder of scenarios/, personas/ and tests/, or a registry's URL").not_empty().or_null())
      .with("locked", flag_shape("the versions that parley.lock names; default false"))
      .with("offline", flag_shape("the registry's last pulled copy; default false"))
      .with("output_dir", text_shape("folder of a run's files").not_empty().or_null())
      .with("color", text_shape("coloured output").one_of({"auto", "always", "never"}))
      .with("progress", text_shape("how progress is shown").one_of({"auto", "bar", "lines", "none"}))
      .with("show_transcript", text_shape("which conversations are printed").one_of({"never", "fail", "all"}))
      .with("tag", texts("only cells with all of these tags"))
      .with("scenario", texts("only scenarios that match one of these globs"))
      .with("shard", text_shape("I/N: only this share of the cells").or_null());
}

shape quarantine_shape() {
  shape const entry = map_shape("a cell that does not gate")
                          .requiring("cell", text_shape("id of the cell, or a glob").not_empty())
                          .requiring("owner", text_shape("who looks after it").not_empty())
                          .requiring("reason", text_shape("why").not_empty())
                          .requiring("expires", text_shape("YYYY-MM-DD, the last day").obeying(date_rule));
  return map_shape("cells that are run and reported but do not gate")
      .with("cap", integer_shape("at most so many").at_least(0).or_null())
      .with("cells", list_shape("the cells", entry));
}

shape registry_shape() {
  return map_shape("where push and pull go")
      .with("url", text_shape("http://HOST/ORGANIZATION, or an Eqho API's http://HOST/v1/simulation"))
      .with("api_key", text_shape("API key; PARLEY_API_KEY goes before it"))
      .with("api_key_id", text_shape("id of the key; PARLEY_API_KEY_ID goes before it"))
      .with("user_id", text_shape("user of the key; PARLEY_USER_ID goes before it"))
      .or_null();
}

shape section_keys() {
  shape const report =
      map_shape("a report")
          .requiring("type", text_shape("its format").one_of(report_types()))
          .with("path", text_shape("file; absent = stdout").not_empty())
          .with("attachments_base", text_shape("folder attachments are relative to"))
          .with("assets", text_shape("of html: script and style inside the page, or in files "
                                     "beside it; default inline")
                              .one_of({"inline", "separate"}));
  shape const metric = map_shape("a judged value")
                           .requiring("name", text_shape("its name").not_empty())
                           .with("description", text_shape("the question to the judge"))
                           .with("value", any_shape("kind of value"));
  return map_shape("configuration of a Parley project")
      .with("agents", map_of_shape("systems under test, by name", agent_shape("")))
      .with("models", map_of_shape("language models, by name", model_shape()))
      .with("simulated_user",
            map_shape("who speaks as the persona when there is no script")
                .with("model", text_shape("name under models").not_empty())
                .with("temperature", number_shape("").at_least(0))
                .with("max_invalid", integer_shape("invalid trials replaced per cell; default 2").at_least(0))
                .with("timeout", duration("for one line; default what the trial has left").or_null())
                .or_null())
      .with("judge",
            map_shape("who answers the questions that need judgement")
                .with("model", text_shape("name under models").not_empty())
                .with("confirm_failures", integer_shape("times a failure is asked again").at_least(0))
                .with("timeout", duration("for one question; default 60s"))
                .or_null())
      .with("run", run_shape())
      .with("reports", list_shape("reports of every run", report))
      .with("metrics", list_shape("metrics that criteria may name", metric))
      .with("secrets", list_shape("paths whose values are secret", text_shape("such as agents.support.url")))
      .with("quarantine", quarantine_shape())
      .with("registry", registry_shape());
}

shape make_configuration_shape() {
  shape profile = section_keys();
  profile.description = "settings that -P NAME lays over the others";
  profile.with("inherits", text_shape("profile beneath this one; default: default").not_empty());
  return section_keys().with("profiles", map_of_shape("named sets of changes", profile));
}

}  // namespace

std::vector<std::string> const& report_types() {
  static std::vector<std::string> const types = [] {
    std::vector<std::string> names;
    for (auto const& kind : report_catalog()) names.emplace_back(kind.name);
    return names;
  }();
  return types;
}

shape const& configuration_shape() {
  static shape const made = make_configuration_shape();
  return made;
}

}  // namespace parley
