// A positive check over its scope: one message must hold what is wanted, or each of them.
#pragma once

#include "runner/evaluation/excerpt.hpp"
#include "runner/evaluation/finding.hpp"
#include "runner/evaluation/message_selection.hpp"

#include <functional>
#include <optional>
#include <string_view>

namespace parley {

using message_predicate = std::function<std::optional<text_span>(std::string_view)>;

// Not met on an empty scope. The evidence is an excerpt of the message that decided, or of the last one.
finding find_in_scope(transcript const& sealed, check_side side, message_scope const& scope,
                      message_predicate const& holds);

}  // namespace parley
