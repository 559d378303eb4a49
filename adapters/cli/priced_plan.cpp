#include "adapters/cli/priced_plan.hpp"

#include "adapters/cli/chosen_models.hpp"
#include "adapters/formats/model_reply.hpp"
#include "reports/spending_text.hpp"
#include "runner/amount_text.hpp"
#include "runner/run/token_estimate.hpp"

namespace parley {
namespace {

spending priced(spending used, std::optional<model_prices> const& prices) {
  token_usage usage;
  usage.input = used.input_tokens;
  usage.output = used.output_tokens;
  usage.told = true;
  used.cost = spent(usage, prices).cost;
  return used;
}

std::optional<model_prices> prices_of(model_settings const* model) {
  return model == nullptr ? std::nullopt : model->prices;
}

// Of the first agent that is a model; a plan with several that cost differently is beyond a guess.
std::optional<model_prices> agent_prices(settings const& configuration) {
  for (auto const& [name, agent] : configuration.agents)
    if (agent.type == "openai_chat") return agent.prices;
  return std::nullopt;
}

party_spending priced(party_spending used, settings const& configuration) {
  used.agent = priced(used.agent, agent_prices(configuration));
  used.user = priced(used.user, prices_of(user_model(configuration)));
  used.judge = priced(used.judge, prices_of(judge_model(configuration)));
  return used;
}

std::string line_of(char const* who, spending const& usual) {
  return usual.empty() ? std::string() : "  " + std::string(who) + "  " + spending_text(usual) + "\n";
}

token_estimate estimate(loaded_project const& project) {
  settings const& configuration = project.configuration;
  bool const judged = judge_model(configuration) != nullptr && !configuration.run.no_judge;
  return estimate_tokens(project.selected.cells, judged, [&](std::string const& name) {
    auto const found = configuration.agents.find(name);
    return found != configuration.agents.end() && found->second.type == "openai_chat";
  });
}

}  // namespace

std::string unpriced_parties(loaded_project const& project) {
  auto const used = priced(estimate(project).usual, project.configuration);
  std::vector<std::string> names;
  for (auto const& [name, party] : {std::pair("agent", &used.agent), std::pair("simulated user", &used.user),
                                    std::pair("judge", &used.judge)})
    if (!party->empty() && !party->cost) names.emplace_back(name);
  return listed(names, names.size());
}

std::string priced_plan(loaded_project const& project) {
  settings const& configuration = project.configuration;
  auto const guessed = estimate(project);
  auto const usual = priced(guessed.usual, configuration);
  auto const most = priced(guessed.most, configuration).total();
  if (usual.total().empty()) return {};
  std::string text = "language models would use up about\n" + line_of("agent", usual.agent) +
                     line_of("user ", usual.user) + line_of("judge", usual.judge);
  text += "together " + spending_text(usual.total()) + "; at most " + spending_text(most) + "\n";
  if (!usual.total().cost) text += "give their models `prices` for a cost, and --max-cost for a limit\n";
  return text;
}

}  // namespace parley
