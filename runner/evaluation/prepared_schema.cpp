#include "runner/evaluation/prepared_schema.hpp"

#include <nlohmann/json.hpp>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace parley {
namespace {

using nlohmann::json;

constexpr char const* hoisted_key = "x-parley-schemas";

constexpr std::array one_schema{"additionalItems", "additionalProperties", "contains", "items",
                                "propertyNames"};
constexpr std::array one_schema_in_place{"not", "if", "then", "else"};
constexpr std::array list_of_schemas_in_place{"allOf", "anyOf", "oneOf"};
constexpr std::array shelves{"definitions", "$defs"};  // read only where a reference names an entry
// valijson gives these the path of their parent, which confuses its cache of references.
constexpr std::array hoisted_keywords{"if", "then", "else", "propertyNames"};
constexpr std::array unchecked_keywords{
    "format",           "contentEncoding",  "contentMediaType",      "prefixItems", "dependentRequired",
    "dependentSchemas", "unevaluatedItems", "unevaluatedProperties", "minContains", "maxContains",
    "$dynamicRef"};
// Their members are values, not schemas.
constexpr std::array<std::string_view, 4> plain_values{"const", "enum", "default", "examples"};
constexpr int max_levels =
    100;  // schemas inside schemas, references followed: bounds the stack while reading
constexpr int max_in_place =
    32;  // schemas applied to one value, one through the other: bounds the stack while validating
constexpr std::array<std::pair<char const*, char const*>, 5> renamed{{{"pattern", own_pattern},
                                                                      {"uniqueItems", own_unique_items},
                                                                      {"multipleOf", own_multiple_of},
                                                                      {"const", own_const},
                                                                      {"enum", own_enum}}};

class preparation {
 public:
  preparation(json const& written, schema_problems& problems) : root_(written), problems_(problems) {}

  json run() {
    if (!root_.is_object()) {
      error("a schema is an object");
      return root_;
    }
    if (auto const id = root_.find("$id"); id != root_.end() && id->is_string())
      root_id_ = id->get<std::string>();
    part_references(root_);
    visit(root_, "");
    // Whatever a reference names is read as a schema, wherever it stands; that may bring further references.
    for (std::size_t i = 0; i < references_.size(); ++i) follow(i);
    if (problems_.errors.empty()) refuse_endless();
    if (problems_.errors.empty()) hoist();
    return std::move(root_);
  }

 private:
  struct reference {
    json const* from;
    std::string target;   // a JSON Pointer
    std::string written;  // as the file has it
  };

  void error(std::string text) { problems_.errors.push_back(std::move(text)); }

  void warn_once(std::string const& text) {
    auto& all = problems_.warnings;
    if (std::find(all.begin(), all.end(), text) == all.end()) all.push_back(text);
  }

  // valijson ignores everything beside a $ref; current drafts don't. Comes first: later on nothing may move.
  static void part_references(json& value) {
    if (value.is_array())
      for (json& entry : value) part_references(entry);
    if (!value.is_object()) return;
    for (auto const& [key, member] : value.items())
      if (std::find(plain_values.begin(), plain_values.end(), key) == plain_values.end())
        part_references(member);
    auto const ref = value.find("$ref");
    if (ref == value.end() || !ref->is_string() || value.size() == 1) return;
    json alone = json::object({{"$ref", *ref}});
    value.erase(ref);
    json& all = value["allOf"];
    if (!all.is_array()) all = json::array();
    all.push_back(std::move(alone));
  }

  // `in_place_of`: the schema that applies this one to the same value.
  void visit(json& node, std::string const& path, json const* in_place_of = nullptr) {
    if (parent_ != nullptr) inner_[parent_].push_back(&node);
    if (in_place_of != nullptr) in_place_[in_place_of].push_back(&node);
    if (!node.is_object() || !visited_.insert(&node).second) return;
    node.erase("id");
    note_reference(node, path);
    refuse(node, path);
    rename(node, path);
    json const* const outer = std::exchange(parent_, &node);
    visit_children(node, path);
    parent_ = nullptr;
    for (auto const& keyword : shelves) visit_members(node, keyword, path, nullptr);
    parent_ = outer;
    schemas_.push_back(&node);
  }

  void note_reference(json& node, std::string const& path) {
    auto const ref = node.find("$ref");
    if (ref == node.end()) return;
    if (!ref->is_string()) return error("$ref at '" + path + "' is not a text");
    auto const written = ref->get<std::string>();
    std::string local = written;
    if (!root_id_.empty() && local.starts_with(root_id_ + "#")) local.erase(0, root_id_.size());
    if (local.empty() || local.front() != '#')
      return error("$ref '" + written + "' names another document; copy that schema into this one");
    if (local.size() > 1 && local[1] != '/')
      return error("$ref '" + written + "' is not a JSON Pointer; write it as '#/definitions/NAME'");
    references_.push_back({&node, local.substr(1), written});
    *ref = local;
  }

  void refuse(json& node, std::string const& path) {
    if (node.contains("patternProperties"))
      error("patternProperties at '" + path +
            "' is not supported; name the properties, or use propertyNames");
    if (!path.empty() && node.contains("$id") && node["$id"].is_string())
      error("$id at '" + path + "' is not supported inside a schema; remove it");
    for (char const* keyword : unchecked_keywords)
      if (node.erase(keyword) > 0) warn_once("'" + std::string(keyword) + "' is not checked");
  }

  void rename(json& node, std::string const& path) {
    for (auto const& [from, to] : renamed) {
      node.erase(to);
      auto const found = node.find(from);
      if (found == node.end()) continue;
      json value = std::move(*found);
      node.erase(found);
      if (check_value(from, value, path)) node[to] = std::move(value);
    }
  }

  // False: the keyword demands nothing, or an error was noted.
  bool check_value(std::string const& keyword, json const& value, std::string const& path) {
    std::string const where = keyword + " at '" + path + "' ";
    if (keyword == "pattern") return check_pattern(value, where);
    if (keyword == "multipleOf" && !(value.is_number() && value.get<double>() > 0))
      error(where + "must be a number above 0");
    if (keyword == "enum" && !value.is_array()) error(where + "must be a list");
    if (keyword == "uniqueItems") {
      if (!value.is_boolean()) error(where + "must be true or false");
      return value == true;
    }
    return true;
  }

  bool check_pattern(json const& value, std::string const& where) {
    if (!value.is_string()) {
      error(where + "is not a text");
      return false;
    }
    RE2::Options options;
    options.set_log_errors(false);
    RE2 const compiled(value.get_ref<std::string const&>(), options);
    if (!compiled.ok())
      error(where + "is no RE2 pattern: " + compiled.error() +
            "; write it without lookaround and backreferences");
    return compiled.ok();
  }

  void visit_children(json& node, std::string const& path) {
    for (auto const& keyword : one_schema) visit_value(node, keyword, path, nullptr);
    for (auto const& keyword : one_schema_in_place) visit_value(node, keyword, path, &node);
    for (auto const& keyword : list_of_schemas_in_place) visit_value(node, keyword, path, &node);
    visit_members(node, "properties", path, nullptr);
    visit_members(node, "dependencies", path, &node);
  }

  void visit_value(json& node, std::string const& keyword, std::string const& path, json const* in_place_of) {
    auto const found = node.find(keyword);
    if (found == node.end()) return;
    std::string const there = path + "/" + keyword;
    if (!found->is_array()) return visit(*found, there, in_place_of);
    for (std::size_t i = 0; i < found->size(); ++i)
      visit((*found)[i], there + "/" + std::to_string(i), in_place_of);
  }

  void visit_members(json& node, std::string const& keyword, std::string const& path,
                     json const* in_place_of) {
    auto const found = node.find(keyword);
    if (found == node.end() || !found->is_object()) return;
    for (auto const& [name, member] : found->items())
      visit(member, path + "/" + keyword + "/" + name, in_place_of);
  }

  void follow(std::size_t index) {
    reference const ref = references_[index];
    json* target = nullptr;
    try {
      json::json_pointer const pointer(ref.target);
      target = root_.contains(pointer) ? &root_[pointer] : nullptr;
    } catch (json::exception const&) {
      target = nullptr;
    }
    if (target == nullptr || !(target->is_object() || target->is_boolean()))
      return error("$ref '" + ref.written + "' leads to no schema");
    targets_[ref.target] = target;
    visit(*target, ref.target);
  }

  // A schema that comes back to itself without going into the value would never end.
  void refuse_endless() {
    for (auto const& ref : references_) {
      in_place_[ref.from].push_back(targets_[ref.target]);
      inner_[ref.from].push_back(targets_[ref.target]);
    }
    std::set<json const*> read;
    if (!readable(&root_, max_levels, read))
      return error("nested deeper than " + std::to_string(max_levels) + " schemas, references followed");
    std::map<json const*, int> heights;
    for (auto const& [node, unused] : in_place_)
      if (height(node, heights) > max_in_place)
        return error(
            "a $ref leads back to itself, or through too many others; let it go through properties or items");
  }

  // Walks the way valijson reads: every schema once, where it is met first.
  bool readable(json const* node, int levels_left, std::set<json const*>& read) {
    if (levels_left == 0) return false;
    if (!read.insert(node).second) return true;
    auto const inner = inner_.find(node);
    if (inner == inner_.end()) return true;
    return std::all_of(inner->second.begin(), inner->second.end(),
                       [&](json const* one) { return readable(one, levels_left - 1, read); });
  }

  // How many schemas deep the ones applied in place reach; a huge number when there is no end.
  int height(json const* node, std::map<json const*, int>& heights) {
    constexpr int endless = 1'000'000;
    auto const [mine, fresh] = heights.try_emplace(node, endless);
    if (!fresh) return mine->second;
    int deepest = 0;
    if (auto const next = in_place_.find(node); next != in_place_.end())
      for (json const* other : next->second) deepest = std::max(deepest, height(other, heights));
    return mine->second = std::min(deepest + 1, endless);
  }

  // Children stand before their parents in `schemas_`, so that nothing is moved before it was looked at.
  void hoist() {
    json hoisted = json::object();
    for (json* node : schemas_) {
      for (char const* keyword : hoisted_keywords) {
        auto const found = node->find(keyword);
        if (found == node->end() || !found->is_object()) continue;
        std::string const name = std::to_string(hoisted.size());
        hoisted[name] = std::move(*found);
        *found = {{"$ref", "#/" + std::string(hoisted_key) + "/" + name}};
      }
    }
    if (!hoisted.empty()) root_[hoisted_key] = std::move(hoisted);
  }

  json root_;
  schema_problems& problems_;
  std::string root_id_;
  std::set<json const*> visited_;
  std::vector<json*> schemas_;
  std::vector<reference> references_;
  std::map<std::string, json const*> targets_;
  json const* parent_ = nullptr;                              // of the schema being visited
  std::map<json const*, std::vector<json const*>> inner_;     // what is read inside of a schema
  std::map<json const*, std::vector<json const*>> in_place_;  // what is applied to the same value
};

}  // namespace

json prepared_schema(json const& written, schema_problems& problems) {
  return preparation(written, problems).run();
}

}  // namespace parley
