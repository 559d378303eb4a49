// Where requests to a language model go and what proves who sends them, from what the user wrote. No I/O.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace parley {

struct model_address {
  std::string url;
  std::vector<std::pair<std::string, std::string>>
      headers;  // credentials and version; none without an api_key
};

// Chat completions: `/chat/completions` is appended unless the URL ends so, `/v1` before it when the URL has
// no path at all. A URL with `/openai/deployments/` is Azure's: it gets `api-version` (2024-10-21 when
// `api_version` is empty) and the header `api-key`.
model_address chat_address(std::string const& url, std::string const& api_key,
                           std::string const& api_version);

// Anthropic messages, likewise with `/messages`. `api_version` is the header `anthropic-version`, 2023-06-01
// when empty.
model_address messages_address(std::string const& url, std::string const& api_key,
                               std::string const& api_version);

bool is_azure_deployment(std::string const& url);

}  // namespace parley
