#include "adapters/storage/run_archive.hpp"

#include "adapters/storage/archive_reader.hpp"
#include "adapters/storage/file_descriptor.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>

namespace parley {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t block = 64 * 1024;

failure system_failure(std::string_view doing, std::string const& path) {
  return {failure_code::unreadable, system_error_text(doing, path)};
}

// Files below `directory`, by their path from there.
outcome<std::vector<std::string>> files_below(std::string const& directory,
                                              std::vector<std::string>& left_out) {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::recursive_directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    auto const path = it->path().lexically_relative(directory).generic_string();
    auto const status = it->symlink_status(error);
    if (error) break;
    if (fs::is_regular_file(status)) files.push_back(path);
    if (!fs::is_regular_file(status) && !fs::is_directory(status)) left_out.push_back(path);
  }
  if (error) return failure{failure_code::unreadable, "reading " + directory + ": " + error.message()};
  std::sort(files.begin(), files.end());
  return files;
}

class archive_writer {
 public:
  archive_writer() : archive_(::archive_write_new()), entry_(::archive_entry_new()) {}
  ~archive_writer() {
    ::archive_entry_free(entry_);
    ::archive_write_free(archive_);
  }
  archive_writer(archive_writer const&) = delete;
  archive_writer& operator=(archive_writer const&) = delete;

  // The same bytes for the same files: no time of packing, no owner.
  bool open(int fd) {
    ::archive_write_set_format_pax_restricted(archive_);
    ::archive_write_add_filter_gzip(archive_);
    ::archive_write_set_options(archive_, "gzip:!timestamp");
    return ::archive_write_open_fd(archive_, fd) == ARCHIVE_OK;
  }

  outcome<void> add(std::string const& path, std::string const& name) {
    file_descriptor const file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    struct stat about {};
    if (!file.is_open() || ::fstat(file.get(), &about) != 0) return system_failure("reading", path);
    ::archive_entry_clear(entry_);
    ::archive_entry_set_pathname(entry_, name.c_str());
    ::archive_entry_set_size(entry_, about.st_size);
    ::archive_entry_set_filetype(entry_, AE_IFREG);
    ::archive_entry_set_perm(entry_, 0644);
    ::archive_entry_set_mtime(entry_, about.st_mtime, 0);
    if (::archive_write_header(archive_, entry_) < ARCHIVE_WARN) return not_written();
    return copy(file, path, static_cast<std::uint64_t>(about.st_size));
  }

  outcome<void> close() {
    if (::archive_write_close(archive_) == ARCHIVE_OK) return outcome<void>();
    return not_written();
  }

 private:
  outcome<void> copy(file_descriptor const& file, std::string const& path, std::uint64_t size) {
    std::string bytes;
    for (std::uint64_t at = 0; at < size; at += bytes.size()) {
      auto const wanted = std::min<std::uint64_t>(block, size - at);
      errno = 0;
      if (!file.read_at(bytes, at, static_cast<std::size_t>(wanted))) return system_failure("reading", path);
      if (::archive_write_data(archive_, bytes.data(), bytes.size()) < 0) return not_written();
    }
    return outcome<void>();
  }

  failure not_written() const {
    char const* const why = ::archive_error_string(archive_);
    return {failure_code::unreadable,
            std::string("writing the archive: ") + (why == nullptr ? "failed" : why)};
  }

  archive* archive_;
  archive_entry* entry_;
};

outcome<void> write_archive(int fd, std::string const& directory, std::string const& name,
                            std::vector<std::string> const& files) {
  archive_writer writer;
  if (!writer.open(fd)) return failure{failure_code::unreadable, "the archive cannot be opened"};
  for (auto const& file : files)
    if (auto const added = writer.add((fs::path(directory) / file).string(), name + "/" + file); !added)
      return added.error();
  return writer.close();
}

// Where an entry of interest belongs: the one folder of the archive, or its top.
bool is_wanted(archive_member const& member) {
  if (!member.is_file || member.names.empty() || member.names.size() > 2) return false;
  return member.names.back() == "events.jsonl" || member.names.back() == "baseline.json";
}

std::string folder_of(archive_member const& member) {
  return member.names.size() == 2 ? member.names.front() : std::string();
}

}  // namespace

bool is_run_archive(std::string const& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return false;
  for (char const* ending : {".tar.gz", ".tgz", ".tar"})
    if (path.ends_with(ending)) return true;
  std::array<char, 2> first{};
  std::ifstream(path, std::ios::binary).read(first.data(), first.size());
  return first[0] == '\x1f' && first[1] == '\x8b';
}

outcome<packed_run> pack_run(std::string const& directory, std::string const& name,
                             std::string const& archive) {
  packed_run packed;
  auto const files = files_below(directory, packed.left_out);
  if (!files) return files.error();
  std::error_code ignored;  // opening the file says why
  fs::create_directories(fs::path(archive).parent_path(), ignored);
  std::string fresh = archive + ".XXXXXX";
  file_descriptor const out(::mkostemp(fresh.data(), O_CLOEXEC));
  if (!out.is_open()) return system_failure("writing", archive);
  auto written = write_archive(out.get(), directory, name, *files);
  struct stat about {};
  if (written && (::fchmod(out.get(), 0644) != 0 || ::fstat(out.get(), &about) != 0 ||
                  ::rename(fresh.c_str(), archive.c_str()) != 0))
    written = system_failure("writing", archive);
  if (!written) {
    ::unlink(fresh.c_str());
    return written.error();
  }
  packed.files = files->size();
  packed.bytes = static_cast<std::uint64_t>(about.st_size);
  return packed;
}

outcome<void> unpack_run(std::string const& archive, std::string const& into, unpack_limits const& limits) {
  archive_reader reader(archive, limits);
  if (auto const opened = reader.open(); !opened) return opened.error();
  std::optional<std::string> folder;
  bool has_journal = false;
  while (true) {
    auto const member = reader.next();
    if (!member) return member.error();
    if (!*member) break;
    if (!is_wanted(**member)) continue;
    if (folder && *folder != folder_of(**member))
      return failure{failure_code::unreadable, archive + ": holds several runs ('" + *folder + "' and '" +
                                                   folder_of(**member) +
                                                   "'): unpack it, and name one of them"};
    folder = folder_of(**member);
    has_journal = has_journal || (*member)->names.back() == "events.jsonl";
    auto const done = reader.extract((fs::path(into) / (*member)->names.back()).string());
    if (!done) return done.error();
  }
  if (has_journal) return outcome<void>();
  return failure{failure_code::unreadable,
                 archive + ": holds no run: there is no events.jsonl at its top or in its one folder"};
}

}  // namespace parley
