// A PostgreSQL server for tests, started from Debian's package as an unprivileged user in a folder of its
// own.
#pragma once

#include <string>

namespace parley::test {

class postgres_server {
 public:
  // Throws std::runtime_error when there is none to start.
  postgres_server();
  ~postgres_server();  // stops it and removes its data
  postgres_server(postgres_server const&) = delete;
  postgres_server& operator=(postgres_server const&) = delete;

  void start();
  void stop();
  // Of the database `name`.
  std::string url(std::string const& name = "postgres") const;

 private:
  void act(std::string const& action) const;
  std::string folder_;
};

// An empty database on the server that all tests share: ctest's (PARLEY_TEST_POSTGRES says its folder), or
// one that is started for this process. Dropped at the end.
class postgres_database {
 public:
  postgres_database();
  ~postgres_database();
  postgres_database(postgres_database const&) = delete;
  postgres_database& operator=(postgres_database const&) = delete;

  std::string const& url() const { return url_; }

 private:
  std::string name_;
  std::string url_;
};

// Runs one statement on a connection of its own.
void run_on_postgres(std::string const& url, std::string const& sql);

}  // namespace parley::test
