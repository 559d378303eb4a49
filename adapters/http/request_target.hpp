// The target of a request line in the form that handlers are given: path and query.
#pragma once

#include "adapters/http/http_message.hpp"

namespace parley {

// Leaves `/path?query` and the `*` of OPTIONS as they are; turns `http://host/path` into `/path` and makes
// its host the request's only Host header, as RFC 9112 3.2.2 asks. False for anything else.
bool to_origin_form(http_request& request);

// What may stand in a Host header: no list, no user, no space.
bool is_host(std::string_view text);

}  // namespace parley
