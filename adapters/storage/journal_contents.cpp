#include "adapters/storage/journal_contents.hpp"

#include "adapters/storage/journal_line.hpp"
#include "adapters/storage/journal_replay.hpp"
#include "reports/event_lines.hpp"

#include <fstream>
#include <optional>

namespace parley {
namespace {

struct journal_line_read {
  std::string text;
  std::size_t number = 0;
  std::uint64_t offset = 0;
  bool ended = false;  // by a newline
};

failure at_line(std::string const& path, std::size_t number, std::string const& what) {
  return {failure_code::unreadable, path + ":" + std::to_string(number) + ": " + what};
}

class journal_reader {
 public:
  explicit journal_reader(std::string const& path) : path_(path), file_(path, std::ios::binary) {}

  outcome<journal_contents> read() {
    if (!file_) return failure{failure_code::unreadable, system_error_text("opening", path_)};
    journal_line_read line;
    while (next(line)) {
      if (damaged_)
        return at_line(path_, damaged_,
                       "this record is damaged, and others follow it: the journal was changed");
      if (auto const taken = take(line); !taken) return taken.error();
    }
    if (file_.bad()) return failure{failure_code::unreadable, system_error_text("reading", path_)};
    return finish();
  }

 private:
  bool next(journal_line_read& line) {
    line.offset = offset_;
    if (!std::getline(file_, line.text)) return false;
    line.ended = !file_.eof();
    offset_ += line.text.size() + (line.ended ? 1 : 0);
    ++line.number;
    return true;
  }

  outcome<void> take(journal_line_read const& line) {
    auto const members = checked_members(line.text);
    auto const* const fault = std::get_if<line_fault>(&members);
    if (!line.ended || (fault && *fault == line_fault::damaged)) {
      damaged_ = line.number;
      return outcome<void>();
    }
    if (fault) return at_line(path_, line.number, "written by a newer parley: read it with that one");
    auto event = read_event_members(std::get<std::string_view>(members));
    if (!event) return at_line(path_, line.number, event.error().detail);
    auto const applied = replay_.apply(std::move(*event), line.offset, line.text.size());
    if (!applied) return at_line(path_, line.number, applied.error().detail);
    intact_ = offset_;
    return outcome<void>();
  }

  outcome<journal_contents> finish() {
    if (!replay_.has_started())
      return failure{failure_code::unreadable,
                     path_ + ": holds no run: nothing was recorded before it ended"};
    auto contents = replay_.take();
    contents.intact_bytes = intact_;
    contents.torn = damaged_ != 0;
    if (contents.torn) contents.record.complete = false;
    auto details = journal_details::open(path_, contents.index);
    if (!details) return details.error();
    contents.record.details = std::move(*details);
    return contents;
  }

  std::string path_;
  std::ifstream file_;
  journal_replay replay_;
  std::uint64_t offset_ = 0;
  std::uint64_t intact_ = 0;
  std::size_t damaged_ = 0;  // line number; 0 = none yet
};

}  // namespace

outcome<journal_contents> read_journal(std::string const& path) {
  return journal_reader(path).read();
}

}  // namespace parley
