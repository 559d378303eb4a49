#include "adapters/cli/run_session.hpp"

#include "adapters/cli/chosen_models.hpp"
#include "adapters/cli/drive.hpp"
#include "adapters/cli/run_parties.hpp"
#include "adapters/http/endpoint_waits.hpp"
#include "adapters/storage/journal_file.hpp"
#include "adapters/storage/run_directory.hpp"
#include "adapters/system/key_presses.hpp"
#include "adapters/system/logging.hpp"
#include "adapters/system/process_signals.hpp"
#include "adapters/system/system_time.hpp"
#include "runner/inputs/language.hpp"
#include "runner/run/hold_run.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <iterator>

namespace parley {
namespace {

namespace asio = boost::asio;

// Files the program itself needs beside one connection per conversation.
constexpr std::size_t own_files = 64;

outcome<std::unique_ptr<journal_file>> journal_for(session_request const& request) {
  std::string const path = journal_path(request.facts.directory);
  if (request.resumed != nullptr) return journal_file::resume(path, *request.resumed, request.mask);
  return journal_file::create(path, request.mask);
}

// Trials of an earlier session that are kept: everything but cancelled and over-budget ones.
std::vector<std::vector<trial_record>> kept_trials(session_request const& request) {
  std::vector<std::vector<trial_record>> kept;
  if (request.resumed == nullptr) return kept;
  for (cell_record const& of : request.resumed->record.cells) {
    auto& trials = kept.emplace_back();
    std::copy_if(of.trials.begin(), of.trials.end(), std::back_inserter(trials),
                 [](trial_record const& trial) { return !counts_as_not_run(trial.outcome); });
  }
  return kept;
}

int jobs_that_fit(int wanted) {
  std::size_t const files = raise_open_file_limit();
  std::size_t const fit = files > own_files ? files - own_files : 1;
  if (static_cast<std::size_t>(wanted) <= fit) return wanted;
  log_warning("-j " + std::to_string(wanted) + " needs more open files than this system allows (" +
              std::to_string(files) + "): holding " + std::to_string(fit) +
              " conversations at once; raise the hard limit with `ulimit -Hn`");
  return static_cast<int>(fit);
}

run_policy policy_of(settings const& configuration) {
  run_settings const& run = configuration.run;
  run_policy policy;
  if (configuration.simulated_user) policy.retries.max_invalid = configuration.simulated_user->max_invalid;
  policy.jobs = jobs_that_fit(run.jobs);
  policy.retries.retries = run.retries;
  policy.retries.when = run.retry_on;
  policy.maxfail = run.maxfail;
  policy.max_cost = run.max_cost;
  policy.global_timeout = run.global_timeout;
  policy.grace = run.grace;
  return policy;
}

// `request` outlives the run.
void add_models(trial_services& services, run_parties const& parties, session_request const& request) {
  settings const& configuration = *request.configuration;
  services.user_model = parties.user();
  if (configuration.simulated_user) services.user_temperature = configuration.simulated_user->temperature;
  services.user_limit = user_limit_of(configuration);
  services.judge_model = parties.judge();
  services.judge_limit = judge_limit_of(configuration);
  services.judging = judging_of(configuration);
  if (!request.mask.empty())
    services.hide_from_judge = [&request](std::string text) { return request.mask(std::move(text)); };
  if (request.tape == nullptr) return;
  services.starts_at = request.tape->recorded_at();  // what models are told must not change with the clock
  services.time_of = [&request, real = services.time](trial_identity const& of) -> time_source* {
    auto* const clock = request.tape->clock_of(of);
    return clock == nullptr ? real : clock;
  };
}

// Calls a function ten times a second until it is stopped.
class ticker {
 public:
  ticker(asio::io_context& io, std::function<void()> call) : timer_(io), call_(std::move(call)) {
    if (call_) wait();
  }
  void stop() {
    timer_.cancel();
    call_ = nullptr;
  }

 private:
  void wait() {
    timer_.expires_after(std::chrono::milliseconds(100));
    timer_.async_wait([this](boost::system::error_code error) {
      if (error || !call_) return;
      call_();
      wait();
    });
  }

  asio::steady_timer timer_;
  std::function<void()> call_;
};

}  // namespace

struct held_session::parts {
  parts(session_request r, run_parties p, std::unique_ptr<journal_file> j, asio::io_context& io)
      : request(std::move(r)),
        parties(std::move(p)),
        journal(std::move(j)),
        publisher(io.get_executor(), journal.get(), request.listeners) {}

  session_request request;
  run_parties parties;
  std::unique_ptr<journal_file> journal;
  event_publisher publisher;
  std::optional<endpoint_watch> watch;
  system_time time;

  run_setup setup() {
    settings const& configuration = *request.configuration;
    run_setup made;
    made.facts = request.facts;
    made.plan = request.plan;
    made.policy = policy_of(configuration);
    made.services.time = &time;
    made.services.agent_named = [this](std::string const& name) { return parties.agent_named(name); };
    add_models(made.services, parties, request);
    if (!request.mask.empty())
      made.services.redact = [this](trial_detail& detail) { request.mask.apply(detail); };
    made.services.matching = configuration.run.matching;
    if (configuration.run.language) made.services.language = canonical_language(*configuration.run.language);
    made.services.timezone = configuration.run.timezone;
    made.session = request.resumed == nullptr ? request.plan->id.value : new_run_id(time.wall_now()).value;
    made.kept = kept_trials(request);
    made.baseline = request.baseline;
    for (auto const& warning : request.warnings) made.warnings.push_back(request.mask(warning));
    return made;
  }
};

held_session::held_session(std::unique_ptr<parts> made) : parts_(std::move(made)) {}
held_session::~held_session() = default;

outcome<std::unique_ptr<held_session>> held_session::make(session_request request, asio::io_context& io) {
  auto parties = run_parties::make(*request.plan, *request.configuration, request.tape, io);
  if (!parties) return parties.error();
  auto journal = journal_for(request);
  if (!journal) return journal.error();
  auto made = std::make_unique<parts>(std::move(request), *std::move(parties), *std::move(journal), io);
  return std::unique_ptr<held_session>(new held_session(std::move(made)));
}

void held_session::watch_endpoints(asio::io_context& io) {
  parts_->watch.emplace(io, [mine = parts_.get()](endpoint_wait const& wait) {
    mine->publisher.publish({run_warned{to_text(wait)}});
  });
}

asio::awaitable<run_record> held_session::hold(stop_request& stop) {
  auto setup = parts_->setup();
  run_record record = co_await hold_run(std::move(setup), stop, parts_->publisher);
  record.details = parts_->journal->details();
  if (auto const* const earlier = parts_->request.resumed)
    record.warnings.insert(record.warnings.begin(), earlier->record.warnings.begin(),
                           earlier->record.warnings.end());
  if (auto const synced = parts_->journal->finish(); !synced)
    record.internal_errors.push_back(synced.error().detail);
  cassette* const tape = parts_->request.tape;
  if (tape != nullptr)
    if (auto const kept = tape->finish(); !kept)
      record.internal_errors.push_back("the cassette is incomplete: " + kept.error().detail);
  co_return record;
}

outcome<run_record> hold_session(session_request request) {
  asio::io_context io{1};
  auto const on_tick = request.on_tick;
  auto const on_interrupt = request.on_interrupt;
  auto const on_question = request.on_question;
  auto session = held_session::make(std::move(request), io);
  if (!session) return session.error();
  (*session)->watch_endpoints(io);
  stop_request stop;
  process_signals const signals(io, stop, on_interrupt, on_question);
  key_presses const keys(io, [&](char key) {
    if (key == 't' && on_question) on_question();
  });
  ticker ticks(io, on_tick);
  run_record record = drive(io, (*session)->hold(stop));
  ticks.stop();
  return record;
}

}  // namespace parley
