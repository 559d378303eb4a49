#include "adapters/http/http_attempt.hpp"

#include "adapters/http/endpoint_waits.hpp"
#include "adapters/http/quota_headers.hpp"
#include "adapters/http/retry_wait.hpp"

namespace parley {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t shown_body = 200;  // bytes of an error reply that are repeated in the message

// 529 is how some providers say that they are overloaded.
bool did_not_act(int status) {
  return status == 429 || status == 503 || status == 529;
}

// Printable, in one line, short.
std::string excerpt(std::string_view text) {
  std::string line(text.substr(0, shown_body));
  for (char& c : line)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return line;
}

}  // namespace

limit_report report_of(http_attempt const& last) {
  limit_report report;
  report.throttled = !last.trouble && did_not_act(last.status);
  if (!report.throttled && last.quotas.empty()) return report;
  auto const now = std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
  if (report.throttled) report.leave_alone = parse_retry_after(last.retry_after, now);
  // What it says about this refusal is truer than when its quotas are whole again.
  if (report.leave_alone) return report;
  if (auto const wait = quota_wait(last.quotas, now)) report.leave_alone = *wait;
  return report;
}

std::string words_of(http_attempt const& last) {
  if (!last.retry_after.empty()) return "Retry-After: " + excerpt(last.retry_after);
  return "that its rate limit is used up";
}

failure bad_status(http_origin const& origin, http_attempt const& last, int retries) {
  std::string text = host_and_port(origin) + " answered with status " + std::to_string(last.status);
  if (retries > 0) text += " after " + std::to_string(retries) + (retries == 1 ? " retry" : " retries");
  auto const said = excerpt(last.body);
  return {failure_code::agent_protocol, said.empty() ? text : text + ": " + said};
}

std::string later_than_the_limit(http_origin const& origin, std::string const& words) {
  return host_and_port(origin) + " said " + words + ", which is later than the time limit";
}

void time_waited::add(std::chrono::steady_clock::duration time, std::string const& words) {
  if (words.empty()) return;
  total_ += time;
  because_ = words;
}

void time_waited::explain(failure& why, http_origin const& origin) const {
  if (why.code != failure_code::agent_timeout || total_ < milliseconds(50)) return;
  why.detail += "; " + rough_time(total_) + " of it went into waiting, because " + host_and_port(origin) +
                " said " + because_;
}

}  // namespace parley
