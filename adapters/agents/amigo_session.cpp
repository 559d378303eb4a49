#include "adapters/agents/amigo_session.hpp"

#include "adapters/agents/http_agent.hpp"
#include "adapters/formats/provider_error.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

namespace parley {

using boost::asio::awaitable;

namespace {

// A token is not used any more this long before it expires: the request takes its time.
constexpr std::chrono::seconds margin{60};

// Wakes all who wait for a sign-in, however it ends.
class under_way {
 public:
  under_way(bool& flag, std::vector<boost::asio::steady_timer*>& waiting) : flag_(flag), waiting_(waiting) {
    flag_ = true;
  }
  ~under_way() {
    flag_ = false;
    for (auto* timer : waiting_) timer->cancel();
  }
  under_way(under_way const&) = delete;
  under_way& operator=(under_way const&) = delete;

 private:
  bool& flag_;
  std::vector<boost::asio::steady_timer*>& waiting_;
};

}  // namespace

amigo_session::amigo_session(boost::asio::io_context& io, std::shared_ptr<http_client> client,
                             std::string base, amigo_credentials credentials)
    : io_(io), client_(std::move(client)), base_(std::move(base)), credentials_(std::move(credentials)) {}

bool amigo_session::is_fresh() const {
  if (token_.id_token.empty()) return false;
  // In milliseconds: nanoseconds end in the year 2262, and tokens may claim to hold longer.
  auto const now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  return !token_.expires_at || now + margin < *token_.expires_at;
}

awaitable<bool> amigo_session::wait_for_other(time_point deadline) {
  boost::asio::steady_timer timer(io_, deadline);
  waiting_.push_back(&timer);
  co_await timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
  std::erase(waiting_, &timer);
  bool const stopping = co_await asked_to_stop();
  co_return !stopping;
}

awaitable<outcome<amigo_token>> amigo_session::sign_in(time_point deadline) {
  http_headers const headers{{"x-api-key", credentials_.api_key},
                             {"x-api-key-id", credentials_.api_key_id},
                             {"x-user-id", credentials_.user_id}};
  auto const route = client_->prepare("POST", base_ + "/user/signin_with_api_key", headers);
  if (route.has_error()) co_return route.error();
  auto const received = co_await client_->send(*route, "", deadline);
  if (received.has_error()) co_return received.error();
  if (received->status / 100 == 2) co_return parse_amigo_token(received->body);
  std::vector<std::string> const secrets{credentials_.api_key};
  co_return failure(failure_code::agent_protocol,
                    "the sign-in was answered with status " + std::to_string(received->status) +
                        reason_text(read_provider_error(received->body), secrets));
}

awaitable<outcome<std::string>> amigo_session::authorization(time_point deadline) {
  if (credentials_.api_key.empty()) co_return std::string();
  while (signing_in_) {
    bool const goes_on = co_await wait_for_other(deadline);
    if (!goes_on) co_return failure(failure_code::cancelled, "cancelled");
    if (std::chrono::steady_clock::now() >= deadline)
      co_return failure(failure_code::agent_timeout, "no sign-in within the time limit");
  }
  if (!is_fresh()) {
    under_way const mark(signing_in_, waiting_);
    auto token = co_await sign_in(deadline);
    if (token.has_error()) co_return token.error();
    token_ = std::move(*token);
  }
  co_return "Bearer " + token_.id_token;
}

void amigo_session::refuse(std::string const& authorization) {
  if (authorization == "Bearer " + token_.id_token) token_ = {};
}

}  // namespace parley
