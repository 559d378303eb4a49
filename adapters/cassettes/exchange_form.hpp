// How what was asked and answered stands in a cassette, as JSON: agents' exchanges and models' answers. What
// differs from run to run by nature (conversation ids, times) is no part of a request's form.
#pragma once

#include "runner/failure.hpp"
#include "runner/ports/agent.hpp"
#include "runner/ports/language_model.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace parley {

nlohmann::json to_form(agent_request const& request);
nlohmann::json to_form(agent_reply const& reply);
nlohmann::json to_form(model_request const& request);
nlohmann::json to_form(model_answer const& answer);
nlohmann::json to_form(failure const& why);

// These throw on a form that is not ours.
agent_reply agent_reply_from(nlohmann::json const& form);
model_answer model_answer_from(nlohmann::json const& form);
failure failure_from(nlohmann::json const& form);

// `/messages/2/content was "a", now it is "b"`: the first place where the two differ; empty when they agree.
std::string first_difference(nlohmann::json const& recorded, nlohmann::json const& now);

}  // namespace parley
