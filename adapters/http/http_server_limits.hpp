// What a server grants its clients: sizes, counts and times.
#pragma once

#include <chrono>
#include <cstddef>

namespace parley {

struct http_server_limits {
  std::size_t header = std::size_t{64} << 10;  // bytes; more is answered with 431 (or 414)
  std::size_t body = std::size_t{8} << 20;     // bytes; more is answered with 413
  std::size_t connections = 4096;              // further ones are answered with 503 and Retry-After
  std::size_t turned_away = 64;                // of those at a time; further ones are closed at once

  // Times, each one's end noticed up to a quarter of the shortest or half a second late; 0 = no limit.
  std::chrono::milliseconds idle_time{75'000};    // between two requests of a connection
  std::chrono::milliseconds header_time{10'000};  // a whole request header; before it the TLS handshake
  std::chrono::milliseconds body_time{30'000};    // a whole body, and one second more for each
  std::size_t body_rate = std::size_t{16} << 10;  // bytes of it that have arrived; 0 = never more
  std::chrono::milliseconds send_time{30'000};    // sending a reply without any progress
  std::chrono::milliseconds closing_time{
      2'000};  // for the peer to read the last reply and close; 0 = none is given
};

}  // namespace parley
