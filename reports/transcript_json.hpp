// The stored form of a transcript: the only place that knows it, for writing and for reading. Format 1.
#pragma once

#include "runner/conversation/transcript.hpp"
#include "runner/failure.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace parley {

inline constexpr int transcript_format = 1;

// One JSON object, written without a document in between: this happens once per conversation.
void append_transcript(std::string& out, transcript const& sealed);
// {"type": ..., "message": ...}
void append_trial_error(std::string& out, trial_error const& error);

// Failure: unreadable, with what is wrong.
outcome<transcript> read_transcript(nlohmann::json const& form);
trial_error trial_error_from(nlohmann::json const& form);  // throws on a wrong type

}  // namespace parley
