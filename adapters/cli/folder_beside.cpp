#include "adapters/cli/folder_beside.hpp"

#include "adapters/cli/report_files.hpp"

namespace parley {
namespace {

// Tells its folder when it could not be written whole.
class checked_file : public std::ofstream {
 public:
  checked_file(std::ofstream file, bool& failed) : std::ofstream(std::move(file)), failed_(failed) {}
  checked_file(checked_file const&) = delete;
  checked_file& operator=(checked_file const&) = delete;
  ~checked_file() override {
    if (!flush()) failed_ = true;
  }

 private:
  bool& failed_;
};

}  // namespace

folder_beside::folder_beside(std::filesystem::path const& report)
    : path_(std::filesystem::path(report).replace_extension(".files")) {}

std::unique_ptr<std::ostream> folder_beside::open(std::string const& file) {
  return std::make_unique<checked_file>(open_report(path_ / file), failed_);
}

}  // namespace parley
