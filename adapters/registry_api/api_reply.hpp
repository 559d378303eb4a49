// Replies of the registry, and how its refusals become statuses.
#pragma once

#include "adapters/http/http_message.hpp"
#include "runner/registry/registry_error.hpp"

#include <nlohmann/json_fwd.hpp>

namespace parley {

int status_of(registry_refusal code);

http_response json_reply(int status, nlohmann::json const& body);
http_response no_content();
// {"detail": "..."}, for `invalid` with problems {"detail": [{"loc", "msg", "type"}]}; 503 asks to come
// again.
http_response error_reply(registry_error const& error);

}  // namespace parley
