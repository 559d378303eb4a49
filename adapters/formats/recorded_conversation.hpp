// A conversation that somebody else held, as one line of JSON: design §7. First the line is taken apart,
// then, with its scenario read, the messages become a sealed transcript.
#pragma once

#include "runner/conversation/transcript.hpp"
#include "runner/failure.hpp"
#include "runner/inputs/scenario.hpp"
#include "runner/json_value.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace parley {

struct recorded_conversation {
  std::string id;
  std::optional<int> trial;
  json_value document;  // the whole line

  nlohmann::json const& scenario() const;  // an object
};

// Failure: invalid_input, with what is wrong and what to do, without the place.
outcome<recorded_conversation> parse_recorded_line(std::string_view line);

// The history of `scenario` stands first. Turns are numbered by user messages and events; what the agent says
// before them is turn 0. Times come from the timestamps, where there are any. Failure: invalid_input.
outcome<transcript> recorded_transcript(recorded_conversation const& recorded, scenario const& of);

}  // namespace parley
