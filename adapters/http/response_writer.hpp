// Writes replies as the bytes of HTTP/1.1. Pure; appends to or fills the text it is given.
#pragma once

#include "adapters/http/http_message.hpp"
#include "adapters/http/request_reader.hpp"

#include <string>
#include <string_view>

namespace parley {

// What the request decides about the form of its reply.
struct reply_form {
  bool to_head = false;      // no body, whatever its headers say
  bool keep_alive = false;   // another request may follow
  bool to_http_1_0 = false;  // knows no chunks; wants to be told when the connection stays
};

// Fills `out` with the whole reply, or of a streamed one with everything before its first piece. Line ends
// and other control characters inside a header's value become spaces.
void write_response(http_response const& reply, reply_form form, std::string& out);

void append_piece(http_piece const& piece, reply_form form, std::string& out);
std::string_view end_of_pieces(reply_form form);

// `{"detail": why}`, and the connection does not stay.
http_response answer_to_refused(http_refusal const& refused);

}  // namespace parley
