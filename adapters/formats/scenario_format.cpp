#include "adapters/formats/scenario_format.hpp"

#include "adapters/formats/digest.hpp"
#include "adapters/formats/fitting_part.hpp"
#include "adapters/formats/input_shapes.hpp"
#include "adapters/formats/versioned_document.hpp"
#include "runner/inputs/scenario_json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace parley {
namespace {

bool is_written(located_tree const* node) {
  return node != nullptr && !node->is_null();
}

bool ends_with_user(located_tree const* history) {
  return history != nullptr && !history->items.empty() && text_at(history->items.back(), "role") == "user";
}

// A line that can open: one that asks for nothing the agent said before.
bool opens(located_tree const& reply) {
  if (reply.is_string()) return true;
  return reply.find("when") == nullptr && reply.find("say") != nullptr;
}

bool has_opening_line(located_tree const& script) {
  auto const* const replies = script.is_list() ? &script : script.find("replies");
  return replies != nullptr && std::any_of(replies->items.begin(), replies->items.end(), opens);
}

opening_keys opening_of(located_tree const& version) {
  opening_keys keys;
  if (auto const type = text_at(version, "initial_message_type"); !type.empty()) keys.type = type;
  keys.initial_message = version.find("initial_message");
  keys.script = version.find("script");
  keys.message_history = at_path(version, {"environment", "message_history"});
  return keys;
}

// Only a model reads them, so a scenario with a script may go without.
void require_instructions(located_tree const& version, input_problems& problems) {
  if (version.find("objective") == nullptr || version.find("instructions") != nullptr) return;
  if (is_written(version.find("script"))) return;
  problems.error(version.where(), "missing key 'instructions' in scenario",
                 "add it: how the simulated user behaves; only a scenario with a script goes without");
}

scenario_version read_version(version_node const& at) {
  auto version = scenario_version_from_json(known_keys(*at.node, scenario_version_keys()));
  version.number = at.number;
  locate_checks(version.evaluation, at.node->find("evaluation"));
  version.digest = content_digest(version);
  return version;
}

}  // namespace

void check_opening(opening_keys const& keys, input_problems& problems) {
  bool const fixed = is_written(keys.initial_message);
  if (keys.type == "skip" && fixed)
    problems.error(keys.initial_message->where(),
                   "'initial_message' has no place where the agent opens (skip)",
                   "remove it, or make initial_message_type user-message");
  if (keys.type != "user-message") return;
  bool const from_history = ends_with_user(keys.message_history);
  if (from_history && fixed)
    problems.error(keys.initial_message->where(),
                   "'initial_message' beside a message_history whose last message is the user's",
                   "remove one of the two: that last message opens the conversation");
  if (from_history || fixed || !is_written(keys.script)) return;
  if (!keys.script->is_map() && !keys.script->is_list()) return;
  if (!has_opening_line(*keys.script))
    problems.error(keys.script->where(), "the script has no opening line",
                   "add initial_message, or a reply without 'when'");
}

void locate_checks(criteria& into, located_tree const* evaluation) {
  auto const* const checks = evaluation == nullptr ? nullptr : evaluation->find("checks");
  if (checks == nullptr || checks->items.size() != into.checks.size()) return;
  for (std::size_t i = 0; i < into.checks.size(); ++i) into.checks[i].where = checks->items[i].where();
}

std::optional<scenario> broken_scenario(located_tree const& node, located_tree const* evaluation) {
  auto const name = text_at(node, "name");
  if (name.empty()) return std::nullopt;
  scenario broken;
  broken.name = name;
  broken.id = scenario_id(id_at(node, "scenario", name));
  broken.where = node.where();
  scenario_version version;
  version.script = user_script{};  // nobody shall ask for a model on its account
  if (auto const fitting = evaluation ? fitting_part(*evaluation, criteria_shape()) : std::nullopt) {
    version.evaluation.checks = criteria_from_json(to_json(*fitting)).checks;
    locate_checks(version.evaluation, &*fitting);
  }
  broken.versions.push_back(std::move(version));
  return broken;
}

std::optional<scenario> read_scenario(located_tree const& node, input_problems& problems) {
  std::size_t const before = problems.error_count();
  check_shape(node, scenario_shape(), "scenario", problems);
  auto const versions = version_nodes(node, scenario_version_keys(), problems);
  for (auto const& version : versions) {
    check_opening(opening_of(*version.node), problems);
    require_instructions(*version.node, problems);
  }
  if (problems.error_count() != before)
    return broken_scenario(node, versions.empty() ? nullptr : versions.back().node->find("evaluation"));
  scenario read;
  read.name = text_at(node, "name");
  read.id = scenario_id(id_at(node, "scenario", read.name));
  read.tags = tags_at(node);
  for (auto const& version : versions) read.versions.push_back(read_version(version));
  read.where = node.where();
  return read;
}

}  // namespace parley
