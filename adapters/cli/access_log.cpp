#include "adapters/cli/access_log.hpp"

#include "adapters/registry_api/amigo_views.hpp"
#include "adapters/system/logging.hpp"
#include "reports/safe_text.hpp"

#include <chrono>
#include <cstdio>

namespace parley {
namespace {

constexpr std::size_t most_waiting = std::size_t{64} << 10;

}  // namespace

void access_log::add(request_note const& note) {
  if (!note.error.empty()) log_error("internal error in request " + note.id + ": " + note.error);
  if (!on_) return;
  auto const now = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
  char took[32];
  std::snprintf(took, sizeof took, "%.1fms", std::chrono::duration<double, std::milli>(note.took).count());
  std::string line = to_iso8601(now) + " " + (note.peer.empty() ? "-" : note.peer) + " ";
  line += (note.caller.empty() ? "-" : note.caller) + " \"" + note.method + " " + note.target + "\" ";
  line += std::to_string(note.status) + " " + std::to_string(note.bytes) + " " + took + " " + note.id;
  waiting_ += safe_line(line) + "\n";
  if (waiting_.size() > most_waiting) flush();
}

void access_log::flush() {
  if (waiting_.empty()) return;
  std::fwrite(waiting_.data(), 1, waiting_.size(), stderr);
  waiting_.clear();
}

}  // namespace parley
