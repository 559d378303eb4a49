// Bytes sent to a server and received from it by hand, over one plain connection. Every call runs the
// io_context, on which the server lives too, until it is done.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <string>
#include <string_view>

namespace parley::test {

class raw_client {
 public:
  // Connects; throws when nobody listens there.
  raw_client(boost::asio::io_context& io, unsigned short port, std::string const& address = "127.0.0.1");

  bool send(std::string bytes);  // false when the server has closed
  void close() { socket_.close(); }
  void finish_sending();  // the server sees the end of the stream, and can still answer
  // What comes up to and including `end`, or until the server closes.
  std::string receive_until(std::string_view end);
  std::string receive_all() { return receive_until({}); }

 private:
  boost::asio::awaitable<std::string> read_until(std::string end);

  boost::asio::io_context& io_;
  boost::asio::ip::tcp::socket socket_;
  std::string received_;
};

}  // namespace parley::test
