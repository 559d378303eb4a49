// A registry in memory behind a port of 127.0.0.1, on a thread of its own.
#pragma once

#include "adapters/registry_api/registry_api.hpp"
#include "tests/support/memory_registry.hpp"

#include <boost/asio/io_context.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace parley::test {

class loopback_registry {
 public:
  // Without `no_auth` there is the organisation `acme` with the users ann (editor), bob (editor) and eve
  // (reader), whose API keys are `key_of(user)`.
  explicit loopback_registry(bool no_auth = true);
  ~loopback_registry();
  loopback_registry(loopback_registry const&) = delete;
  loopback_registry& operator=(loopback_registry const&) = delete;

  std::string url(std::string const& organization = "acme") const;
  std::string base() const;
  static std::string key_of(std::string const& user);
  static std::string key_id_of(std::string const& user);
  void revoke(std::string const& user);

  // Called on the server's thread before a request is answered; what it returns is answered instead.
  void before(std::function<std::optional<http_response>(http_request const&)> hook);

  std::atomic<int> requests{0};
  std::atomic<int> sign_ins{0};

 private:
  void add_accounts();
  boost::asio::awaitable<http_response> answer(http_request request);

  boost::asio::io_context io_{1};
  memory_registry store_;
  registry_services services_;
  std::unique_ptr<registry_api> api_;
  std::function<std::optional<http_response>(http_request const&)> hook_;
  std::unique_ptr<http_server> server_;
  unsigned short port_ = 0;
  std::thread thread_;
};

}  // namespace parley::test
