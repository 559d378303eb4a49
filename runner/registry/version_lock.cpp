#include "runner/registry/version_lock.hpp"

#include "runner/json_value.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <tuple>

namespace parley {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

bool is_text(json const& object, char const* key) {
  auto const found = object.find(key);
  return found != object.end() && found->is_string();
}

bool read_objects(json const& lock, char const* key, std::vector<locked_object>& into) {
  auto const found = lock.find(key);
  if (found == lock.end()) return true;
  if (!found->is_array()) return false;
  for (auto const& entry : *found) {
    if (!entry.is_object() || !is_text(entry, "name") || !is_text(entry, "id") || !is_text(entry, "digest"))
      return false;
    auto const version = entry.find("version");
    if (version == entry.end() || !version->is_number_integer()) return false;
    into.push_back({entry["name"].get<std::string>(), entry["id"].get<std::string>(), version->get<int>(),
                    entry["digest"].get<std::string>()});
  }
  return true;
}

ordered_json to_json(std::vector<locked_object> objects) {
  std::sort(objects.begin(), objects.end(),
            [](auto const& a, auto const& b) { return std::tie(a.name, a.id) < std::tie(b.name, b.id); });
  ordered_json list = ordered_json::array();
  for (auto const& object : objects)
    list.push_back(
        {{"name", object.name}, {"id", object.id}, {"version", object.version}, {"digest", object.digest}});
  return list;
}

}  // namespace

locked_object const* find_locked(std::vector<locked_object> const& all, std::string_view id) {
  auto const found = std::find_if(all.begin(), all.end(), [&](auto const& each) { return each.id == id; });
  return found == all.end() ? nullptr : &*found;
}

locked_object const* find_locked_name(std::vector<locked_object> const& all, std::string_view name) {
  auto const has_name = [&](auto const& each) { return each.name == name; };
  auto const found = std::find_if(all.begin(), all.end(), has_name);
  if (found == all.end() || std::find_if(found + 1, all.end(), has_name) != all.end()) return nullptr;
  return &*found;
}

outcome<version_lock> read_version_lock(std::string_view text) {
  auto const parsed = parse_json(text);
  if (!parsed.ok) return failure(failure_code::invalid_input, parsed.error);
  json const& value = parsed.value.get();
  if (!value.is_object() || value.value("format", json()) != 1)
    return failure(failure_code::invalid_input, "no lock file of format 1");
  version_lock lock;
  if (is_text(value, "source")) lock.source = value["source"].get<std::string>();
  if (!read_objects(value, "scenarios", lock.scenarios) || !read_objects(value, "personas", lock.personas))
    return failure(failure_code::invalid_input, "an entry without name, id, version and digest");
  return lock;
}

std::string to_text(version_lock lock) {
  ordered_json value;
  value["format"] = 1;
  value["source"] = std::move(lock.source);
  value["scenarios"] = to_json(std::move(lock.scenarios));
  value["personas"] = to_json(std::move(lock.personas));
  return value.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace parley
