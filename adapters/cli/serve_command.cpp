#include "adapters/cli/serve_command.hpp"

#include "adapters/cli/access_log.hpp"
#include "adapters/cli/quiet_configuration.hpp"
#include "adapters/cli/server_run_holder.hpp"
#include "adapters/formats/digest.hpp"
#include "adapters/http/http_server.hpp"
#include "adapters/http/listen_address.hpp"
#include "adapters/registry_api/registry_api.hpp"
#include "adapters/registry_api/run_recovery.hpp"
#include "adapters/registry_api/secret_text.hpp"
#include "adapters/registry_api/server_routes.hpp"
#include "adapters/storage/open_registry.hpp"
#include "adapters/system/logging.hpp"
#include "adapters/system/process_signals.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <filesystem>
#include <iostream>

namespace parley {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr std::chrono::seconds drain_limit{10};
constexpr std::chrono::milliseconds log_period{100};

int fail(std::string const& what, int code) {
  log_error(what);
  return code;
}

std::vector<served_agent> agents_of(settings const& configuration) {
  std::vector<served_agent> agents;
  for (auto const& [name, agent] : configuration.agents)
    agents.push_back({default_id("agent", name), name, agent.version});
  return agents;
}

std::chrono::sys_seconds now_in_seconds() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

// "http://127.0.0.1:8787"
std::string address_text(tcp::endpoint const& where, unsigned short port, bool tls) {
  std::string host = where.address().to_string();
  if (where.address().is_v6()) host = "[" + host + "]";
  return (tls ? "https://" : "http://") + host + ":" + std::to_string(port);
}

// Beside the database: journals and reports of runs that were started over HTTP.
std::string runs_folder_of(std::string const& database) {
  bool const remote = database.starts_with("postgres://") || database.starts_with("postgresql://");
  auto const parent =
      remote ? std::filesystem::path(".parley") : std::filesystem::path(database).parent_path();
  return (parent / "server-runs").string();
}

// Everything a running server consists of, in the order in which it is made.
class running_server {
 public:
  running_server(asio::io_context& io, registry_store& store, serve_options const& options,
                 settings const& configuration)
      : io_(io),
        log_(options.access_log),
        flush_(io),
        runs_(io, configuration, runs_folder_of(options.database)) {
    services_.store = &store;
    services_.new_id = [] { return random_hex(12); };
    services_.strict = options.strict;
    services_.agents = agents_of(configuration);
    services_.runs = &runs_;
    services_.links = link_signer(random_hex(32), std::chrono::hours(1), now_in_seconds);
    access_settings access;
    access.no_auth = options.no_auth;
    access.token_life = options.token_life;
    access.requests_a_minute = options.rate_limit;
    access.now = now_in_seconds;
    api_ = std::make_unique<registry_api>(services_, std::move(access), all_routes(),
                                          [this](request_note const& note) { log_.add(note); });
  }

  void listen(tcp::endpoint where, std::optional<http_server_tls> tls) {
    bool const secure = tls.has_value();
    auto answer = [api = api_.get()](http_request request) { return api->answer(std::move(request)); };
    server_ =
        std::make_unique<http_server>(io_, where, std::move(answer), http_server_limits{}, std::move(tls));
    server_->on_refused([api = api_.get()](refused_request const& refused) { api->note_refused(refused); });
    services_.public_url = address_text(where, server_->port(), secure);
    flush_later();
    asio::co_spawn(io_, resume_runs(&services_),
                   [](std::exception_ptr thrown, registry_outcome<int> const& resumed) {
                     if (thrown || !resumed)
                       return log_error("unfinished runs could not be read: start the server again");
                     if (*resumed > 0)
                       log_warning("going on with " + std::to_string(*resumed) + " unfinished runs");
                   });
  }

  std::string const& address() const { return services_.public_url; }

  // The first signal lets requests under way end, the second one does not.
  void stop(stop_request::level how_far) {
    if (how_far == stop_request::level::cancel || stopping_) return finish();
    stopping_ = true;
    server_->drain();
    asio::co_spawn(io_, server_->drained(), [this](std::exception_ptr) { one_ended(); });
    runs_.stop([this] { one_ended(); });
    deadline_.emplace(io_, drain_limit);
    deadline_->async_wait([this](boost::system::error_code error) {
      if (!error) finish();
    });
  }

 private:
  std::vector<api_route> all_routes() {
    auto routes = registry_routes(services_);
    server_facts facts;
    facts.metrics = [this] { return api_->metrics().text(server_->connections_open(), log_.dropped()); };
    facts.routes = [this]() -> std::vector<api_route> const& { return api_->routes(); };
    for (auto& route : server_routes(std::move(facts))) routes.push_back(std::move(route));
    return routes;
  }

  void flush_later() {
    flush_.expires_after(log_period);
    flush_.async_wait([this](boost::system::error_code error) {
      log_.flush();
      if (!error) flush_later();
    });
  }

  // Connections and runs end in any order.
  void one_ended() {
    if (--to_end_ == 0) finish();
  }

  void finish() {
    server_->close();
    if (deadline_) deadline_->cancel();
    flush_.cancel();
    io_.stop();
  }

  asio::io_context& io_;
  access_log log_;
  asio::steady_timer flush_;
  registry_services services_;
  std::unique_ptr<registry_api> api_;
  std::unique_ptr<http_server> server_;
  std::optional<asio::steady_timer> deadline_;
  server_run_holder runs_;
  int to_end_ = 2;
  bool stopping_ = false;
};

void tell_of_migration(int from, int to) {
  std::cerr << "parley: taking the registry forward from schema " << from << " to " << to
            << "; a large one takes minutes" << std::endl;
}

int serve(serve_options const& options, settings const& configuration) {
  auto const where = parse_listen_address(options.listen);
  if (!where) return fail("--listen: " + where.error().detail, 4);
  if (options.no_auth && !where->address().is_loopback())
    return fail(
        "--no-auth lets everyone in: listen on 127.0.0.1 with it, or make keys with "
        "'parley key create' and leave it out",
        4);
  std::optional<http_server_tls> tls;
  if (!options.tls_certificate.empty()) {
    auto read = http_server_tls::make(options.tls_certificate, options.tls_key);
    if (!read) return fail(read.error().detail, 4);
    tls = *std::move(read);
  }
  raise_open_file_limit();
  never_wait_for_readers();
  asio::io_context io{1};
  auto store = open_registry(options.database, io, {}, when_missing::make, tell_of_migration);
  if (!store) return fail(store.error().detail, 3);
  running_server server(io, **store, options, configuration);
  try {
    server.listen(*where, std::move(tls));
  } catch (boost::system::system_error const& e) {
    return fail(
        "cannot listen on " + options.listen + ": " + e.code().message() + "; --listen chooses another place",
        3);
  }
  std::cout << "listening on " << server.address() << std::endl;
  stop_request stop;
  stop.on_raise([&](stop_request::level level) { server.stop(level); });
  process_signals const signals(io, stop, [](stop_request::level) {});
  io.run();  // until the server has finished
  return 0;
}

}  // namespace

int serve_command(serve_options const& options) {
  auto const configuration = quiet_configuration(options.configuration, options.presentation);
  return configuration ? serve(options, *configuration) : 4;
}

}  // namespace parley
