#include "runner/evaluation/scope_finding.hpp"

namespace parley {
namespace {

finding excerpt_of(message const& said, verdict answer, text_span where) {
  return {answer, excerpt(said.content, where), said.turn};
}

}  // namespace

finding find_in_scope(transcript const& sealed, check_side side, message_scope const& scope,
                      message_predicate const& holds) {
  bool const each = scope.which == message_scope::kind::every;
  message const* decisive = nullptr;
  std::optional<text_span> found;
  for_each_selected(sealed, side, scope, [&](message const& said) {
    decisive = &said;
    found = holds(said.content);
    return found.has_value() == each;  // go on while the verdict is open
  });
  if (decisive == nullptr) return {verdict::not_met, "there is no message to look at", std::nullopt};
  return excerpt_of(*decisive, found ? verdict::met : verdict::not_met, found.value_or(text_span{}));
}

}  // namespace parley
