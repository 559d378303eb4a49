#include "runner/run/hold_run.hpp"

#include "runner/run/sampling.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <exception>
#include <list>
#include <map>

namespace parley {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using end_channel = asio::experimental::channel<void(boost::system::error_code)>;

std::string what_went_wrong(std::exception_ptr thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (std::exception const& e) {
    return e.what();
  } catch (...) {
    return "an exception of unknown type";
  }
}

// The children of a run and their strings: everything that must end before the run does.
class held_run {
 public:
  held_run(run_setup setup, stop_request& stop, event_publisher& publisher, asio::any_io_executor executor)
      : setup_(std::move(setup)),
        stop_(stop),
        publisher_(publisher),
        executor_(executor),
        ended_(executor, 1),
        cost_(cost_of(setup_.kept)),
        dispatcher_(setup_.plan, setup_.policy.retries, setup_.policy.maxfail, std::move(setup_.kept),
                    sampling_against(setup_.baseline.get(), *setup_.plan,
                                     {setup_.facts.alpha, setup_.facts.power}, tables_)),
        prepared_(setup_.plan->cells.size()) {}

  awaitable<run_record> hold() {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (setup_.policy.max_cost)
      setup_.services.pay = [this](trial_identity const&, spending const& used) { pay(used); };
    auto const began = setup_.services.time->now();
    tell(run_started{setup_.facts, setup_.plan});
    for (auto& warning : setup_.warnings) tell(run_warned{std::move(warning)});
    for (std::size_t const index : dispatcher_.settled_at_start())
      tell(cell_finished{dispatcher_.state_of(index)});
    stop_.on_raise([this](stop_request::level level) { stop_raised(level); });
    if (stop_.draining()) stop_raised(stop_.how_far());
    spawn_workers();
    if (setup_.policy.global_timeout) spawn_timer(wait_for_budget(began + *setup_.policy.global_timeout));
    while (workers_ > 0) co_await next_end();
    stop_.on_raise(nullptr);
    for (child& timer : timers_) timer.cancel.emit(asio::cancellation_type::terminal);
    while (running_timers_ > 0) co_await next_end();
    co_return finish(began);
  }

 private:
  struct child {
    asio::cancellation_signal cancel;
  };

  template <class Event>
  void tell(Event event) {
    publisher_.publish(run_event{std::move(event)});
    if (publisher_.journal_failure() && !stop_.cancelling()) stop_.cancel(stop_request::cause::journal);
  }

  awaitable<void> next_end() {
    auto [error] = co_await ended_.async_receive(asio::as_tuple(asio::use_awaitable));
    static_cast<void>(error);
  }

  void spawn_workers() {
    std::size_t trials = 0;
    for (auto const& planned : setup_.plan->cells) trials += static_cast<std::size_t>(planned->trials);
    auto const wanted = std::min(trials, static_cast<std::size_t>(setup_.policy.jobs));
    workers_ = static_cast<int>(wanted);
    for (std::size_t i = 0; i < wanted; ++i) {
      child& added = children_.emplace_back();
      asio::co_spawn(executor_, work(),
                     asio::bind_cancellation_slot(added.cancel.slot(), [this](std::exception_ptr thrown) {
                       if (thrown) internal_errors_.push_back(without_secrets(what_went_wrong(thrown)));
                       --workers_;
                       ended_.try_send(boost::system::error_code{});
                     }));
    }
  }

  void spawn_timer(awaitable<void> body) {
    child& added = timers_.emplace_back();
    ++running_timers_;
    asio::co_spawn(executor_, std::move(body),
                   asio::bind_cancellation_slot(added.cancel.slot(), [this](std::exception_ptr thrown) {
                     if (thrown) internal_errors_.push_back(without_secrets(what_went_wrong(thrown)));
                     --running_timers_;
                     ended_.try_send(boost::system::error_code{});
                   }));
  }

  void stop_raised(stop_request::level level) {
    dispatcher_.stop();
    if (level == stop_request::level::drain) {
      spawn_timer(wait_for_grace());
      return;
    }
    // Emitting resumes the workers on the spot, so never from within one: let the current step end first.
    asio::post(executor_, [this] {
      for (child& worker : children_) worker.cancel.emit(asio::cancellation_type::terminal);
    });
  }

  awaitable<void> wait_for_grace() {
    co_await asio::this_coro::throw_if_cancelled(false);
    auto const until = setup_.services.time->now() + setup_.policy.grace;
    co_await setup_.services.time->sleep_until(until);
    if (setup_.services.time->now() >= until) stop_.cancel(stop_.why());
  }

  awaitable<void> wait_for_budget(std::chrono::steady_clock::time_point until) {
    co_await asio::this_coro::throw_if_cancelled(false);
    co_await setup_.services.time->sleep_until(until);
    if (setup_.services.time->now() >= until) stop_.cancel(stop_request::cause::budget);
  }

  awaitable<void> work() {
    co_await asio::this_coro::throw_if_cancelled(false);
    while (auto const task = dispatcher_.next()) {
      trial_record record = base_record(*task);
      auto detail = std::make_shared<trial_detail>();
      tell(trial_started{setup_.plan->cells[task->cell_index], task->trial, task->attempt, detail});
      try {
        record = co_await execute_trial(prepared(task->cell_index), *task, conversation_of(*task),
                                        setup_.services, stop_, detail);
      } catch (std::exception const& e) {
        record = internal_error(*task, e.what(), detail);
      }
      finish_trial(*task, std::move(record));
    }
  }

  trial_record base_record(trial_task const& task) const {
    trial_record record;
    record.trial = task.trial;
    record.attempt = task.attempt;
    record.seed = task.seed;
    return record;
  }

  trial_record internal_error(trial_task const& task, std::string what,
                              std::shared_ptr<trial_detail> detail) {
    trial_record record = base_record(task);
    record.outcome = outcome_class::infrastructure_error;
    if (setup_.services.redact) setup_.services.redact(*detail);
    record.detail = std::move(detail);
    internal_errors_.push_back(without_secrets(std::move(what)));
    record.error = trial_error{"parley.internal", internal_errors_.back()};
    return record;
  }

  // An exception of ours may have quoted anything.
  std::string without_secrets(std::string text) const {
    if (!setup_.services.redact) return text;
    trial_detail carrier;
    carrier.conversation.error = trial_error{"parley.internal", std::move(text)};
    setup_.services.redact(carrier);
    return std::move(carrier.conversation.error->message);
  }

  void finish_trial(trial_task const& task, trial_record record) {
    if (record.used) pay(record.used->agent);
    trial_finished told{setup_.plan->cells[task.cell_index], record, false};
    auto const verdict = dispatcher_.finished(task, std::move(record));
    told.will_retry = verdict.will_retry;
    tell(std::move(told));
    if (!verdict.cell_settled) return;
    prepared_[task.cell_index].reset();
    tell(cell_finished{dispatcher_.state_of(task.cell_index)});
    if (verdict.enough_failures) stop_.cancel(stop_request::cause::maxfail);
  }

  // The user's and the judge's answers are paid one by one, the agent's with the trial.
  void pay(spending const& used) {
    if (!setup_.policy.max_cost || !used.cost) return;
    cost_ += *used.cost;
    if (cost_ >= *setup_.policy.max_cost && !stop_.cancelling()) stop_.cancel(stop_request::cause::budget);
  }

  static double cost_of(std::vector<std::vector<trial_record>> const& kept) {
    double sum = 0;
    for (auto const& trials : kept)
      for (auto const& trial : trials)
        if (trial.used) sum += trial.used->total().cost.value_or(0);
    return sum;
  }

  std::shared_ptr<prepared_cell const> prepared(std::size_t index) {
    auto& ready = prepared_[index];
    if (!ready) ready = std::make_shared<prepared_cell const>(setup_.plan->cells[index], setup_.services);
    return ready;
  }

  // Unique for the agent over all runs, sessions and attempts.
  conversation_id conversation_of(trial_task const& task) const {
    return conversation_id(setup_.session + "-" + std::to_string(task.cell_index + 1) + "-" +
                           std::to_string(task.trial) + "-" + std::to_string(task.attempt));
  }

  // Of agents whose version nobody declared.
  std::map<std::string, std::string> versions_told() const {
    std::map<std::string, std::string> told;
    for (auto const& planned : setup_.plan->cells) {
      auto const& name = planned->agent;
      if (planned->skip || setup_.facts.versions.count(name) != 0 || told.count(name) != 0) continue;
      told[name] = without_secrets(setup_.services.agent_named(name)->version());
    }
    std::erase_if(told, [](auto const& one) { return one.second.empty(); });
    return told;
  }

  run_record finish(std::chrono::steady_clock::time_point began) {
    run_record record;
    record.facts = setup_.facts;
    record.cells = dispatcher_.take_cells();
    record.finished_at = setup_.services.time->wall_now();
    record.wall = std::chrono::duration_cast<std::chrono::microseconds>(setup_.services.time->now() - began);
    record.interrupted_by = stop_.signal_number();
    record.over_budget = stop_.why() == stop_request::cause::budget;
    record.warnings = publisher_.warnings();
    if (publisher_.journal_failure())
      internal_errors_.push_back("the journal could not be written: " + publisher_.journal_failure()->detail);
    record.internal_errors = internal_errors_;
    auto const told = versions_told();
    record.facts.versions.insert(told.begin(), told.end());
    tell(run_finished{record.finished_at, record.wall, record.interrupted_by, record.internal_errors,
                      record.over_budget, told});
    publisher_.flush();
    return record;
  }

  run_setup setup_;
  stop_request& stop_;
  event_publisher& publisher_;
  asio::any_io_executor executor_;
  end_channel ended_;
  double cost_;  // so far, earlier sessions included
  sequential_chances tables_;
  dispatcher dispatcher_;
  std::vector<std::shared_ptr<prepared_cell const>> prepared_;
  std::list<child> children_;
  std::list<child> timers_;
  int workers_ = 0;
  int running_timers_ = 0;
  std::vector<std::string> internal_errors_;
};

}  // namespace

awaitable<run_record> hold_run(run_setup setup, stop_request& stop, event_publisher& publisher) {
  asio::any_io_executor const executor = co_await asio::this_coro::executor;
  held_run run(std::move(setup), stop, publisher, executor);
  co_return co_await run.hold();
}

}  // namespace parley
