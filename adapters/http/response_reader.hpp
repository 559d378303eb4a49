// Reads one HTTP reply after the other out of received bytes, within limits. No I/O; keeps nothing of the
// bytes it is given but the body.
#pragma once

#include "adapters/http/http_message.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace parley {

class response_reader {
 public:
  response_reader(std::size_t header_limit, std::size_t body_limit);  // bytes
  ~response_reader();
  response_reader(response_reader const&) = delete;
  response_reader& operator=(response_reader const&) = delete;

  enum class progress { needs_more, complete, malformed, header_too_large, body_too_large, cut_off };
  struct step {
    progress reached;
    std::size_t
        used;  // bytes of `unread` that are done with; the rest must be given again, with more behind it
  };
  void start(bool to_head);  // the next reply; to a HEAD request: without a body
  step put(std::string_view unread);
  progress end_of_stream();  // complete, when the reply's body ends with the connection

  bool header_done() const { return header_done_; }
  bool keeps_alive() const;  // after a complete reply

  // Of the reply so far. The body may be taken away piece by piece.
  int status = 0;
  std::string body;
  std::string location;
  std::string retry_after;
  std::string content_encoding;
  http_headers quotas;        // *ratelimit-* headers, names in lower case
  std::string agent_version;  // Parley-Agent-Version, else X-Agent-Version; cut after 100 bytes
  std::string problem;        // what is malformed

 private:
  struct parser;
  void restart();

  std::unique_ptr<parser> parser_;
  std::size_t header_limit_;
  std::size_t body_limit_;
  bool header_done_ = false;
  bool to_head_ = false;
};

}  // namespace parley
