#include "adapters/cli/run_keys.hpp"

#include "runner/inputs/input_problems.hpp"
#include "runner/inputs/quantity_text.hpp"
#include "runner/statistics/sequential_chance.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <limits>

namespace parley {
namespace {

using nlohmann::json;
using name_list = std::vector<std::string_view>;

name_list const retry_causes{"error", "any"};
name_list const empty_selections{"fail", "warn", "pass"};
name_list const matchings{"exact", "tau2"};
name_list const colors{"auto", "always", "never"};
name_list const progresses{"auto", "bar", "lines", "none"};
name_list const transcripts{"never", "fail", "all"};

template <class T>
T& target(T& place) {
  return place;
}
template <class T>
T& target(std::optional<T>& place) {
  return place ? *place : place.emplace();
}

template <class T>
bool clear(T&) {
  return false;
}
template <class T>
bool clear(std::optional<T>& place) {
  place.reset();
  return true;
}

bool is_null(json const& value, bool untyped) {
  return value.is_null() || (untyped && value.is_string() && value.get_ref<std::string const&>() == "null");
}

template <class Number>
bool read_number(std::string const& text, Number& into) {
  auto const* const end = text.data() + text.size();
  auto const read = std::from_chars(text.data(), end, into);
  return read.ec == std::errc{} && read.ptr == end;
}

std::string integer_text(json const& value, bool untyped) {
  if (value.is_number_integer()) return value.dump();
  return untyped && value.is_string() ? value.get<std::string>() : std::string();
}

template <auto Member, int lowest>
std::string set_integer(run_settings& into, json const& value, bool untyped) {
  if (is_null(value, untyped) && clear(into.*Member)) return {};
  int number = 0;
  if (!read_number(integer_text(value, untyped), number) || number < lowest)
    return "expected an integer of at least " + std::to_string(lowest);
  target(into.*Member) = number;
  return {};
}

template <auto Member>
std::string set_text(run_settings& into, json const& value, bool untyped) {
  if (is_null(value, untyped) && clear(into.*Member)) return {};
  if (!value.is_string()) return "expected a text; quote it";
  if (value.get_ref<std::string const&>().empty()) return "expected a text that is not empty";
  target(into.*Member) = value.get<std::string>();
  return {};
}

template <auto Member>
std::string set_list(run_settings& into, json const& value, bool) {
  auto const entries = value.is_string() ? json::array({value}) : value;
  if (!entries.is_array()) return "expected a text or a list of texts";
  std::vector<std::string> texts;
  for (auto const& entry : entries) {
    if (!entry.is_string()) return "expected a list of texts; quote its entries";
    texts.push_back(entry.get<std::string>());
  }
  into.*Member = std::move(texts);
  return {};
}

template <auto Member>
std::string set_boolean(run_settings& into, json const& value, bool untyped) {
  auto const text = untyped && value.is_string() ? value.get<std::string>() : std::string();
  if (!value.is_boolean() && text != "true" && text != "false") return "expected true or false";
  into.*Member = value.is_boolean() ? value.get<bool>() : text == "true";
  return {};
}

template <auto Member, bool zero_allowed>
std::string set_duration(run_settings& into, json const& value, bool untyped) {
  if (is_null(value, untyped) && clear(into.*Member)) return {};
  std::optional<std::chrono::milliseconds> duration;
  if (value.is_string()) duration = parse_duration(value.get_ref<std::string const&>());
  if (!duration) return "expected a duration with its unit, such as 250ms, 30s, 5m or 1h";
  if (!zero_allowed && duration->count() == 0) return "expected a duration above zero";
  target(into.*Member) = *duration;
  return {};
}

template <auto Member, auto const& names>
std::string set_choice(run_settings& into, json const& value, bool) {
  std::vector<std::string> const known(names.begin(), names.end());
  std::string const text = value.is_string() ? value.get<std::string>() : value.dump();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (text != names[i]) continue;
    into.*Member = static_cast<std::remove_reference_t<decltype(into.*Member)>>(i);
    return {};
  }
  std::string wrong = "expected ";
  for (std::size_t i = 0; i < known.size(); ++i)
    wrong += (i == 0 ? "" : i + 1 == known.size() ? " or " : ", ") + known[i];
  auto const near = nearest_name(text, known);
  return near.empty() ? wrong : wrong + "; did you mean '" + near + "'?";
}

std::string set_pass_rule(run_settings& into, json const& value, bool) {
  auto const rule = parse_pass_rule(value.is_string() ? value.get<std::string>() : value.dump());
  if (!rule) return "expected all, any, K/N (such as 4/5) or a rate (0.8 or 80%)";
  into.rule = *rule;
  return {};
}

std::string set_error_rate(run_settings& into, json const& value, bool) {
  std::string text = value.is_string() ? value.get<std::string>() : value.dump();
  bool const percent = text.ends_with('%');
  if (percent) text.pop_back();
  double rate = 0;
  if (!read_number(text, rate) || !(rate >= 0) || rate > (percent ? 100 : 1))
    return "expected a share of the cells, such as 0.05 or 5%";
  into.max_error_rate = percent ? rate / 100 : rate;
  return {};
}

std::string set_cost(run_settings& into, json const& value, bool untyped) {
  if (is_null(value, untyped) && clear(into.max_cost)) return {};
  double cost = 0;
  if (!read_number(value.is_string() ? value.get<std::string>() : value.dump(), cost) || !(cost > 0))
    return "expected an amount above zero, such as 0.50, in the currency of the models' prices";
  into.max_cost = cost;
  return {};
}

// Between `lowest` and `highest`, as a share or in percent.
template <auto Member>
std::string set_share(run_settings& into, json const& value, double lowest, double highest) {
  std::string text = value.is_string() ? value.get<std::string>() : value.dump();
  bool const percent = text.ends_with('%');
  if (percent) text.pop_back();
  double share = 0;
  if (!read_number(text, share)) share = -1;
  if (percent) share /= 100;
  if (!(share >= lowest && share <= highest)) return "expected a share";
  into.*Member = share;
  return {};
}

std::string set_alpha(run_settings& into, json const& value, bool) {
  return set_share<&run_settings::alpha>(into, value, 1e-6, 0.5).empty()
             ? std::string()
             : "expected a share above 0 and at most one half, such as 0.05 or 5%";
}

std::string set_power(run_settings& into, json const& value, bool) {
  return set_share<&run_settings::power>(into, value, 0.5, 0.99).empty()
             ? std::string()
             : "expected a share from 0.5 to 0.99, such as 0.8 or 80%";
}

std::string set_trials(run_settings& into, json const& value, bool untyped) {
  into.trials_auto = value.is_string() && value.get_ref<std::string const&>() == "auto";
  if (into.trials_auto) return {};
  auto const wrong = set_integer<&run_settings::trials, 1>(into, value, untyped);
  return wrong.empty() ? wrong : wrong + ", or auto";
}

std::string set_max_trials(run_settings& into, json const& value, bool untyped) {
  int number = 0;
  if (!read_number(integer_text(value, untyped), number) || number < 1 || number > most_head_trials)
    return "expected an integer from 1 to " + std::to_string(most_head_trials);
  into.max_trials = number;
  return {};
}

std::string set_seed(run_settings& into, json const& value, bool untyped) {
  if (value.is_string() && value.get_ref<std::string const&>() == "random") {
    into.seed.reset();
    return {};
  }
  std::uint64_t seed = 0;
  if (!read_number(integer_text(value, untyped), seed))
    return "expected an integer from 0 to 18446744073709551615, or random";
  into.seed = seed;
  return {};
}

std::string set_shard(run_settings& into, json const& value, bool untyped) {
  if (is_null(value, untyped) && clear(into.shard)) return {};
  std::string const text = value.is_string() ? value.get<std::string>() : value.dump();
  auto const slash = text.find('/');
  shard_choice shard;
  if (slash == std::string::npos || !read_number(text.substr(0, slash), shard.index) ||
      !read_number(text.substr(slash + 1), shard.count) || shard.index < 1 || shard.index > shard.count)
    return "expected I/N with I from 1 to N, such as 2/4";
  into.shard = shard;
  return {};
}

using rs = run_settings;

std::vector<run_key> make_table() {
  return {
      {"agent", "text", {}, "", "the agent of unit tests that name none", set_text<&rs::agent>},
      {"agent_url", "text", {}, "", "talk to a plain http agent at this URL", set_text<&rs::agent_url>},
      {"persona", "text", {}, "", "persona of scenarios that no unit test mentions", set_text<&rs::persona>},
      {"jobs", "integer", {}, "16", "conversations held at once", set_integer<&rs::jobs, 1>},
      {"trials", "number", {}, "1", "repetitions of every unit test, or auto", set_trials},
      {"max_trials", "integer", {}, "20", "the most that trials: auto may hold", set_max_trials},
      {"baseline", "text", {}, "", "a baseline file or a run to compare with", set_text<&rs::baseline>},
      {"alpha", "number", {}, "0.05", "how often chance may be called a regression", set_alpha},
      {"power", "number", {}, "0.8", "how often trials: auto must find a fall", set_power},
      {"pass_rule", "text", {}, "all", "all, any, K/N or a rate", set_pass_rule},
      {"retries", "integer", {}, "1", "further attempts at a trial", set_integer<&rs::retries, 0>},
      {"retry_on", "choice", retry_causes, "error", "what is attempted again",
       set_choice<&rs::retry_on, retry_causes>},
      {"fail_on_flaky",
       "boolean",
       {},
       "false",
       "exit 7 when cells were only flaky",
       set_boolean<&rs::fail_on_flaky>},
      {"max_error_rate", "number", {}, "0", "share of cells that may stay without a verdict", set_error_rate},
      {"maxfail",
       "integer",
       {},
       "",
       "stop after so many failed or errored cells",
       set_integer<&rs::maxfail, 1>},
      {"timeout", "duration", {}, "15m", "limit of a whole trial", set_duration<&rs::timeout, false>},
      {"turn_timeout",
       "duration",
       {},
       "60s",
       "limit of one whole reply",
       set_duration<&rs::turn_timeout, false>},
      {"global_timeout",
       "duration",
       {},
       "",
       "limit of the whole run",
       set_duration<&rs::global_timeout, false>},
      {"max_cost", "number", {}, "", "most that the run's models may cost", set_cost},
      {"grace",
       "duration",
       {},
       "5s",
       "time to reach a turn's end after Ctrl-C",
       set_duration<&rs::grace, true>},
      {"seed", "number", {}, "1", "an integer or random", set_seed},
      {"language", "text", {}, "", "language of personas that have none", set_text<&rs::language>},
      {"timezone", "text", {}, "UTC", "timezone of personas that have none", set_text<&rs::timezone>},
      {"action_matching", "choice", matchings, "exact", "how expected tool calls are compared",
       set_choice<&rs::matching, matchings>},
      {"no_judge", "boolean", {}, "false", "leave judged criteria undecided", set_boolean<&rs::no_judge>},
      {"no_tests", "choice", empty_selections, "fail", "what an empty selection means",
       set_choice<&rs::no_tests, empty_selections>},
      {"source",
       "text",
       {},
       "",
       "folder of scenarios/, personas/ and tests/, or a registry's URL",
       set_text<&rs::source>},
      {"locked", "boolean", {}, "false", "the versions that parley.lock names", set_boolean<&rs::locked>},
      {"offline", "boolean", {}, "false", "the registry's last pulled copy", set_boolean<&rs::offline>},
      {"output_dir", "text", {}, "", "folder of the run's files", set_text<&rs::output_dir>},
      {"color", "choice", colors, "auto", "coloured output", set_choice<&rs::color, colors>},
      {"progress", "choice", progresses, "auto", "how progress is shown",
       set_choice<&rs::progress, progresses>},
      {"show_transcript", "choice", transcripts, "fail", "which conversations are printed",
       set_choice<&rs::show_transcript, transcripts>},
      {"tag", "list", {}, "", "only cells with these tags", set_list<&rs::tag>},
      {"scenario", "list", {}, "", "only scenarios that match one of these globs", set_list<&rs::scenario>},
      {"shard", "text", {}, "", "I/N: only this share of the cells", set_shard},
  };
}

}  // namespace

std::vector<run_key> const& run_keys() {
  static std::vector<run_key> const table = make_table();
  return table;
}

run_key const* find_run_key(std::string_view name) {
  for (auto const& key : run_keys())
    if (key.name == name) return &key;
  return nullptr;
}

std::string check_run_text(std::string_view key, std::string const& text) {
  run_settings scratch;
  auto const* known = find_run_key(key);
  return known == nullptr ? "no such setting" : known->apply(scratch, json(text), true);
}

}  // namespace parley
