#include "runner/registry/locked_inputs.hpp"

#include <optional>

namespace parley {
namespace {

std::string shortened(std::string const& digest) {
  return digest.substr(0, 12);
}

// A version as a lock would name it.
struct lockable {
  int number;
  std::string digest;
};

template <class Object>
std::vector<lockable> lockables(Object const& object, locking const&) {
  std::vector<lockable> all;
  for (auto const& version : object.versions) all.push_back({version.number, version.digest});
  return all;
}
std::vector<lockable> lockables(scenario const& told, locking const& how) {
  if (told.lead && how.document_digest) return {{told.latest().number, how.document_digest(told)}};
  return lockables<scenario>(told, how);
}

// The place of the version meant; nullopt and `why` when it cannot be had.
std::optional<std::size_t> locked_version(std::vector<lockable> const& versions, locked_object const& wanted,
                                          bool numbers_count, std::string& why) {
  lockable const* other = nullptr;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    bool const may_be = versions[i].number == wanted.version || !numbers_count;
    if (may_be && versions[i].digest == wanted.digest) return i;
    if (may_be) other = &versions[i];
  }
  std::string const text = "version " + std::to_string(wanted.version);
  why = other == nullptr ? text + " of parley.lock is missing"
                         : "the content is another than that of " + text + " in parley.lock (digest " +
                               shortened(other->digest) + ", locked " + shortened(wanted.digest) + ")";
  return std::nullopt;
}

template <class Object>
void keep(Object& object, std::vector<locked_object> const& locked, locking const& how,
          std::map<std::string, std::string>& breaches) {
  auto const* entry = find_locked(locked, object.id.value);
  if (entry == nullptr) entry = find_locked_name(locked, object.name);
  std::string why = "is not in parley.lock";
  std::optional<std::size_t> place;
  if (entry != nullptr) place = locked_version(lockables(object, how), *entry, how.numbers_count, why);
  if (!place) {
    breaches[object.id.value] = "'" + object.name + "': " + why;
    return;
  }
  auto kept = object.versions[*place];
  kept.number = entry->version;
  object.versions.clear();
  object.versions.push_back(std::move(kept));
}

void report(std::map<std::string, std::string> const& breaches, std::string const& kind,
            std::string const& id, source_position const& where, input_problems& problems) {
  auto const found = breaches.find(id);
  if (found != breaches.end())
    problems.error(where, "--locked: " + kind + " " + found->second,
                   "run without --locked, or renew the lock with 'parley pull' or 'parley push'");
}

}  // namespace

lock_breaches keep_locked(project_inputs& inputs, version_lock const& lock, locking const& how) {
  lock_breaches breaches;
  for (auto& each : inputs.scenarios) keep(each, lock.scenarios, how, breaches.scenarios);
  for (auto& each : inputs.personas) keep(each, lock.personas, how, breaches.personas);
  return breaches;
}

void report_breaches(lock_breaches const& breaches, std::vector<std::shared_ptr<cell const>> const& cells,
                     input_problems& problems) {
  for (auto const& unit : cells) {
    auto const& told = *unit->scenario_used;
    report(breaches.scenarios, "scenario", told.id.value, told.where, problems);
    if (told.lead) continue;  // its persona is part of the document
    auto const& teller = *unit->persona_used;
    report(breaches.personas, "persona", teller.id.value, teller.where, problems);
  }
}

}  // namespace parley
