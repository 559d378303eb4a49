// What every report is told beside the run itself, and what a report is that also speaks while the run goes
// on.
#pragma once

#include "reports/redaction.hpp"
#include "runner/ports/event_listener.hpp"

#include <optional>
#include <string>
#include <vector>

namespace parley {

struct run_record;

enum class shown_transcripts { never, failed, all };

struct written_report {
  std::string type;  // "junit"
  std::string path;  // as a person would type it
};

struct report_options {
  bool colour = false;
  shown_transcripts transcripts = shown_transcripts::failed;  // on the terminal
  std::string
      working_directory;         // absolute; attachment paths are relative to it. Empty = paths stay as given
  std::string attachments_base;  // another base for attachment paths, relative to the working directory
  std::vector<written_report> written;  // where the other reports are; the first one ends the last line
  redaction mask;                       // for what a plan's texts hold; trials are free of secrets already
  std::optional<int> exit_code;  // decided otherwise than by judge_run (--no-tests pass, a usage error)
};

// A report that speaks while the run goes on. `finish` is called once, after the last event.
class live_report : public event_listener {
 public:
  virtual void finish(run_record const& run) = 0;
};

}  // namespace parley
