#include "adapters/http/listen_address.hpp"

#include <charconv>
#include <optional>
#include <string>

namespace parley {
namespace {

using boost::asio::ip::address;

std::optional<address> address_of(std::string_view text) {
  if (text == "localhost") return boost::asio::ip::address_v4::loopback();
  bool const bracketed = text.size() > 2 && text.front() == '[' && text.back() == ']';
  if (bracketed) text = text.substr(1, text.size() - 2);
  boost::system::error_code error;
  auto const found = boost::asio::ip::make_address(std::string(text), error);
  if (error || found.is_v6() != bracketed) return std::nullopt;
  return found;
}

std::optional<unsigned short> port_of(std::string_view text) {
  unsigned short port = 0;
  char const* const end = text.data() + text.size();
  auto const [stop, wrong] = std::from_chars(text.data(), end, port);
  if (wrong != std::errc() || stop != end) return std::nullopt;
  return port;
}

}  // namespace

outcome<boost::asio::ip::tcp::endpoint> parse_listen_address(std::string_view text) {
  auto const colon = text.rfind(':');
  auto const host = colon == text.npos ? std::nullopt : address_of(text.substr(0, colon));
  auto const port = colon == text.npos ? std::nullopt : port_of(text.substr(colon + 1));
  if (host && port) return boost::asio::ip::tcp::endpoint(*host, *port);
  return failure(failure_code::invalid_input,
                 "an address to listen on is ADDRESS:PORT, for example 127.0.0.1:8787 or [::1]:8787, not '" +
                     std::string(text) + "'");
}

}  // namespace parley
