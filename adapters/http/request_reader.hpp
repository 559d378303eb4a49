// Reads one HTTP request after the other out of received bytes, and refuses every one that another reader
// could divide otherwise. No I/O; keeps nothing of the bytes it is given.
#pragma once

#include "adapters/http/http_message.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace parley {

// The status that answers a request nobody shall see, and why, for the client's developer.
struct http_refusal {
  int status = 0;
  std::string why;
};

class request_reader {
 public:
  request_reader(std::size_t header_limit, std::size_t body_limit);  // bytes
  ~request_reader();
  request_reader(request_reader const&) = delete;
  request_reader& operator=(request_reader const&) = delete;

  enum class progress { needs_more, complete, refused };
  struct step {
    progress reached;
    std::size_t
        used;  // bytes of `unread` that are done with; the rest must be given again, with more behind it
  };
  // After a refusal nothing more can be read: where the next request begins is unknown.
  step put(std::string_view unread);

  http_refusal const& refusal() const;  // after `refused`
  http_request const* begun() const;    // the one being read; nullptr before its first line is
  bool in_body() const;                 // the head is complete, the body is not
  std::size_t body_size() const;        // bytes of it that have arrived
  bool expects_continue() const;        // once per request: the client waits for `100 Continue`
  bool keeps_alive() const;             // of the complete request
  bool is_http_1_0() const;             // of the complete request
  http_request take();                  // the complete request; ready for the next one then

 private:
  struct parser;
  bool read_head(std::string_view head);
  step put_head(std::string_view unread);
  step put_body(std::string_view unread, std::size_t used);

  std::unique_ptr<parser> parser_;
  std::size_t header_limit_;
  std::size_t body_limit_;
};

}  // namespace parley
