#include "adapters/http/http_connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace parley {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::steady_clock;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t read_size = 16 << 10;

std::string seconds_text(std::chrono::milliseconds time) {
  if (time.count() % 1000 == 0) return std::to_string(time.count() / 1000) + "s";
  return std::to_string(time.count()) + "ms";
}

failure cancelled() {
  return {failure_code::cancelled, "cancelled"};
}

}  // namespace

http_connection::http_connection(asio::io_context& io, std::shared_ptr<http_origin const> origin,
                                 http_connection_limits const& limits)
    : origin_(std::move(origin)), limits_(limits), socket_(io), reader_(limits.header, limits.body) {}

void http_connection::close() {
  error_code ignored;
  socket_.close(ignored);
}

void http_connection::look_at_limits(time_point now) {
  if (phase_ == limit::none || passed_ != limit::none) return;
  if (phase_ == limit::idle && reads_ != reads_seen_) {
    reads_seen_ = reads_;
    phase_limit_ = now + limits_.idle;
  }
  if (now >= deadline_)
    passed_ = limit::deadline;
  else if (now >= phase_limit_)
    passed_ = phase_;
  if (passed_ != limit::none) close();
}

bool http_connection::is_quiet() {
  if (!socket_.is_open()) return false;
  char next = 0;
  auto const size = ::recv(socket_.native_handle(), &next, 1, MSG_PEEK | MSG_DONTWAIT);
  return size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

failure http_connection::explain_timeout() const {
  std::string const where = host_and_port(*origin_);
  switch (passed_) {
    case limit::connect:
      return {failure_code::agent_transport, "no connection to " + where + " within " +
                                                 seconds_text(limits_.connect) + " (timeout.connect)"};
    case limit::first_byte:
      return {failure_code::agent_timeout, "no reply from " + where + " within " +
                                               seconds_text(limits_.first_byte) + " (timeout.first_byte)"};
    case limit::idle:
      return {failure_code::agent_timeout,
              where + " fell silent inside its reply for " + seconds_text(limits_.idle) + " (timeout.idle)"};
    case limit::deadline:
    case limit::none:
      break;
  }
  return {failure_code::agent_timeout, "no whole reply from " + where + " within the time limit"};
}

failure http_connection::explain(error_code error, std::string_view what) const {
  if (passed_ != limit::none) return explain_timeout();
  if (error == asio::error::operation_aborted) return cancelled();
  std::string text = host_and_port(*origin_);
  text.append(": ").append(what).append(": ").append(error.message());
  return {failure_code::agent_transport, std::move(text)};
}

failure http_connection::refuse(response_reader::progress reached) const {
  std::string const where = host_and_port(*origin_);
  using enum response_reader::progress;
  if (reached == body_too_large)
    return {failure_code::agent_protocol, "the reply of " + where + " is larger than " +
                                              std::to_string(limits_.body) + " bytes (max_body)"};
  if (reached == header_too_large)
    return {failure_code::agent_protocol, "the reply of " + where + " has more than " +
                                              std::to_string(limits_.header) + " bytes of headers"};
  if (reached == cut_off && reader_.header_done())
    return {failure_code::agent_transport, where + " closed the connection in the middle of its reply"};
  if (reached == cut_off)
    return {failure_code::agent_transport, where + " closed the connection before it replied"};
  return {failure_code::agent_protocol, "the reply of " + where + " is not HTTP: " + reader_.problem};
}

asio::awaitable<std::optional<failure>> http_connection::open(host_names& names,
                                                              std::optional<http_url> const& proxy,
                                                              std::optional<tls_settings> const& tls,
                                                              time_point deadline) {
  deadline_ = deadline;
  phase_ = limit::connect;
  passed_ = limit::none;
  phase_limit_ = steady_clock::now() + limits_.connect;
  http_origin const& first = proxy ? proxy->origin : *origin_;
  auto trouble = co_await connect_to(first, names);
  if (!trouble && proxy && tls) trouble = co_await ask_proxy(*proxy);
  if (!trouble && tls) trouble = co_await start_tls(*tls);
  phase_ = limit::none;
  if (trouble) close();
  co_return trouble;
}

// Tries the host's addresses in turn; each may use its share of the time that is left.
asio::awaitable<std::optional<failure>> http_connection::connect_to(http_origin const& where,
                                                                    host_names& names) {
  auto const last = phase_limit_;
  auto const found = co_await names.look_up(where.host, std::min(last, deadline_));
  if (found.cancelled) co_return cancelled();
  if (found.addresses.empty()) {
    if (steady_clock::now() >= deadline_) co_return explain_timeout();
    co_return failure(failure_code::agent_transport, where.host + " has no address: " + found.problem);
  }
  failure trouble = explain_timeout();
  for (std::size_t i = 0; i < found.addresses.size(); ++i) {
    auto const now = steady_clock::now();
    phase_limit_ = now + (last - now) / static_cast<long>(found.addresses.size() - i);
    passed_ = limit::none;
    close();
    tcp::endpoint const endpoint(found.addresses[i], where.port);
    auto const [error] = co_await socket_.async_connect(endpoint, as_result);
    if (!error) {
      names.prefer(where.host, found.addresses[i]);
      phase_limit_ = last;
      error_code ignored;
      socket_.set_option(tcp::no_delay(true), ignored);
      socket_.non_blocking(true, ignored);
      co_return std::nullopt;
    }
    trouble = explain(error, "cannot connect");
    if (trouble.code != failure_code::agent_transport) break;
  }
  if (&where != origin_.get()) trouble.detail += " (through the proxy " + host_and_port(where) + ")";
  co_return trouble;
}

asio::awaitable<std::optional<failure>> http_connection::ask_proxy(http_url const& proxy) {
  std::string const target = host_and_port(*origin_);
  std::string request = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n";
  if (!proxy.authorization.empty()) request += "Proxy-Authorization: " + proxy.authorization + "\r\n";
  request += "\r\n";
  std::string const via = "the proxy " + host_and_port(proxy.origin);
  bool untouched = false;
  auto const written = co_await write(request, untouched);
  if (written) co_return explain(written, "asking " + via);
  // Headers alone: what follows a proxy's 2xx is the tunnel.
  reader_.start(true);
  received_.clear();
  for (;;) {
    auto const error = co_await read_more();
    if (error) co_return explain(error, "waiting for " + via);
    auto const [reached, used] = reader_.put(received_.unread());
    received_.consume(used);
    if (reached == response_reader::progress::complete) break;
    if (reached != response_reader::progress::needs_more)
      co_return failure(failure_code::agent_transport, via + " does not speak HTTP: " + reader_.problem);
  }
  if (reader_.status / 100 == 2 && received_.empty()) co_return std::nullopt;
  co_return failure(failure_code::agent_transport,
                    via + " refused the way to " + target + " with status " + std::to_string(reader_.status));
}

asio::awaitable<std::optional<failure>> http_connection::start_tls(tls_settings const& tls) {
  auto stream = std::make_unique<tls_stream>(tls, socket_, origin_->host);
  auto const error = co_await stream->handshake();
  if (!error) {
    tls_ = std::move(stream);
    co_return std::nullopt;
  }
  refused_certificate_ = passed_ == limit::none && !stream->refusal().empty();
  if (refused_certificate_)
    co_return failure(failure_code::agent_transport,
                      host_and_port(*origin_) + ": TLS: " + stream->refusal() +
                          " (ca_file names further authorities, insecure: true checks nothing)");
  co_return explain(error, "TLS handshake failed");
}

// Most requests fit into the socket's buffer: one call of the kernel, no turn of the loop.
asio::awaitable<error_code> http_connection::write(std::string_view bytes, bool& untouched) {
  if (tls_) co_return co_await tls_->write(bytes);
  error_code error;
  std::size_t const sent = socket_.write_some(asio::buffer(bytes), error);
  if (error && error != asio::error::would_block) {
    untouched = true;
    co_return error;
  }
  bytes.remove_prefix(error ? 0 : sent);
  if (bytes.empty()) co_return error_code();
  auto const [failed, size] = co_await asio::async_write(socket_, asio::buffer(bytes), as_result);
  untouched = failed && error && size == 0;
  phase_limit_ = steady_clock::now() + limits_.first_byte;
  co_return failed;
}

asio::awaitable<error_code> http_connection::read_more() {
  auto const room = received_.prepare(read_size);
  if (tls_) {
    auto const [error, size] = co_await tls_->read_some(room);
    received_.commit(size);
    ++reads_;
    co_return error;
  }
  auto const into = asio::buffer(room.data(), room.size());
  auto const [error, size] = co_await socket_.async_read_some(into, as_result);
  received_.commit(size);
  ++reads_;
  co_return error;
}

asio::awaitable<exchange_end> http_connection::exchange(std::string_view bytes, bool to_head,
                                                        piece_sink const* sink, time_point deadline) {
  deadline_ = deadline;
  passed_ = limit::none;
  phase_ = limit::first_byte;
  phase_limit_ = steady_clock::now() + limits_.first_byte;
  reader_.start(to_head);
  received_.clear();
  exchange_end end;
  auto const written = co_await write(bytes, end.untouched);
  if (written && (end.untouched || passed_ != limit::none || written == asio::error::operation_aborted)) {
    end.trouble = explain(written, "the request could not be sent");
    phase_ = limit::none;
    close();
    co_return end;
  }
  // A server that refuses a large request may reply and close before it has read it all.
  end = co_await read_reply(sink, written);
  phase_ = limit::none;
  idle_since_ = steady_clock::now();
  if (!end.trouble && idle_since_ > deadline) {
    passed_ = limit::deadline;
    end.trouble = explain_timeout();
  }
  if (end.trouble || !end.may_be_used_again) close();
  co_return end;
}

// False when the receiver has enough.
bool http_connection::hand_over(piece_sink const* sink) {
  if (sink == nullptr || reader_.status / 100 != 2 || reader_.body.empty()) return true;
  bool const more = (*sink)(reader_.body);
  reader_.body.clear();
  return more;
}

asio::awaitable<exchange_end> http_connection::read_reply(piece_sink const* sink, error_code write_error) {
  using enum response_reader::progress;
  exchange_end end;
  for (;;) {
    auto const error = co_await read_more();
    phase_ = limit::idle;
    auto reached = needs_more;
    if (!received_.empty()) {
      auto const step = reader_.put(received_.unread());
      received_.consume(step.used);
      reached = step.reached;
    }
    if (error == asio::error::eof && reached == needs_more) reached = reader_.end_of_stream();
    bool const enough = !hand_over(sink);
    if (reached == complete || enough) {
      end.may_be_used_again =
          reached == complete && !error && !write_error && received_.empty() && reader_.keeps_alive();
      co_return end;
    }
    if (reached == cut_off && write_error && !reader_.header_done()) {
      end.trouble = explain(write_error, "the request could not be sent");
      co_return end;
    }
    if (reached != needs_more) {
      end.trouble = refuse(reached);
      co_return end;
    }
    if (error) {
      auto const what = reader_.header_done() ? "the reply broke off" : "no reply";
      end.trouble = explain(error, what);
      co_return end;
    }
  }
}

}  // namespace parley
