#include "adapters/system/logging.hpp"

#include "adapters/system/write_ready.hpp"
#include "reports/safe_text.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <memory>
#include <mutex>

namespace parley {
namespace {

class stderr_sink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  std::atomic<bool> waits{true};

 private:
  void sink_it_(spdlog::details::log_msg const& message) override {
    spdlog::memory_buf_t line;
    formatter_->format(message, line);
    if (waits)
      std::fwrite(line.data(), 1, line.size(), stderr);
    else
      write_ready(STDERR_FILENO, {line.data(), line.size()});
  }
  void flush_() override {
    if (waits) std::fflush(stderr);
  }
};

struct diagnostics {
  diagnostics() : sink(std::make_shared<stderr_sink>()), log("parley", sink) {
    log.set_pattern("parley: %v");
    log.set_level(spdlog::level::warn);
    log.flush_on(spdlog::level::trace);
  }
  std::shared_ptr<stderr_sink> sink;
  spdlog::logger log;
  std::function<std::string(std::string)> clean;
};

diagnostics& current() {
  static diagnostics instance;
  return instance;
}

void write(spdlog::level::level_enum level, std::string_view label, std::string_view text) {
  auto& d = current();
  if (!d.log.should_log(level)) return;
  std::string cleaned = d.clean ? d.clean(std::string(text)) : std::string(text);
  d.log.log(level, "{}{}", label, safe_text(cleaned));
}

spdlog::level::level_enum library_level(log_level level) {
  switch (level) {
    case log_level::errors:
      return spdlog::level::err;
    case log_level::warnings:
      return spdlog::level::warn;
    case log_level::information:
      return spdlog::level::info;
    case log_level::details:
      return spdlog::level::debug;
  }
  return spdlog::level::warn;
}

}  // namespace

log_level log_level_of(int verbose, bool quiet) {
  if (quiet) return log_level::errors;
  if (verbose >= 2) return log_level::details;
  return verbose == 1 ? log_level::information : log_level::warnings;
}

void start_logging(log_level level, std::function<std::string(std::string)> clean) {
  current().log.set_level(library_level(level));
  current().clean = std::move(clean);
}

void never_wait_for_readers() {
  current().sink->waits = false;
}

void log_error(std::string_view text) {
  write(spdlog::level::err, "error: ", text);
}
void log_warning(std::string_view text) {
  write(spdlog::level::warn, "warning: ", text);
}
void log_information(std::string_view text) {
  write(spdlog::level::info, "", text);
}
void log_details(std::string_view text) {
  write(spdlog::level::debug, "", text);
}

}  // namespace parley
