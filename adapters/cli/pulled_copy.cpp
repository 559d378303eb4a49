#include "adapters/cli/pulled_copy.hpp"

#include "adapters/formats/digest.hpp"
#include "adapters/formats/json_members.hpp"
#include "adapters/scenario_sources/local_objects.hpp"
#include "adapters/scenario_sources/scenario_directory.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace parley {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::string tests_path(std::string const& project_root) {
  return (fs::path(project_root) / ".parley" / "registry-tests.json").string();
}

outcome<std::string> read_whole_file(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file) return failure(failure_code::unreadable, "cannot read " + path);
  return text;
}

std::string digest_of(scenario const& told) {
  return lock_digest(told);
}
std::string digest_of(persona const& teller) {
  return teller.latest().digest;
}

template <class Object>
void keep_pulled(std::vector<Object>& all, std::vector<locked_object> const& locked,
                 input_problems& problems) {
  std::erase_if(all, [&](Object const& each) {
    auto const* entry = find_locked(locked, each.id.value);
    if (entry == nullptr) entry = find_locked_name(locked, each.name);
    if (entry == nullptr) return true;
    if (entry->digest != digest_of(each))
      problems.warning(each.where,
                       "'" + each.name + "' was changed since it was pulled; it is used as it stands");
    return false;
  });
}

failure not_pulled(std::string const& url) {
  return {failure_code::invalid_input, "nothing was pulled from " + url + " yet: run 'parley pull --source " +
                                           url + "' while the registry can be reached"};
}

}  // namespace

std::string lock_path(std::string const& project_root) {
  return (fs::path(project_root) / "parley.lock").lexically_normal().string();
}

outcome<version_lock> read_lock_file(std::string const& project_root) {
  auto const path = lock_path(project_root);
  auto const text = read_whole_file(path);
  if (text.has_error())
    return failure(failure_code::invalid_input,
                   "there is no " + path + ": 'parley push' and 'parley pull' write it");
  auto lock = read_version_lock(*text);
  if (lock.has_error())
    return failure(failure_code::invalid_input,
                   path + ": " + lock.error().detail + "; restore it, or delete it and run 'parley pull'");
  return lock;
}

outcome<version_lock> read_lock_or_empty(std::string const& project_root) {
  std::error_code ignored;
  if (!fs::exists(lock_path(project_root), ignored)) return version_lock();
  return read_lock_file(project_root);
}

outcome<void> write_lock_file(std::string const& project_root, version_lock const& lock) {
  return write_whole_file(lock_path(project_root), to_text(lock));
}

outcome<void> keep_pulled_tests(std::string const& project_root, std::string const& url,
                                remote_catalog const& catalog) {
  json kept{{"format", 1}, {"source", url}};
  kept["unit_tests"] = catalog.unit_tests.get();
  kept["metrics"] = catalog.metrics.get();
  return write_whole_file(tests_path(project_root),
                          kept.dump(2, ' ', false, json::error_handler_t::replace) + "\n");
}

outcome<pulled_copy> read_pulled_copy(std::string const& project_root, std::string const& url,
                                      bool with_tests, input_problems& problems) {
  auto const lock = read_lock_file(project_root);
  if (lock.has_error() || lock->source != url) return not_pulled(url);
  pulled_copy copy;
  copy.inputs = scenario_directory(project_root).load(problems);
  copy.inputs.unit_tests.clear();
  keep_pulled(copy.inputs.scenarios, lock->scenarios, problems);
  keep_pulled(copy.inputs.personas, lock->personas, problems);
  copy.tests.unit_tests = json_value(json::array());
  copy.tests.metrics = json_value(json::array());
  if (!with_tests) return copy;
  auto const text = read_whole_file(tests_path(project_root));
  auto const kept = text.has_error() ? parsed_json() : parse_json(*text);
  if (!kept.ok || text_under(kept.value.get(), "source") != url) return not_pulled(url);
  for (auto const* const key : {"unit_tests", "metrics"})
    if (auto const* const list = find_value(kept.value.get(), key); list != nullptr && list->is_array())
      (std::string_view(key) == "metrics" ? copy.tests.metrics : copy.tests.unit_tests) = json_value(*list);
  for (auto const& told : copy.inputs.scenarios) copy.tests.scenarios.push_back({told, {}, false});
  return copy;
}

}  // namespace parley
