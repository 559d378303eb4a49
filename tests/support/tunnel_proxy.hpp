// A proxy on a free port of 127.0.0.1 that tunnels to a port of ours whatever it is asked for. It lives on
// the test's io_context.
#pragma once

#include <boost/asio/io_context.hpp>

#include <memory>
#include <string>
#include <vector>

namespace parley::test {

class tunnel_proxy {
 public:
  tunnel_proxy(boost::asio::io_context& io, unsigned short target);
  ~tunnel_proxy();

  unsigned short port() const;
  std::vector<std::string> const& heads() const;  // of what it was asked
  std::string answer = "HTTP/1.1 200 Connection established\r\n\r\n";

 private:
  struct state;
  std::shared_ptr<state> state_;
};

}  // namespace parley::test
