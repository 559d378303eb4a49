#include "adapters/storage/journal_ends.hpp"

#include "adapters/storage/journal_line.hpp"
#include "reports/event_lines.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <fstream>

namespace parley {
namespace {

// The line that ends a run is short; one that is longer than this is another.
constexpr std::uint64_t tail_bytes = 1 << 20;

std::optional<stored_event> event_in(std::string_view line) {
  auto const members = checked_members(line);
  auto const* const text = std::get_if<std::string_view>(&members);
  if (text == nullptr) return std::nullopt;
  auto event = read_event_members(*text);
  if (!event) return std::nullopt;
  return *std::move(event);
}

bool ends_in_order(std::string const& path) {
  file_descriptor const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat about {};
  if (!file.is_open() || ::fstat(file.get(), &about) != 0) return false;
  auto const size = static_cast<std::uint64_t>(about.st_size);
  auto const length = std::min(size, tail_bytes);
  std::string tail;
  if (!file.read_at(tail, size - length, static_cast<std::size_t>(length)) || !tail.ends_with('\n'))
    return false;
  tail.pop_back();
  auto const event =
      event_in(std::string_view(tail).substr(tail.rfind('\n') + 1));  // npos + 1 = 0: the whole
  return event && std::holds_alternative<run_finished>(*event);
}

}  // namespace

outcome<journal_ends> read_journal_ends(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return failure{failure_code::unreadable, system_error_text("opening", path)};
  std::string first;
  std::getline(file, first);
  auto event = event_in(first);
  auto* const start = event ? std::get_if<stored_start>(&*event) : nullptr;
  if (start == nullptr || file.eof())
    return failure{failure_code::unreadable, path + ": does not begin like a run's journal"};
  return journal_ends{std::move(start->facts), std::move(start->plan), ends_in_order(path)};
}

std::optional<file_descriptor> lock_journal(std::string const& path) {
  file_descriptor opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (opened.is_open() && ::flock(opened.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    return std::nullopt;
  return opened;
}

}  // namespace parley
