#include "adapters/http/server_connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <exception>
#include <tuple>

namespace parley {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using progress = request_reader::progress;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t read_size = 16 << 10;
// A larger reply's memory is given back when it is sent.
constexpr std::size_t most_kept = std::size_t{64} << 10;
// TLS tells of progress only when a whole piece is sent.
constexpr std::size_t tls_piece = std::size_t{64} << 10;

}  // namespace

server_connection::server_connection(tcp::socket socket, std::string peer,
                                     std::shared_ptr<server_rules const> rules, bool turned_away)
    : socket_(std::move(socket)),
      pause_(socket_.get_executor()),
      peer_(std::move(peer)),
      rules_(std::move(rules)),
      turned_away_(turned_away),
      reader_(rules_->limits.header, rules_->limits.body) {
  if (!rules_->tls) return;
  tls_ = std::make_unique<tls_stream>(*rules_->tls, socket_);
  phase_ = phase::handshake;
}

void server_connection::end() {
  error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_both, ignored);
  socket_.close(ignored);
  pause_.cancel();
}

void server_connection::end_if_idle() {
  if (phase_ == phase::handshake) end();
  if ((phase_ != phase::idle && phase_ != phase::header) || request_has_begun()) return;
  error_code ignored;
  if (socket_.available(ignored) > 0) return;  // a request has come and waits to be read
  passed_ = true;
  socket_.cancel(ignored);
}

void server_connection::enter(phase entered) {
  phase_ = entered;
  ticks_ = 0;
}

std::chrono::milliseconds server_connection::limit_of_phase() const {
  auto const& limits = rules_->limits;
  switch (phase_) {
    case phase::handshake:
    case phase::header:
      return limits.header_time;
    case phase::idle:
      return limits.idle_time;
    case phase::body:
      if (limits.body_time.count() == 0 || limits.body_rate == 0) return limits.body_time;
      return limits.body_time + std::chrono::seconds(reader_.body_size() / limits.body_rate);
    case phase::sending:
      return limits.send_time;
    case phase::turning_away:
    case phase::closing:
      return limits.closing_time;
    case phase::answering:
      break;
  }
  return {};
}

void server_connection::look_at_limits(std::chrono::milliseconds tick) {
  auto const limit = limit_of_phase();
  if (limit.count() == 0 || ++ticks_ <= limit / tick + 1) return;
  if (phase_ == phase::handshake || phase_ == phase::sending || phase_ == phase::closing) {
    end();
    return;
  }
  // serve() goes on with an answer, or a goodbye.
  error_code ignored;
  passed_ = true;
  socket_.cancel(ignored);
}

asio::awaitable<void> server_connection::serve() {
  if (tls_) {
    bool const secure = co_await shake_hands();
    if (!secure) co_return;
  }
  if (turned_away_) {
    co_await turn_away();
    co_return;
  }
  for (auto after = next::request; after != next::goodbye;) {
    auto reached = parse();
    if (reached == progress::needs_more) reached = co_await receive();
    if (reached == progress::complete) {
      after = co_await answer();
      if (after == next::cut || !socket_.is_open()) co_return;
      continue;
    }
    if (reached == progress::needs_more && !passed_) co_return;  // the peer has gone
    if (reached == progress::refused) co_await refuse(reader_.refusal());
    http_refusal const late{408, "the request did not arrive in time"};
    if (reached == progress::needs_more && request_has_begun()) co_await refuse(late);
    break;
  }
  co_await say_goodbye();
}

asio::awaitable<bool> server_connection::shake_hands() {
  auto const error = co_await tls_->handshake();
  if (!error) enter(phase::header);
  if (!error || !tls_->heard_plain_http()) co_return !error;
  tls_.reset();
  http_refusal const mistaken{400, "this port speaks HTTPS, not HTTP"};
  co_await refuse(mistaken);
  co_await say_goodbye();
  co_return false;
}

// Waits for the request: clients take a reply that comes before it for a broken connection.
asio::awaitable<void> server_connection::turn_away() {
  enter(phase::turning_away);
  error_code error;
  if (rules_->limits.closing_time.count() > 0) error = co_await read_more();
  if (error && !passed_) co_return;
  auto reply = answer_to_refused({503, "too many connections"});
  reply.headers.emplace_back("Retry-After", "1");
  tell_refused(reply);
  write_response(reply, reply_form(), out_);
  bool const sent = co_await send(out_);
  if (sent) co_await say_goodbye();
}

request_reader::progress server_connection::parse() {
  if (received_.empty()) return progress::needs_more;
  auto const step = reader_.put(received_.unread());
  received_.consume(step.used);
  if (step.reached == progress::needs_more) {
    phase const now = reader_.in_body() ? phase::body : phase::header;
    if (now != phase_) enter(now);
  }
  return step.reached;
}

asio::awaitable<error_code> server_connection::read_more() {
  auto const room = received_.prepare(read_size);
  error_code error;
  std::size_t size = 0;
  if (tls_)
    std::tie(error, size) = co_await tls_->read_some(room);
  else
    std::tie(error, size) =
        co_await socket_.async_read_some(asio::buffer(room.data(), room.size()), as_result);
  received_.commit(size);
  co_return error;
}

// `needs_more` when no whole request came: its time has passed_, or the peer ended.
asio::awaitable<request_reader::progress> server_connection::receive() {
  for (;;) {
    if (reader_.expects_continue()) {
      bool const sent = co_await send("HTTP/1.1 100 Continue\r\n\r\n");
      if (!sent) co_return progress::needs_more;
      enter(phase::body);
    }
    if (passed_) co_return progress::needs_more;
    auto const error = co_await read_more();
    if (error) co_return progress::needs_more;
    passed_ = false;  // bytes overtook it; if they are not enough it passes again with the next tick
    auto const reached = parse();
    if (reached != progress::needs_more) co_return reached;
  }
}

asio::awaitable<server_connection::next> server_connection::answer() {
  enter(phase::answering);
  reply_form form;
  form.to_http_1_0 = reader_.is_http_1_0();
  form.keep_alive = reader_.keeps_alive();
  http_request request = reader_.take();
  form.to_head = request.method == "HEAD";
  request.peer = peer_;
  http_response reply;
  try {
    reply = co_await rules_->answer(std::move(request));
  } catch (std::exception const& thrown) {
    reply = http_response(500, thrown.what(), "text/plain");
  }
  bool const streamed = !reply.pieces.empty();
  // HTTP/1.0 knows the end of a streamed reply by the end of the connection.
  if (rules_->draining || (streamed && form.to_http_1_0)) form.keep_alive = false;
  write_response(reply, form, out_);
  auto const cut_after = reply.fault.close_after.value_or(out_.size());
  bool const cut = cut_after < out_.size();
  if (cut) out_.resize(cut_after);
  std::string_view left = out_;
  bool sent = send_at_once(left);
  if (sent && !left.empty()) sent = co_await send(left);
  if (sent && !cut && streamed && !reply.fault.raw && !form.to_head)
    sent = co_await send_pieces(std::move(reply.pieces), form);
  if (out_.capacity() > most_kept) std::string().swap(out_);
  if (!sent || cut || reply.fault.close_when_sent) co_return next::cut;
  enter(phase::idle);
  co_return form.keep_alive && !rules_->draining ? next::request : next::goodbye;
}

asio::awaitable<bool> server_connection::send_pieces(std::vector<http_piece> pieces, reply_form form) {
  for (auto const& piece : pieces) {
    if (piece.after.count() > 0) {
      enter(phase::answering);
      pause_.expires_after(piece.after);
      auto const [error] = co_await pause_.async_wait(as_result);
      if (error || !socket_.is_open()) co_return false;
    }
    out_.clear();
    append_piece(piece, form, out_);
    bool const sent = co_await send(out_);
    if (!sent) co_return false;
  }
  co_return co_await send(end_of_pieces(form));
}

asio::awaitable<void> server_connection::refuse(http_refusal const& why) {
  auto const reply = answer_to_refused(why);
  tell_refused(reply);
  write_response(reply, reply_form(), out_);
  co_await send(out_);
}

void server_connection::tell_refused(http_response const& reply) const {
  if (!rules_->refused) return;
  refused_request refused;
  refused.peer = peer_;
  if (auto const* const begun = reader_.begun(); begun != nullptr) {
    refused.method = begun->method;
    refused.target = begun->target;
  }
  refused.status = reply.status;
  refused.bytes = reply.body.size();
  rules_->refused(refused);
}

// Most replies fit into the socket's buffer: one call of the kernel, no turn of the loop. Takes what was sent
// off `bytes`; false when the connection is broken.
bool server_connection::send_at_once(std::string_view& bytes) {
  if (tls_) return true;
  error_code error;
  std::size_t const sent = socket_.write_some(asio::buffer(bytes), error);
  if (error) return error == asio::error::would_block;
  bytes.remove_prefix(sent);
  return true;
}

asio::awaitable<bool> server_connection::send(std::string_view bytes) {
  if (!send_at_once(bytes)) co_return false;
  while (!bytes.empty()) {
    enter(phase::sending);
    error_code error;
    std::size_t size = std::min(bytes.size(), tls_piece);
    if (tls_)
      error = co_await tls_->write(bytes.substr(0, size));
    else
      std::tie(error, size) = co_await socket_.async_write_some(asio::buffer(bytes), as_result);
    if (error) co_return false;
    bytes.remove_prefix(size);
  }
  co_return true;
}

// Ends our side and takes what the peer still sends, until it has read our last words and closes too: were
// the socket closed with bytes unread, they would be lost.
asio::awaitable<void> server_connection::say_goodbye() {
  enter(phase::closing);
  if (rules_->limits.closing_time.count() == 0) co_return;
  if (tls_) co_await tls_->say_goodbye();
  error_code error;
  socket_.shutdown(tcp::socket::shutdown_send, error);
  received_.clear();
  while (!error) {
    auto const room = received_.prepare(read_size);
    auto const into = asio::buffer(room.data(), room.size());
    std::tie(error, std::ignore) = co_await socket_.async_read_some(into, as_result);
  }
}

}  // namespace parley
