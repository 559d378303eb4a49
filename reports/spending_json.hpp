// What language models used up, in JSON: the same object in the journal, `json` and `jsonl`.
#pragma once

#include "runner/spending.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace parley {

// {"requests","input_tokens","output_tokens","cost"?}
void append_spending(std::string& out, spending const& used);
// {"agent"?,"user"?,"judge"?}: parties that used nothing are left out.
void append_party_spending(std::string& out, party_spending const& used);

// Throw on a wrong type; null gives nothing used.
spending spending_from(nlohmann::json const& form);
party_spending party_spending_from(nlohmann::json const& form);

}  // namespace parley
