// The folder beside a report's file: `out/report.html` has `out/report.files`.
#pragma once

#include "reports/report.hpp"

#include <filesystem>

namespace parley {

class folder_beside : public report_folder {
 public:
  explicit folder_beside(std::filesystem::path const& report);

  std::string name() const override { return path_.filename().string(); }
  // The stream must not outlive the folder.
  std::unique_ptr<std::ostream> open(std::string const& file) override;

  // Whether a file could not be written; errno says why.
  bool failed() const { return failed_; }
  std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
  bool failed_ = false;
};

}  // namespace parley
