#include "adapters/cli/run_parties.hpp"

#include "adapters/agents/agent_factory.hpp"
#include "adapters/cassettes/recorded_parties.hpp"
#include "adapters/cli/chosen_models.hpp"
#include "adapters/language_models/model_factory.hpp"

namespace parley {
namespace {

// A replayed agent keeps the bound that it was recorded with.
std::optional<int> rounds_of(settings const& configuration, std::string const& name) {
  auto const declared = configuration.agents.find(name);
  if (declared == configuration.agents.end() || declared->second.type != "openai_chat") return std::nullopt;
  return declared->second.max_tool_rounds;
}

}  // namespace

outcome<run_parties> run_parties::make(run_plan const& plan, settings const& configuration, cassette* tape,
                                       boost::asio::io_context& io) {
  run_parties all;
  bool const replayed = tape != nullptr && tape->replays(cassette_party::agent);
  for (auto const& planned : plan.cells) {
    if (planned->skip || all.agents_.contains(planned->agent)) continue;
    auto const declared = configuration.agents.find(planned->agent);
    if (!replayed && declared == configuration.agents.end())
      return failure(failure_code::invalid_input,
                     "agent '" + planned->agent + "' of cell " + planned->id.value +
                         " is not declared any more: add it under `agents` in parley.yaml");
    agent* live = nullptr;
    if (!replayed)
      live = all.owned_agents_.emplace_back(make_agent(declared->second, io, configuration.variables)).get();
    if (tape != nullptr)
      live = all.owned_agents_
                 .emplace_back(
                     std::make_unique<recorded_agent>(live, *tape, rounds_of(configuration, planned->agent)))
                 .get();
    all.agents_[planned->agent] = live;
  }
  if (need_user_model(plan.cells))
    all.user_ = all.model(user_model(configuration), cassette_party::user, configuration, tape, io);
  if (need_judge_model(plan.cells) && !configuration.run.no_judge)
    all.judge_ = all.model(judge_model(configuration), cassette_party::judge, configuration, tape, io);
  return all;
}

language_model* run_parties::model(model_settings const* chosen, cassette_party party,
                                   settings const& configuration, cassette* tape,
                                   boost::asio::io_context& io) {
  if (chosen == nullptr) return nullptr;
  language_model* live = nullptr;
  if (tape == nullptr || !tape->replays(party))
    live = owned_models_.emplace_back(make_model(*chosen, io, configuration.variables)).get();
  if (tape == nullptr) return live;
  return owned_models_.emplace_back(std::make_unique<recorded_model>(live, *tape, party)).get();
}

}  // namespace parley
