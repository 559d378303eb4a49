#include "adapters/cli/chat_command.hpp"

#include "adapters/agents/agent_factory.hpp"
#include "adapters/cli/chat_scenario.hpp"
#include "adapters/cli/chat_user.hpp"
#include "adapters/cli/configuration.hpp"
#include "adapters/cli/drive.hpp"
#include "adapters/cli/load_project.hpp"
#include "adapters/cli/tell_problems.hpp"
#include "adapters/formats/digest.hpp"
#include "adapters/system/logging.hpp"
#include "adapters/system/process_signals.hpp"
#include "adapters/system/system_time.hpp"
#include "adapters/system/terminal.hpp"
#include "adapters/system/typed_lines.hpp"
#include "reports/safe_text.hpp"
#include "reports/shell_text.hpp"
#include "runner/conversation/hold_conversation.hpp"
#include "runner/inputs/glob.hpp"
#include "runner/inputs/language.hpp"
#include "runner/run/trial_executor.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <random>
#include <set>

namespace parley {
namespace {

namespace asio = boost::asio;

constexpr std::chrono::hours patience{24};  // people take their time
constexpr int most_lines = 1000;

scenario own_scenario() {
  scenario made;
  made.name = "Chat";
  made.id = scenario_id(default_id("scenario", made.name));
  made.versions.emplace_back().objective = "What was said in a chat.";
  return made;
}

persona own_persona() {
  persona made;
  made.name = "You";
  made.id = persona_id(default_id("persona", made.name));
  made.versions.emplace_back();
  return made;
}

template <class Input>
std::optional<Input> only_latest(Input found) {
  found.versions = {found.latest()};
  return found;
}

// The one thing that the globs name; nullopt with a problem when there are none or several.
template <class Input>
std::optional<Input> named_one(std::vector<Input> const& all, std::vector<std::string> const& globs,
                               std::string const& flag, input_problems& problems) {
  std::vector<std::string> names;
  std::vector<Input const*> found;
  auto const patterns = compile_globs(globs);
  for (auto const& one : all) {
    names.push_back(one.name);
    if (any_matches(patterns, one.name)) found.push_back(&one);
  }
  if (found.size() == 1) return only_latest(*found.front());
  std::string const what = flag + " '" + globs.front() + "' fits " + std::to_string(found.size());
  std::string remedy = found.empty() ? nearest_name(globs.front(), names) : found.front()->name;
  problems.error({}, what, remedy.empty() ? "`parley list` shows the names" : "such as '" + remedy + "'");
  return std::nullopt;
}

// What a person knows it by.
std::string name_of(agent_settings const& with) {
  return with.name == "url" && !with.url.empty() ? with.url : with.name;
}

agent_settings const* chosen_agent(settings const& configuration, input_problems& problems) {
  auto const& agents = configuration.agents;
  auto const name = configuration.forced.agent ? configuration.forced.agent : configuration.run.agent;
  if (!name && agents.size() == 1) return &agents.begin()->second;
  auto const found = name ? agents.find(*name) : agents.end();
  if (found != agents.end()) return &found->second;
  problems.error({}, name ? "there is no agent '" + *name + "'" : "no agent is chosen",
                 "give --agent NAME, or --agent-url URL");
  return nullptr;
}

// Who talks to whom about what, before the first word.
struct chat {
  loaded_project project;
  agent_settings const* with = nullptr;
  std::shared_ptr<cell> unit = std::make_shared<cell>();
  std::string persona_to_run_with = "NAME";  // whoever chats as nobody chooses one later
};

chat prepare(chat_options const& options, input_problems& problems) {
  chat made;
  project_request request;
  request.why = project_request::purpose::list;
  request.configuration = options.configuration;
  request.presentation = options.presentation;
  made.project = load_inputs(request, problems);
  settings const& configuration = made.project.configuration;
  made.with = chosen_agent(configuration, problems);
  auto told =
      configuration.run.scenario.empty()
          ? own_scenario()
          : named_one(made.project.inputs.scenarios, configuration.run.scenario, "--scenario", problems)
                .value_or(own_scenario());
  auto teller = told.lead ? *told.lead : own_persona();
  if (!options.personas.empty()) {
    teller =
        named_one(made.project.inputs.personas, options.personas, "--persona", problems).value_or(teller);
    made.persona_to_run_with = teller.name;
  }
  if (made.with != nullptr) {
    std::vector<std::string> needed{"agents." + made.with->name};
    report_unset_variables(configuration, needed, problems);
    if (!problems.has_errors()) check_agent(*made.with, problems);
    for (auto const& what : problems_with(*made.with, told.latest())) problems.error(told.where, what, "");
  }
  std::error_code ignored;
  if (!options.save.empty() && std::filesystem::exists(options.save, ignored))
    problems.error({}, "--save " + options.save + ": the file is there already", "choose another name");
  made.unit->id = cell_id("chat/" + slug(told.name) + "@" + slug(teller.name));
  made.unit->scenario_used = std::make_shared<scenario const>(std::move(told));
  made.unit->persona_used = std::make_shared<persona const>(std::move(teller));
  return made;
}

// Writes scenarios; never over a file that it has not written itself.
class chat_saver {
 public:
  // `persona`: whom the scenario is to be run with.
  chat_saver(conversation_facts const& facts, std::string persona)
      : facts_(facts), persona_(std::move(persona)) {}

  std::string operator()(transcript const& said, std::string const& file) {
    auto const name = std::filesystem::path(file).stem().string();
    auto const text = chat_as_scenario(facts_, said, name);
    if (text.empty()) return "nothing was said yet";
    std::error_code ignored;
    if (!written_.contains(file) && std::filesystem::exists(file, ignored))
      return file + " is there already: choose another name";
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (!out) return file + " cannot be written";
    written_.insert(file);
    return "saved " + file + "; give it criteria under evaluation, and `" +
           shell_text({"parley", "run", file, "--persona", persona_}) + "` holds it again";
  }

 private:
  conversation_facts const& facts_;
  std::string persona_;
  std::set<std::string> written_;
};

// One conversation from its first to its last word.
class chat_session {
 public:
  explicit chat_session(chat of) : of_(std::move(of)) {
    services_.time = &time_;
    services_.language = of_.project.configuration.run.language;
    services_.timezone = of_.project.configuration.run.timezone;
  }

  int hold(std::string const& save_to) {
    auto const& configuration = of_.project.configuration;
    auto const talks_to = make_agent(*of_.with, io_, configuration.variables);
    prepared_cell const prepared(of_.unit, services_);
    auto const facts =
        facts_for(prepared, trial_task(), conversation_id(new_conversation()), time_.wall_now());
    auto const talk = talks_to->start(facts);
    typed_lines typed;
    chat_saver saver(*facts, of_.persona_to_run_with);
    bool const colour =
        use_color(configuration.run.color, configuration.variables, stdout_terminal().is_terminal);
    chat_user person(typed, std::cout, terminal_style(colour), std::ref(saver));
    introduce(colour);

    transcript said;
    conversation_setup setup;
    setup.facts = facts;
    setup.rules = prepared.rules;
    setup.rules.max_interactions = most_lines;
    setup.opening_text = prepared.opening_text;
    setup.mocks = &of_.unit->scenario_content().environment.action_mocks;
    setup.agent = talk.get();
    setup.user = &person;
    setup.time = &time_;
    setup.stop = &stop_;
    setup.turn_timeout = of_.with->turn_timeout.value_or(configuration.run.turn_timeout);
    setup.timeout = patience;
    setup.live = &said;
    drive(io_, hold_until_left(std::move(setup)));
    person.show_new(said);
    if (!save_to.empty()) std::cout << safe_line(saver(said, save_to)) << std::endl;
    return tell_end(said);
  }

 private:
  // Ctrl-C and TERM while the agent is awaited: whoever types hears them else (typed_lines).
  asio::awaitable<void> hold_until_left(conversation_setup setup) {
    asio::cancellation_signal leave;
    process_signals const signals(io_, stop_, [&](stop_request::level) {
      stop_.cancel(stop_request::cause::signal, stop_.signal_number());
      leave.emit(asio::cancellation_type::terminal);
    });
    co_await asio::co_spawn(io_, hold(std::move(setup)),
                            asio::bind_cancellation_slot(leave.slot(), asio::use_awaitable));
  }

  static asio::awaitable<void> hold(conversation_setup setup) {
    co_await asio::this_coro::throw_if_cancelled(false);
    co_await hold_conversation(std::move(setup));
  }

  static std::string new_conversation() { return "chat-" + std::to_string(std::random_device()()); }

  void introduce(bool colour) const {
    terminal_style const style(colour);
    std::cout << style.faint("talking to " + safe_line(name_of(*of_.with)) + " as " +
                             safe_line(of_.unit->persona_used->name) + "; /help says what else there is")
              << '\n';
    auto const& content = of_.unit->scenario_content();
    if (of_.project.configuration.run.scenario.empty()) return;
    std::cout << style.faint("your aim: " + safe_line(content.objective)) << '\n';
    if (!content.instructions.empty())
      std::cout << style.faint("how:      " + safe_line(content.instructions)) << '\n';
  }

  int tell_end(transcript const& said) const {
    if (said.error) {
      log_error(said.error->type + ": " + said.error->message);
      return 3;
    }
    if (said.stopped == stop_reason::agent_ended)
      std::cout << "the agent ended the conversation" << std::endl;
    if (stop_.cancelling()) std::cout << "you left before the agent had answered" << std::endl;
    return 0;
  }

  chat of_;
  asio::io_context io_{1};
  system_time time_;
  stop_request stop_;
  trial_services services_;
};

}  // namespace

int chat_command(chat_options const& options) {
  input_problems problems;
  chat prepared = prepare(options, problems);
  if (int const code = tell_problems(problems, prepared.project); code != 0) return code;
  return chat_session(std::move(prepared)).hold(options.save);
}

}  // namespace parley
