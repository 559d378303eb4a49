// A simulated user that is a language model playing the persona. One per conversation.
#pragma once

#include "runner/conversation/conversation_facts.hpp"
#include "runner/conversation/simulated_user.hpp"
#include "runner/conversation/user_tools.hpp"
#include "runner/ports/language_model.hpp"

#include <boost/asio/awaitable.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace parley {

class model_user final : public simulated_user {
 public:
  // `model` and `mocks` are borrowed and outlive the user; `mocks` are the scenario's. `facts` has a scenario
  // and a persona; its seed goes with every request. No temperature = the model's own.
  model_user(language_model& model, std::shared_ptr<conversation_facts const> facts,
             std::map<std::string, action_mock> const& mocks, std::optional<double> temperature);

  // A scenario's `initial_message` is said as it is, without asking the model. The user's own tool calls are
  // answered from the mocks, at most 8 times in a row. Failures of the model are user_failed, or cancelled.
  boost::asio::awaitable<outcome<user_line>> next_line(
      transcript const& so_far, std::chrono::steady_clock::time_point deadline) override;

  boost::asio::awaitable<outcome<user_line>> event_text(
      transcript const& so_far, std::chrono::steady_clock::time_point deadline) override;

 private:
  struct round;
  boost::asio::awaitable<outcome<user_line>> converse(model_request request,
                                                      std::chrono::steady_clock::time_point deadline);
  round answer_calls(model_answer const& answer, user_line& line);
  std::optional<user_line> fixed_opening(transcript const& so_far) const;
  user_tool const* find_tool(std::string const& offered_name) const;

  language_model& model_;
  std::shared_ptr<conversation_facts const> facts_;
  std::map<std::string, action_mock> const& mocks_;
  std::optional<double> temperature_;
  std::vector<user_tool> tools_;
  int calls_made_ = 0;  // over the whole conversation, for calls that come without an id
};

}  // namespace parley
