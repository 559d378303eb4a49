// Short ways to write scenarios, personas and unit tests for tests of planning.
#pragma once

#include "runner/inputs/expand_tests.hpp"

#include <string>
#include <utility>
#include <vector>

namespace parley::samples {

inline source_position at(std::string file, int line = 1, int column = 1) {
  return {std::move(file), line, column, {}};
}

inline persona a_persona(std::string name, tag_map tags = {}) {
  persona made;
  made.id = persona_id("id-of-" + name);
  made.where = at("personas/" + name + ".yaml");
  made.name = std::move(name);
  made.tags = std::move(tags);
  made.versions.emplace_back();
  made.versions.back().background = "first";
  made.versions.emplace_back();
  made.versions.back().number = 2;
  made.versions.back().background = "latest";
  return made;
}

inline scenario a_scenario(std::string name, tag_map tags = {}) {
  scenario made;
  made.id = scenario_id("id-of-" + name);
  made.where = at("scenarios/" + name + ".yaml");
  made.name = std::move(name);
  made.tags = std::move(tags);
  made.versions.emplace_back();
  made.versions.back().objective = "first";
  made.versions.emplace_back();
  made.versions.back().number = 5;
  made.versions.back().objective = "latest";
  return made;
}

// One that brings its own persona.
inline scenario an_eqho_document(std::string name) {
  auto made = a_scenario(std::move(name));
  made.dialect = input_dialect::eqho;
  made.lead = a_persona("lead");
  made.lead->where = made.where;
  return made;
}

inline unit_test a_test(std::string scenario, std::optional<std::string> persona = {}, int line = 1) {
  unit_test made;
  made.scenario = std::move(scenario);
  made.persona = std::move(persona);
  made.where = at("tests/t.yaml", line);
  made.scenario_where = at("tests/t.yaml", line, 15);
  made.persona_where = at("tests/t.yaml", line + 1, 14);
  return made;
}

inline unit_test_file a_file(std::string set, std::vector<unit_test> tests) {
  unit_test_file made;
  made.set = std::move(set);
  made.tests = std::move(tests);
  made.where = at("tests/t.yaml");
  return made;
}

inline std::vector<std::string> ids_of(expansion const& all) {
  std::vector<std::string> ids;
  for (auto const& planned : all.cells) ids.push_back(planned.unit->id.value);
  return ids;
}

inline std::vector<std::string> ids_of(std::vector<std::shared_ptr<cell const>> const& cells) {
  std::vector<std::string> ids;
  for (auto const& unit : cells) ids.push_back(unit->id.value);
  return ids;
}

inline std::vector<std::string> texts_of(input_problems const& problems) {
  std::vector<std::string> texts;
  for (auto const& problem : problems.sorted()) texts.push_back(to_text(problem));
  return texts;
}

inline bool contains(std::string const& text, std::string const& piece) {
  return text.find(piece) != std::string::npos;
}

}  // namespace parley::samples
