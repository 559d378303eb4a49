#include "runner/run/limiter.hpp"

#include <algorithm>

namespace parley {
namespace {

using std::chrono::duration;
using std::chrono::duration_cast;
using clock = std::chrono::steady_clock;

clock::duration seconds_of(double seconds) {
  return duration_cast<clock::duration>(duration<double>(seconds));
}

}  // namespace

bool limiter::start_at_once(time_point now) {
  if (!turns_.empty()) return false;
  if (settings_.tokens_per_minute) refill(now);
  if (!has_room() || now < not_before()) return false;
  start(now);
  return true;
}

limiter::ticket limiter::wait(std::uint64_t flow) {
  auto& line = lines_[flow];
  if (line.empty()) turns_.push_back(flow);
  line.push_back(++last_ticket_);
  return last_ticket_;
}

void limiter::give_up(ticket waiting) {
  for (auto line = lines_.begin(); line != lines_.end(); ++line) {
    auto const found = std::find(line->second.begin(), line->second.end(), waiting);
    if (found == line->second.end()) continue;
    line->second.erase(found);
    if (!line->second.empty()) return;
    turns_.erase(std::find(turns_.begin(), turns_.end(), line->first));
    lines_.erase(line);
    return;
  }
}

std::optional<limiter::ticket> limiter::next(time_point now) {
  if (settings_.tokens_per_minute) refill(now);
  if (turns_.empty() || !has_room() || now < not_before()) return std::nullopt;
  auto const flow = turns_.front();
  turns_.pop_front();
  auto const line = lines_.find(flow);
  auto const first = line->second.front();
  line->second.pop_front();
  if (line->second.empty()) {
    lines_.erase(line);
  } else {
    turns_.push_back(flow);
  }
  start(now);
  return first;
}

std::optional<limiter::time_point> limiter::wake_at(time_point now) const {
  if (turns_.empty() || !has_room()) return std::nullopt;
  return std::max(now, not_before());
}

void limiter::ended(time_point started, limit_report const& report, time_point now) {
  bool const was_full = window_ && in_flight_ >= static_cast<int>(*window_);
  --in_flight_;
  if (report.leave_alone) left_alone_until_ = std::max(left_alone_until_, now + *report.leave_alone);
  if (report.throttled) return shrink(started, now);
  if (was_full) grow();
}

void limiter::used(std::int64_t tokens) {
  if (settings_.tokens_per_minute) tokens_left_ -= static_cast<double>(tokens);
}

bool limiter::has_room() const {
  return !window_ || in_flight_ < static_cast<int>(*window_);
}

limiter::time_point limiter::not_before() const {
  auto earliest = left_alone_until_;
  if (settings_.requests_per_second) earliest = std::max(earliest, next_start_);
  if (settings_.tokens_per_minute && refilled_at_ && tokens_left_ <= 0) {
    double const missing = 1 - tokens_left_;
    earliest = std::max(earliest, *refilled_at_ + seconds_of(missing * 60 / *settings_.tokens_per_minute));
  }
  return earliest;
}

void limiter::start(time_point now) {
  ++in_flight_;
  if (!settings_.requests_per_second) return;
  next_start_ = std::max(now, next_start_) + seconds_of(1 / *settings_.requests_per_second);
}

// One burst of refusals is one lesson: requests that were on their way when it was learnt teach nothing more.
void limiter::shrink(time_point started, time_point now) {
  if (started <= shrunk_at_) return;
  double const tried = window_ ? std::min(*window_, in_flight_ + 1.0) : in_flight_ + 1.0;
  window_ = threshold_ = std::max(1.0, tried / 2);
  shrunk_at_ = now;
}

void limiter::grow() {
  *window_ += *window_ < threshold_ ? 1 : 1 / *window_;
}

// A minute's worth at most: an idle endpoint saves up no more.
void limiter::refill(time_point now) {
  double const most = *settings_.tokens_per_minute;
  if (!refilled_at_) {
    tokens_left_ = most;
  } else {
    double const minutes = duration<double, std::ratio<60>>(now - *refilled_at_).count();
    tokens_left_ = std::min(most, tokens_left_ + minutes * most);
  }
  refilled_at_ = now;
}

}  // namespace parley
