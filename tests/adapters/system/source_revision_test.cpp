#include "adapters/system/source_revision.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

#include <filesystem>

using namespace parley;
using namespace parley::test;
namespace fs = std::filesystem;

namespace {

std::string const commit = "4c1f0b7d9e2a4c1f0b7d9e2a4c1f0b7d9e2a4c1f";
std::string const other = "0000000000000000000000000000000000000001";

std::string revision_in(fs::path const& folder, std::map<std::string, std::string> variables = {}) {
  return source_revision(environment(std::move(variables)), folder);
}

}  // namespace

TEST_CASE("The commit is the one that a repository has checked out, also from a folder inside it") {
  temporary_folder const folder;
  folder.write(".git/HEAD", "ref: refs/heads/main\n");
  folder.write(".git/refs/heads/main", commit + "\n");
  fs::create_directories(folder.path() / "a/b");
  CHECK(revision_in(folder.path()) == commit);
  CHECK(revision_in(folder.path() / "a/b") == commit);
}

TEST_CASE("The commit of a detached head, of packed references and of a worktree is found") {
  temporary_folder const folder;
  SECTION("detached") {
    folder.write(".git/HEAD", commit + "\n");
  }
  SECTION("packed") {
    folder.write(".git/HEAD", "ref: refs/heads/main\n");
    folder.write(".git/packed-refs",
                 "# pack-refs\n" + other + " refs/heads/main2\n" + commit + " refs/heads/main\n");
  }
  SECTION("worktree") {
    folder.write(".git", "gitdir: repository/.git/worktrees/w\n");
    folder.write("repository/.git/worktrees/w/HEAD", "ref: refs/heads/topic\n");
    folder.write("repository/.git/worktrees/w/commondir", "../..\n");
    folder.write("repository/.git/refs/heads/topic", commit + "\n");
  }
  CHECK(revision_in(folder.path()) == commit);
}

TEST_CASE("What the build server says about the commit wins") {
  temporary_folder const folder;
  folder.write(".git/HEAD", other + "\n");
  CHECK(revision_in(folder.path(), {{"GITHUB_SHA", commit}}) == commit);
  CHECK(revision_in(folder.path(), {{"GITHUB_SHA", "not a commit"}}) == other);
}

TEST_CASE("A repository that says nothing has no commit") {
  temporary_folder const folder;
  folder.write(".git/HEAD", "ref: refs/heads/unborn\n");
  CHECK(revision_in(folder.path()).empty());
  folder.write(".git/HEAD", "<script>\n");
  CHECK(revision_in(folder.path()).empty());
}
