#include "reports/report_catalog.hpp"

#include "reports/annotations.hpp"
#include "reports/event_report.hpp"
#include "reports/html_page.hpp"
#include "reports/json_report.hpp"
#include "reports/jsonl_lines.hpp"
#include "reports/junit_xml.hpp"
#include "reports/list_report.hpp"
#include "reports/markdown_report.hpp"
#include "reports/terminal_summary.hpp"
#include "reports/trend_page.hpp"
#include "runner/inputs/input_problems.hpp"

#include <array>
#include <vector>

namespace parley {
namespace {

constexpr std::array<report_kind, 12> catalog{{
    {"console", "what failed and why, for a terminal (the default)", write_terminal_summary, nullptr},
    {"list", "one line per unit test, then the summary", write_list, follow_as_list},
    {"dot", "one character per unit test, then the summary", write_dots, follow_as_dots},
    {"json", "the whole run as one JSON document", write_json, nullptr},
    {"jsonl", "one JSON object per trial", write_jsonl, nullptr},
    {"junit", "JUnit XML as GitLab, CircleCI and the GitHub actions read it", write_junit, nullptr},
    {"junit-strict", "JUnit XML as Jenkins' schema demands it", write_junit_strict, nullptr},
    {"html", "one page for people: filter, transcripts, links to every turn", write_html, nullptr},
    {"markdown", "what failed, for the summary of a build step", write_markdown, nullptr},
    {"github", "annotations of a GitHub Actions job", write_annotations, nullptr},
    {"trend", "one page with the pass rate, time and cost of all runs so far", write_trend, nullptr},
    {"events", "one JSON object per event, as it happens", write_events, follow_as_events},
}};

}  // namespace

std::span<report_kind const> report_catalog() {
  return catalog;
}

report_kind const* find_report(std::string_view name) {
  for (auto const& kind : catalog)
    if (kind.name == name) return &kind;
  return nullptr;
}

std::string unknown_report_text(std::string const& name) {
  std::vector<std::string> names;
  std::string all;
  for (auto const& kind : catalog) {
    names.emplace_back(kind.name);
    all += (all.empty() ? "" : ", ") + names.back();
  }
  auto const nearest = nearest_name(name, names);
  auto const text = "unknown reporter '" + name + "'; ";
  return nearest.empty() ? text + "there are " + all : text + "did you mean '" + nearest + "'?";
}

}  // namespace parley
