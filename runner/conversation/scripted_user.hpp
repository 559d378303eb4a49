// A deterministic simulated user that follows the scenario's script: formats §7. Needs no model.
#pragma once

#include "runner/conversation/simulated_user.hpp"
#include "runner/inputs/scenario.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace parley {

// A script with its patterns compiled; immutable, shared by all trials of a cell.
class compiled_script {
 public:
  // The patterns were checked when the file was read.
  compiled_script(user_script const& script, std::optional<std::string> initial_message);
  ~compiled_script();

  struct entry;
  std::vector<entry> const& entries() const { return entries_; }
  std::optional<std::string> const& otherwise() const { return otherwise_; }
  std::optional<std::string> const& initial_message() const { return initial_message_; }

 private:
  std::vector<entry> entries_;
  std::optional<std::string> otherwise_;
  std::optional<std::string> initial_message_;
};

class scripted_user final : public simulated_user {
 public:
  // Fills `{{...}}` in what is said; called only for texts that hold any.
  using text_filler = std::function<std::string(std::string const&, transcript const&)>;

  scripted_user(std::shared_ptr<compiled_script const> script, text_filler fill);

  boost::asio::awaitable<outcome<user_line>> next_line(
      transcript const& so_far, std::chrono::steady_clock::time_point deadline) override;

 private:
  user_line opening_line(transcript const& so_far);
  user_line answer(transcript const& so_far);
  user_line say_entry(std::size_t index, transcript const& so_far);
  std::string filled(std::string const& text, transcript const& so_far) const;

  std::shared_ptr<compiled_script const> script_;
  text_filler fill_;
  std::vector<bool> used_;
};

}  // namespace parley
