// Addresses of host names, each looked up once and kept. A lookup that hangs is given up by its waiters and
// never delays the end of the program.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace parley {

struct addresses_of_host {
  std::vector<boost::asio::ip::address> addresses;  // empty: `problem` says why
  std::string problem;
  bool cancelled = false;
};

class host_names {
 public:
  explicit host_names(boost::asio::io_context& io);
  ~host_names();
  host_names(host_names const&) = delete;
  host_names& operator=(host_names const&) = delete;

  // A failed lookup is not kept: the next call tries again.
  boost::asio::awaitable<addresses_of_host> look_up(std::string host,
                                                    std::chrono::steady_clock::time_point limit);
  // This address answered: it is the first one tried from now on.
  void prefer(std::string const& host, boost::asio::ip::address const& address);

 private:
  struct lookup;
  boost::asio::io_context& io_;
  std::map<std::string, std::vector<boost::asio::ip::address>> known_;
  std::map<std::string, std::shared_ptr<lookup>> running_;
};

}  // namespace parley
