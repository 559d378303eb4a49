#include "adapters/cli/server_run_holder.hpp"

#include "adapters/cli/chosen_models.hpp"
#include "adapters/cli/expansion_request.hpp"
#include "adapters/cli/load_project.hpp"
#include "adapters/cli/run_session.hpp"
#include "adapters/cli/version.hpp"
#include "adapters/storage/journal_contents.hpp"
#include "adapters/storage/run_directory.hpp"
#include "adapters/system/logging.hpp"
#include "adapters/system/system_time.hpp"
#include "reports/json_report.hpp"
#include "runner/inputs/expand_tests.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

namespace parley {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;

std::string first_problem(input_problems const& problems) {
  for (auto const& problem : problems.sorted())
    if (problem.severity == input_problem::severity_level::error)
      return problem.what + (problem.remedy.empty() ? "" : ", " + problem.remedy);
  return "it cannot be run";
}

}  // namespace

// One run from its request to its end.
struct server_run_holder::held {
  server_run wanted;
  std::shared_ptr<run_listener> heard;
  settings configuration;  // of the server, with the run's metrics and model
  stop_request stop;
  std::optional<journal_contents> earlier;
  std::unique_ptr<held_session> session;
  std::optional<run_record> record;
  std::string directory;
  bool cancelled = false;

  outcome<std::shared_ptr<run_plan const>> plan() const;
  outcome<session_request> request(std::string const& folder);
};

outcome<std::shared_ptr<run_plan const>> server_run_holder::held::plan() const {
  input_problems problems;
  project_request const nothing;
  auto const expanding = expansion_request(configuration, nothing);
  auto all = expand_tests(wanted.inputs, expanding, problems);
  auto plan = std::make_shared<run_plan>();
  plan->id = run_id(wanted.id);
  plan->seed = configuration.run.seed.value_or(1);
  for (auto& planned : all.cells) {
    if (planned.unmentioned) continue;
    for (auto const& problem : planned.problems) problems.error(problem.where, problem.what, problem.remedy);
    plan->cells.push_back(std::move(planned.unit));
  }
  if (problems.has_errors()) return failure(failure_code::invalid_input, first_problem(problems));
  if (need_user_model(plan->cells) && user_model(configuration) == nullptr)
    return failure(failure_code::invalid_input,
                   "a scenario has no script and the server no model to speak as its user: add models and "
                   "simulated_user to the server's parley.yaml, or a script to the scenario");
  return std::shared_ptr<run_plan const>(std::move(plan));
}

outcome<session_request> server_run_holder::held::request(std::string const& folder) {
  auto planned = plan();
  if (!planned) return planned.error();
  session_request wants;
  wants.configuration = &configuration;
  wants.plan = *std::move(planned);
  wants.mask = redaction(secrets_of(configuration, wanted.inputs));
  wants.facts.id = wants.plan->id;
  wants.facts.seed = wants.plan->seed;
  wants.facts.started_at = system_time().wall_now();
  wants.facts.command = {"parley", "serve"};
  wants.facts.versions["parley"] = std::string(parley_version());
  directory = folder + "/" + wanted.id;
  if (fs::exists(journal_path(directory))) {
    auto read = read_journal(journal_path(directory));
    if (!read) return read.error();
    earlier = *std::move(read);
    wants.resumed = &*earlier;
    wants.facts = earlier->record.facts;
  } else if (auto const made = create_run_directory(".", wants.plan->id, directory); !made) {
    return made.error();
  }
  wants.facts.directory = directory;
  wants.listeners.push_back(heard.get());
  return wants;
}

server_run_holder::server_run_holder(asio::io_context& io, settings const& configuration, std::string folder,
                                     std::size_t most_at_once)
    : io_(io), configuration_(configuration), folder_(std::move(folder)), most_at_once_(most_at_once) {}

server_run_holder::~server_run_holder() = default;

void server_run_holder::start(server_run run, std::shared_ptr<run_listener> heard) {
  auto next = std::make_shared<held>();
  next->configuration = configuration_;
  next->configuration.metrics.clear();
  for (auto const& metric : run.metrics) {
    metric_settings named;
    named.name = metric.id;  // criteria refer to it by id
    named.description = metric.description.empty() ? metric.name : metric.name + ": " + metric.description;
    named.value = metric.value;
    next->configuration.metrics.push_back(std::move(named));
  }
  if (run.user_model || run.user_temperature) {
    if (!next->configuration.simulated_user) next->configuration.simulated_user.emplace();
    if (run.user_model) next->configuration.simulated_user->model = run.user_model;
    if (run.user_temperature) next->configuration.simulated_user->temperature = run.user_temperature;
  }
  next->wanted = std::move(run);
  next->heard = std::move(heard);
  waiting_.push_back(std::move(next));
  asio::post(io_, [this] { begin_next(); });
}

void server_run_holder::begin_next() {
  while (!stopping_ && running_.size() < most_at_once_ && !waiting_.empty()) {
    auto const next = waiting_.front();
    waiting_.pop_front();
    auto request = next->request(folder_);
    auto session = request ? held_session::make(*std::move(request), io_)
                           : outcome<std::unique_ptr<held_session>>(request.error());
    if (!session) {
      next->heard->refused(session.error().detail);
      continue;
    }
    next->session = *std::move(session);
    running_.emplace(next->wanted.id, next);
    asio::co_spawn(io_, hold(next), [this, next](std::exception_ptr thrown) { ended(next, thrown); });
  }
}

asio::awaitable<void> server_run_holder::hold(std::shared_ptr<held> run) {
  run_record record = co_await run->session->hold(run->stop);
  run->record = std::move(record);
}

void server_run_holder::ended(std::shared_ptr<held> const& run, std::exception_ptr thrown) {
  running_.erase(run->wanted.id);
  bool const interrupted = stopping_ && !run->cancelled;  // it goes on when the server is started again
  if (thrown || !run->record) {
    log_error("run " + run->wanted.id + " ended with an internal error");
    run->heard->refused("an internal error of the server");
  } else if (!interrupted) {
    std::ofstream out(run->directory + "/report.json", std::ios::binary);
    write_json(*run->record, report_options{}, out);
    out.close();
    if (!out) log_error("the report of run " + run->wanted.id + " could not be written");
    run->heard->ended(*run->record);
  }
  // What the run still has posted comes before this: it may go only then.
  asio::post(io_, [this, run] {
    begin_next();
    if (stopping_ && running_.empty() && when_idle_) std::exchange(when_idle_, nullptr)();
  });
}

bool server_run_holder::cancel(std::string const& id) {
  if (auto const found = running_.find(id); found != running_.end()) {
    found->second->cancelled = true;
    found->second->stop.cancel(stop_request::cause::maxfail);
    return true;
  }
  auto const found =
      std::find_if(waiting_.begin(), waiting_.end(), [&](auto const& run) { return run->wanted.id == id; });
  if (found == waiting_.end()) return false;
  auto const run = *found;
  waiting_.erase(found);
  run->heard->refused("cancelled");
  return true;
}

outcome<std::string> server_run_holder::report(std::string const& id) const {
  std::ifstream in(folder_ + "/" + id + "/report.json", std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return failure(failure_code::unreadable, "the report is not there any more");
  return text.str();
}

bool server_run_holder::has_user_model(std::string const& name) const {
  return configuration_.models.contains(name);
}

void server_run_holder::stop(std::function<void()> done) {
  stopping_ = true;
  waiting_.clear();
  if (running_.empty()) return done();
  when_idle_ = std::move(done);
  for (auto const& [id, run] : running_) run->stop.cancel(stop_request::cause::signal, 15);
}

}  // namespace parley
