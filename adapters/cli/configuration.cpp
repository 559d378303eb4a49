#include "adapters/cli/configuration.hpp"

#include "adapters/cli/agent_section.hpp"
#include "adapters/cli/configuration_layers.hpp"
#include "adapters/cli/project_root.hpp"
#include "adapters/cli/project_sections.hpp"
#include "adapters/cli/run_section.hpp"
#include "adapters/cli/secret_values.hpp"
#include "adapters/cli/variable_substitution.hpp"
#include "adapters/formats/configuration_shape.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace parley {
namespace {

located_tree empty_document() {
  located_tree document;
  document.type = located_tree::kind::map;
  return document;
}

located_tree read_document(project_location const& project, input_problems& problems) {
  if (project.config_file.empty()) return empty_document();
  auto document = read_located_file(project.config_path, project.config_file, problems);
  if (!document || document->is_null()) return empty_document();  // an empty file says nothing
  return std::move(*document);
}

void read_env_file(project_location const& project, settings& into, input_problems& problems) {
  if (project.config_file.empty()) return;
  std::ifstream file(project.env_path, std::ios::binary);
  if (!file) return;
  std::ostringstream text;
  text << file.rdbuf();
  into.variables.add_missing(parse_env_file(text.str(), project.env_file, problems));
}

// A placeholder that stayed is no mistake of shape: it is reported when something needs it.
void check_document(located_tree const& document, substituted_document const& substituted,
                    input_problems& problems) {
  input_problems found;
  check_shape(document, configuration_shape(), "the configuration", found);
  for (auto const& problem : found.sorted()) {
    if (substituted.unset.count(to_text(problem.where)) != 0) continue;
    if (problem.severity == input_problem::severity_level::error)
      problems.error(problem.where, problem.what, problem.remedy);
    else
      problems.warning(problem.where, problem.what, problem.remedy);
  }
}

// Takes what has an unset variable out of the merged document, into `unset`.
class unset_collector {
 public:
  unset_collector(substituted_document const& substituted, std::vector<unset_variable>& into)
      : substituted_(substituted), into_(into) {}

  void collect(located_tree& node, std::string const& path) {
    std::erase_if(node.entries, [&](auto& entry) {
      auto const below = path.empty() ? entry.key : path + "." + entry.key;
      if (is_unset(entry.value, below)) return true;
      collect(entry.value, below);
      return false;
    });
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      auto const below = path + "." + std::to_string(i);
      if (!is_unset(node.items[i], below)) collect(node.items[i], below);
    }
  }

 private:
  bool is_unset(located_tree const& node, std::string const& path) {
    auto const found = substituted_.unset.find(to_text(node.where()));
    if (found == substituted_.unset.end() || is_from_set_flag(node)) return false;
    for (auto const& name : found->second) into_.push_back({path, name, node.where()});
    return true;
  }

  substituted_document const& substituted_;
  std::vector<unset_variable>& into_;
};

void record_origins(located_tree const& node, std::string const& path, settings& into) {
  if (!node.is_map() || (node.entries.empty() && !path.empty())) {
    into.origins[path] = to_text(node.where());
    return;
  }
  for (auto const& entry : node.entries)
    record_origins(entry.value, path.empty() ? entry.key : path + "." + entry.key, into);
}

bool has_errors_in(located_tree const& node, input_problems const& problems) {
  if (problems.has_error_at(node.where())) return true;
  bool const in_entries = std::any_of(node.entries.begin(), node.entries.end(), [&](auto const& entry) {
    return problems.has_error_at(entry.key_where()) || has_errors_in(entry.value, problems);
  });
  return in_entries || std::any_of(node.items.begin(), node.items.end(),
                                   [&](auto const& item) { return has_errors_in(item, problems); });
}

void record_broken(located_tree const& merged, settings& into, input_problems const& problems) {
  if (!problems.has_errors()) return;
  for (std::string const section : {"agents", "models"})
    if (auto const* const declared = merged.find(section))
      for (auto const& entry : declared->entries)
        if (has_errors_in(entry.value, problems)) into.broken.insert(section + "." + entry.key);
}

void record_secrets(secret_findings const& findings, settings& into) {
  std::set<std::string> values(into.secrets.begin(), into.secrets.end());
  values.insert(findings.values.begin(), findings.values.end());
  into.secrets = redacted_secrets(values);
  into.secret_paths.insert(into.secret_paths.end(), findings.paths.begin(), findings.paths.end());
}

// Reporter flags add to `reports`; one of the same type replaces it.
void apply_report_flags(std::vector<report_flag> const& flags, settings& into) {
  std::erase_if(into.reports, [&](report_settings const& configured) {
    return std::any_of(flags.begin(), flags.end(), [&](auto const& f) { return f.type == configured.type; });
  });
  for (auto const& flag : flags) {
    report_settings report;
    report.type = flag.type;
    report.path = flag.path;
    report.from_flag = true;
    report.where = {flag.flag, 0, 0, {}};
    into.reports.push_back(std::move(report));
  }
}

// Annotations and the summary of a step come beside the report on stdout.
void take_github(settings& into) {
  into.github = std::erase_if(into.reports, [](report_settings const& report) {
                  return report.type == "github" && report.path.empty();
                }) > 0;
}

// Only one report may write to stdout; it replaces a plain `console`.
void check_stdout(settings& into, input_problems& problems) {
  auto const on_stdout = [](report_settings const& r) { return r.path.empty(); };
  auto const others = std::count_if(into.reports.begin(), into.reports.end(),
                                    [&](auto const& r) { return on_stdout(r) && r.type != "console"; });
  if (others > 0)
    std::erase_if(into.reports, [&](auto const& r) { return on_stdout(r) && r.type == "console"; });
  if (others < 2) return;
  for (auto const& report : into.reports)
    if (on_stdout(report) && !report.from_flag)
      problems.error(report.where,
                     "several reports would write to stdout, " + report.type + " is one of them",
                     "give it a path");
}

void check_run_agent(settings const& from, input_problems& problems) {
  if (!from.run.agent || from.agents.count(*from.run.agent) != 0) return;
  for (auto const& unset : from.unset)
    if (unset.path == "run.agent") return;
  std::vector<std::string> names;
  for (auto const& [name, agent] : from.agents) names.push_back(name);
  auto const near = nearest_name(*from.run.agent, names);
  problems.error({from.origins.at("run.agent"), 0, 0, {}}, "unknown agent '" + *from.run.agent + "'",
                 near.empty() ? "declare it under agents in parley.yaml, or use --agent-url URL"
                              : "did you mean '" + near + "'?");
}

located_tree layered_document(located_tree const& written, configuration_options const& options,
                              input_problems& problems) {
  auto merged = merge_profiles(written, options.profile, problems);
  for (auto const& change : options.set) {
    auto const tree = read_set_flag(change, problems);
    if (tree && check_shape(*tree, configuration_shape(), "--set", problems)) overlay(merged, *tree);
  }
  return merged;
}

}  // namespace

settings load_configuration(configuration_request const& request, input_problems& problems) {
  settings result;
  result.variables = request.variables;
  auto const project = find_project(request.options.file, request.working_directory, problems);
  result.project_root = project.root;
  result.config_file = project.config_file;
  result.profile = request.options.profile.value_or("");
  read_env_file(project, result, problems);

  auto document = read_document(project, problems);
  auto const substituted = substitute_tree(document, configuration_shape(), result.variables, problems);
  check_document(document, substituted, problems);
  record_secrets(find_secrets(document, substituted), result);
  if (!document.is_map()) return result;

  auto merged = layered_document(document, request.options, problems);
  record_secrets(find_secrets(merged, substituted), result);
  check_listed_secrets(document, merged, problems);
  unset_collector(substituted, result.unset).collect(merged, "");
  result.effective = json_value(to_json(merged));
  record_origins(merged, "", result);
  read_run_settings(merged, request.options.run, result, problems);
  result.agents = read_agents(merged, project.root, result.unset, problems);
  if (result.run.agent_url) result.agents.insert_or_assign("url", agent_at_url(*result.run.agent_url));
  read_sections(merged, result, problems);
  apply_report_flags(request.reports, result);
  take_github(result);
  check_stdout(result, problems);
  check_run_agent(result, problems);
  record_broken(merged, result, problems);
  return result;
}

void report_unset_variables(settings const& from, std::vector<std::string> const& needed,
                            input_problems& problems) {
  for (auto const& unset : from.unset) {
    bool const is_needed = std::any_of(needed.begin(), needed.end(), [&](std::string const& path) {
      return unset.path == path || unset.path.starts_with(path + ".");
    });
    std::string const what = "the environment variable " + unset.name + " of " + unset.path + " is not set";
    std::string const remedy = "set it, or write ${" + unset.name + ":-default}";
    if (is_needed)
      problems.error(unset.where, what, remedy);
    else
      problems.warning(unset.where, what, remedy);
  }
}

}  // namespace parley
