#include "adapters/agents/http_mapping.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

std::string path_of(std::string path, std::string const& key) {
  if (!key.empty()) path += "." + key;
  for (char& c : path)
    if (c == '/') c = '.';
  return path;
}

class complainer {
 public:
  complainer(agent_settings const& settings, input_problems& problems)
      : settings_(settings), problems_(problems) {}

  void operator()(std::string const& path, std::string const& what, std::string remedy = {}) const {
    problems_.error(settings_.where_of(path), "agents." + settings_.name + "." + path + what,
                    std::move(remedy));
  }

 private:
  agent_settings const& settings_;
  input_problems& problems_;
};

std::optional<mapped_request>* place_of(http_mapping& mapping, std::string const& name) {
  if (name == "open") return &mapping.open;
  if (name == "say") return &mapping.say;
  if (name == "event") return &mapping.event;
  if (name == "skip") return &mapping.skip;
  if (name == "tool_results") return &mapping.tool_results;
  return name == "close" ? &mapping.close : nullptr;
}

void compile_requests(agent_settings const& settings, http_mapping& mapping, complainer const& complain) {
  auto const& requests = settings.requests.get();
  if (!requests.is_object() && !requests.is_null())
    return complain("requests", " must be an object", "write say: {...} below it");
  for (auto const& [name, spec] : requests.items()) {
    auto const section = "requests." + name;
    auto* const place = place_of(mapping, name);
    if (place == nullptr) {
      auto const nearest = nearest_name(name, {"open", "say", "event", "skip", "tool_results", "close"});
      complain(section, ": unknown request '" + name + "'",
               nearest.empty() ? "use open, say, event, skip, tool_results or close"
                               : "did you mean '" + nearest + "'?");
      continue;
    }
    place->emplace(json_value(spec), settings.url, [&](std::string const& key, std::string const& what) {
      complain(path_of(section, key), ": " + what);
    });
  }
  if (!mapping.say && (requests.is_null() || !requests.contains("say")))
    complain("requests.say", " is missing",
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
  complainer const complain(settings, problems);
  auto const about_responses = [&](std::string const& key, std::string const& what) {
    complain(path_of("responses", key), ": " + what);
  };
  http_mapping mapping{{}, {}, {}, {}, {}, {}, reply_mapping(settings.responses, about_responses)};
  compile_requests(settings, mapping, complain);
  return std::make_shared<http_mapping const>(std::move(mapping));
}

}  // namespace parley
