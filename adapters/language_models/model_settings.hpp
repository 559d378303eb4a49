// What the configuration says about one language model: the values, with defaults filled in.
#pragma once

#include "adapters/formats/model_reply.hpp"
#include "runner/inputs/source_position.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace parley {

struct model_timeouts {
  std::chrono::milliseconds connect{10'000};
  std::chrono::milliseconds first_byte{
      120'000};                            // a model that is not streamed says nothing until it is done
  std::chrono::milliseconds idle{60'000};  // between two pieces of a reply
};

struct model_settings {
  std::string name;
  std::string type = "openai";  // openai | anthropic
  std::string url;              // empty: the provider's own
  std::string model;            // may be empty for a deployment of Azure's, whose URL says it
  std::string api_key;          // empty: no credentials are sent
  std::optional<model_prices> prices;
  std::vector<std::pair<std::string, std::string>> headers;
  model_timeouts timeout;
  bool stream = false;
  std::optional<int> max_tokens;  // of one answer; nullopt: the server's own limit, of anthropic 4096
  std::string api_version;        // empty: of Azure 2024-10-21, of anthropic 2023-06-01
  std::string ca_file;
  bool insecure = false;                 // no TLS verification; only when asked for by name
  std::optional<int> max_connections;    // nullopt: one per request in flight
  std::optional<double> max_rate;        // requests per second
  std::optional<double> max_token_rate;  // tokens per minute, of the endpoint and key
  source_position where;
};

}  // namespace parley
