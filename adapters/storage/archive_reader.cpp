#include "adapters/storage/archive_reader.hpp"

#include "adapters/storage/file_descriptor.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>

#include <array>

namespace parley {
namespace {

constexpr std::size_t block = 64 * 1024;

// Names in pax headers are UTF-8, which the plain accessor gives only in a UTF-8 locale.
std::string name_of(archive_entry* entry) {
  char const* name = ::archive_entry_pathname_utf8(entry);
  if (name == nullptr) name = ::archive_entry_pathname(entry);
  return name == nullptr ? std::string() : std::string(name);
}

std::vector<std::string> parts_of(std::string const& path) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  while (from <= path.size()) {
    auto const slash = std::min(path.find('/', from), path.size());
    auto part = path.substr(from, slash - from);
    if (!part.empty() && part != ".") parts.push_back(std::move(part));
    from = slash + 1;
  }
  return parts;
}

std::string amount_of(std::uint64_t bytes) {
  return bytes >= (std::uint64_t{1} << 30U) ? std::to_string(bytes >> 30U) + " GiB"
                                            : std::to_string(bytes) + " bytes";
}

}  // namespace

archive_reader::archive_reader(std::string path, unpack_limits limits)
    : path_(std::move(path)), limits_(limits), archive_(::archive_read_new()) {}

archive_reader::~archive_reader() {
  ::archive_read_free(archive_);
}

failure archive_reader::wrong(std::string const& what) const {
  return {failure_code::unreadable, path_ + ": " + what};
}

failure archive_reader::wrong_entry(std::string const& entry, std::string const& what) const {
  return wrong("the entry '" + entry + "' " + what + "; an exported run holds nothing like that");
}

outcome<void> archive_reader::open() {
  ::archive_read_support_filter_gzip(archive_);
  ::archive_read_support_format_tar(archive_);
  if (::archive_read_open_filename(archive_, path_.c_str(), block) == ARCHIVE_OK) return outcome<void>();
  return wrong("not an archive of a run, a .tar.gz that 'parley runs export' writes");
}

outcome<std::optional<archive_member>> archive_reader::next() {
  archive_entry* entry = nullptr;
  int const code = ::archive_read_next_header(archive_, &entry);
  if (code == ARCHIVE_EOF) return std::optional<archive_member>();
  if (code < ARCHIVE_WARN) {
    if (entries_ == 0) return wrong("not an archive of a run, a .tar.gz that 'parley runs export' writes");
    return wrong(std::string("damaged behind the entry '") + current_ +
                 "': " + ::archive_error_string(archive_));
  }
  auto member = checked(entry);
  if (!member) return member.error();
  return std::optional<archive_member>(*std::move(member));
}

outcome<archive_member> archive_reader::checked(archive_entry* entry) {
  archive_member member;
  current_ = member.shown = name_of(entry);
  if (++entries_ > limits_.entries)
    return wrong("holds more than " + std::to_string(limits_.entries) + " entries");
  if (member.shown.empty()) return wrong_entry("", "has no name");
  if (member.shown.front() == '/') return wrong_entry(member.shown, "has an absolute name");
  member.names = parts_of(member.shown);
  for (auto const& name : member.names)
    if (name == "..") return wrong_entry(member.shown, "points out of its folder");
  auto const type = ::archive_entry_filetype(entry);
  if (::archive_entry_hardlink(entry) != nullptr || ::archive_entry_hardlink_utf8(entry) != nullptr ||
      type == AE_IFLNK)
    return wrong_entry(member.shown, "is a link");
  if (type != AE_IFREG && type != AE_IFDIR)
    return wrong_entry(member.shown, "is neither a file nor a folder");
  member.is_file = type == AE_IFREG;
  auto const size = ::archive_entry_size(entry);
  if (auto const fits = count(size > 0 ? static_cast<std::uint64_t>(size) : 0, member.shown); !fits)
    return fits.error();
  return member;
}

outcome<void> archive_reader::count(std::uint64_t bytes, std::string const& entry) {
  if (bytes <= limits_.bytes - bytes_) {
    bytes_ += bytes;
    return outcome<void>();
  }
  return wrong("unpacks to more than " + amount_of(limits_.bytes) + " (at the entry '" + entry + "')");
}

outcome<void> archive_reader::extract(std::string const& to) {
  file_descriptor const file(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file.is_open())
    return errno == EEXIST ? wrong("the entry '" + current_ + "' is there twice")
                           : failure{failure_code::unreadable, system_error_text("writing", to)};
  std::array<char, block> bytes{};
  while (true) {
    auto const got = ::archive_read_data(archive_, bytes.data(), bytes.size());
    if (got == 0) return outcome<void>();
    if (got < 0) return wrong("damaged in the entry '" + current_ + "': " + ::archive_error_string(archive_));
    if (!file.write_all({bytes.data(), static_cast<std::size_t>(got)}))
      return failure{failure_code::unreadable, system_error_text("writing", to)};
  }
}

}  // namespace parley
