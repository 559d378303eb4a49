#include "adapters/formats/configuration_shape.hpp"
#include "adapters/formats/value_rules.hpp"

namespace parley {
namespace {

shape duration(std::string description) {
  return text_shape(std::move(description)).obeying(duration_rule);
}

shape price(std::string description) {
  return number_shape(std::move(description)).at_least(0);
}

shape connection_keys() {
  return map_shape("")
      .with("headers", map_of_shape("request headers; ${NAME} reads the environment and is kept secret",
                                    text_shape("value of the header")))
      .with("timeout", map_shape("limits of one request")
                           .with("connect", duration("until connected; default 10s"))
                           .with("first_byte", duration("until the reply begins; default 120s"))
                           .with("idle", duration("between two pieces of a reply; default 60s")))
      .with("ca_file", text_shape("certificates to trust").not_empty())
      .with("insecure", flag_shape("do not verify certificates; default false"))
      .with("max_connections", integer_shape("connections at once").at_least(1).or_null())
      .with("max_rate", number_shape("requests per second").obeying(positive_rule).or_null())
      .with("max_token_rate",
            number_shape("tokens per minute, as the provider counts them").obeying(positive_rule).or_null());
}

}  // namespace

shape prices_shape() {
  return map_shape("per million tokens")
      .with("input", price("tokens sent"))
      .with("output", price("tokens received"))
      .with("cached_input", price("tokens sent that a cache served; default input"))
      .or_null();
}

shape model_shape() {
  return map_shape("a language model")
      .with("type", text_shape("its protocol; default openai").one_of({"openai", "anthropic"}))
      .with("url", text_shape("base URL; default the provider's own").not_empty())
      .with("model", text_shape("name of the model").not_empty())
      .with("api_key", text_shape("usually ${NAME}; absent: no credentials are sent"))
      .with("prices", prices_shape())
      .with("stream", flag_shape("answers are streamed; default false"))
      .with(
          "max_tokens",
          integer_shape("limit of one answer; default the server's, of anthropic 4096").at_least(1).or_null())
      .with("api_version",
            text_shape("of Azure (default 2024-10-21) or Anthropic (default 2023-06-01)").not_empty())
      .including(connection_keys());
}

}  // namespace parley
