// A shop in which everybody is a language model: one server that plays the agent, the customer and the judge,
// told apart by the model's name, and a project that uses them with nothing but url, model and key.
#pragma once

#include "tests/end_to_end/parley_run.hpp"
#include "tests/support/recording_agent.hpp"
#include "tests/support/temporary_folder.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace parley::test {

// A chat completion that says `text`; 100 tokens in, 10 out.
http_response completion(std::string const& text);
http_response completion_calling(std::string const& tool, nlohmann::json const& arguments);
http_response user_says(std::string const& message, bool done = false);
http_response judge_says(std::string const& verdict, std::string const& quote);

// The text of every file below the folder, but for the configuration, which may hold secrets.
std::string everything_below(std::filesystem::path const& folder);

class model_shop {
 public:
  using player = std::function<http_response(nlohmann::json const& request)>;

  model_shop();

  // Each may be replaced before a run.
  player agent;  // asks for the order number, refunds through the tool, says so
  player user;   // "My order never came.", "It is 4411.", then thanks and leaves
  player judge;  // met, with a quote

  void open();   // starts the server and writes the project
  void close();  // stops the server: from now on nobody answers

  temporary_folder const& folder() const { return folder_; }
  parley_result run(std::vector<std::string> arguments,
                    std::map<std::string, std::string> variables = {}) const;
  nlohmann::json report() const { return nlohmann::json::parse(folder_.read("report.json")); }
  std::size_t asked(std::string const& model) const;  // requests to this model so far
  recording_agent const& server() const { return *server_; }

 private:
  struct cast {
    player agent, user, judge;
  };
  temporary_folder folder_;
  mutable std::mutex guard_;  // of `playing_`: the server asks it from its own thread
  mutable cast playing_;      // as they stood when the last run began
  std::unique_ptr<recording_agent> server_;
};

}  // namespace parley::test
