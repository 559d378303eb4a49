#include "reports/cell_line.hpp"

#include "reports/cell_summary.hpp"
#include "reports/safe_text.hpp"
#include "reports/time_text.hpp"
#include "reports/utf8_text.hpp"

namespace parley {
namespace {

constexpr std::size_t longest_reason = 300;

// Behind the time: what a reader wants to know before the summary.
std::string remark(cell_record const& cell, std::string const& reason) {
  switch (cell.outcome) {
    case cell_outcome::skipped:
      return cell.planned->skip.value_or("");
    case cell_outcome::not_run:
      return "not run";
    case cell_outcome::passed:
      return cell.flaky ? trials_text(cell) : std::string();
    case cell_outcome::failed:
    case cell_outcome::errored:
      break;
  }
  if (cell.planned->trials == 1) return reason;
  return reason.empty() ? trials_text(cell) : trials_text(cell) + ": " + reason;
}

}  // namespace

std::string status_word(cell_record const& cell, terminal_style const& style) {
  if (cell.flaky) return style.warning("FLAKY");
  switch (cell.outcome) {
    case cell_outcome::passed:
      return style.good("PASS ");
    case cell_outcome::failed:
      return style.bad("FAIL ");
    case cell_outcome::errored:
      return style.broken("ERROR");
    case cell_outcome::skipped:
      return style.faint("SKIP ");
    case cell_outcome::not_run:
      break;
  }
  return style.faint("-----");
}

std::string status_dot(cell_record const& cell, terminal_style const& style) {
  if (cell.flaky) return style.warning("~");
  switch (cell.outcome) {
    case cell_outcome::passed:
      return style.good(".");
    case cell_outcome::failed:
      return style.bad("F");
    case cell_outcome::errored:
      return style.broken("E");
    case cell_outcome::skipped:
      return style.faint("s");
    case cell_outcome::not_run:
      break;
  }
  return style.faint("-");
}

std::string cell_line(cell_record const& cell, std::string const& reason, terminal_style const& style) {
  auto line = status_word(cell, style) + " " + safe_line(cell.planned->id.value);
  bool const ran = cell.outcome != cell_outcome::skipped && cell.outcome != cell_outcome::not_run;
  if (ran) line += " " + style.faint(short_duration(time_of(cell)));
  if (cell.planned->quarantine) line += " " + style.faint("(quarantined)");
  if (auto const text = remark(cell, reason); !text.empty())
    line += "  " + style.faint(shortened(safe_line(text), longest_reason));
  return line;
}

std::string counter_text(std::size_t done, std::size_t total) {
  auto const all = std::to_string(total);
  auto now = std::to_string(done);
  if (now.size() < all.size()) now.insert(0, all.size() - now.size(), ' ');
  return "[" + now + "/" + all + "]";
}

}  // namespace parley
