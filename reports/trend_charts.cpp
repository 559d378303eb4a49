#include "reports/trend_charts.hpp"

#include "reports/html_text.hpp"
#include "reports/spending_text.hpp"
#include "reports/time_text.hpp"
#include "runner/statistics/rate_interval.hpp"
#include "runner/statistics/suite_reason.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace parley {
namespace {

constexpr double width = 1160;
constexpr double height = 120;
constexpr double margin = 4;  // above and below
constexpr double foot = 18;   // for the dates
constexpr double date_width = 76;

std::string number(double value) {
  auto const tenths = std::lround(value * 10);
  return std::to_string(tenths / 10) + "." + std::to_string(std::abs(tenths % 10));
}

double step_of(std::size_t runs) {
  return std::min(48.0, width / static_cast<double>(std::max<std::size_t>(1, runs)));
}

double middle(std::size_t place, std::size_t runs) {
  return (static_cast<double>(place) + 0.5) * step_of(runs);
}

// `share` of the chart's height, 0 at its foot.
double level(double share) {
  return height - margin - std::clamp(share, 0.0, 1.0) * (height - 2 * margin);
}

// Below the runs, as many as fit; of the newest always.
std::string dates(std::span<history_entry const> runs, double wide) {
  auto const fit = std::max<std::size_t>(1, static_cast<std::size_t>(wide / (1.6 * date_width)));
  auto const every = (runs.size() + fit - 1) / fit;
  std::string text;
  for (std::size_t back = 0; back < runs.size(); back += std::max<std::size_t>(1, every)) {
    auto const place = runs.size() - 1 - back;
    auto const x = middle(place, runs.size());
    std::string const anchor = x + date_width / 2 > wide ? "end" : x < date_width / 2 ? "start" : "middle";
    text += "<text class=\"date\" x=\"" +
            number(anchor == "end"     ? wide
                   : anchor == "start" ? 0
                                       : x) +
            "\" y=\"" + number(height + foot - margin) + "\" text-anchor=\"" + anchor + "\">" +
            junit_timestamp(runs[place].started_at).substr(0, 10) + "</text>";
  }
  return text;
}

std::string figure(std::string const& title, std::string const& about, std::string const& shapes,
                   std::span<history_entry const> runs) {
  double const room = std::max(240.0, step_of(runs.size()) * static_cast<double>(runs.size()));
  auto const wide = number(room);
  return "<figure><figcaption>" + title + " <span class=\"none\">" + about +
         "</span></figcaption><div class=\"scroller\" tabindex=\"0\" role=\"region\" aria-label=\"" + title +
         "\"><svg class=\"trend\" role=\"img\" aria-label=\"" + title + ": " + about + "\" width=\"" + wide +
         "\" height=\"" + number(height + foot) + "\" viewBox=\"0 0 " + wide + " " + number(height + foot) +
         "\">" + shapes + dates(runs, room) + "</svg></div></figure>\n";
}

std::string tip(history_entry const& run, std::string const& text) {
  return "<title>" + html_text(run.id) + ": " + html_text(text) + "</title>";
}

std::string rect(double x, double wide, double top, double bottom, std::string const& kind) {
  return "<rect class=\"" + kind + "\" x=\"" + number(x) + "\" width=\"" + number(wide) + "\" y=\"" +
         number(top) + "\" height=\"" + number(std::max(0.0, bottom - top)) + "\">";
}

std::string ending(history_entry const& run) {
  return run.exit_code == 0 ? "good" : run.exit_code == 1 ? "bad" : "open";
}

struct column_value {
  std::function<std::optional<double>(history_entry const&)> value;
  std::function<std::string(double)> text;
};

std::string columns(std::span<history_entry const> runs, std::string const& title, column_value const& of) {
  double most = 0;
  double last = 0;
  bool any = false;
  for (auto const& run : runs) {
    auto const value = of.value(run);
    if (!value) continue;
    any = true;
    last = *value;
    most = std::max(most, *value);
  }
  if (!any) return {};
  std::string shapes;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    auto const value = of.value(runs[i]);
    if (!value) continue;
    double const step = step_of(runs.size());
    shapes += rect(static_cast<double>(i) * step + step * 0.15, step * 0.7,
                   level(most > 0 ? *value / most : 0), height - margin, "amount") +
              tip(runs[i], of.text(*value)) + "</rect>";
  }
  return figure(title, "last " + of.text(last) + ", most " + of.text(most), shapes, runs);
}

std::string rate_shapes(history_entry const& run, double x) {
  int const decided = run.passed + run.failed;
  double const rate = static_cast<double>(run.passed) / decided;
  auto const interval = wilson_interval(run.passed, decided);
  auto const text = rate_text(rate) + " of " + std::to_string(decided) + " trials, between " +
                    rate_text(interval.low) + " and " + rate_text(interval.high) + ", " + run.verdict;
  return "<g class=\"" + ending(run) + "\">" + tip(run, text) + "<path class=\"range\" d=\"M" + number(x) +
         " " + number(level(interval.low)) + "V" + number(level(interval.high)) + "\"/><circle cx=\"" +
         number(x) + "\" cy=\"" + number(level(rate)) + "\" r=\"4\"/></g>";
}

}  // namespace

std::string pass_rate_chart(std::span<history_entry const> runs) {
  std::string shapes;
  for (double const share : {0.0, 0.5, 1.0})
    shapes += "<path class=\"axis\" d=\"M0 " + number(level(share)) + "H" + number(width) + "\"/>";
  std::string line;
  double last = 0;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    int const decided = runs[i].passed + runs[i].failed;
    if (decided == 0) continue;
    last = static_cast<double>(runs[i].passed) / decided;
    auto const x = middle(i, runs.size());
    line += (line.empty() ? "M" : "L") + number(x) + " " + number(level(last));
    shapes += rate_shapes(runs[i], x);
  }
  if (line.empty()) return {};
  return figure("Pass rate of trials", "last " + rate_text(last) + "; lines are 95% intervals, 0 to 100%",
                "<path class=\"line\" d=\"" + line + "\"/>" + shapes, runs);
}

std::string outcome_chart(std::span<history_entry const> runs) {
  int most = 1;
  for (auto const& run : runs) most = std::max(most, run.counts.total());
  std::string shapes;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    auto const& counts = runs[i].counts;
    std::array<std::pair<int, char const*>, 5> const parts{{{counts.passed, "passed"},
                                                            {counts.flaky, "flaky"},
                                                            {counts.errored + counts.not_run, "errored"},
                                                            {counts.failed, "failed"},
                                                            {counts.quarantined, "quarantined"}}};
    int below = 0;
    for (auto const& [count, word] : parts) {
      if (count == 0) continue;
      double const step = step_of(runs.size());
      shapes += rect(static_cast<double>(i) * step + step * 0.15, step * 0.7,
                     level(static_cast<double>(below + count) / most),
                     level(static_cast<double>(below) / most), std::string("s-") + word) +
                tip(runs[i], std::to_string(count) + " " + word) + "</rect>";
      below += count;
    }
  }
  auto const& last = runs.back().counts;
  return figure("Unit tests",
                "last " + std::to_string(last.failed) + " failed of " + std::to_string(last.total()) +
                    "; from below: passed, flaky, without a verdict, failed, quarantined",
                shapes, runs);
}

std::string duration_chart(std::span<history_entry const> runs) {
  return columns(
      runs, "Time of the run",
      {[](history_entry const& run) { return std::optional<double>(run.wall.count()); },
       [](double ms) { return short_duration(std::chrono::milliseconds(static_cast<std::int64_t>(ms))); }});
}

std::string cost_chart(std::span<history_entry const> runs) {
  return columns(runs, "Cost of the run", {[](history_entry const& run) { return run.cost; }, cost_text});
}

}  // namespace parley
