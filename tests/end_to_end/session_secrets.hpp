// A project full of secrets, an agent that says them back in every way it has, and a search for them in
// everything that was written or said.
#pragma once

#include "tests/end_to_end/session_project.hpp"

#include <map>
#include <string>
#include <vector>

namespace parley::test {

class secret_project {
 public:
  inline static std::string const token = "canary-token-91c2aa";  // ${AGENT_TOKEN} in a header
  inline static std::string const trace = "canary-trace-77f01b";  // ${TRACE} in an ordinary header
  inline static std::string const special =
      "can\"ary\\<special>&'%2F+/=8";                                      // written into a header X-Api-Key
  inline static std::string const cookie = "canary-cookie-40d3ce";         // written into a header Cookie
  inline static std::string const model_key = "canary-model-0b6611";       // ${MODEL_KEY} in an api_key
  inline static std::string const listed = "http://canary-listed-e2d945";  // below `secrets:`
  inline static std::string const personal = "Canary Personal 5528-7731";  // a sensitive user variable
  inline static std::string const personal_number = "774411990022";        // another one, a number
  inline static std::string const on_command_line = "canary-flag-3a9e58";
  inline static std::string const in_url = "canary-listed-url-66fd12";  // the url is below `secrets:` too

  secret_project();

  child_command command(std::vector<std::string> const& arguments) const;
  parley_result run(std::vector<std::string> const& arguments) const;
  void check_agent_was_given_them() const;
  std::size_t files_written() const;

  recording_agent agent;
  session_project project;
};

std::vector<std::string> all_secrets();
// No form of any secret in both outputs and in every file below the project that Parley wrote.
void check_silent(secret_project const& of, parley_result const& result);

}  // namespace parley::test
