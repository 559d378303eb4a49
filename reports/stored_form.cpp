#include "reports/stored_form.hpp"

#include "runner/inputs/local_time.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

nlohmann::json const* given(nlohmann::json const& object, char const* key) {
  auto const found = object.find(key);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

}  // namespace

void require_format(nlohmann::json const& form, int known) {
  if (!form.is_object()) throw std::runtime_error("not an object");
  auto const written = integer_or(form, "format", 1);
  if (written > known)
    throw std::runtime_error("format " + std::to_string(written) + " is newer than the format " +
                             std::to_string(known) +
                             " this parley reads: use the parley that wrote it, or a newer one");
}

std::string text_or_empty(nlohmann::json const& object, char const* key) {
  auto const* const value = given(object, key);
  return value ? value->get<std::string>() : std::string{};
}

std::int64_t integer_or(nlohmann::json const& object, char const* key, std::int64_t otherwise) {
  auto const* const value = given(object, key);
  return value ? value->get<std::int64_t>() : otherwise;
}

std::uint64_t unsigned_or(nlohmann::json const& object, char const* key, std::uint64_t otherwise) {
  auto const* const value = given(object, key);
  return value ? value->get<std::uint64_t>() : otherwise;
}

bool flag_or(nlohmann::json const& object, char const* key, bool otherwise) {
  auto const* const value = given(object, key);
  return value ? value->get<bool>() : otherwise;
}

wall_time time_or_epoch(nlohmann::json const& object, char const* key) {
  auto const* const value = given(object, key);
  if (!value) return {};
  auto const at = parse_rfc3339(value->get_ref<std::string const&>());
  if (!at) throw std::runtime_error(std::string("'") + key + "' is no time like 2026-11-20T09:00:00Z");
  return *at;
}

nlohmann::json const& member_or_null(nlohmann::json const& object, char const* key) {
  static nlohmann::json const null;
  auto const* const value = given(object, key);
  return value ? *value : null;
}

}  // namespace parley
