// The heavy part of scored conversations: read and scored again from the file when a report asks for it, so
// that files of any size can be reported; kept in memory only where the input is a pipe.
#pragma once

#include "adapters/cli/line_scorer.hpp"
#include "reports/redaction.hpp"
#include "runner/run/run_record.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace parley {

class recorded_details : public trial_details {
 public:
  // `scorer` must outlive this.
  recorded_details(line_scorer const& scorer, redaction mask) : scorer_(scorer), mask_(std::move(mask)) {}

  // Where the conversation stands. False: this id and trial was there before.
  bool add(std::string const& id, int trial, std::string const* file, std::uint64_t offset,
           std::size_t length);
  // For input that cannot be read again. Free of secrets already.
  void keep(std::string const& id, int trial, trial_detail detail);

  std::shared_ptr<trial_detail const> load(cell_id const& cell, trial_record const& trial) const override;

 private:
  struct place {
    std::string const* file = nullptr;  // owned by whoever listed the files
    std::uint64_t offset = 0;
    std::size_t length = 0;
    std::shared_ptr<trial_detail const> kept;
  };
  using key = std::pair<std::string, int>;

  line_scorer const& scorer_;
  redaction mask_;
  std::map<key, place> places_;
};

}  // namespace parley
