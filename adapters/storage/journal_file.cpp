#include "adapters/storage/journal_file.hpp"

#include "adapters/storage/journal_contents.hpp"
#include "adapters/storage/journal_line.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

namespace parley {
namespace {

constexpr std::size_t kept_capacity = std::size_t{1} << 20;

failure system_failure(std::string_view doing, std::string const& path) {
  return {failure_code::unreadable, system_error_text(doing, path)};
}

std::string directory_of(std::string const& path) {
  auto const slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace

journal_file::journal_file(std::string path, file_descriptor opened, std::shared_ptr<journal_index> index,
                           redaction mask)
    : path_(std::move(path)), file_(std::move(opened)), index_(std::move(index)), mask_(std::move(mask)) {}

outcome<std::unique_ptr<journal_file>> journal_file::open(std::string const& path, int flags,
                                                          std::uint64_t keep,
                                                          std::shared_ptr<journal_index> index,
                                                          redaction mask) {
  file_descriptor opened(::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | flags, 0644));
  if (!opened.is_open()) return system_failure("opening", path);
  if (::flock(opened.get(), LOCK_EX | LOCK_NB) != 0)
    return failure{failure_code::unreadable,
                   path + ": another parley is writing this run; wait until it ends"};
  if (::ftruncate(opened.get(), static_cast<off_t>(keep)) != 0) return system_failure("cutting", path);
  auto details = journal_details::open(path, index);
  if (!details) return details.error();
  std::unique_ptr<journal_file> journal(
      new journal_file(path, std::move(opened), std::move(index), std::move(mask)));
  journal->size_ = keep;
  journal->details_ = std::move(*details);
  return journal;
}

outcome<std::unique_ptr<journal_file>> journal_file::create(std::string const& path, redaction mask) {
  return open(path, O_CREAT | O_EXCL, 0, std::make_shared<journal_index>(), std::move(mask));
}

outcome<std::unique_ptr<journal_file>> journal_file::resume(std::string const& path,
                                                            journal_contents const& read, redaction mask) {
  return open(path, 0, read.intact_bytes, read.index, std::move(mask));
}

outcome<void> journal_file::append(std::span<run_event const> events) {
  batch_.clear();
  for (auto const& event : events) append_journal_line(batch_, event, mask_);
  if (!file_.write_all(batch_)) {
    auto const failed = system_failure("writing", path_);
    // Half a line in the middle would make everything after it unreadable.
    if (::ftruncate(file_.get(), static_cast<off_t>(size_)) != 0) return system_failure("cutting", path_);
    return failed;
  }
  index_lines(events);
  size_ += batch_.size();
  if (batch_.capacity() > kept_capacity) std::string().swap(batch_);
  return outcome<void>();
}

void journal_file::index_lines(std::span<run_event const> events) {
  std::size_t at = 0;
  for (auto const& event : events) {
    auto const end = batch_.find('\n', at);  // a line holds no other newline: JSON escapes them
    if (auto const* const finished = std::get_if<trial_finished>(&event.what))
      index_->add(finished->of->id, {finished->record.trial, finished->record.attempt,
                                     static_cast<std::uint32_t>(end - at), size_ + at});
    at = end + 1;
  }
}

outcome<void> journal_file::finish() {
  if (::fsync(file_.get()) != 0) return system_failure("writing to disk", path_);
  auto const directory = directory_of(path_);
  file_descriptor const opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.is_open()) ::fsync(opened.get());  // some file systems refuse this for directories
  return outcome<void>();
}

}  // namespace parley
