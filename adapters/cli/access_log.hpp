// One line for every request the server answered, on stderr.
#pragma once

#include "adapters/registry_api/registry_api.hpp"

#include <cstdint>
#include <string>

namespace parley {

// "2026-11-21T09:00:00.123456Z 127.0.0.1 acme/alice "GET /v1/..." 200 512 0.8ms 1f2e3d4c". Lines are gathered
// and written together, at the latest at `flush`. While nobody reads them some are kept, then the next are
// dropped and counted: no request waits for a log. Lives on the io thread.
class access_log {
 public:
  explicit access_log(bool on, int descriptor = 2) : on_(on), descriptor_(descriptor) {}
  ~access_log() { flush(); }

  void add(request_note const& note);
  void flush();
  std::uint64_t dropped() const { return dropped_; }  // lines, ever

 private:
  void keep(std::string const& line);

  bool on_;
  int descriptor_;
  std::string waiting_;
  std::uint64_t dropped_ = 0;
  std::uint64_t told_ = 0;  // of those, how many the log says itself
};

}  // namespace parley
