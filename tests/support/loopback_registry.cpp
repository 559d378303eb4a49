#include "tests/support/loopback_registry.hpp"

#include "adapters/formats/digest.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>
#include <nlohmann/json.hpp>

namespace parley::test {

namespace asio = boost::asio;

namespace {

std::string digits(int number) {
  std::string const text = std::to_string(number);
  return std::string(24 - text.size(), 'a') + text;
}

}  // namespace

loopback_registry::loopback_registry(bool no_auth) {
  services_.store = &store_;
  services_.new_id = [count = 0]() mutable { return digits(++count); };
  services_.agents = {{default_id("agent", "example"), "example", "1.0"}};
  access_settings access;
  access.no_auth = no_auth;
  access.remembered = std::chrono::seconds(0);
  access.now = [] { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); };
  api_ = std::make_unique<registry_api>(services_, std::move(access), registry_routes(services_),
                                        std::function<void(request_note const&)>());
  asio::ip::tcp::endpoint const loopback(asio::ip::address_v4::loopback(), 0);
  server_ = std::make_unique<http_server>(
      io_, loopback, [this](http_request request) { return answer(std::move(request)); });
  port_ = server_->port();
  thread_ = std::thread([this] {
    auto const keep = asio::make_work_guard(io_);
    io_.run();
  });
  if (!no_auth) add_accounts();
}

loopback_registry::~loopback_registry() {
  asio::post(io_, [this] {
    server_->close();
    io_.stop();
  });
  thread_.join();
}

std::string loopback_registry::base() const {
  return "http://127.0.0.1:" + std::to_string(port_);
}

std::string loopback_registry::url(std::string const& organization) const {
  return base() + "/" + organization;
}

std::string loopback_registry::key_id_of(std::string const& user) {
  return default_id("key", user);
}

std::string loopback_registry::key_of(std::string const& user) {
  return key_id_of(user) + ".secret-of-" + user;
}

void loopback_registry::before(std::function<std::optional<http_response>(http_request const&)> hook) {
  asio::post(io_, asio::use_future([this, hook = std::move(hook)] { hook_ = hook; })).get();
}

void loopback_registry::add_accounts() {
  creation accounts;
  auto const add = [&](registry_object object) {
    new_object made;
    made.object = std::move(object);
    accounts.objects.push_back(std::move(made));
  };
  add(organization_object("acme", std::string(64, 'a')));
  for (std::string const user : {"ann", "bob", "eve"}) {
    add(user_object("acme", user));
    api_key_facts facts;
    facts.organization = "acme";
    facts.user = user;
    facts.role = user == "eve" ? caller_role::reader : caller_role::editor;
    facts.secret_hash = sha256_hex("secret-of-" + user);
    add(api_key_object(key_id_of(user), facts));
  }
  auto const made = asio::co_spawn(io_, store_.create(std::move(accounts)), asio::use_future).get();
  if (!made) throw std::logic_error("the accounts cannot be made: " + made.error().detail);
}

void loopback_registry::revoke(std::string const& user) {
  change_rule const rule = [](std::vector<object_state> const& before) -> registry_outcome<change_set> {
    change_set set;
    object_change change{before.front().object, std::nullopt};
    change.after.is_deleted = true;
    set.changes.push_back(std::move(change));
    return set;
  };
  auto const done =
      asio::co_spawn(io_, store_.change({api_key_key(key_id_of(user))}, rule), asio::use_future).get();
  if (!done) throw std::logic_error("the key cannot be revoked: " + done.error().detail);
}

asio::awaitable<http_response> loopback_registry::answer(http_request request) {
  ++requests;
  if (request.target.find("signin") != std::string::npos) ++sign_ins;
  if (hook_)
    if (auto instead = hook_(request)) co_return *std::move(instead);
  auto reply = co_await api_->answer(std::move(request));
  co_return reply;
}

}  // namespace parley::test
