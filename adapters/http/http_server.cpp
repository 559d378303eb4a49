#include "adapters/http/http_server.hpp"

#include "adapters/http/receive_buffer.hpp"
#include "adapters/http/request_reader.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <charconv>
#include <exception>
#include <set>
#include <tuple>

namespace parley {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t read_size = 16 << 10;

std::string_view reason(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 304:
      return "Not Modified";
    case 307:
      return "Temporary Redirect";
    case 308:
      return "Permanent Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 503:
      return "Service Unavailable";
    default:
      return "Status";
  }
}

template <class Number>
void append_number(std::string& out, Number number, int base = 10) {
  char digits[24];
  auto const end = std::to_chars(digits, digits + sizeof digits, number, base);
  out.append(digits, end.ptr);
}

void append_chunk(std::string& out, std::string_view text) {
  if (text.empty()) return;
  append_number(out, text.size(), 16);
  out.append("\r\n").append(text).append("\r\n");
}

bool has_body(int status) {
  return status >= 200 && status != 204 && status != 304;
}

// The whole reply, or for a streamed one everything before its first piece.
void serialise(http_response const& reply, bool to_head, bool keep_alive, std::string& out) {
  out.clear();
  if (reply.fault.raw) {
    out = *reply.fault.raw;
    return;
  }
  out.append("HTTP/1.1 ");
  append_number(out, reply.status);
  out.append(" ").append(reason(reply.status)).append("\r\n");
  for (auto const& [name, value] : reply.headers) out.append(name).append(": ").append(value).append("\r\n");
  if (!keep_alive) out.append("Connection: close\r\n");
  bool const streamed = !reply.pieces.empty();
  if (streamed) {
    out.append("Transfer-Encoding: chunked\r\n\r\n");
    append_chunk(out, reply.body);
    return;
  }
  if (has_body(reply.status)) {
    out.append("Content-Length: ");
    append_number(out, reply.body.size());
    out.append("\r\n");
  }
  out.append("\r\n");
  if (has_body(reply.status) && !to_head) out.append(reply.body);
}

int status_of(request_reader::progress refused) {
  if (refused == request_reader::progress::body_too_large) return 413;
  return refused == request_reader::progress::header_too_large ? 431 : 400;
}

// One accepted connection; `end` makes its pending operation finish with an error.
struct connection {
  connection(tcp::socket s, http_server_limits const& limits)
      : socket(std::move(s)), pause(socket.get_executor()), reader(limits.header, limits.body) {}

  tcp::socket socket;
  asio::steady_timer pause;
  request_reader reader;
  receive_buffer received;
  std::string out;

  void end() {
    error_code ignored;
    socket.shutdown(tcp::socket::shutdown_both, ignored);
    socket.close(ignored);
    pause.cancel();
  }
};

// Most replies fit into the socket's buffer: one call of the kernel, no turn of the loop.
asio::awaitable<bool> send(connection& to, std::string_view bytes) {
  error_code error;
  std::size_t const sent = to.socket.write_some(asio::buffer(bytes), error);
  if (error && error != asio::error::would_block) co_return false;
  bytes.remove_prefix(error ? 0 : sent);
  if (bytes.empty()) co_return true;
  auto const [failed, written] = co_await asio::async_write(to.socket, asio::buffer(bytes), as_result);
  co_return !failed && written == bytes.size();
}

// False when the connection ended before a whole request.
asio::awaitable<request_reader::progress> receive(connection& from) {
  using enum request_reader::progress;
  for (;;) {
    if (!from.received.empty()) {
      auto const [reached, used] = from.reader.put(from.received.unread());
      from.received.consume(used);
      if (reached != needs_more) co_return reached;
      if (from.reader.expects_continue()) {
        bool const sent = co_await send(from, "HTTP/1.1 100 Continue\r\n\r\n");
        if (!sent) co_return needs_more;
      }
    }
    auto const room = from.received.prepare(read_size);
    auto const into = asio::buffer(room.data(), room.size());
    auto const [error, size] = co_await from.socket.async_read_some(into, as_result);
    if (error) co_return needs_more;
    from.received.commit(size);
  }
}

asio::awaitable<bool> send_pieces(connection& to, std::vector<http_piece> const& pieces) {
  for (auto const& piece : pieces) {
    if (piece.after.count() > 0) {
      to.pause.expires_after(piece.after);
      auto const [error] = co_await to.pause.async_wait(as_result);
      if (error || !to.socket.is_open()) co_return false;
    }
    to.out.clear();
    append_chunk(to.out, piece.text);
    bool const sent = co_await send(to, to.out);
    if (!sent) co_return false;
  }
  co_return co_await send(to, "0\r\n\r\n");
}

// True when the connection may carry another request.
asio::awaitable<bool> answer_with(connection& to, http_response reply, bool to_head, bool keep_alive) {
  serialise(reply, to_head, keep_alive, to.out);
  if (reply.fault.close_after && *reply.fault.close_after < to.out.size()) {
    to.out.resize(*reply.fault.close_after);
    co_await send(to, to.out);
    co_return false;
  }
  bool sent = co_await send(to, to.out);
  if (sent && !reply.pieces.empty() && !reply.fault.raw) sent = co_await send_pieces(to, reply.pieces);
  co_return sent&& keep_alive && !reply.fault.close_when_sent;
}

asio::awaitable<http_response> ask(http_server::handler const& answer, http_request request) {
  try {
    co_return co_await answer(std::move(request));
  } catch (std::exception const& thrown) {
    co_return http_response(500, thrown.what(), "text/plain");
  }
}

}  // namespace

struct http_server::state : std::enable_shared_from_this<state> {
  state(asio::io_context& io_used, handler a, http_server_limits l)
      : io(io_used), acceptor(io_used), answer(std::move(a)), limits(l) {}

  asio::io_context& io;
  tcp::acceptor acceptor;
  handler answer;
  http_server_limits limits;
  std::set<connection*> open;
  std::size_t accepted = 0;
  unsigned short port = 0;

  void close() {
    error_code ignored;
    acceptor.close(ignored);
    end_connections();
  }
  void end_connections() {
    for (auto* each : open) each->end();
  }
};

namespace {

// `Server` is http_server::state, private to that class. Both coroutines own what they use.
template <class Server>
asio::awaitable<void> serve(std::shared_ptr<Server> server, std::shared_ptr<connection> peer) {
  for (bool more = true; more && peer->socket.is_open();) {
    auto const reached = co_await receive(*peer);
    if (reached == request_reader::progress::needs_more) break;
    if (reached != request_reader::progress::complete) {
      http_response refusal(status_of(reached));
      co_await answer_with(*peer, std::move(refusal), false, false);
      break;
    }
    bool const keep_alive = peer->reader.keeps_alive();
    http_request request = peer->reader.take();
    bool const to_head = request.method == "HEAD";
    http_response reply = co_await ask(server->answer, std::move(request));
    more = co_await answer_with(*peer, std::move(reply), to_head, keep_alive);
  }
}

template <class Server>
asio::awaitable<void> accept(std::shared_ptr<Server> server) {
  while (server->acceptor.is_open()) {
    auto [error, socket] = co_await server->acceptor.async_accept(as_result);
    if (error == asio::error::operation_aborted) break;
    if (error) {  // out of descriptors, say: new connections wait until old ones end
      asio::steady_timer pause(server->io, std::chrono::milliseconds(10));
      co_await pause.async_wait(as_result);
    }
    if (error || server->open.size() >= server->limits.connections) continue;
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    socket.non_blocking(true, ignored);
    ++server->accepted;
    auto peer = std::make_shared<connection>(std::move(socket), server->limits);
    server->open.insert(peer.get());
    // A reply that could not be written or a broken handler ends its connection, never the server.
    asio::co_spawn(server->io, serve(server, peer), [server, peer](std::exception_ptr) {
      peer->end();
      server->open.erase(peer.get());
    });
  }
}

}  // namespace

http_server::http_server(asio::io_context& io, tcp::endpoint where, handler answer, http_server_limits limits)
    : state_(std::make_shared<state>(io, std::move(answer), limits)) {
  auto& acceptor = state_->acceptor;
  acceptor.open(where.protocol());
  acceptor.set_option(tcp::acceptor::reuse_address(true));
  acceptor.bind(where);
  acceptor.listen();
  state_->port = acceptor.local_endpoint().port();
  asio::co_spawn(io, accept(state_), [kept = state_](std::exception_ptr thrown) {
    if (thrown) kept->close();
  });
}

http_server::~http_server() {
  state_->close();
}

unsigned short http_server::port() const {
  return state_->port;
}
std::size_t http_server::connections_accepted() const {
  return state_->accepted;
}
std::size_t http_server::connections_open() const {
  return state_->open.size();
}
void http_server::close_connections() {
  state_->end_connections();
}
void http_server::close() {
  state_->close();
}

}  // namespace parley
