#include "runner/registry/sync_plan.hpp"

#include <algorithm>
#include <map>

namespace parley {
namespace {

using remote_list = std::vector<remote_state>;
using local_list = std::vector<local_state>;

std::string version_text(int version) {
  return "version " + std::to_string(version);
}

std::string by(std::string const& author) {
  return author.empty() ? std::string() : " by " + author;
}

bool is_as_locked(remote_state const& there, locked_object const* lock) {
  return lock != nullptr && lock->version == there.version && lock->digest == there.digest;
}

sync_item conflict(std::string why) {
  sync_item item;
  item.step = sync_step::conflict;
  item.note = std::move(why);
  return item;
}

// By id, else by name among live objects.
class remote_index {
 public:
  explicit remote_index(remote_list const& all) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      by_id_.emplace(all[i].id, i);
      if (!all[i].deleted) by_name_[all[i].name].push_back(i);
    }
  }

  std::optional<std::size_t> with_id(std::string const& id) const {
    auto const found = by_id_.find(id);
    return id.empty() || found == by_id_.end() ? std::nullopt : std::optional(found->second);
  }
  std::vector<std::size_t> named(std::string const& name) const {
    auto const found = by_name_.find(name);
    return found == by_name_.end() ? std::vector<std::size_t>() : found->second;
  }

 private:
  std::map<std::string, std::size_t> by_id_;
  std::map<std::string, std::vector<std::size_t>> by_name_;
};

class push_planner {
 public:
  push_planner(local_list const& files, remote_list const& registry, std::vector<locked_object> const& locked,
               sync_settings const& how)
      : files_(files), registry_(registry), locked_(locked), how_(how), index_(registry) {}

  std::vector<sync_item> plan() {
    std::vector<sync_item> items;
    for (std::size_t i = 0; i < files_.size(); ++i) {
      sync_item item = of(files_[i]);
      item.local = i;
      items.push_back(std::move(item));
    }
    refuse_twins(items);
    return items;
  }

 private:
  sync_item of(local_state const& file) const {
    if (auto const known = index_.with_id(file.id)) return of(file, *known);
    auto const named = index_.named(file.name);
    if (named.empty()) return created();
    if (named.size() > 1)
      return conflict(
          "the registry has several of this name: write the id of the one that is meant into the file");
    if (!file.id.empty() && !how_.force)
      return conflict("the file's id " + file.id + " is not in this registry, but the name is, as " +
                      registry_[named.front()].id + ": take the id out of the file, or use --force");
    return of(file, named.front());
  }

  static sync_item created() {
    sync_item item;
    item.step = sync_step::create;
    return item;
  }

  sync_item of(local_state const& file, std::size_t place) const {
    remote_state const& there = registry_[place];
    sync_item item = compared(file, there);
    if (item.step != sync_step::create) item.remote = place;
    return item;
  }

  sync_item compared(local_state const& file, remote_state const& there) const {
    if (there.deleted) {
      if (how_.force) return created();
      return conflict("it was deleted in the registry" + by(there.author) +
                      ": remove the file, or create it anew with --force");
    }
    if (there.document != file.document)
      return conflict(
          "the registry has it in the other dialect: rename the file's, or delete the registry's");
    if (there.name != file.name && !file.document)
      return conflict("the registry knows it as '" + there.name +
                      "', and names there cannot be changed: take the id out of the file to create another");
    sync_item item;
    item.version = there.version;
    if (there.digest == file.digest && there.name == file.name) return item;
    if (!how_.force && !is_as_locked(there, find_locked(locked_, there.id))) return moved_on(there);
    item.step = sync_step::new_version;
    item.version = there.version + 1;
    return item;
  }

  sync_item moved_on(remote_state const& there) const {
    auto const* const lock = find_locked(locked_, there.id);
    std::string const theirs = "the registry has " + version_text(there.version) + by(there.author);
    std::string const ours =
        (how_.user.empty() ? std::string("yours") : "yours by " + how_.user) +
        (lock == nullptr ? " was never pulled from there" : " is based on " + version_text(lock->version));
    return conflict(theirs + ", " + ours + ": run 'parley pull' first, or overrule it with --force");
  }

  // What a file becomes a version of, or the name it takes.
  std::string target_of(sync_item const& item) const {
    if (item.remote) return registry_[*item.remote].id;
    local_state const& file = files_[*item.local];
    return item.step == sync_step::create && !file.document ? "name " + file.name : std::string();
  }

  void refuse_twins(std::vector<sync_item>& items) const {
    std::map<std::string, int> uses;
    for (auto const& item : items) ++uses[target_of(item)];
    for (auto& item : items) {
      auto const target = target_of(item);
      if (target.empty() || uses[target] < 2) continue;
      auto const local = item.local;
      item = conflict("several files are this object: keep one, or rename the others and take their id out");
      item.local = local;
    }
  }

  local_list const& files_;
  remote_list const& registry_;
  std::vector<locked_object> const& locked_;
  sync_settings const& how_;
  remote_index index_;
};

// Each file is at most one object's.
class file_index {
 public:
  explicit file_index(local_list const& files) {
    for (std::size_t i = 0; i < files.size(); ++i)
      if (files[i].id.empty())
        by_name_[key_of(files[i].name, files[i].document)].push_back(i);
      else
        by_id_.emplace(files[i].id, i);
  }

  std::optional<std::size_t> take(remote_state const& there) {
    if (auto const found = by_id_.find(there.id); found != by_id_.end()) return found->second;
    auto const found = by_name_.find(key_of(there.name, there.document));
    if (found == by_name_.end() || found->second.empty()) return std::nullopt;
    auto const place = found->second.front();
    found->second.erase(found->second.begin());
    return place;
  }

 private:
  static std::string key_of(std::string const& name, bool document) { return (document ? "d" : "s") + name; }

  std::map<std::string, std::size_t> by_id_;
  std::map<std::string, std::vector<std::size_t>> by_name_;
};

sync_item pulled(remote_state const& there, local_state const& file, locked_object const* lock, bool force) {
  sync_item item;
  item.version = there.version;
  bool const same_name = file.name == there.name;
  if (file.digest == there.digest && same_name) return item;
  bool const untouched =
      lock != nullptr && lock->digest == file.digest && (same_name || lock->name == file.name);
  if (untouched || force) {
    item.step = sync_step::new_version;
    return item;
  }
  if (is_as_locked(there, lock)) {
    item.note = "changed here, not pushed yet";
    return item;
  }
  return conflict("the file was changed since the last pull, and the registry has " +
                  version_text(there.version) + by(there.author) + ": --force overwrites the file");
}

}  // namespace

std::vector<sync_item> plan_push(local_list const& files, remote_list const& registry,
                                 std::vector<locked_object> const& locked, sync_settings const& how) {
  return push_planner(files, registry, locked, how).plan();
}

std::vector<sync_item> plan_pull(local_list const& files, remote_list const& registry,
                                 std::vector<locked_object> const& locked, sync_settings const& how) {
  std::vector<sync_item> items;
  file_index index(files);
  for (std::size_t i = 0; i < registry.size(); ++i) {
    remote_state const& there = registry[i];
    if (there.deleted) continue;
    auto const file = index.take(there);
    sync_item item;
    item.step = sync_step::create;
    item.version = there.version;
    if (file) item = pulled(there, files[*file], find_locked(locked, there.id), how.force);
    item.local = file;
    item.remote = i;
    items.push_back(std::move(item));
  }
  return items;
}

bool has_conflicts(std::vector<sync_item> const& plan) {
  return std::any_of(plan.begin(), plan.end(),
                     [](auto const& item) { return item.step == sync_step::conflict; });
}

std::string to_text(sync_item const& item) {
  switch (item.step) {
    case sync_step::create:
      return "create";
    case sync_step::new_version:
      return "new version " + std::to_string(item.version);
    case sync_step::unchanged:
      return "unchanged";
    case sync_step::conflict:
      break;
  }
  return "conflict";
}

}  // namespace parley
