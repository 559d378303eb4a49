// What public CI systems make of a JUnit file, each modelled on how its own parser reads (conventions §4):
// where one would refuse the file or show nonsense, the model throws std::runtime_error.
#pragma once

#include <pugixml.hpp>

#include <string>
#include <vector>

namespace parley::test {

enum class read_status { passed, failed, errored, skipped };

struct read_case {
  std::string suite;
  std::string class_name;
  std::string name;
  read_status status = read_status::passed;
  std::string shown;  // what a person reads about a bad case
  std::string file;   // empty: the reader knows of none
  int line = 0;
  std::vector<std::string> attachments;  // paths the system would fetch
  int flaky = 0;                         // bad attempts of a case that passed
  double seconds = 0;
};

using junit_reader = std::vector<read_case> (*)(pugi::xml_document const&);

// Elements with text become just that text, `type` may turn a node into something else, one system-out a
// case, the first attachment of bad cases.
std::vector<read_case> read_as_gitlab(pugi::xml_document const& file);
// A case is known by class and name; attachments anywhere in the output of any case; flakyFailure is counted.
std::vector<read_case> read_as_jenkins(pugi::xml_document const& file);
// Messages come from the attribute, the time of a run from each suite's time and timestamp (UTC, no zone).
std::vector<read_case> read_as_azure(pugi::xml_document const& file);
// An annotation needs `file` and `line`; the message is the attribute, else the text's first line.
std::vector<read_case> read_as_github_action(pugi::xml_document const& file);

}  // namespace parley::test
