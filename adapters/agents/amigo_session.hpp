// Who an Amigo agent's conversations are: one sign-in for all of them, again before its token expires.
#pragma once

#include "adapters/formats/amigo_events.hpp"
#include "adapters/http/http_client.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace parley {

struct amigo_credentials {
  std::string api_key;  // empty: no sign-in, nothing is sent
  std::string api_key_id;
  std::string user_id;
};

class amigo_session {
 public:
  using time_point = std::chrono::steady_clock::time_point;

  // `base` is the URL up to the organisation: http://h/v1/ORG. The client is shared with the conversations.
  amigo_session(boost::asio::io_context& io, std::shared_ptr<http_client> client, std::string base,
                amigo_credentials credentials);

  // The value for Authorization; empty when there are no credentials. Whoever asks while a sign-in is under
  // way waits for it. Failures as of http_client.
  boost::asio::awaitable<outcome<std::string>> authorization(time_point deadline);

  // The service did not take it (401): the next one signs in again, unless somebody has already.
  void refuse(std::string const& authorization);

 private:
  bool is_fresh() const;
  boost::asio::awaitable<outcome<amigo_token>> sign_in(time_point deadline);
  boost::asio::awaitable<bool> wait_for_other(time_point deadline);

  boost::asio::io_context& io_;
  std::shared_ptr<http_client> client_;
  std::string base_;
  amigo_credentials credentials_;
  amigo_token token_;
  bool signing_in_ = false;
  std::vector<boost::asio::steady_timer*> waiting_;
};

}  // namespace parley
