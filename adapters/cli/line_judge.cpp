#include "adapters/cli/line_judge.hpp"

#include "adapters/cli/chosen_models.hpp"
#include "adapters/http/endpoint_waits.hpp"
#include "adapters/language_models/model_factory.hpp"
#include "adapters/system/logging.hpp"
#include "adapters/system/system_time.hpp"
#include "runner/run/outcome_class.hpp"
#include "runner/run/trial_models.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <thread>

namespace parley {

namespace asio = boost::asio;

struct line_judge::state {
  state(settings const& configuration, model_settings const& model, redaction mask_used)
      : mask(std::move(mask_used)),
        asked(make_model(model, io, configuration.variables)),
        judging(judging_of(configuration)),
        limit(judge_limit_of(configuration)),
        waits(io, [](endpoint_wait const& wait) { log_warning(to_text(wait)); }),
        work(asio::make_work_guard(io)),
        thread([this] { io.run(); }) {}

  ~state() {
    work.reset();
    thread.join();
  }

  asio::awaitable<void> answer(std::shared_ptr<scored_line> line,
                               std::shared_ptr<std::promise<scored_line>> promised) {
    judge_case about;
    about.sealed = &line->detail.conversation;
    about.success = &line->by->content->latest().evaluation;
    about.told = line->by->content.get();
    about.redact = [this](std::string text) { return mask(std::move(text)); };
    trial_model model(*asked, trial_identity(), unpaid, time, limit);
    parley::judge const decides(model, judging);
    auto decided = co_await decides.decide(about, line->detail.judged);
    if (decided) {
      line->detail.judged = std::move(*decided);
      line->detail.judged.judge_used = model.spent();
      line->outcome = classify(line->detail.conversation, line->detail.judged);
    }
    promised->set_value(std::move(*line));
  }

  redaction mask;
  asio::io_context io{1};
  system_time time;
  std::unique_ptr<language_model> asked;
  judge_options judging;
  answer_limit limit;
  endpoint_watch waits;
  trial_model::payment const unpaid;
  asio::executor_work_guard<asio::io_context::executor_type> work;
  std::thread thread;  // last: it uses everything above
};

std::unique_ptr<line_judge> line_judge::make(settings const& configuration, redaction mask) {
  auto const* const model = judge_model(configuration);
  if (model == nullptr || configuration.run.no_judge) return nullptr;
  return std::unique_ptr<line_judge>(
      new line_judge(std::make_unique<state>(configuration, *model, std::move(mask))));
}

line_judge::line_judge(std::unique_ptr<state> made) : state_(std::move(made)) {}
line_judge::~line_judge() = default;

bool line_judge::is_needed(scored_line const& scored) {
  return scored.detail.judged.scored && scored.by->content->latest().evaluation.needs_judge();
}

std::future<scored_line> line_judge::judge(scored_line scored) {
  auto const line = std::make_shared<scored_line>(std::move(scored));
  auto const promised = std::make_shared<std::promise<scored_line>>();
  auto future = promised->get_future();
  asio::co_spawn(state_->io, state_->answer(line, promised), [promised](std::exception_ptr thrown) {
    if (thrown) promised->set_exception(thrown);
  });
  return future;
}

}  // namespace parley
