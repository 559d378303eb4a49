#include "adapters/registry_api/server_metrics.hpp"

#include <algorithm>
#include <sstream>

namespace parley {
namespace {

// Senders make up methods; each label is kept for good.
std::string label_of(std::string_view method) {
  static constexpr std::array<std::string_view, 7> known{"GET",    "HEAD",  "POST",   "PUT",
                                                         "DELETE", "PATCH", "OPTIONS"};
  if (method.empty()) return "none";
  bool const is_known = std::find(known.begin(), known.end(), method) != known.end();
  return is_known ? std::string(method) : "other";
}

}  // namespace

void server_metrics::count(std::string_view method, std::string_view route, int status,
                           std::chrono::nanoseconds took) {
  ++requests_[std::tuple(label_of(method), std::string(route), status)];
  double const seconds = std::chrono::duration<double>(took).count();
  for (std::size_t i = 0; i < bounds.size(); ++i) {
    if (seconds > bounds[i]) continue;
    ++all_.up_to[i];
    break;
  }
  ++all_.count;
  all_.sum += seconds;
}

void server_metrics::count_refused(std::string_view method, int status) {
  ++requests_[std::tuple(label_of(method), std::string("refused"), status)];
}

std::string server_metrics::text(std::size_t connections_open, std::uint64_t lines_dropped) const {
  std::ostringstream out;
  out << "# HELP parley_http_requests_total Requests answered.\n# TYPE parley_http_requests_total counter\n";
  for (auto const& [key, count] : requests_)
    out << "parley_http_requests_total{method=\"" << std::get<0>(key) << "\",route=\"" << std::get<1>(key)
        << "\",status=\"" << std::get<2>(key) << "\"} " << count << "\n";
  out << "# HELP parley_http_request_seconds Time from a request to its reply.\n"
         "# TYPE parley_http_request_seconds histogram\n";
  std::uint64_t cumulated = 0;
  for (std::size_t i = 0; i < bounds.size(); ++i) {
    cumulated += all_.up_to[i];
    out << "parley_http_request_seconds_bucket{le=\"" << bounds[i] << "\"} " << cumulated << "\n";
  }
  out << "parley_http_request_seconds_bucket{le=\"+Inf\"} " << all_.count << "\n"
      << "parley_http_request_seconds_sum " << all_.sum << "\n"
      << "parley_http_request_seconds_count " << all_.count << "\n"
      << "# HELP parley_http_connections_open Connections open now.\n# TYPE parley_http_connections_open "
         "gauge\n"
      << "parley_http_connections_open " << connections_open << "\n"
      << "# HELP parley_access_log_lines_dropped_total Lines that nobody read.\n"
         "# TYPE parley_access_log_lines_dropped_total counter\n"
      << "parley_access_log_lines_dropped_total " << lines_dropped << "\n";
  return out.str();
}

}  // namespace parley
