#include "adapters/formats/configuration_shape.hpp"
#include "adapters/formats/value_rules.hpp"

namespace parley {
namespace {

std::optional<rule_breach> pointer_rule(located_tree const& node) {
  if (!node.is_string() || node.text.empty() || node.text.front() == '/') return std::nullopt;
  return rule_breach{"is '" + node.text + "', no JSON Pointer", "write it like /reply/0/text"};
}

shape duration(std::string description) {
  return text_shape(std::move(description)).obeying(duration_rule);
}

shape pointer(std::string description) {
  return text_shape(std::move(description)).obeying(pointer_rule);
}

shape headers() {
  return map_of_shape("request headers; ${NAME} reads the environment and is kept secret",
                      text_shape("value of the header"));
}

shape request(std::string description) {
  return map_shape(std::move(description))
      .with("method", text_shape("HTTP method; default POST").not_empty())
      .with("url", text_shape("absolute, or appended to the agent's url"))
      .with("headers", headers())
      .with("body", any_shape("JSON body with {{placeholders}}"));
}

shape requests() {
  return map_shape("how each step is sent; absent: the Parley agent protocol")
      .with("open", request("sent first"))
      .with("say", request("a user message"))
      .with("event", request("an external event"))
      .with("skip", request("asks for the greeting"))
      .with("tool_results", request("answers of waiting tool calls; absent: calls are record-only"))
      .with("close", request("sent once at the end"));
}

shape responses() {
  shape ended = map_shape("the conversation's end")
                    .requiring("pointer", pointer("where to look"))
                    .with("equals", any_shape("the value that means the end; default true"));
  return map_shape("where the parts of a reply stand")
      .with("stream", text_shape("how replies arrive").one_of({"none", "ndjson", "sse"}))
      .with("messages", pointer("text, a list of texts, or a list of objects"))
      .with("message_content", pointer("text inside an object of messages"))
      .with("tool_calls", pointer("list of tool calls"))
      .with("tool_call", map_shape("parts of one tool call")
                             .with("id", pointer("id"))
                             .with("name", pointer("name"))
                             .with("arguments", pointer("arguments"))
                             .with("result", pointer("result, when the agent executed it"))
                             .with("is_error", pointer("whether the result is an error")))
      .with("ended", ended.or_text(pointer("")))
      .with("conversation_id", pointer("the agent's own id"))
      .with("error", pointer("present and not null: the agent failed"));
}

shape common_keys() {
  return map_shape("an agent")
      .with("type", text_shape("kind of endpoint; default http").one_of(agent_types()))
      .with("headers", headers())
      .with("timeout", map_shape("limits of one request")
                           .with("connect", duration("until connected; default 10s"))
                           .with("first_byte", duration("until the reply begins; default 60s"))
                           .with("idle", duration("between two pieces of a reply; default 30s")))
      .with("turn_timeout", duration("limit of one whole reply"))
      .with("max_body", text_shape("size limit of one reply; default 8MiB").obeying(size_rule))
      .with("max_connections", integer_shape("connections at once").at_least(1).or_null())
      .with("keep_alive", duration("an idle connection older than this is not used again; default 4s"))
      .with("max_rate", number_shape("requests per second").obeying(positive_rule).or_null())
      .with("idempotent", flag_shape("a request may be sent twice; default false"))
      .with("ca_file", text_shape("certificates to trust").not_empty())
      .with("insecure", flag_shape("do not verify certificates; default false"))
      .with("tool_calls", text_shape("whether waiting calls are answered").one_of({"answered", "reported"}))
      .with("version", text_shape("version of the agent, recorded with every run"));
}

shape http_keys() {
  return map_shape("")
      .with("url", text_shape("where the agent listens").not_empty())
      .with("requests", requests())
      .with("responses", responses());
}

shape subprocess_keys() {
  return map_shape("")
      .with("command", list_shape("program and arguments", text_shape("one of them")).not_empty())
      .with("env", map_of_shape("environment variables", text_shape("value")))
      .with("cwd", text_shape("working directory; default the project's").not_empty());
}

shape openai_chat_keys() {
  return map_shape("")
      .with("url", text_shape("base URL").not_empty())
      .with("model", text_shape("name of the model").not_empty())
      .with("api_key", text_shape("usually ${NAME}"))
      .with("api_version", text_shape("of Azure; default 2024-10-21").not_empty())
      .with("prices", prices_shape())
      .with("max_token_rate",
            number_shape("tokens per minute, as the provider counts them").obeying(positive_rule).or_null())
      .with("system", text_shape("system prompt; may hold {{placeholders}}"))
      .with("temperature", number_shape("default the server's").at_least(0).or_null())
      .with("seed", integer_shape("default none").at_least(0).or_null())
      .with("tools",
            list_shape("tools as in chat completions; default those that are mocked", any_shape("a tool")))
      .with("stream", flag_shape("replies are streamed"))
      .with("max_tool_rounds", integer_shape("tool rounds within one reply; default 16").at_least(1));
}

shape amigo_keys() {
  shape keys = map_shape("").with("url", text_shape("base URL").not_empty());
  keys.with("organization", text_shape("the organization's name").not_empty())
      .with("service_id", text_shape("id of the service to talk to").not_empty())
      .with("service_version_set_name", text_shape("default release").not_empty())
      .with("api_key", text_shape("usually ${NAME}; signs in, together with the next two"))
      .with("api_key_id", text_shape("id of the API key"))
      .with("user_id", text_shape("the user to sign in as"));
  return keys;
}

}  // namespace

std::vector<std::string> const& agent_types() {
  static std::vector<std::string> const types{"http", "subprocess", "openai_chat", "amigo"};
  return types;
}

shape agent_shape(std::string const& type) {
  shape keys = common_keys();
  if (type == "http") return keys.including(http_keys());
  if (type == "subprocess") return keys.including(subprocess_keys());
  if (type == "openai_chat") return keys.including(openai_chat_keys());
  if (type == "amigo") return keys.including(amigo_keys());
  for (auto const& more : {http_keys(), subprocess_keys(), openai_chat_keys(), amigo_keys()})
    for (auto const& key : more.keys)
      if (keys.find(key.name) == nullptr) keys.with(key.name, key.value);
  return keys;
}

}  // namespace parley
