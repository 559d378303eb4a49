#include "runner/conversation/simulated_user.hpp"

namespace parley {

bool nothing_said_yet(transcript const& so_far) {
  return so_far.messages.empty() || so_far.messages.back().from_history;
}

boost::asio::awaitable<outcome<user_line>> simulated_user::event_text(transcript const&,
                                                                      std::chrono::steady_clock::time_point) {
  co_return failure(failure_code::user_failed, "the scenario has no text for its event, and no model to ask");
}

}  // namespace parley
