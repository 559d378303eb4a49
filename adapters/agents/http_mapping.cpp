#include "adapters/agents/http_mapping.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

std::string path_of(agent_settings const& settings, std::string const& section, std::string const& key) {
  std::string path = "agents." + settings.name + "." + section;
  if (!key.empty()) path += "." + key;
  for (char& c : path)
    if (c == '/') c = '.';
  return path;
}

std::optional<mapped_request>* place_of(http_mapping& mapping, std::string const& name) {
  if (name == "open") return &mapping.open;
  if (name == "say") return &mapping.say;
  if (name == "event") return &mapping.event;
  if (name == "skip") return &mapping.skip;
  if (name == "tool_results") return &mapping.tool_results;
  return name == "close" ? &mapping.close : nullptr;
}

void compile_requests(agent_settings const& settings, http_mapping& mapping, input_problems& problems) {
  auto const& requests = settings.requests.get();
  if (!requests.is_object() && !requests.is_null()) {
    problems.error(settings.where, path_of(settings, "requests", "") + " must be an object",
                   "write say: {...} below it");
    return;
  }
  for (auto const& [name, spec] : requests.items()) {
    auto const section = "requests." + name;
    auto* const place = place_of(mapping, name);
    if (place == nullptr) {
      auto const nearest = nearest_name(name, {"open", "say", "event", "skip", "tool_results", "close"});
      problems.error(settings.where, path_of(settings, section, "") + ": unknown request '" + name + "'",
                     nearest.empty() ? "use open, say, event, skip, tool_results or close"
                                     : "did you mean '" + nearest + "'?");
      continue;
    }
    auto const complain = [&](std::string const& key, std::string const& what) {
      problems.error(settings.where, path_of(settings, section, key) + ": " + what);
    };
    place->emplace(json_value(spec), settings.url, complain);
  }
  if (!mapping.say && (requests.is_null() || !requests.contains("say")))
    problems.error(settings.where, path_of(settings, "requests.say", "") + " is missing",
                   "say how a user's line is sent, e.g. say: {url: /chat, body: {text: \"{{content}}\"}}");
}

}  // namespace

bool http_mapping::mentions_history() const {
  for (auto const* request : {&open, &say, &event, &skip, &tool_results})
    if (*request && (*request)->mentions("history")) return true;
  return false;
}

bool has_mapping(agent_settings const& settings) {
  return !settings.requests.is_null() || !settings.responses.is_null();
}

std::shared_ptr<http_mapping const> compile_mapping(agent_settings const& settings,
                                                    input_problems& problems) {
  auto const complain = [&](std::string const& key, std::string const& what) {
    problems.error(settings.where, path_of(settings, "responses", key) + ": " + what);
  };
  http_mapping mapping{{}, {}, {}, {}, {}, {}, reply_mapping(settings.responses, complain)};
  compile_requests(settings, mapping, problems);
  return std::make_shared<http_mapping const>(std::move(mapping));
}

}  // namespace parley
