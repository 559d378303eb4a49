#include "adapters/agents/chat_agent.hpp"
#include "adapters/agents/chat_history.hpp"
#include "adapters/agents/mapping_values.hpp"
#include "adapters/formats/model_address.hpp"
#include "adapters/http/http_url.hpp"
#include "runner/inputs/template_text.hpp"

#include <nlohmann/json.hpp>

namespace parley {

void check_chat_agent(agent_settings const& settings, input_problems& problems) {
  std::string const name = "agents." + settings.name;
  std::string why;
  if (settings.url.empty())
    problems.error(settings.where, name + ".url is missing", "give the base URL of the chat completions");
  else if (!parse_http_url(settings.url, why))
    problems.error(settings.where, name + ".url cannot be used: " + why,
                   "write it like https://api.openai.com/v1");
  if (settings.model.empty() && !is_azure_deployment(settings.url))
    problems.error(settings.where, name + ".model is missing", "name the model, as its provider calls it");
  template_text const system(settings.system);
  for (auto const& placeholder : system.names()) {
    if (is_mapping_name(placeholder)) continue;
    auto const nearest = nearest_name(placeholder, mapping_names());
    problems.error(
        settings.where, name + ".system: unknown name '" + placeholder + "' in a template",
        nearest.empty() ? "use one of the names of request templates" : "did you mean '" + nearest + "'?");
  }
  auto const& tools = settings.tools.get();
  if (!tools.is_array()) return;
  for (std::size_t i = 0; i < tools.size(); ++i)
    if (auto const problem = problem_with_tool(tools[i]); !problem.empty())
      problems.error(settings.where, name + ".tools." + std::to_string(i) + " " + problem,
                     "write it like {name: look_up, description: ..., parameters: {type: object}}");
}

}  // namespace parley
