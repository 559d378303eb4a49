// A project in which one conversation goes well and the one beside it does not, a run of the real parley
// binary over it, and what has to hold after every such run, whatever the other side did.
#pragma once

#include "tests/end_to_end/parley_run.hpp"
#include "tests/support/temporary_folder.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace parley::test {

// Two cells: cases/good@user against agents.good, cases/bad@user against agents.bad.
class hostile_project {
 public:
  hostile_project(std::string const& good_url, std::string const& bad_agent);

  // Keys of the bad scenario in place of `script: [Hello]`, and of its unit test.
  void bad_scenario(std::string const& keys);
  void bad_test(std::string const& keys);

  temporary_folder const& folder() const { return folder_; }

 private:
  temporary_folder folder_;
};

struct hostile_result {
  parley_result parley;
  nlohmann::json report;  // null when none was written
  std::string junit;

  nlohmann::json const& cell(std::string const& id) const;
  nlohmann::json const& bad_trial() const;
};

// `parley run` with every report; a run of more than half a minute counts as hanging and throws.
hostile_result run_hostile(hostile_project const& project, std::vector<std::string> const& flags = {});

// The good conversation passed, the reports are in order, nothing printed can harm a terminal or a build
// server, and `parley report` tells the same again from the journal.
void check_survived(hostile_project const& project, hostile_result const& result);

// The bad conversation ended without a verdict, for a reason of this type that holds this text.
void check_bad_error(hostile_result const& result, std::string const& type, std::string const& part);

// What is wrong with the text; empty when nothing is.
std::string harm_to_terminal(std::string const& text);
std::string harm_to_xml(std::string const& document);

bool holds(std::string const& text, std::string const& part);

}  // namespace parley::test
