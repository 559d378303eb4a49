#include "reports/html_changes.hpp"

#include "reports/html_text.hpp"
#include "runner/amount_text.hpp"

namespace parley {
namespace {

constexpr std::size_t most_named = 10;

std::string diff_html(changed_input const& change) {
  std::string text = "<pre class=\"diff\" tabindex=\"0\" aria-label=\"difference of the texts\">";
  for (auto const& line : change.diff) {
    std::string const kind = line.starts_with('-') ? "del" : line.starts_with('+') ? "ins" : "";
    auto const shown = html_text(line);
    text +=
        kind.empty() ? shown + "\n" : "<" + kind + ">" + shown + "</" + kind + ">";  // lines by themselves
  }
  return text + "</pre>";
}

std::string links_to(std::vector<changed_since::cell> const& cells) {
  std::string text;
  for (std::size_t i = 0; i < cells.size() && i < most_named; ++i) {
    text += i == 0 ? "<a href=\"#?t=" : ", <a href=\"#?t=";
    append_fragment(text, cells[i].id.value);
    text += "\">" + html_text(cells[i].id.value) + "</a>";
  }
  if (cells.size() > most_named) text += " and " + std::to_string(cells.size() - most_named) + " more";
  return text;
}

std::string since_html(changed_since const& since) {
  auto const run = "run <code>" + html_text(since.passed.name) + "</code>";
  auto const cells = "<p class=\"none\">" + links_to(since.cells) + "</p>\n";
  if (since.changes.empty())
    return "<h3>Nothing that Parley knows of changed since " + run + ", which passed</h3>\n" + cells;
  return "<h3>Since " + run + ", which passed</h3>\n" + cells + html_changes(since.changes);
}

}  // namespace

std::string what_changed(changed_input const& change) {
  auto text = std::string(to_text(change.kind)) + " " + change.name;
  if (change.before == change.after) return text;  // only the texts differ
  return text + ": " + (change.before.empty() ? "none" : change.before) + " → " +
         (change.after.empty() ? "none" : change.after);
}

std::string html_changes(std::vector<changed_input> const& changes) {
  std::string text = "<ul class=\"changed\">\n";
  for (auto const& change : changes) {
    auto const about = "<b>" + html_text(what_changed(change)) + "</b> <span class=\"none\">" +
                       counted(change.cells, "unit test") + "</span>";
    text += change.diff.empty()
                ? "<li>" + about + "</li>\n"
                : "<li><details><summary>" + about + "</summary>" + diff_html(change) + "</details></li>\n";
  }
  return text + "</ul>\n";
}

std::string html_changed_since(run_record const& run) {
  if (!run.since_passed || run.since_passed->empty()) return {};
  std::string text =
      "<section id=\"since\" class=\"compare\" aria-labelledby=\"since-title\">\n"
      "<h2 id=\"since-title\">What changed since they passed</h2>\n";
  for (auto const& since : *run.since_passed) text += since_html(since);
  return text + "</section>\n";
}

}  // namespace parley
