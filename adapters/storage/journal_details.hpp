// What was said in one trial, read from the journal when it is asked for. Only places are kept in memory.
#pragma once

#include "adapters/storage/file_descriptor.hpp"
#include "runner/failure.hpp"
#include "runner/run/run_record.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace parley {

// Where each attempt's line stands. Filled by the one who reads or writes the journal, on one thread.
class journal_index {
 public:
  struct place {
    int trial = 1;
    int attempt = 1;
    std::uint32_t length = 0;  // of the line, without its newline
    std::uint64_t offset = 0;
  };

  void add(cell_id const& cell, place where) { places_[cell].push_back(where); }
  // The last line written for this attempt; null when there is none.
  place const* find(cell_id const& cell, int trial, int attempt) const;

 private:
  std::unordered_map<cell_id, std::vector<place>> places_;
};

class journal_details : public trial_details {
 public:
  static outcome<std::shared_ptr<journal_details const>> open(std::string const& path,
                                                              std::shared_ptr<journal_index const> index);
  journal_details(file_descriptor opened, std::shared_ptr<journal_index const> index)
      : file_(std::move(opened)), index_(std::move(index)) {}

  std::shared_ptr<trial_detail const> load(cell_id const& cell, trial_record const& trial) const override;

 private:
  outcome<trial_detail> read(journal_index::place const& where) const;

  file_descriptor file_;
  std::shared_ptr<journal_index const> index_;
};

}  // namespace parley
