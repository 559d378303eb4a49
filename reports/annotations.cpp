#include "reports/annotations.hpp"

#include "reports/cell_summary.hpp"
#include "reports/remedies.hpp"
#include "reports/safe_text.hpp"
#include "runner/run/run_verdict.hpp"
#include "runner/statistics/comparison.hpp"

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <set>
#include <string>
#include <vector>

namespace parley {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_of_a_kind = 9;  // and one that counts the rest

std::string escaped_data(std::string_view text) {
  std::string out;
  for (char const c : text) {
    if (c == '%') {
      out += "%25";
    } else if (c == '\r') {
      out += "%0D";
    } else if (c == '\n') {
      out += "%0A";
    } else {
      out += c;
    }
  }
  return out;
}

std::string escaped_property(std::string_view text) {
  std::string out;
  for (char const c : escaped_data(text)) {
    if (c == ':') {
      out += "%3A";
    } else if (c == ',') {
      out += "%2C";
    } else {
      out += c;
    }
  }
  return out;
}

std::string path_in_repository(std::string const& file, report_options const& options) {
  fs::path const path = (fs::path(options.working_directory) / file).lexically_normal();
  if (options.repository.empty() || path.is_relative()) return fs::path(file).lexically_normal().string();
  auto const relative = path.lexically_relative(fs::path(options.repository).lexically_normal());
  bool const inside = !relative.empty() && *relative.begin() != "..";
  return inside ? relative.string() : path.string();
}

std::string place_of(cell const& planned, report_options const& options) {
  if (planned.where.file.empty()) return {};
  auto text = "file=" + escaped_property(safe_line(path_in_repository(planned.where.file, options)));
  if (planned.where.line > 0) text += ",line=" + std::to_string(planned.where.line);
  return text + ",";
}

class annotation_writer {
 public:
  annotation_writer(run_record const& run, report_options const& options, std::ostream& out)
      : run_(run), options_(options), out_(out) {
    if (!run.against) return;
    for (auto const& cell : run.against->cells)
      if (cell.gates) gating_.insert(cell.id.value);
  }

  void write() {
    std::vector<cell_record const*> errors;
    std::vector<cell_record const*> warnings;
    for (auto const& cell : run_.cells) {
      bool const bad = cell.outcome == cell_outcome::failed || cell.outcome == cell_outcome::errored;
      if (gates(cell, bad)) {
        errors.push_back(&cell);
      } else if (bad || cell.flaky) {
        warnings.push_back(&cell);
      }
    }
    bool const of_run = tells_of_run(errors.empty());
    if (of_run) write_verdict();
    write_all("error", errors, of_run ? most_of_a_kind - 1 : most_of_a_kind);
    write_all("warning", warnings, most_of_a_kind);
  }

 private:
  int exit_code() const { return options_.exit_code.value_or(judge_run(run_).exit_code); }

  // A step that failed for what no unit test tells.
  bool tells_of_run(bool no_errors) const {
    if (exit_code() == 0) return false;
    return no_errors || missing_cells(run_) > 0 || (run_.against && run_.against->suite_fell());
  }

  void write_verdict() {
    auto const judged = judge_run(run_);
    auto text =
        std::string(headline(exit_code())) + " (exit " + std::to_string(exit_code()) + "): " + judged.summary;
    if (exit_code() == 7) text += "; flaky unit tests fail the step under --fail-on-flaky";
    if (run_.against && run_.against->gates) text += "; " + run_.against->reason;
    if (!run_.internal_errors.empty()) text += "; internal error: " + run_.internal_errors.front();
    for (auto const& remedy : remedies_for(run_)) text += "\n" + remedy;
    out_ << "::error title=Parley::" << escaped_data(safe_text(text)) << '\n';
  }

  bool gates(cell_record const& cell, bool bad) const {
    if (cell.planned->quarantine) return false;
    return run_.against ? gating_.contains(cell.planned->id.value) : bad;
  }

  void write_all(std::string_view level, std::vector<cell_record const*> const& cells, std::size_t most) {
    auto const shown = std::min(cells.size(), most);
    for (std::size_t i = 0; i < shown; ++i) write_one(level, *cells[i]);
    if (cells.size() > shown)
      out_ << "::" << level << " title=Parley::and " << cells.size() - shown
           << " more; the step's summary and the reports have them\n";
  }

  void write_one(std::string_view level, cell_record const& cell) {
    auto const& planned = *cell.planned;
    auto const title = planned.scenario_used->name + " / " + planned.persona_used->name;
    out_ << "::" << level << ' ' << place_of(planned, options_)
         << "title=" << escaped_property(safe_line(title)) << "::" << escaped_data(message_of(cell)) << '\n';
  }

  std::string message_of(cell_record const& cell) const {
    auto text = std::string(cell.flaky ? "flaky" : to_text(cell.outcome)) + ": " + trials_text(cell);
    auto const bad = bad_attempts(cell);
    auto const* const main = main_trial(cell) != nullptr ? main_trial(cell)
                             : bad.empty()               ? nullptr
                                                         : bad.front();
    if (main != nullptr) text += ": " + reason_of(run_, cell, *main);
    if (cell.planned->quarantine) text += " (quarantined: " + *cell.planned->quarantine + ")";
    return safe_line(text) + "\n" + safe_line("again: " + command_to_repeat(run_, cell));
  }

  run_record const& run_;
  report_options const& options_;
  std::ostream& out_;
  std::set<std::string> gating_;
};

}  // namespace

void write_annotations(run_record const& run, report_options const& options, std::ostream& out) {
  annotation_writer(run, options, out).write();
}

}  // namespace parley
