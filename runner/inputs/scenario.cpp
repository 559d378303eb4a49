#include "runner/inputs/scenario.hpp"

namespace parley {

std::string_view to_text(initial_message_type type) {
  switch (type) {
    case initial_message_type::user_message:
      return "user-message";
    case initial_message_type::external_event:
      return "external-event";
    case initial_message_type::skip:
      return "skip";
  }
  return {};
}

}  // namespace parley
