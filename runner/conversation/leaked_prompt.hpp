// A user that says aloud what only its model should know: thoughts, instructions, its answer's JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parley {

// What must not be heard; made once per transcript.
class prompt_secrets {
 public:
  // `rules` is our own part of the prompt: any eight words of it in a row are a leak. Of `instructions`, that
  // is the scenario's, a user may well use whole phrases; a piece of eight words is a leak when it speaks as
  // instructions do ("if the agent refuses", "Give it only when asked"). Quoted lines in them are to be said.
  prompt_secrets(std::string_view rules, std::string_view instructions, std::string_view objective);

  bool leaks_in(std::string_view line) const;

 private:
  using words = std::vector<std::string>;

  bool names_objective(std::string_view line) const;

  words rules_;
  std::vector<words> instructions_;  // by sentence
  words objective_;
};

}  // namespace parley
