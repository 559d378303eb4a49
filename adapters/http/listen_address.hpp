// Where a server listens, as a user writes it.
#pragma once

#include "runner/failure.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <string_view>

namespace parley {

// `127.0.0.1:8787`, `[::1]:8787`, `localhost:0` (127.0.0.1; port 0 takes a free one), `[::]:80` (every
// address, IPv4 too). Failure: invalid_input, one line that says what is expected.
outcome<boost::asio::ip::tcp::endpoint> parse_listen_address(std::string_view text);

}  // namespace parley
