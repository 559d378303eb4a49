#include "adapters/cli/chosen_source.hpp"

#include "adapters/cli/pulled_copy.hpp"
#include "adapters/formats/digest.hpp"
#include "adapters/http/http_url.hpp"
#include "adapters/scenario_sources/registry_source.hpp"
#include "adapters/scenario_sources/scenario_directory.hpp"

#include <map>

namespace parley {
namespace {

namespace fs = std::filesystem;

constexpr char const* flag = "--source";

bool is_folder(fs::path const& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

bool has_tests(settings const& configuration) {
  return is_folder(fs::path(configuration.project_root) / "tests");
}

// Under which names and ids unit tests of a registry may mean an agent of ours.
std::map<std::string, std::string> services_of(settings const& configuration) {
  std::map<std::string, std::string> services;
  for (auto const& [name, agent] : configuration.agents) {
    services[default_id("agent", name)] = name;
    if (!agent.service_id.empty()) services[agent.service_id] = name;
  }
  for (auto const& [name, agent] : configuration.agents) services[name] = name;
  return services;
}

std::vector<metric_settings> declared(std::vector<remote_metric> const& metrics) {
  std::vector<metric_settings> all;
  all.reserve(metrics.size());
  for (auto const& metric : metrics)
    all.push_back({metric.name, metric.description, metric.value, {registry_set, 0, 0, {}}});
  return all;
}

void add_local_tests(settings const& configuration, std::vector<fs::path> const& named, project_inputs& into,
                     input_problems& problems) {
  scenario_directory directory(configuration.project_root, named, fs::current_path(),
                               scenario_directory::contents::tests);
  auto local = directory.load(problems);
  for (auto& file : local.unit_tests) into.unit_tests.push_back(std::move(file));
}

chosen_inputs load_registry(settings const& configuration, registry_address const& where,
                            version_lock const* lock, input_problems& problems) {
  registry_client client(where, credentials_for(configuration, where),
                         registry_client_settings_of(configuration));
  registry_source_settings how;
  how.unit_tests = !has_tests(configuration);
  how.services = services_of(configuration);
  how.lock = lock;
  registry_source source(client, std::move(how));
  chosen_inputs chosen;
  chosen.inputs = source.load(problems);
  chosen.metrics = declared(source.metrics());
  return chosen;
}

chosen_inputs load_offline(settings const& configuration, registry_address const& where,
                           input_problems& problems) {
  chosen_inputs chosen;
  auto copy = read_pulled_copy(configuration.project_root, where.url, !has_tests(configuration), problems);
  if (copy.has_error()) {
    problems.error({"--offline", 0, 0, {}}, copy.error().detail);
    return chosen;
  }
  chosen.inputs = std::move(copy->inputs);
  if (has_tests(configuration)) return chosen;
  auto const url = where.url;
  auto tests = tests_from_registry(copy->tests, services_of(configuration), url, problems);
  if (!tests.tests.empty()) chosen.inputs.unit_tests.push_back(std::move(tests));
  chosen.metrics = declared(metrics_from_registry(copy->tests));
  return chosen;
}

chosen_inputs load_folder(settings const& configuration, std::vector<fs::path> const& named,
                          input_problems& problems) {
  auto const root = inputs_root(configuration);
  if (configuration.run.source && !is_folder(root))
    problems.error({root, 0, 0, {}}, "no such folder", "check --source");
  chosen_inputs chosen;
  chosen.inputs = scenario_directory(root, named).load(problems);
  return chosen;
}

}  // namespace

std::string inputs_root(settings const& configuration) {
  auto const& source = configuration.run.source;
  return source && !is_registry_url(*source) ? *source : configuration.project_root;
}

registry_credentials credentials_for(settings const& configuration, registry_address const& where) {
  auto const& known = configuration.registry;
  if (known.key_of_file && !known.url.empty()) {
    std::string why;
    auto const configured = parse_http_url(known.url, why);
    auto const asked = parse_http_url(where.url, why);
    if (!configured || !asked || configured->origin != asked->origin) return {};
  }
  return {known.api_key, known.api_key_id, known.user_id};
}

registry_client_settings registry_client_settings_of(settings const& configuration) {
  registry_client_settings how;
  how.proxy = proxies_from([&](std::string const& name) { return configuration.variables.find(name); });
  return how;
}

chosen_inputs load_chosen_source(settings const& configuration, std::vector<fs::path> const& named,
                                 input_problems& problems) {
  auto const& run = configuration.run;
  std::optional<version_lock> lock;
  if (run.locked) {
    auto read = read_lock_file(configuration.project_root);
    if (read.has_error()) {
      problems.error({"--locked", 0, 0, {}}, read.error().detail);
      return {};
    }
    lock = *std::move(read);
  }
  bool const remote = run.source && is_registry_url(*run.source);
  chosen_inputs chosen;
  if (remote) {
    auto const where = parse_registry_url(*run.source);
    if (where.has_error()) {
      problems.error({flag, 0, 0, {}}, where.error().detail);
      return {};
    }
    chosen = run.offline ? load_offline(configuration, *where, problems)
                         : load_registry(configuration, *where, lock ? &*lock : nullptr, problems);
    // Of tests without anything to test there would only be more of the same to say.
    bool const nothing = problems.has_errors() && chosen.inputs.scenarios.empty();
    if (!nothing) add_local_tests(configuration, named, chosen.inputs, problems);
  } else {
    chosen = load_folder(configuration, named, problems);
  }
  if (lock) {
    locking how;
    how.numbers_count = remote && !run.offline;
    how.document_digest = [](scenario const& told) { return lock_digest(told); };
    chosen.breaches = keep_locked(chosen.inputs, *lock, how);
  }
  return chosen;
}

}  // namespace parley
