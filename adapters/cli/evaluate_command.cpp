#include "adapters/cli/evaluate_command.hpp"

#include "adapters/cli/chosen_models.hpp"
#include "adapters/cli/configuration.hpp"
#include "adapters/cli/evaluate_reports.hpp"
#include "adapters/cli/line_file.hpp"
#include "adapters/cli/line_judge.hpp"
#include "adapters/cli/recorded_run.hpp"
#include "adapters/cli/version.hpp"
#include "adapters/language_models/model_factory.hpp"
#include "adapters/storage/run_directory.hpp"
#include "adapters/system/logging.hpp"
#include "adapters/system/system_time.hpp"
#include "reports/jsonl_lines.hpp"
#include "runner/run/run_verdict.hpp"

#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_pipeline.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <future>

namespace parley {
namespace {

constexpr int invalid = 4;
constexpr std::size_t lines_per_thread = 4;  // that are in memory at once

// One line on its way through the pipeline.
struct moving_line {
  line_place place;
  std::string text;
  std::string problem;  // empty = it was scored
  std::optional<scored_line> scored;
  std::future<scored_line> judged;  // valid: the line is still with the judge
  std::string rendered;             // as JSON, when a report wants it
};
using line_token = std::shared_ptr<moving_line>;

class evaluation_session {
 public:
  evaluation_session(evaluate_options const& options, settings const& configuration)
      : options_(options),
        configuration_(configuration),
        mask_(configuration.secrets),
        scorer_(configuration.run.matching),
        details_(std::make_shared<recorded_details>(scorer_, mask_)),
        run_(configuration.run.rule, wants_criteria(configuration), details_),
        reports_(configuration, mask_),
        judge_(line_judge::make(configuration, mask_)) {
    for (std::string const& file : options.files) paths_.push_back(file == "-" ? "/dev/stdin" : file);
  }

  int run() {
    system_time const time;
    auto const started = time.now();
    run_facts facts = facts_at(time.wall_now());
    score_files();
    run_record record = std::move(run_).finish(std::move(facts));
    if (bad_ > 0) record.warnings.push_back(left_out_text());
    record.wall = std::chrono::duration_cast<std::chrono::microseconds>(time.now() - started);
    record.finished_at = time.wall_now();
    return report(record);
  }

 private:
  static bool wants_criteria(settings const& configuration) {
    return std::any_of(configuration.reports.begin(), configuration.reports.end(),
                       [](report_settings const& report) { return report.type == "events"; });
  }

  run_facts facts_at(wall_time now) const {
    run_facts facts;
    facts.id = new_run_id(now);
    facts.started_at = now;
    for (std::string const& word : options_.command) facts.command.push_back(mask_(word));
    facts.versions["parley"] = parley_version();
    facts.fail_on_flaky = configuration_.run.fail_on_flaky;
    facts.max_error_rate = configuration_.run.max_error_rate;
    return facts;
  }

  void score_files() {
    namespace tbb = oneapi::tbb;
    auto tokens = static_cast<std::size_t>(tbb::info::default_concurrency()) * lines_per_thread;
    if (judge_) tokens = std::max(tokens, static_cast<std::size_t>(configuration_.run.jobs));
    tbb::parallel_pipeline(
        tokens,
        tbb::make_filter<void, line_token>(tbb::filter_mode::serial_in_order,
                                           [this](tbb::flow_control& flow) { return next_line(flow); }) &
            tbb::make_filter<line_token, line_token>(
                tbb::filter_mode::parallel, [this](line_token line) { return scored(std::move(line)); }) &
            tbb::make_filter<line_token, void>(tbb::filter_mode::serial_in_order,
                                               [this](line_token const& line) { collect(*line); }));
  }

  line_token next_line(oneapi::tbb::flow_control& flow) {
    while (true) {
      if (!open_ && !open_next_file()) {
        flow.stop();
        return nullptr;
      }
      if (auto line = open_->next()) return token_for(std::move(*line));
      if (open_->failed()) refuse(place_, "reading stopped in the middle of the file");
      open_.reset();
    }
  }

  bool open_next_file() {
    while (next_file_ < paths_.size()) {
      std::string const& path = paths_[next_file_];
      std::string const& name = options_.files[next_file_];
      ++next_file_;
      auto opened = line_file::open(path);
      if (!opened) {
        tell_bad(opened.error().detail);
        continue;
      }
      open_.emplace(std::move(*opened));
      place_ = {&path, name == "-" ? "stdin" : std::filesystem::path(path).stem().string(),
                0,     0,
                0,     !can_be_read_again(path)};
      return true;
    }
    return false;
  }

  line_token token_for(file_line read) {
    auto line = std::make_shared<moving_line>();
    place_.number = read.number;
    line->place = place_;
    line->place.offset = read.offset;
    line->place.length = read.text.size();
    line->text = std::move(read.text);
    if (read.too_long) line->problem = "longer than " + std::to_string(line_file::max_line >> 20) + " MiB";
    return line;
  }

  line_token scored(line_token line) const {
    if (!line->problem.empty()) return line;
    auto result = scorer_.score(line->text);
    line->text = {};
    if (!result) {
      line->problem = result.error().detail;
      return line;
    }
    if (judge_ && line_judge::is_needed(*result)) {
      line->judged = judge_->judge(std::move(*result));
      line->place.keep = true;  // nobody asks a model again to show its verdict
    } else {
      take(*line, std::move(*result));
    }
    return line;
  }

  void take(moving_line& line, scored_line result) const {
    if (!mask_.empty()) {
      mask_.apply(result.detail);
      if (result.error) mask_.apply(*result.error);
    }
    if (reports_.wants_lines()) render(result, line.rendered);
    line.scored.emplace(std::move(result));
  }

  static void render(scored_line const& scored, std::string& out) {
    result_line line;
    line.id = scored.id;
    line.trial = scored.trial;
    line.outcome = scored.outcome;
    line.stopped = scored.detail.conversation.stopped;
    line.judged = &scored.detail.judged;
    line.error = scored.error;
    line.used.judge = scored.detail.judged.judge_used;
    line.duration = scored.detail.conversation.duration;
    append_result_line(out, line);
  }

  void collect(moving_line& line) {
    if (line.judged.valid()) take(line, line.judged.get());
    if (!line.scored) return refuse(line.place, line.problem);
    std::string const id = line.scored->id;
    int const trial = line.scored->trial.value_or(1);
    if (!run_.add(std::move(*line.scored), line.place))
      return refuse(line.place, "a second line with id '" + id + "' and trial " + std::to_string(trial) +
                                    "; give each repetition its own trial");
    if (!line.rendered.empty()) reports_.write_line(line.rendered);
  }

  void refuse(line_place const& place, std::string const& problem) {
    tell_bad(*place.file + ":" + std::to_string(place.number) + ": " + problem);
  }

  void tell_bad(std::string const& text) {
    ++bad_;
    log_error(text);
  }

  std::string left_out_text() const {
    return std::to_string(bad_) + (bad_ == 1 ? " line or file was" : " lines or files were") +
           " left out: what is wrong with them stands on stderr";
  }

  int report(run_record const& record) {
    int code = judge_run(record).exit_code;
    std::optional<int> decided;
    if (bad_ > 0 && code != 3) decided = code = invalid;
    if (record.cells.empty() && bad_ == 0) log_error("there is no conversation in the files");
    for (failure const& failed : reports_.finish(record, decided)) {
      log_error(failed.detail);
      if (code != 3 && code != invalid) code = failed.code == failure_code::invalid_input ? invalid : 3;
    }
    return code;
  }

  evaluate_options const& options_;
  settings const& configuration_;
  redaction mask_;
  line_scorer scorer_;
  std::shared_ptr<recorded_details> details_;
  recorded_run run_;
  evaluate_reports reports_;
  std::unique_ptr<line_judge> judge_;
  std::vector<std::string> paths_;
  std::size_t next_file_ = 0;
  std::optional<line_file> open_;
  line_place place_;         // of the line read last
  std::atomic<int> bad_{0};  // lines, counted on the last filter, and files, on the first
};

int tell(input_problems const& problems) {
  for (auto const& problem : problems.sorted())
    problem.severity == input_problem::severity_level::error ? log_error(to_text(problem))
                                                             : log_warning(to_text(problem));
  return problems.has_errors() ? invalid : 0;
}

}  // namespace

int evaluate_command(evaluate_options const& options) {
  input_problems problems;
  configuration_request request;
  request.options = options.configuration;
  request.reports = options.reports;
  request.variables = environment::of_process();
  settings const configuration = load_configuration(request, problems);
  auto const* const judge = configuration.run.no_judge ? nullptr : judge_model(configuration);
  std::vector<std::string> needed;
  if (judge != nullptr) needed.push_back("models." + judge->name);
  report_unset_variables(configuration, needed, problems);
  if (judge != nullptr && !problems.has_errors()) check_model(*judge, problems);
  start_logging(log_level_of(options.presentation.verbose, options.presentation.quiet),
                redaction(configuration.secrets));
  if (int const code = tell(problems); code != 0) return code;
  return evaluation_session(options, configuration).run();
}

}  // namespace parley
