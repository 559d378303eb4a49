#include "adapters/cli/secret_values.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace parley {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

bool carries_credentials(std::string const& header) {
  auto const name = lower(header);
  for (auto const* part : {"auth", "cookie", "key", "token", "secret"})
    if (name.find(part) != std::string::npos) return true;
  return false;
}

bool is_secret_key(std::string const& key) {
  auto const name = lower(key);
  return name == "api_key" || name == "password" || name == "token";
}

void add_value(std::string const& value, std::set<std::string>& into) {
  if (value.empty()) return;
  into.insert(value);
  auto const scheme = lower(value.substr(0, 7));
  std::size_t const length = scheme == "bearer " ? 7 : scheme.starts_with("basic ") ? 6 : 0;
  auto const start = length == 0 ? std::string::npos : value.find_first_not_of(' ', length);
  if (start != std::string::npos) into.insert(value.substr(start));
}

class secret_finder {
 public:
  secret_finder(std::set<std::string> const& listed, substituted_document const& substituted)
      : listed_(listed), substituted_(substituted) {}

  struct context {
    std::string path;
    bool headers = false;  // below a key `headers`
    bool secret = false;   // everything from here on is
  };

  void find(located_tree const& node, context const& at) {
    bool const secret = at.secret || listed_.count(at.path) != 0;
    if (secret && !node.is_map() && !node.is_list()) add(node, at.path);
    if (at.headers && !secret) find_substituted(node, at.path);
    for (auto const& entry : node.entries) {
      auto const path = at.path.empty() ? entry.key : at.path + "." + entry.key;
      bool const credentials = at.headers ? carries_credentials(entry.key) : is_secret_key(entry.key);
      find(entry.value, {path, at.headers || entry.key == "headers", secret || credentials});
    }
    for (std::size_t i = 0; i < node.items.size(); ++i)
      find(node.items[i], {at.path + "." + std::to_string(i), at.headers, secret});
  }

  secret_findings take() { return std::move(found_); }

 private:
  void add(located_tree const& node, std::string const& path) {
    if (substituted_.unset.count(to_text(node.where())) == 0) add_value(node.text, found_.values);
    add_substituted(node);
    found_.paths.insert(path);
  }

  void find_substituted(located_tree const& node, std::string const& path) {
    if (add_substituted(node)) found_.paths.insert(path);
  }

  bool add_substituted(located_tree const& node) {
    auto const values = substituted_.values.find(to_text(node.where()));
    if (values == substituted_.values.end()) return false;
    for (auto const& value : values->second) add_value(value, found_.values);
    return true;
  }

  std::set<std::string> const& listed_;
  substituted_document const& substituted_;
  secret_findings found_;
};

void add_listed(located_tree const& document, std::set<std::string>& paths) {
  auto const* const listed = document.find("secrets");
  if (listed == nullptr) return;
  for (auto const& path : listed->items)
    if (path.is_string()) paths.insert(path.text);
}

// What a profile lists is secret in the base too, and the other way round: better one too many.
std::set<std::string> listed_paths(located_tree const& document) {
  std::set<std::string> paths;
  add_listed(document, paths);
  auto const* const profiles = document.find("profiles");
  if (profiles == nullptr) return paths;
  for (auto const& profile : profiles->entries) add_listed(profile.value, paths);
  std::set<std::string> all = paths;
  for (auto const& profile : profiles->entries)
    for (auto const& path : paths) all.insert("profiles." + profile.key + "." + path);
  return all;
}

void add_paths(located_tree const& node, std::string const& path, std::set<std::string>& into) {
  if (!path.empty()) into.insert(path);
  for (auto const& entry : node.entries)
    add_paths(entry.value, path.empty() ? entry.key : path + "." + entry.key, into);
  for (std::size_t i = 0; i < node.items.size(); ++i)
    add_paths(node.items[i], path + "." + std::to_string(i), into);
}

void check_listed(located_tree const& section, std::set<std::string> const& known, input_problems& problems) {
  auto const* const listed = section.find("secrets");
  if (listed == nullptr) return;
  for (auto const& item : listed->items) {
    if (!item.is_string() || known.contains(item.text)) continue;
    auto const near = nearest_name(item.text, {known.begin(), known.end()});
    problems.error(item.where(), "nothing stands at '" + item.text + "', so nothing there is kept secret",
                   near.empty() ? "write it like agents.support.url" : "did you mean '" + near + "'?");
  }
}

}  // namespace

void check_listed_secrets(located_tree const& document, located_tree const& merged,
                          input_problems& problems) {
  std::set<std::string> known;
  add_paths(merged, "", known);
  add_paths(document, "", known);
  auto const* const profiles = document.find("profiles");
  if (profiles != nullptr)
    for (auto const& profile : profiles->entries) add_paths(profile.value, "", known);
  check_listed(merged, known, problems);
  if (profiles != nullptr)
    for (auto const& profile : profiles->entries) check_listed(profile.value, known, problems);
}

secret_findings find_secrets(located_tree const& document, substituted_document const& substituted) {
  auto const listed = listed_paths(document);
  secret_finder finder(listed, substituted);
  finder.find(document, {});
  return finder.take();
}

void add_secret_leaves(json_value const& value, std::set<std::string>& into) {
  auto const add = [&](auto const& self, nlohmann::json const& node) -> void {
    if (node.is_string()) add_value(node.get<std::string>(), into);
    if (node.is_number()) into.insert(node.dump());
    for (auto const& child : node)
      if (node.is_structured()) self(self, child);
  };
  add(add, value.get());
}

std::vector<std::string> redacted_secrets(std::set<std::string> const& values) {
  std::vector<std::string> long_enough;
  for (auto const& value : values)
    if (value.size() >= shortest_redacted_secret) long_enough.push_back(value);
  std::stable_sort(long_enough.begin(), long_enough.end(),
                   [](auto const& a, auto const& b) { return a.size() > b.size(); });
  return long_enough;
}

}  // namespace parley
