#include "reports/html_plot.hpp"

#include <algorithm>
#include <cmath>

namespace parley {
namespace {

std::string number_text(double value) {
  auto const tenths = std::lround(value * 10);
  return std::to_string(tenths / 10) + "." + std::to_string(std::abs(tenths % 10));
}

// Rates run from 2 to 102, so that a dot at either end stays inside.
std::string at(double rate) {
  return number_text(2 + std::clamp(rate, 0.0, 1.0) * 100);
}

std::string rate_shapes(plotted_rate const& shown, int y, std::string const& kind) {
  auto const height = std::to_string(y);
  return "<path class=\"range " + kind + "\" d=\"M" + at(shown.interval.low) + " " + height + "H" +
         at(shown.interval.high) + "\"/><circle class=\"" + kind + "\" cx=\"" + at(shown.rate) + "\" cy=\"" +
         height + "\" r=\"3.5\"/>";
}

std::string opening(int height, std::string const& more = {}) {
  return "<svg class=\"plot" + more + "\" viewBox=\"0 0 104 " + std::to_string(height) +
         "\" aria-hidden=\"true\">";
}

}  // namespace

std::string rate_plot(double rate, rate_interval const& interval) {
  return opening(12) + "<path class=\"axis\" d=\"M2 6H102\"/>" + rate_shapes({rate, interval}, 6, "head") +
         "</svg>";
}

std::string two_rates_plot(std::optional<plotted_rate> const& base, std::optional<plotted_rate> const& head) {
  auto text = opening(22, " two") + "<path class=\"axis\" d=\"M2 6H102M2 16H102\"/>";
  if (base) text += rate_shapes(*base, 6, "base");
  if (head) text += rate_shapes(*head, 16, "head");
  return text + "</svg>";
}

std::string difference_plot(double difference, rate_interval const& interval) {
  auto const moved = [](double value) { return (value + 1) / 2; };
  return opening(12, " difference") +
         "<path class=\"axis\" d=\"M2 6H102\"/><path class=\"zero\" d=\"M52 0V12\"/>" +
         rate_shapes({moved(difference), {moved(interval.low), moved(interval.high)}}, 6, "head") + "</svg>";
}

}  // namespace parley
