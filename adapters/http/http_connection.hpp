// One connection to one origin, plain or TLS, direct or through a proxy, carrying one request at a time. Its
// limits are looked at from outside by a connection_watchdog, so that no request pays for timers.
#pragma once

#include "adapters/http/host_names.hpp"
#include "adapters/http/http_url.hpp"
#include "adapters/http/receive_buffer.hpp"
#include "adapters/http/response_reader.hpp"
#include "adapters/http/tls_stream.hpp"
#include "runner/failure.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

struct http_connection_limits {
  std::chrono::milliseconds connect{10'000};  // name, connection, proxy and TLS together
  std::chrono::milliseconds first_byte{60'000};
  std::chrono::milliseconds idle{30'000};  // between two pieces of a reply
  std::size_t header = std::size_t{64} << 10;
  std::size_t body = std::size_t{8} << 20;
};

// Receives a successful reply's body piece by piece, as it arrives; false = enough, read no further.
using piece_sink = std::function<bool(std::string_view)>;

// How one request ended on the wire.
struct exchange_end {
  std::optional<failure> trouble;  // nothing: there is a whole reply
  bool untouched = false;          // nothing of the request can have reached the agent
  bool may_be_used_again = false;  // the connection
};

class http_connection {
 public:
  using time_point = std::chrono::steady_clock::time_point;

  http_connection(boost::asio::io_context& io, std::shared_ptr<http_origin const> origin,
                  http_connection_limits const& limits);

  // Connects. `names` and the optionals stay alive until the awaited call returns; `tls` is set for https.
  boost::asio::awaitable<std::optional<failure>> open(host_names& names, std::optional<http_url> const& proxy,
                                                      std::optional<tls_settings> const& tls,
                                                      time_point deadline);

  // Sends the bytes of one request and reads the reply into reply(). `bytes` and `sink` stay alive until the
  // awaited call returns.
  boost::asio::awaitable<exchange_end> exchange(std::string_view bytes, bool to_head, piece_sink const* sink,
                                                time_point deadline);

  response_reader& reply() { return reader_; }
  std::shared_ptr<http_origin const> const& origin() const { return origin_; }
  std::string& request_bytes() { return request_bytes_; }  // to be filled again for each request

  // True when the peer has neither closed nor said anything since the last reply.
  bool is_quiet();
  // After a failed open(): trying again cannot help.
  bool refused_certificate() const { return refused_certificate_; }
  time_point idle_since() const { return idle_since_; }

  // Called by the watchdog; closes the socket when a limit has passed.
  void look_at_limits(time_point now);
  std::size_t watch_place = 0;  // the watchdog's own

 private:
  enum class limit { none, connect, first_byte, idle, deadline };

  boost::asio::awaitable<std::optional<failure>> connect_to(http_origin const& where, host_names& names);
  boost::asio::awaitable<std::optional<failure>> ask_proxy(http_url const& proxy);
  boost::asio::awaitable<std::optional<failure>> start_tls(tls_settings const& tls);
  boost::asio::awaitable<boost::system::error_code> write(std::string_view bytes, bool& untouched);
  boost::asio::awaitable<boost::system::error_code> read_more();
  boost::asio::awaitable<exchange_end> read_reply(piece_sink const* sink,
                                                  boost::system::error_code write_error);
  bool hand_over(piece_sink const* sink);

  failure explain(boost::system::error_code error, std::string_view what) const;
  failure explain_timeout() const;
  failure refuse(response_reader::progress reached) const;
  void close();

  std::shared_ptr<http_origin const> origin_;
  http_connection_limits const& limits_;
  boost::asio::ip::tcp::socket socket_;
  std::unique_ptr<tls_stream> tls_;
  response_reader reader_;
  receive_buffer received_;
  std::string request_bytes_;

  // What the watchdog looks at.
  limit phase_ = limit::none;
  time_point phase_limit_;
  time_point deadline_;
  std::size_t reads_ = 0;
  std::size_t reads_seen_ = 0;
  limit passed_ = limit::none;
  bool refused_certificate_ = false;

  time_point idle_since_;
};

}  // namespace parley
