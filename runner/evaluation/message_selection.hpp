// Which messages of a transcript a check looks at: those of one side, without history and blank ones.
#pragma once

#include "runner/conversation/transcript.hpp"
#include "runner/inputs/criteria.hpp"

namespace parley {

// `last` is not looked at: every message of the side may be the last one.
bool is_selected(message const& m, check_side side, message_scope const& scope);

// The last message of the scope, or null.
message const* last_selected(transcript const& sealed, check_side side, message_scope const& scope);

// Calls `look` with each message of the scope, in order, until it returns false.
template <class Look>
void for_each_selected(transcript const& sealed, check_side side, message_scope const& scope, Look look) {
  if (scope.which == message_scope::kind::last) {
    if (message const* last = last_selected(sealed, side, scope)) look(*last);
    return;
  }
  for (message const& m : sealed.messages)
    if (is_selected(m, side, scope) && !look(m)) return;
}

}  // namespace parley
