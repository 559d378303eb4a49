#include "adapters/formats/input_shapes.hpp"
#include "adapters/formats/value_rules.hpp"

namespace parley {
namespace {

// `{}` means the same as an absent key.
shape inheritable(shape const& text_form) {
  return map_shape(text_form.description).or_text(text_form).or_null();
}

shape make_version_keys() {
  shape const variables = map_shape("values for the agent and for templates").keeping_unknown().or_null();
  return map_shape("content of a version")
      .with("background", text_shape("who the simulated user is").not_empty())
      .with("preferred_language",
            inheritable(
                text_shape("ISO 639-3 code; absent = the project's, null = none").obeying(language_rule)))
      .with("timezone",
            inheritable(text_shape("IANA name; absent = the project's, null = none").obeying(timezone_rule)))
      .with("user_models", list_shape("facts about the user", text_shape("one fact")).or_null())
      .with("user_variables", variables)
      .with("sensitive_user_variables",
            map_shape("given to the agent, never to judge, logs or reports").keeping_unknown().or_null());
}

shape make_persona_shape() {
  shape const version = map_shape("a full snapshot")
                            .requiring("version", integer_shape("number of the version, unique").at_least(1))
                            .including(persona_version_keys())
                            .with_any_of({"background"});
  return map_shape("a persona: who the simulated user is")
      .requiring("name", text_shape("name of the persona").not_empty())
      .with("id", text_shape("24 hex digits; default made from the name").obeying(id_rule))
      .with("role", text_shape("role of the persona"))
      .with("tags", tags_shape())
      .including(persona_version_keys())
      .with("versions", list_shape("several versions; the highest is run", version).not_empty())
      .with_any_of({"background", "versions"});
}

}  // namespace

shape const& persona_version_keys() {
  static shape const made = make_version_keys();
  return made;
}

shape const& persona_shape() {
  static shape const made = make_persona_shape();
  return made;
}

}  // namespace parley
