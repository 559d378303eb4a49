#include "runner/evaluation/message_selection.hpp"

#include "runner/evaluation/white_space.hpp"

namespace parley {
namespace {

bool is_said_by(message const& m, check_side side) {
  return !m.from_history && m.from == (side == check_side::agent ? role::agent : role::user);
}

}  // namespace

bool is_selected(message const& m, check_side side, message_scope const& scope) {
  if (!is_said_by(m, side)) return false;
  if (scope.which == message_scope::kind::turn && m.turn != scope.turn) return false;
  return !is_blank(m.content);
}

message const* last_selected(transcript const& sealed, check_side side, message_scope const& scope) {
  for (auto m = sealed.messages.rbegin(); m != sealed.messages.rend(); ++m)
    if (is_selected(*m, side, scope)) return &*m;
  return nullptr;
}

}  // namespace parley
