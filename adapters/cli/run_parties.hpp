// Everyone who takes part in a run: the agents, the model that speaks as the user, the one that judges. Each
// stands behind the run's cassette when there is one.
#pragma once

#include "adapters/cassettes/cassette.hpp"
#include "adapters/cli/settings.hpp"
#include "runner/inputs/run_plan.hpp"
#include "runner/ports/agent.hpp"
#include "runner/ports/language_model.hpp"

#include <boost/asio/io_context.hpp>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace parley {

class run_parties {
 public:
  // Whoever is replayed is not made: nothing is contacted for it, and its settings may lack what it would
  // need. `tape` may be null; it and `io` outlive the parties. Failure: invalid_input.
  static outcome<run_parties> make(run_plan const& plan, settings const& configuration, cassette* tape,
                                   boost::asio::io_context& io);

  agent* agent_named(std::string const& name) const { return agents_.at(name); }
  language_model* user() const { return user_; }    // null: only scripts speak
  language_model* judge() const { return judge_; }  // null: judged criteria stay undecided

 private:
  run_parties() = default;
  language_model* model(model_settings const* chosen, cassette_party party, settings const& configuration,
                        cassette* tape, boost::asio::io_context& io);

  std::vector<std::unique_ptr<agent>> owned_agents_;
  std::vector<std::unique_ptr<language_model>> owned_models_;
  std::map<std::string, agent*> agents_;
  language_model* user_ = nullptr;
  language_model* judge_ = nullptr;
};

}  // namespace parley
