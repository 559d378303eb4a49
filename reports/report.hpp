// What every report is told beside the run itself, and what a report is that also speaks while the run goes
// on.
#pragma once

#include "reports/redaction.hpp"
#include "runner/ports/event_listener.hpp"

#include <cstddef>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace parley {

struct history_entry;
struct run_record;

enum class shown_transcripts { never, failed, all };

struct written_report {
  std::string type;  // "junit"
  std::string path;  // as a person would type it
};

// A folder beside a report's file, for what does not belong inside the file.
class report_folder {
 public:
  virtual ~report_folder() = default;
  // Relative to the report's file: "report.files".
  virtual std::string name() const = 0;
  // A new file in the folder, which is made with the first. Never null; what fails shows in the stream's
  // state and is told by whoever gave the folder.
  virtual std::unique_ptr<std::ostream> open(std::string const& file) = 0;
};

struct report_options {
  bool colour = false;
  shown_transcripts transcripts = shown_transcripts::failed;  // on the terminal
  std::string
      working_directory;         // absolute; attachment paths are relative to it. Empty = paths stay as given
  std::string attachments_base;  // another base for attachment paths, relative to the working directory
  std::string repository;  // absolute; annotations name files relative to it. Empty = paths stay as given
  std::shared_ptr<std::vector<history_entry> const> history;  // of earlier runs, oldest first; null: none
  std::vector<written_report>
      written;                      // where the other reports are; the page or the first ends the last line
  redaction mask;                   // for what a plan's texts hold; trials are free of secrets already
  report_folder* beside = nullptr;  // borrowed; null: everything stands in the report itself
  bool separate_assets = false;     // of html: script and style are files of their own, `beside`
  std::size_t most_embedded = std::size_t{32} << 20;  // of html: bytes of transcripts in the page itself
  std::optional<int> exit_code;  // decided otherwise than by judge_run (--no-tests pass, a usage error)
};

// A report that speaks while the run goes on. `finish` is called once, after the last event.
class live_report : public event_listener {
 public:
  virtual void finish(run_record const& run) = 0;
};

}  // namespace parley
