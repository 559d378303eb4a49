// The real `parley serve` on a free port of this machine, and what it answers.
#pragma once

#include "tests/support/child_process.hpp"
#include "tests/support/temporary_folder.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace parley::test {

struct served_reply {
  int status = 0;
  nlohmann::json body;  // null when it is none
  std::string text;
};

class registry_server {
 public:
  // `more` are further flags; without `--no-auth` nobody is let in without a key.
  explicit registry_server(std::vector<std::string> more = {"--no-auth"});

  void start();
  void kill();                               // at once, as a crash would
  int stop();                                // SIGTERM; the exit code
  void agent(std::string const& url) const;  // writes parley.yaml: an agent `support`

  served_reply send(std::string const& method, std::string const& target,
                    nlohmann::json const& body = nullptr,
                    std::vector<std::pair<std::string, std::string>> const& headers = {}) const;
  served_reply get(std::string const& target) const { return send("GET", target); }
  // Its "..._id".
  std::string create(std::string const& target, nlohmann::json const& body) const;
  // Asks again until `ready` says so; throws after 30 s.
  nlohmann::json until(std::string const& target, bool (*ready)(nlohmann::json const&)) const;

  // `parley <arguments> --db` of this server; its stdout as JSON, line by line.
  std::vector<nlohmann::json> manage(std::vector<std::string> arguments) const;

  temporary_folder const& folder() const { return folder_; }
  std::string const& url() const { return url_; }

 private:
  temporary_folder folder_;
  std::vector<std::string> more_;
  std::unique_ptr<child_process> process_;
  std::string url_;
};

}  // namespace parley::test
