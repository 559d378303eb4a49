#include "runner/inputs/scenario_texts.hpp"

#include "runner/inputs/local_time.hpp"
#include "runner/inputs/template_text.hpp"
#include "runner/inputs/variable_lookup.hpp"

#include <utility>

namespace parley {
namespace {

constexpr std::string_view user_variables = "user_variables.";

json_value text_or_null(inheritable_text const& value) {
  return value.which == inheritable_text::kind::given ? json_value::of_string(value.text) : json_value();
}

std::optional<json_value> persona_value(persona const& teller, std::string_view field) {
  auto const& content = teller.latest();
  if (field == "name") return json_value::of_string(teller.name);
  if (field == "role") return json_value::of_string(teller.role);
  if (field == "background") return json_value::of_string(content.background);
  if (field == "preferred_language" || field == "language") return text_or_null(content.preferred_language);
  if (field == "timezone") return text_or_null(content.timezone);
  if (field.starts_with(user_variables))
    return find_variable(content.user_variables, field.substr(user_variables.size()));
  return std::nullopt;
}

// What scenario and persona know by themselves; clock and transcript are the conversation's.
std::optional<json_value> written_value(scenario_version const& content, persona const& teller,
                                        std::string_view name) {
  constexpr std::string_view variables = "variables.";
  constexpr std::string_view of_persona = "persona.";
  std::optional<json_value> value;
  if (name.starts_with(variables))
    value = find_variable(content.environment.variables, name.substr(variables.size()));
  if (name.starts_with(of_persona)) value = persona_value(teller, name.substr(of_persona.size()));
  return value ? value : find_variable(content.environment.variables, name);
}

wall_time clock_of(conversation_facts const& facts, transcript const& so_far) {
  bool const begun = !so_far.messages.empty() && !so_far.messages.back().from_history;
  return begun ? facts.starts_at + so_far.messages.back().at : facts.starts_at;
}

using named_text = std::pair<std::string, std::string>;  // key in the file, text

std::vector<named_text> texts_of(scenario_version const& content) {
  std::vector<named_text> texts{{"objective", content.objective}, {"instructions", content.instructions}};
  if (content.initial_message) texts.emplace_back("initial_message", *content.initial_message);
  if (!content.script) return texts;
  for (auto const& reply : content.script->replies)
    if (reply.say) texts.emplace_back("script", *reply.say);
  if (content.script->otherwise) texts.emplace_back("script", *content.script->otherwise);
  return texts;
}

}  // namespace

scenario_texts::scenario_texts(std::shared_ptr<conversation_facts const> facts) : facts_(std::move(facts)) {}

std::string scenario_texts::fill(std::string const& text, transcript const& so_far) const {
  auto const lookup = [&](std::string_view name) -> std::optional<json_value> {
    if (name == "local_time")
      return json_value::of_string(to_local_rfc3339(clock_of(*facts_, so_far), facts_->timezone));
    if (name == "transcript") return json_value::of_string(role_lines(so_far));
    return written_value(facts_->scenario_used->latest(), *facts_->persona_used, name);
  };
  return template_text(text).fill(lookup);
}

std::string role_lines(transcript const& so_far) {
  std::string lines;
  for (auto const& said : so_far.messages) {
    // The reader is the simulated user, who can't see what passes between the agent and its tools.
    if (said.from == role::tool || said.content.empty()) continue;
    if (!lines.empty()) lines += '\n';
    lines.append(to_text(said.from)).append(": ").append(said.content);
  }
  return lines;
}

void warn_about_unknown_names(scenario const& told, persona const& teller, input_problems& problems) {
  for (auto const& [key, text] : texts_of(told.latest())) {
    template_text const parsed(text);
    for (auto const& name : parsed.names()) {
      if (name == "local_time" || name == "transcript") continue;
      if (written_value(told.latest(), teller, name)) continue;
      problems.warning(
          told.where, "scenario '" + told.name + "': " + key + " names {{" + name + "}}, which is unknown",
          "it stays as written; define it under environment.variables, or write {{{{ for a literal {{");
    }
  }
}

}  // namespace parley
