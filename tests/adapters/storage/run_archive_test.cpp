#include "adapters/storage/run_archive.hpp"

#include "adapters/storage/located_run.hpp"
#include "adapters/storage/run_directory.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <filesystem>
#include <fstream>
#include <vector>

using namespace parley;
namespace fs = std::filesystem;

namespace {

struct entry {
  std::string name;
  std::string content = {};
  unsigned type = AE_IFREG;
  std::string link = {};
  std::string hard_link = {};
};

std::string archive_of(test::temporary_folder const& folder, std::vector<entry> const& entries,
                       std::string const& name = "some.tar.gz") {
  auto const path = (folder.path() / name).string();
  auto* const out = ::archive_write_new();
  ::archive_write_set_format_pax_restricted(out);
  ::archive_write_add_filter_gzip(out);
  REQUIRE(::archive_write_open_filename(out, path.c_str()) == ARCHIVE_OK);
  for (auto const& one : entries) {
    auto* const about = ::archive_entry_new();
    ::archive_entry_set_pathname(about, one.name.c_str());
    ::archive_entry_set_filetype(about, one.type);
    ::archive_entry_set_perm(about, 0644);
    ::archive_entry_set_size(about, static_cast<la_int64_t>(one.content.size()));
    if (!one.link.empty()) ::archive_entry_set_symlink(about, one.link.c_str());
    if (!one.hard_link.empty()) ::archive_entry_set_hardlink(about, one.hard_link.c_str());
    REQUIRE(::archive_write_header(out, about) >= ARCHIVE_WARN);
    ::archive_write_data(out, one.content.data(), one.content.size());
    ::archive_entry_free(about);
  }
  ::archive_write_close(out);
  ::archive_write_free(out);
  return path;
}

std::string refusal_of(std::vector<entry> const& entries, unpack_limits const& limits = {}) {
  test::temporary_folder const folder;
  auto const into = folder.path() / "into";
  fs::create_directory(into);
  auto const unpacked = unpack_run(archive_of(folder, entries), into.string(), limits);
  // Whatever is in it, nothing lands elsewhere.
  CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 2);
  return unpacked ? "" : unpacked.error().detail;
}

bool says(std::string const& text, std::string const& part) {
  INFO(text);
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("A run's folder packed and unpacked gives its journal and baseline back") {
  test::temporary_folder const folder;
  folder.write("run/events.jsonl", "the journal\n");
  folder.write("run/baseline.json", "{}");
  folder.write("run/transcripts/späti@kim-1.txt", "said");
  folder.write("run/report.html", std::string(300'000, 'x'));
  fs::create_symlink("/etc/passwd", folder.path() / "run/link");
  auto const archive = (folder.path() / "new/night.tar.gz").string();
  auto const packed = pack_run((folder.path() / "run").string(), "20261120-090000-abcdef", archive);
  REQUIRE(packed.has_value());
  CHECK(packed->files == 4);
  CHECK(packed->bytes == fs::file_size(archive));
  CHECK(packed->left_out == std::vector<std::string>{"link"});
  auto const run = locate_run(folder.path().string(), archive);
  REQUIRE(run.has_value());
  CHECK(run->archive == archive);
  CHECK(fs::status(run->directory).permissions() == fs::perms::owner_all);
  std::ifstream journal(journal_path(run->directory));
  std::string line;
  CHECK(std::getline(journal, line));
  CHECK(line == "the journal");
  CHECK(fs::exists(fs::path(run->directory) / "baseline.json"));
  CHECK_FALSE(fs::exists(fs::path(run->directory) / "report.html"));  // nobody reads it from there
}

TEST_CASE("What an archive was unpacked to goes with its last owner") {
  test::temporary_folder const folder;
  auto const archive = archive_of(folder, {{"r/events.jsonl", "x\n"}});
  std::string directory;
  {
    auto const run = locate_run(folder.path().string(), archive);
    REQUIRE(run.has_value());
    directory = run->directory;
    CHECK(fs::exists(directory));
  }
  CHECK_FALSE(fs::exists(directory));
}

TEST_CASE("The same folder is packed to the same bytes") {
  test::temporary_folder const folder;
  folder.write("run/events.jsonl", "the journal\n");
  auto const run = (folder.path() / "run").string();
  REQUIRE(pack_run(run, "r", (folder.path() / "a.tar.gz").string()).has_value());
  REQUIRE(pack_run(run, "r", (folder.path() / "b.tar.gz").string()).has_value());
  CHECK(folder.read("a.tar.gz") == folder.read("b.tar.gz"));
}

TEST_CASE("An archive that reaches out of its folder is refused by archive and entry") {
  entry const journal{"r/events.jsonl", "x\n"};
  CHECK(refusal_of({journal}).empty());
  CHECK(refusal_of({{"./events.jsonl", "x\n"}, {"./transcripts/", "", AE_IFDIR}}).empty());
  CHECK(
      says(refusal_of({journal, {"/etc/cron.d/x", "x"}}), "the entry '/etc/cron.d/x' has an absolute name"));
  CHECK(says(refusal_of({{"r/../../events.jsonl", "x"}}), "points out of its folder"));
  CHECK(says(refusal_of({{"r/events.jsonl", "", AE_IFLNK, "/etc/passwd"}}), "'r/events.jsonl' is a link"));
  CHECK(says(refusal_of({journal, {"r/baseline.json", "", AE_IFREG, "", "r/events.jsonl"}}), "is a link"));
  CHECK(says(refusal_of({journal, {"r/pipe", "", AE_IFIFO}}), "neither a file nor a folder"));
  CHECK(says(refusal_of({journal, journal}), "'r/events.jsonl' is there twice"));
  CHECK(says(refusal_of({journal}, {}), ""));
  CHECK(says(refusal_of({journal, {"../x", "x"}}), "some.tar.gz: the entry '../x'"));
}

TEST_CASE("An archive that is too much, or no run's, is refused") {
  entry const journal{"r/events.jsonl", std::string(5000, 'x')};
  CHECK(says(refusal_of({journal}, {4999, 10}),
             "unpacks to more than 4999 bytes (at the entry 'r/events.jsonl')"));
  CHECK(
      says(refusal_of({journal, {"r/report.html", std::string(5000, 'x')}}, {9999, 10}), "'r/report.html'"));
  CHECK(says(refusal_of({journal, {"r/a", ""}, {"r/b", ""}}, {9999, 2}), "more than 2 entries"));
  CHECK(says(refusal_of({{"r/notes.txt", "x"}}), "holds no run"));
  CHECK(says(refusal_of({{"a/b/events.jsonl", "x"}}), "holds no run"));
  CHECK(says(refusal_of({journal, {"s/events.jsonl", "x"}}), "holds several runs ('r' and 's')"));
}

TEST_CASE("A file that is no archive, or half of one, is told as that") {
  test::temporary_folder const folder;
  auto const refused = [&](std::string const& path) {
    auto const run = locate_run(folder.path().string(), path);
    return run ? "" : run.error().detail;
  };
  CHECK(says(refused(folder.write("a.tar.gz", "no archive at all")), "not an archive of a run"));
  CHECK(says(refused(folder.write("b.tgz", "")), "not an archive of a run"));
  CHECK(says(refused(folder.write("page.html", "<html>")), "is no run: name its folder"));
  std::string noise;
  for (unsigned i = 0, x = 1; i < 200'000; ++i, x = x * 1664525U + 1013904223U)
    noise += static_cast<char>(x >> 24U);
  auto const whole = archive_of(folder, {{"r/events.jsonl", noise}});
  fs::resize_file(whole, fs::file_size(whole) / 2);
  CHECK(says(refused(whole), "damaged in the entry 'r/events.jsonl'"));
  CHECK(is_run_archive(whole));
  fs::rename(whole, folder.path() / "artifact");
  CHECK(is_run_archive((folder.path() / "artifact").string()));  // by its first bytes
}
