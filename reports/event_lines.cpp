#include "reports/event_lines.hpp"

#include "reports/json_append.hpp"
#include "reports/run_plan_json.hpp"
#include "reports/run_record_json.hpp"
#include "reports/stored_form.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;

// No other text of a trial's light members can hold this: quotes inside strings are escaped.
constexpr std::string_view detail_member = ",\"detail\":";

// Writes the members of one kind of event into an object whose opening brace is somebody else's.
class event_writer {
 public:
  event_writer(std::string& out, redaction const& mask) : out_(out), mask_(mask) {}

  void operator()(run_started const& started) const {
    auto object = begin("run_started");
    auto facts = started.facts;
    for (auto& word : facts.command) mask_.apply(word);
    append_run_facts(object.member("facts"), facts);
    append_run_plan(object.member("plan"), started.plan ? *started.plan : run_plan{}, mask_);
    object.close();
  }

  void operator()(trial_started const& started) const {
    auto object = begin("trial_started");
    object.text("cell", started.of->id.value);
    object.number("trial", started.trial);
    object.number("attempt", started.attempt);
    object.close();
  }

  void operator()(trial_finished const& finished) const {
    auto object = begin("trial_finished");
    object.text("cell", finished.of->id.value);
    if (mask_.empty() || !finished.record.error) {
      append_trial_members(object, finished.record);
    } else {
      auto masked = finished.record;  // an exception of ours may have quoted anything
      mask_.apply(*masked.error);
      append_trial_members(object, masked);
    }
    object.flag("will_retry", finished.will_retry);
    if (finished.record.detail) append_trial_detail(object.member("detail"), *finished.record.detail);
    object.close();
  }

  void operator()(cell_finished const& finished) const {
    auto object = begin("cell_finished");
    object.text("cell", finished.cell.planned->id.value);
    object.word("outcome", to_text(finished.cell.outcome));
    object.flag("flaky", finished.cell.flaky);
    if (finished.cell.enough) object.number("enough", *finished.cell.enough);
    object.close();
  }

  void operator()(run_warned const& warned) const {
    auto object = begin("run_warned");
    object.text("text", mask_(warned.text));
    object.close();
  }

  void operator()(run_finished const& finished) const {
    auto object = begin("run_finished");
    object.time("at", finished.at);
    object.number("wall_us", finished.wall.count());
    object.number("interrupted_by", finished.interrupted_by);
    if (finished.over_budget) object.flag("over_budget", true);
    if (!finished.agent_versions.empty()) {
      json versions = finished.agent_versions;
      object.value("agent_versions", mask_(json_value(std::move(versions))));
    }
    append_array(object.member("internal_errors"), finished.internal_errors,
                 [this](std::string& out, std::string const& error) { append_quoted(out, mask_(error)); });
    object.close();
  }

 private:
  json_object_writer begin(std::string_view kind) const {
    json_object_writer object(out_);
    out_.pop_back();  // the brace is the caller's
    object.word("event", kind);
    return object;
  }

  std::string& out_;
  redaction const& mask_;
};

stored_event start_from(json const& form) {
  auto facts = read_run_facts(member_or_null(form, "facts"));
  if (!facts) throw std::runtime_error(facts.error().detail);
  auto plan = read_run_plan(member_or_null(form, "plan"));
  if (!plan) throw std::runtime_error(plan.error().detail);
  return stored_start{std::move(*facts), std::move(*plan)};
}

stored_event trial_from(json const& form) {
  auto trial = read_trial(form);
  if (!trial) throw std::runtime_error(trial.error().detail);
  return stored_trial{cell_id(form.at("cell").get<std::string>()), std::move(*trial),
                      flag_or(form, "will_retry", false)};
}

stored_event cell_end_from(json const& form) {
  if (!form.contains("enough")) return unneeded_event{};
  return stored_cell_end{cell_id(form.at("cell").get<std::string>()), form.at("enough").get<int>()};
}

stored_event finish_from(json const& form) {
  run_finished finished;
  finished.at = time_or_epoch(form, "at");
  finished.wall = std::chrono::microseconds(integer_or(form, "wall_us", 0));
  finished.interrupted_by = static_cast<int>(integer_or(form, "interrupted_by", 0));
  finished.over_budget = flag_or(form, "over_budget", false);
  for (auto const& [agent, version] : member_or_null(form, "agent_versions").items())
    finished.agent_versions[agent] = version.get<std::string>();
  for (auto const& error : member_or_null(form, "internal_errors"))
    finished.internal_errors.push_back(error.get<std::string>());
  return finished;
}

stored_event event_from(json const& form) {
  auto const& kind = form.at("event").get_ref<std::string const&>();
  if (kind == "run_started") return start_from(form);
  if (kind == "trial_finished") return trial_from(form);
  if (kind == "cell_finished") return cell_end_from(form);
  if (kind == "run_warned") return run_warned{form.at("text").get<std::string>()};
  if (kind == "run_finished") return finish_from(form);
  return unneeded_event{};
}

parsed_json parse_members(std::string_view members, bool with_detail) {
  std::string text = "{";
  auto const detail = with_detail ? std::string_view::npos : members.find(detail_member);
  text += members.substr(0, detail);
  if (detail != std::string_view::npos) text += '}';
  return parse_json(text);
}

}  // namespace

void append_event_members(std::string& out, run_event const& event, redaction const& mask) {
  std::visit(event_writer(out, mask), event.what);
}

void append_event_line(std::string& out, run_event const& event, redaction const& mask) {
  out += "{\"v\":1,";
  append_event_members(out, event, mask);
  out += '\n';
}

outcome<stored_event> read_event_members(std::string_view members) {
  bool const trial = members.starts_with("\"event\":\"trial_finished\"");
  auto const parsed = parse_members(members, !trial);
  if (!parsed.ok) return failure{failure_code::unreadable, parsed.error};
  return read_stored("event", [&] { return event_from(parsed.value.get()); });
}

outcome<trial_detail> read_event_detail(std::string_view members) {
  auto const parsed = parse_members(members, true);
  if (!parsed.ok) return failure{failure_code::unreadable, parsed.error};
  return read_trial_detail(member_or_null(parsed.value.get(), "detail"));
}

}  // namespace parley
