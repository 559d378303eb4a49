// One line for every request the server answered, on stderr.
#pragma once

#include "adapters/registry_api/registry_api.hpp"

#include <string>

namespace parley {

// "2026-11-21T09:00:00.123456Z 127.0.0.1 acme/alice "GET /v1/..." 200 512 0.8ms 1f2e3d4c". Lines are gathered
// and written together, at the latest at `flush`. Lives on the io thread.
class access_log {
 public:
  explicit access_log(bool on) : on_(on) {}
  ~access_log() { flush(); }

  void add(request_note const& note);
  void flush();

 private:
  bool on_;
  std::string waiting_;
};

}  // namespace parley
