// What the configuration says about one agent: the values, checked, with defaults filled in.
#pragma once

#include "adapters/formats/model_reply.hpp"
#include "runner/inputs/source_position.hpp"
#include "runner/json_value.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace parley {

struct agent_timeouts {
  std::chrono::milliseconds connect{10'000};
  std::chrono::milliseconds first_byte{60'000};
  std::chrono::milliseconds idle{30'000};  // between two pieces of a reply
};

struct agent_settings {
  std::string name;
  std::string type = "http";  // http | subprocess | openai_chat | amigo
  std::string url;            // of all but subprocess
  std::vector<std::pair<std::string, std::string>> headers;
  agent_timeouts timeout;
  std::optional<std::chrono::milliseconds> turn_timeout;
  std::size_t max_body = std::size_t{8} << 20;  // bytes of one reply
  std::optional<int> max_connections;           // nullopt: one per conversation in flight
  std::chrono::milliseconds keep_alive{4'000};  // an idle connection older than this is not used again
  std::optional<double> max_rate;               // requests per second
  std::optional<double> max_token_rate;         // tokens per minute; only where a model tells its usage
  bool idempotent = false;                      // a request may be sent twice
  std::string ca_file;
  bool insecure = false;        // no TLS verification; only when asked for by name
  bool calls_reported = false;  // tool_calls: reported
  std::string version;
  json_value requests;               // of the declarative mapping (formats §5); null = Parley agent protocol
  json_value responses;              // of the declarative mapping
  std::vector<std::string> command;  // of subprocess
  std::map<std::string, std::string> env;
  std::string cwd;
  std::string api_key;      // of openai_chat and amigo; empty: no credentials are sent
  std::string model;        // of openai_chat
  std::string api_version;  // of Azure; empty: 2024-10-21
  std::string system;       // a template (formats §6)
  json_value tools;         // a list, or null: those of the scenario's action_mocks
  bool stream = false;
  int max_tool_rounds = 16;
  std::optional<model_prices> prices;
  std::optional<double> temperature;
  std::optional<std::uint64_t> seed;
  std::string organization;  // of amigo
  std::string service_id;
  std::string service_version_set_name;  // empty: release
  std::string api_key_id;
  std::string user_id;
  source_position where;
  std::map<std::string, source_position> places;  // of what is written below it, by path: "requests.say.url"

  // Where the path is written, else what it would stand in.
  source_position where_of(std::string path) const;
};

}  // namespace parley
