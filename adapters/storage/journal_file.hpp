// The run's journal, `events.jsonl`: append-only, one line an event, a checksum each. One owner at a time:
// the file is locked. Used on one thread.
#pragma once

#include "adapters/storage/file_descriptor.hpp"
#include "adapters/storage/journal_details.hpp"
#include "reports/redaction.hpp"
#include "runner/ports/run_journal.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace parley {

struct journal_contents;

class journal_file : public run_journal {
 public:
  // A new file; one that exists already is a failure. The directory must exist.
  static outcome<std::unique_ptr<journal_file>> create(std::string const& path, redaction mask = {});
  // Goes on with the journal that `read_journal` has read: a torn tail is cut off first.
  static outcome<std::unique_ptr<journal_file>> resume(std::string const& path, journal_contents const& read,
                                                       redaction mask = {});

  // One write for all events. After a failure the file ends as it did before.
  outcome<void> append(std::span<run_event const> events) override;
  // To the disk, and the directory's entry too.
  outcome<void> finish() override;

  // Loads what was appended (and, after resume, what was there before). Lives on its own.
  std::shared_ptr<trial_details const> details() const { return details_; }

 private:
  journal_file(std::string path, file_descriptor opened, std::shared_ptr<journal_index> index,
               redaction mask);
  static outcome<std::unique_ptr<journal_file>> open(std::string const& path, int flags, std::uint64_t keep,
                                                     std::shared_ptr<journal_index> index, redaction mask);
  void index_lines(std::span<run_event const> events);

  std::string path_;
  file_descriptor file_;
  std::uint64_t size_ = 0;
  std::string batch_;  // kept for its capacity
  std::shared_ptr<journal_index> index_;
  std::shared_ptr<trial_details const> details_;
  redaction mask_;
};

}  // namespace parley
