// Reads one HTTP request after the other out of received bytes. No I/O; keeps nothing of the bytes it is
// given.
#pragma once

#include "adapters/http/http_message.hpp"

#include <cstddef>
#include <memory>
#include <string_view>

namespace parley {

class request_reader {
 public:
  request_reader(std::size_t header_limit, std::size_t body_limit);  // bytes
  ~request_reader();
  request_reader(request_reader const&) = delete;
  request_reader& operator=(request_reader const&) = delete;

  enum class progress { needs_more, complete, malformed, header_too_large, body_too_large };
  struct step {
    progress reached;
    std::size_t
        used;  // bytes of `unread` that are done with; the rest must be given again, with more behind it
  };
  step put(std::string_view unread);

  bool started() const;           // something of a request has been seen
  bool expects_continue() const;  // once per request: the client waits for `100 Continue`
  bool keeps_alive() const;       // of the complete request
  http_request take();            // the complete request; ready for the next one then

 private:
  struct parser;
  std::unique_ptr<parser> parser_;
  std::size_t header_limit_;
  std::size_t body_limit_;
};

}  // namespace parley
