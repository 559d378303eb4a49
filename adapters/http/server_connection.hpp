// One accepted connection of a server, plain or TLS. Its limits are counted in ticks of a clock that all
// connections share, so that no request pays for timers.
#pragma once

#include "adapters/http/http_server.hpp"
#include "adapters/http/http_server_limits.hpp"
#include "adapters/http/http_server_tls.hpp"
#include "adapters/http/receive_buffer.hpp"
#include "adapters/http/request_reader.hpp"
#include "adapters/http/response_writer.hpp"
#include "adapters/http/tls_stream.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

// What all connections of one server share.
struct server_rules {
  server_rules(std::function<boost::asio::awaitable<http_response>(http_request)> a, http_server_limits l,
               std::optional<http_server_tls> t)
      : answer(std::move(a)), limits(l), tls(std::move(t)) {}
  std::function<boost::asio::awaitable<http_response>(http_request)> answer;
  std::function<void(refused_request const&)> refused;  // may be empty
  http_server_limits limits;
  std::optional<http_server_tls> tls;
  bool draining = false;  // no connection is kept for another request
};

class server_connection {
 public:
  // `turned_away`: its first request is answered with 503 whatever it is.
  server_connection(boost::asio::ip::tcp::socket socket, std::string peer,
                    std::shared_ptr<server_rules const> rules, bool turned_away);

  // Answers requests until the connection has ended or end() should follow. This outlives the awaited call.
  boost::asio::awaitable<void> serve();

  void end();          // at once; what is under way finishes with an error
  void end_if_idle();  // nothing when a request has begun
  bool is_turned_away() const { return turned_away_; }

  // Called once per tick: ends what has lasted for longer than its limit.
  void look_at_limits(std::chrono::milliseconds tick);
  std::size_t watch_place = 0;  // the watch's own

 private:
  enum class phase { handshake, turning_away, idle, header, body, answering, sending, closing };
  enum class next { request, goodbye, cut };

  void enter(phase entered);
  std::chrono::milliseconds limit_of_phase() const;
  bool request_has_begun() const { return !received_.empty() || reader_.in_body(); }

  boost::asio::awaitable<bool> shake_hands();
  boost::asio::awaitable<void> turn_away();
  request_reader::progress parse();
  boost::asio::awaitable<request_reader::progress> receive();
  boost::asio::awaitable<boost::system::error_code> read_more();
  boost::asio::awaitable<next> answer();
  boost::asio::awaitable<bool> send_pieces(std::vector<http_piece> pieces, reply_form form);
  boost::asio::awaitable<void> refuse(http_refusal const& why);
  void tell_refused(http_response const& reply) const;
  bool send_at_once(std::string_view& bytes);
  boost::asio::awaitable<bool> send(std::string_view bytes);
  boost::asio::awaitable<void> say_goodbye();

  boost::asio::ip::tcp::socket socket_;
  std::unique_ptr<tls_stream> tls_;
  boost::asio::steady_timer pause_;
  std::string peer_;
  std::shared_ptr<server_rules const> rules_;
  bool const turned_away_;
  request_reader reader_;
  receive_buffer received_;
  std::string out_;

  phase phase_ = phase::header;
  int ticks_ = 0;        // since the phase began, or since its last progress
  bool passed_ = false;  // the limit of the phase; what was pending is cancelled
};

}  // namespace parley
