#include "adapters/scenario_sources/registry_tests.hpp"

#include "adapters/formats/json_members.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace parley {
namespace {

using nlohmann::json;

tag_map tags_of(json const& test) {
  tag_map tags;
  auto const* const written = find_value(test, "tags");
  if (written == nullptr || !written->is_array()) return tags;
  for (json const& tag : *written) {
    auto const key = text_under(tag, "key");
    auto const* const value = find_value(tag, "value");
    if (!key.empty())
      tags[key] =
          value != nullptr && value->is_string() ? std::optional(value->get<std::string>()) : std::nullopt;
  }
  return tags;
}

class test_reader {
 public:
  test_reader(remote_catalog const& from, std::map<std::string, std::string> const& services,
              std::string const& where, input_problems& problems)
      : services_(services), where_(where), problems_(problems) {
    for (json const& metric : from.metrics.get())
      metrics_[text_under(metric, "id")] = text_under(metric, "name");
    for (auto const& each : from.scenarios)
      if (each.told.lead) documents_.insert(each.told.id.value);
  }

  unit_test read(json const& written) {
    unit_test test;
    test.name = text_under(written, "name");
    test.scenario = text_under(written, "scenario_id");
    test.where = test.scenario_where =
        test.persona_where = {where_ + "/simulation/unit_test/" + text_under(written, "id"), 0, 0, {}};
    // A document brings its own persona, which no reference can name.
    if (documents_.count(test.scenario) == 0) test.persona = text_under(written, "persona_id");
    unit_test_settings& settings = test.settings;
    if (auto const description = text_under(written, "description"); !description.empty())
      settings.description = description;
    if (auto const most = count_under(written, "max_interactions"); most > 0)
      settings.max_interactions = static_cast<int>(std::min<std::int64_t>(most, 100));
    settings.tags = tags_of(written);
    if (auto const agent = services_.find(text_under(written, "service_id")); agent != services_.end())
      settings.agent = agent->second;
    if (auto const* const criteria = find_value(written, "success_criterions"); criteria != nullptr)
      for (json const& criterion : *criteria) read_criterion(criterion, test);
    return test;
  }

 private:
  void read_criterion(json const& written, unit_test& test) {
    auto const metric = metrics_.find(text_under(written, "metric_id"));
    auto const* const value = find_value(written, "criterion");
    if (metric == metrics_.end() || value == nullptr)
      return problems_.error(test.where,
                             "a criterion of '" + *test.name + "' names a metric that is not there",
                             "correct the unit test in the registry");
    test.settings.success.metrics.push_back(
        {text_under(written, "name"), metric->second, json_value(*value)});
  }

  std::map<std::string, std::string> const& services_;
  std::string const& where_;
  input_problems& problems_;
  std::map<std::string, std::string> metrics_;  // by id
  std::set<std::string> documents_;
};

}  // namespace

unit_test_file tests_from_registry(remote_catalog const& from,
                                   std::map<std::string, std::string> const& services,
                                   std::string const& where, input_problems& problems) {
  unit_test_file file;
  file.set = registry_set;
  file.where = {where + "/simulation/unit_test", 0, 0, {}};
  test_reader reader(from, services, where, problems);
  for (json const& written : from.unit_tests.get()) file.tests.push_back(reader.read(written));
  std::sort(file.tests.begin(), file.tests.end(),
            [](auto const& a, auto const& b) { return a.name < b.name; });
  return file;
}

std::vector<remote_metric> metrics_from_registry(remote_catalog const& from) {
  std::vector<remote_metric> metrics;
  for (json const& written : from.metrics.get()) {
    std::string description = text_under(written, "description");
    auto const notes = text_under(written, "additional_notes");
    if (!notes.empty()) description += (description.empty() ? "" : "\n") + notes;
    auto const* const value = find_value(written, "metric_value");
    metrics.push_back({text_under(written, "name"), std::move(description),
                       value == nullptr ? json_value() : json_value(*value)});
  }
  return metrics;
}

}  // namespace parley
