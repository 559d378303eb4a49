#include "adapters/cli/access_log.hpp"

#include "adapters/registry_api/amigo_views.hpp"
#include "adapters/system/logging.hpp"
#include "adapters/system/write_ready.hpp"
#include "reports/safe_text.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace parley {
namespace {

constexpr std::size_t written_together = std::size_t{64} << 10;
constexpr std::size_t most_waiting = std::size_t{1} << 20;

std::string request_line(request_note const& note) {
  if (note.method.empty()) return "-";  // refused before its first line was read
  return note.method + " " + note.target;
}

}  // namespace

void access_log::add(request_note const& note) {
  if (!note.error.empty()) log_error("internal error in request " + note.id + ": " + note.error);
  if (!on_) return;
  auto const now = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
  char took[32];
  std::snprintf(took, sizeof took, "%.1fms", std::chrono::duration<double, std::milli>(note.took).count());
  std::string line = to_iso8601(now) + " " + (note.peer.empty() ? "-" : note.peer) + " ";
  line += (note.caller.empty() ? "-" : note.caller) + " \"" + request_line(note) + "\" ";
  line += std::to_string(note.status) + " " + std::to_string(note.bytes) + " " + took + " " +
          (note.id.empty() ? "-" : note.id);
  keep(safe_line(line) + "\n");
}

void access_log::keep(std::string const& line) {
  if (waiting_.size() + line.size() > most_waiting) {
    ++dropped_;
    return;
  }
  waiting_ += line;
  bool const many = waiting_.size() % written_together < line.size();
  if (many) flush();
}

void access_log::flush() {
  if (waiting_.empty() && told_ < dropped_) {
    waiting_ =
        "parley: " + std::to_string(dropped_ - told_) + " lines of this log were dropped: nobody read it\n";
    told_ = dropped_;
  }
  if (waiting_.empty()) return;
  auto const written = write_ready(descriptor_, waiting_);
  if (!written) {
    dropped_ += static_cast<std::uint64_t>(std::count(waiting_.begin(), waiting_.end(), '\n'));
    told_ = dropped_;
  }
  waiting_.erase(0, written.value_or(waiting_.size()));
}

}  // namespace parley
