#include "runner/registry/request_quota.hpp"

#include <algorithm>

namespace parley {
namespace {

constexpr std::chrono::seconds minute{60};
constexpr std::size_t most_callers = 10'000;

}  // namespace

quota_answer request_quota::take(std::string const& caller, std::chrono::sys_seconds now) {
  if (windows_.size() >= most_callers)
    std::erase_if(windows_, [&](auto const& w) { return now - w.second.began >= minute; });
  window& current = windows_[caller];
  if (now - current.began >= minute) current = {now, 0};
  quota_answer answer;
  answer.limit = limit_;
  answer.allowed = current.used < limit_;
  if (answer.allowed) ++current.used;
  answer.remaining = limit_ - current.used;
  answer.resets_in = std::max(std::chrono::seconds(1), minute - (now - current.began));
  return answer;
}

}  // namespace parley
