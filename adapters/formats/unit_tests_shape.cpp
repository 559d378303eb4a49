#include "adapters/formats/input_shapes.hpp"
#include "adapters/formats/value_rules.hpp"

namespace parley {
namespace {

// Keys that unit tests, matrix entries and `defaults` have in common.
shape settings_shape() {
  shape pass_rule = number_shape("how many trials must pass: all, any, K/N or a rate; default all");
  return map_shape("settings")
      .with("name",
            text_shape("name of the unit test; keeps two of one scenario and persona apart").not_empty())
      .with("description", text_shape("what the unit test is for").or_null())
      .with("agent", text_shape("name of an agent in parley.yaml").not_empty())
      .with("tags", tags_shape())
      .with("trials", integer_shape("repetitions").at_least(1))
      .with("pass_rule", pass_rule.or_text(text_shape("")).obeying(pass_rule_rule))
      .with("timeout", text_shape("limit of one trial, like 15m").obeying(duration_rule))
      .with("turn_timeout", text_shape("limit of one whole reply, like 60s").obeying(duration_rule))
      .with("max_interactions", integer_shape("interactions at most; default 20").between(1, 100))
      .with("max_steps",
            integer_shape("messages and tool batches at most; default none").at_least(1).or_null())
      .with("max_errors", integer_shape("tool errors in a row that are tolerated; default 5").at_least(0))
      .with("skip", text_shape("the reason; the unit test is reported as skipped").not_empty().or_null())
      .with("criteria", criteria_shape());
}

shape names_shape(std::string description) {
  shape const name = text_shape("a name or glob").not_empty();
  return list_shape(std::move(description), name).not_empty().or_text(name);
}

shape selector_shape(std::string description) {
  return map_shape(std::move(description))
      .with("name", names_shape("globs on the name; one of a list must match"))
      .with("tag", names_shape("KEY, KEY:VALUE, KEY:* or KEY: (null); all of a list must match"));
}

shape make_unit_tests_shape() {
  shape const persona = text_shape("name, id or slug of a persona").not_empty();
  shape const test = map_shape("a unit test")
                         .requiring("scenario", text_shape("name, id or slug of a scenario").not_empty())
                         .with("persona", persona)
                         .including(settings_shape());
  shape const exclusion = map_shape("a combination that is left out")
                              .with("scenario", text_shape("name, id or slug").not_empty())
                              .with("persona", persona)
                              .with_any_of({"scenario", "persona"});
  shape const matrix = map_shape("every selected scenario with every selected persona")
                           .with("scenarios", selector_shape("which scenarios; absent = all"))
                           .with("personas", selector_shape("which personas; absent = all"))
                           .with("exclude", list_shape("combinations that are left out", exclusion))
                           .including(settings_shape());
  return map_shape("unit tests: scenario, persona, agent, limits and criteria")
      .with("set", text_shape("name of the set; default the file's path under tests/").not_empty())
      .with("defaults",
            map_shape("settings of all entries below").with("persona", persona).including(settings_shape()))
      .with("tests", list_shape("unit tests", test).or_null())
      .with("matrix", list_shape("scenario selectors by persona selectors", matrix).or_null())
      .with_any_of({"tests", "matrix"});
}

}  // namespace

shape const& unit_tests_shape() {
  static shape const made = make_unit_tests_shape();
  return made;
}

}  // namespace parley
