#include "adapters/http/http_client.hpp"

#include "adapters/http/connection_pool.hpp"
#include "adapters/http/endpoint_waits.hpp"
#include "adapters/http/http_attempt.hpp"
#include "adapters/http/request_gate.hpp"
#include "adapters/http/retry_wait.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <map>
#include <random>

namespace parley {

namespace asio = boost::asio;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using time_point = steady_clock::time_point;

namespace {

constexpr int most_redirects = 5;
constexpr milliseconds noticeable{5'000};  // a wait that the run's owner wants to know of

failure time_limit(std::string const& what) {
  return {failure_code::agent_timeout, what + " within the time limit"};
}

// Every header that may say who is asking.
std::string credentials_in(http_headers const& configured) {
  std::string all;
  for (auto const& [name, value] : configured)
    if (!equal_ignoring_case(name, "content-type") && !equal_ignoring_case(name, "accept"))
      all += '\n' + name + ':' + value;
  return all;
}

http_headers merged(http_headers own, http_headers const& configured) {
  auto const count = own.size();
  for (auto const& header : configured) {
    auto const end = own.begin() + static_cast<std::ptrdiff_t>(count);
    if (std::none_of(own.begin(), end,
                     [&](auto const& h) { return equal_ignoring_case(h.first, header.first); }))
      own.push_back(header);
  }
  return own;
}

}  // namespace

struct http_client::state {
  state(asio::io_context& io_used, http_client_settings s)
      : io(io_used),
        settings(std::move(s)),
        names(io_used),
        pool(io_used, settings.max_connections, settings.keep_alive) {}

  asio::io_context& io;
  http_client_settings settings;
  host_names names;
  connection_pool pool;
  std::optional<tls_settings> tls;  // made with the first https connection
  std::map<http_origin, std::shared_ptr<http_origin const>> origins;
  std::map<http_origin const*, std::shared_ptr<request_gate>> gates;
  std::minstd_rand chance{std::random_device{}()};

  outcome<http_route> route_to(std::string method, http_url url, http_headers headers);
  outcome<http_route> redirected(http_route_parts const& from, http_attempt const& reply);
  bool is_retried(int status) const {
    auto const& all = settings.retried_statuses;
    return std::find(all.begin(), all.end(), status) != all.end();
  }
  std::optional<milliseconds> wait_before_retry(http_attempt const& last, int retries);
  void give_up(http_route_parts const& route, http_attempt& last, bool too_late) const;

  void notice(request_gate& gate, http_origin const& origin, request_gate::pause const& pause);
  asio::awaitable<outcome<request_gate::pass>> enter(http_route_parts const& route, std::uint64_t flow,
                                                     time_point deadline, time_waited& waited);
  asio::awaitable<std::optional<failure>> wait_until(time_point when);
  request_gate& gate_of(http_route_parts const& route);
  asio::awaitable<outcome<connection_pool::lease>> new_connection(http_route_parts const& route,
                                                                  time_point deadline, bool& hopeless);
  asio::awaitable<outcome<connection_pool::lease>> connection_for(http_route_parts const& route,
                                                                  time_point deadline, bool& hopeless);
  asio::awaitable<http_attempt> try_once(http_route_parts const& route, std::string_view body,
                                         time_point deadline, piece_sink const* sink);
  asio::awaitable<http_attempt> try_often(http_route_parts const& route, std::string_view body,
                                          time_point deadline, piece_sink const* sink, std::uint64_t flow);
  // Keeps the state alive until its end.
  static asio::awaitable<outcome<http_reply>> send(std::shared_ptr<state> self, http_route route,
                                                   std::string_view body, time_point deadline,
                                                   piece_sink const* sink, std::uint64_t flow);
};

outcome<http_route> http_client::state::route_to(std::string method, http_url url, http_headers headers) {
  auto& origin = origins[url.origin];
  if (!origin) origin = std::make_shared<http_origin const>(url.origin);
  return make_http_route(std::move(method), std::move(url), origin, std::move(headers), settings.proxy);
}

void http_client::state::notice(request_gate& gate, http_origin const& origin,
                                request_gate::pause const& pause) {
  if (pause.because.empty() || pause.how_long <= noticeable || !gate.tells_first_pause()) return;
  endpoint_wait wait;
  wait.endpoint = host_and_port(origin);
  wait.how_long = std::chrono::round<milliseconds>(pause.how_long);
  wait.because = pause.because;
  tell_watches(io, wait);
}

asio::awaitable<outcome<request_gate::pass>> http_client::state::enter(http_route_parts const& route,
                                                                       std::uint64_t flow,
                                                                       time_point deadline,
                                                                       time_waited& waited) {
  request_gate& gate = gate_of(route);
  if (auto pass = gate.enter_at_once()) co_return std::move(*pass);
  auto const began = steady_clock::now();
  auto const pause = gate.pause_at(began);
  notice(gate, *route.origin, pause);
  if (!pause.because.empty() && began + pause.how_long >= deadline)
    co_return failure(failure_code::agent_timeout, later_than_the_limit(*route.origin, pause.because));
  auto entered = co_await gate.enter(flow, deadline);
  waited.add(steady_clock::now() - began, pause.because);
  co_return std::move(entered);
}

asio::awaitable<std::optional<failure>> http_client::state::wait_until(time_point when) {
  asio::steady_timer timer(io, when);
  auto const [error] = co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
  if (error) co_return failure(failure_code::cancelled, "cancelled");
  co_return std::nullopt;
}

// Whoever shares the key shares its quota, through whichever client.
request_gate& http_client::state::gate_of(http_route_parts const& route) {
  auto& gate = gates[route.origin.get()];
  if (!gate) gate = gate_for(io, to_text(*route.origin) + credentials_in(settings.headers), settings.limit);
  return *gate;
}

asio::awaitable<outcome<connection_pool::lease>> http_client::state::new_connection(
    http_route_parts const& route, time_point deadline, bool& hopeless) {
  if (route.origin->tls && !tls) {
    auto made = tls_settings::make(settings.ca_file, settings.insecure);
    hopeless = made.has_error();
    if (hopeless) {
      pool.refuse_place();
      co_return made.error();
    }
    tls = *made;
  }
  auto lease = pool.add(std::make_unique<http_connection>(io, route.origin, settings.limits));
  std::optional<tls_settings> const secured = route.origin->tls ? tls : std::nullopt;
  auto const trouble = co_await lease->open(names, route.proxy, secured, deadline);
  hopeless = lease->refused_certificate();
  if (trouble) co_return *trouble;
  co_return std::move(lease);
}

asio::awaitable<outcome<connection_pool::lease>> http_client::state::connection_for(
    http_route_parts const& route, time_point deadline, bool& hopeless) {
  if (!pool.has_place()) {
    bool const granted = co_await pool.wait_for_place(deadline);
    if (!granted && steady_clock::now() < deadline) co_return failure(failure_code::cancelled, "cancelled");
    if (!granted) co_return time_limit("max_connections allowed no request");
  }
  if (auto idle = pool.take_idle(route.origin)) co_return std::move(*idle);
  co_return co_await new_connection(route, deadline, hopeless);
}

asio::awaitable<http_attempt> http_client::state::try_once(http_route_parts const& route,
                                                           std::string_view body, time_point deadline,
                                                           piece_sink const* sink) {
  http_attempt result;
  for (;;) {
    bool hopeless = false;
    auto connected = co_await connection_for(route, deadline, hopeless);
    if (connected.has_error()) {
      result.may_be_tried_again = !hopeless;
      result.trouble = connected.error();
      co_return result;
    }
    auto& lease = *connected;
    auto& bytes = lease->request_bytes();
    write_request(route, body, bytes);
    auto ended = co_await lease->exchange(bytes, route.method == "HEAD", sink, deadline);
    bool const was_stale = ended.untouched && lease.used_before();
    if (was_stale && ended.trouble->code == failure_code::agent_transport)
      continue;  // closed while it was idle
    auto& reply = lease->reply();
    bool const pieces_seen = sink != nullptr && reply.header_done() && reply.status / 100 == 2;
    result.may_be_tried_again = ended.untouched || (settings.idempotent && !pieces_seen);
    result.trouble = std::move(ended.trouble);
    result.status = reply.status;
    result.body = std::move(reply.body);
    if (result.status / 100 != 2) {
      result.location = reply.location;
      result.retry_after = reply.retry_after;
    }
    result.quotas = reply.quotas;
    result.agent_version = reply.agent_version;
    if (!result.trouble && !reply.content_encoding.empty() && reply.content_encoding != "identity")
      result.trouble =
          failure(failure_code::agent_protocol, host_and_port(*route.origin) + " replied in " +
                                                    reply.content_encoding + ", which was not asked for");
    if (ended.may_be_used_again) lease.give_back();
    co_return result;
  }
}

std::optional<milliseconds> http_client::state::wait_before_retry(http_attempt const& last, int retries) {
  if (retries >= settings.max_retries) return std::nullopt;
  double const random = std::uniform_real_distribution<double>(0, 1)(chance);
  auto const usual = backoff(settings.retry_base, retries, random);
  if (last.trouble) {
    bool const again = last.may_be_tried_again && last.trouble->code == failure_code::agent_transport;
    return again ? std::optional(usual) : std::nullopt;
  }
  if (!is_retried(last.status)) return std::nullopt;
  auto const now = std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
  return parse_retry_after(last.retry_after, now).value_or(usual);
}

// Says why there is no further attempt. Who wants refusals as replies gets them, unless only the time limit
// stood against asking again.
void http_client::state::give_up(http_route_parts const& route, http_attempt& last, bool too_late) const {
  if (last.trouble) {
    if (last.retries > 0) last.trouble->detail += " (after " + std::to_string(last.retries) + " retries)";
    return;
  }
  bool const told_when = too_late && !last.retry_after.empty();
  if (settings.returns_refusals && !told_when) return;
  last.trouble = bad_status(*route.origin, last, last.retries);
  if (told_when) last.trouble->detail += "; " + later_than_the_limit(*route.origin, words_of(last));
}

asio::awaitable<http_attempt> http_client::state::try_often(http_route_parts const& route,
                                                            std::string_view body, time_point deadline,
                                                            piece_sink const* sink, std::uint64_t flow) {
  time_waited waited;
  for (int retries = 0;; ++retries) {
    auto pass = co_await enter(route, flow, deadline, waited);
    if (pass.has_error()) {
      http_attempt refused;
      refused.trouble = pass.error();
      waited.explain(*refused.trouble, *route.origin);
      co_return refused;
    }
    auto last = co_await try_once(route, body, deadline, sink);
    auto const report = report_of(last);
    pass->end(report, report.leave_alone ? words_of(last) : std::string());
    last.retries = retries;
    if (!last.trouble && !is_retried(last.status)) co_return last;
    auto const wait = wait_before_retry(last, retries);
    auto const now = steady_clock::now();
    auto const next = now + wait.value_or(milliseconds(0));
    if (!wait || next >= deadline) {
      give_up(route, last, wait.has_value());
      if (last.trouble) waited.explain(*last.trouble, *route.origin);
      co_return last;
    }
    auto const words = last.retry_after.empty() ? std::string() : words_of(last);
    notice(gate_of(route), *route.origin, {*wait, words});
    auto const cancelled = co_await wait_until(next);
    waited.add(steady_clock::now() - now, words);
    auto const asked = co_await asio::this_coro::cancellation_state;
    if (cancelled || asked.cancelled() != asio::cancellation_type::none) {
      last.trouble = failure(failure_code::cancelled, "cancelled");
      co_return last;
    }
  }
}

outcome<http_route> http_client::state::redirected(http_route_parts const& from, http_attempt const& reply) {
  std::string const text =
      host_and_port(*from.origin) + " redirected with status " + std::to_string(reply.status);
  if (reply.status != 307 && reply.status != 308)
    return failure(failure_code::agent_protocol, text + "; only 307 and 308 are followed");
  std::string why = "it is empty";
  std::optional<http_url> url;
  if (!reply.location.empty()) url = resolve_http_url(from.url, reply.location, why);
  if (!url) return failure(failure_code::agent_protocol, text + " to a place that cannot be used: " + why);
  if (url->origin == *from.origin) {
    if (url->authorization.empty()) url->authorization = from.url.authorization;
    return route_to(from.method, std::move(*url), from.headers);
  }
  url->authorization.clear();
  return route_to(from.method, std::move(*url), without_credentials(from.headers));
}

asio::awaitable<outcome<http_reply>> http_client::state::send(std::shared_ptr<state> self, http_route route,
                                                              std::string_view body, time_point deadline,
                                                              piece_sink const* sink, std::uint64_t flow) {
  for (int redirects = 0;; ++redirects) {
    if (steady_clock::now() >= deadline) co_return time_limit("no request could be sent");
    auto last = co_await self->try_often(*route, body, deadline, sink, flow);
    if (last.trouble) co_return std::move(*last.trouble);
    bool const refusal = last.status / 100 > 3 && self->settings.returns_refusals;
    if (last.status / 100 == 2 || refusal) {
      http_reply reply;
      reply.status = last.status;
      reply.body = std::move(last.body);
      reply.retries = last.retries;
      reply.agent_version = std::move(last.agent_version);
      co_return std::move(reply);
    }
    if (last.status / 100 != 3) co_return bad_status(*route->origin, last, 0);
    if (redirects == most_redirects)
      co_return failure(failure_code::agent_protocol, host_and_port(*route->origin) +
                                                          " redirected more than " +
                                                          std::to_string(most_redirects) + " times");
    auto next = self->redirected(*route, last);
    if (next.has_error()) co_return next.error();
    route = *next;
  }
}

http_client::http_client(asio::io_context& io, http_client_settings settings)
    : state_(std::make_shared<state>(io, std::move(settings))) {}

http_client::~http_client() = default;

outcome<http_route> http_client::prepare(std::string_view method, std::string_view url,
                                         http_headers const& headers) {
  std::string why;
  auto parsed = parse_http_url(url, why);
  if (!parsed)
    return failure(failure_code::agent_protocol, "the URL '" + std::string(url) + "' cannot be used: " + why);
  return state_->route_to(std::string(method), std::move(*parsed), merged(headers, state_->settings.headers));
}

asio::awaitable<outcome<http_reply>> http_client::send(http_route route, std::string_view body,
                                                       time_point deadline, piece_sink const* sink,
                                                       std::uint64_t flow) {
  return state::send(state_, std::move(route), body, deadline, sink, flow);
}

void http_client::used(http_route const& route, std::int64_t tokens) {
  state_->gate_of(*route).used(tokens);
}

}  // namespace parley
