#include "adapters/cli/list_coverage.hpp"

#include "adapters/cli/measured_source.hpp"
#include "adapters/system/logging.hpp"
#include "adapters/system/terminal.hpp"
#include "reports/redaction.hpp"
#include "reports/safe_text.hpp"
#include "runner/amount_text.hpp"
#include "runner/inputs/coverage.hpp"

#include <nlohmann/json.hpp>

#include <iostream>
#include <set>

namespace parley {
namespace {

constexpr std::size_t most_named = 5;

struct coverage_table {
  std::string run;
  std::size_t cells = 0;
  std::vector<std::string> not_held;  // ids of cells
  std::vector<covered_dimensions> dimensions;
};

coverage_table table_of(loaded_project const& project, measured_run const& run) {
  std::set<cell_id> held;
  for (auto const& cell : run.cells)
    if (!cell.decided.empty() || cell.without_verdict > 0) held.insert(cell.id);
  coverage_table table;
  table.run = run.told.name;
  table.cells = project.selected.cells.size();
  std::vector<cell const*> cells;
  std::vector<bool> ran;
  for (auto const& unit : project.selected.cells) {
    cells.push_back(unit.get());
    ran.push_back(held.contains(unit->id));
    if (!ran.back()) table.not_held.push_back(unit->id.value);
  }
  table.dimensions = coverage_of(cells, ran);
  return table;
}

std::string shown(dimension_value const& one) {
  return one.value.empty() ? one.dimension : one.value;
}

std::string line(std::string const& what, std::size_t all, std::vector<std::string> const& never) {
  return what + ": " + std::to_string(all - never.size()) + " of " + std::to_string(all) +
         (never.empty() ? "" : "; never " + listed(never, most_named));
}

void print_text(coverage_table const& table, redaction const& mask) {
  std::cout << "held in run " << safe_line(mask(table.run)) << '\n'
            << safe_line(mask(line("cells", table.cells, table.not_held))) << '\n';
  for (auto const& entry : table.dimensions) {
    std::vector<std::string> never;
    for (auto const& [first, second] : entry.never) never.push_back(shown(first) + " x " + shown(second));
    std::cout << safe_line(mask(line(entry.first + " x " + entry.second, entry.all, never))) << '\n';
  }
}

void print_json(coverage_table const& table, redaction const& mask) {
  using nlohmann::ordered_json;
  ordered_json form{{"run", mask(table.run)},
                    {"cells", {{"all", table.cells}, {"never", ordered_json::array()}}}};
  for (auto const& id : table.not_held) form["cells"]["never"].push_back(mask(id));
  form["pairs"] = ordered_json::array();
  for (auto const& entry : table.dimensions) {
    ordered_json pair{{"dimensions", {mask(entry.first), mask(entry.second)}},
                      {"all", entry.all},
                      {"never", ordered_json::array()}};
    for (auto const& [first, second] : entry.never)
      pair["never"].push_back({mask(first.value), mask(second.value)});
    form["pairs"].push_back(std::move(pair));
  }
  std::cout << form.dump(2, ' ', false, ordered_json::error_handler_t::replace) << '\n';
}

}  // namespace

int print_coverage(loaded_project const& project, std::string const& from, std::string const& format) {
  auto const run = read_measured(from.empty() ? "latest" : from, project.configuration);
  if (!run) {
    log_error("--coverage: " + run.error().detail);
    return 4;
  }
  redaction const mask(project.secrets);
  auto const table = table_of(project, *run);
  format == "json" ? print_json(table, mask) : print_text(table, mask);
  return flush_stdout() ? 0 : 3;
}

}  // namespace parley
