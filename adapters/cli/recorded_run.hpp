// Scored conversations put together as a run: ids are cells, lines of one id are its trials.
#pragma once

#include "adapters/cli/line_scorer.hpp"
#include "adapters/cli/recorded_details.hpp"
#include "runner/inputs/pass_rule.hpp"
#include "runner/run/run_record.hpp"

#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace parley {

// Where a line stands.
struct line_place {
  std::string const* file = nullptr;  // outlives the run
  std::string set;                    // the file's name without extension
  int number = 0;                     // from 1
  std::uint64_t offset = 0;
  std::size_t length = 0;
  bool keep = false;  // it cannot be read again
};

class recorded_run {
 public:
  // `keep_criteria`: a report wants the criteria of every cell, which takes memory.
  recorded_run(pass_rule rule, bool keep_criteria, std::shared_ptr<recorded_details> details);

  // False: this id and trial was there before; nothing is added.
  bool add(scored_line scored, line_place const& place);

  // Cells in the order in which they were added first.
  run_record finish(run_facts facts) &&;

 private:
  struct growing_cell {
    std::shared_ptr<cell> planned;
    std::vector<trial_record> trials;
  };

  growing_cell& cell_for(scored_line const& scored, line_place const& place);
  std::shared_ptr<cell> new_cell(scored_line const& scored, line_place const& place) const;
  void note_warnings(judged_scenario const& by);

  pass_rule rule_;
  bool keep_criteria_;
  std::shared_ptr<recorded_details> details_;
  std::vector<growing_cell> cells_;
  std::unordered_map<std::string, std::size_t> by_id_;
  std::vector<std::string> warnings_;
  std::set<std::string> known_warnings_;
};

}  // namespace parley
