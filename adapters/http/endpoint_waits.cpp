#include "adapters/http/endpoint_waits.hpp"

#include "runner/amount_text.hpp"

#include <boost/asio/execution_context.hpp>

#include <algorithm>
#include <vector>

namespace parley {

namespace asio = boost::asio;

namespace {

struct watch_list : asio::execution_context::service {
  using key_type = watch_list;
  static asio::execution_context::id id;
  explicit watch_list(asio::execution_context& context) : service(context) {}
  void shutdown() override {}
  std::vector<endpoint_watch::listener const*> all;
};

asio::execution_context::id watch_list::id;

}  // namespace

std::string to_text(endpoint_wait const& wait) {
  return wait.endpoint + " makes the run wait: nothing is sent to it for " + rough_time(wait.how_long) +
         ", because it said " + wait.because;
}

std::string rough_time(std::chrono::steady_clock::duration time) {
  using namespace std::chrono;
  if (time < seconds(1)) return limit_text(round<milliseconds>(time));
  if (time < minutes(2)) return limit_text(round<seconds>(time));
  return limit_text(round<minutes>(time));
}

endpoint_watch::endpoint_watch(asio::io_context& io, listener tell) : io_(io), tell_(std::move(tell)) {
  asio::use_service<watch_list>(io_).all.push_back(&tell_);
}

endpoint_watch::~endpoint_watch() {
  auto& all = asio::use_service<watch_list>(io_).all;
  all.erase(std::find(all.begin(), all.end(), &tell_));
}

void tell_watches(asio::io_context& io, endpoint_wait const& wait) {
  for (auto const* const tell : asio::use_service<watch_list>(io).all) (*tell)(wait);
}

}  // namespace parley
