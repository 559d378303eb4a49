#include "adapters/formats/stamped_text.hpp"

#include "adapters/formats/input_shapes.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <vector>

namespace parley {
namespace {

using nlohmann::ordered_json;

bool is_version_key(std::string_view key) {
  return scenario_version_keys().find(key) != nullptr || persona_version_keys().find(key) != nullptr;
}

struct text_edit {
  std::size_t at;
  std::size_t length;
  std::string replacement;
};

class text_lines {
 public:
  explicit text_lines(std::string const& text) : text_(text) {
    starts_.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i)
      if (text[i] == '\n') starts_.push_back(i + 1);
  }

  // Bytes from the text's beginning; columns count characters.
  std::optional<std::size_t> offset(located_place const& place) const {
    if (place.line < 1 || static_cast<std::size_t>(place.line) > starts_.size()) return std::nullopt;
    std::size_t at = starts_[static_cast<std::size_t>(place.line) - 1];
    for (int column = 1; column < place.column; ++column) {
      if (at >= text_.size()) return std::nullopt;
      do ++at;
      while (at < text_.size() && (static_cast<unsigned char>(text_[at]) & 0xc0U) == 0x80U);
    }
    return at;
  }

 private:
  std::string const& text_;
  std::vector<std::size_t> starts_;
};

class stamper {
 public:
  stamper(std::string const& text, located_tree const& document, object_stamp const& stamp)
      : text_(text), lines_(text), document_(document), stamp_(stamp) {}

  std::optional<std::string> stamp() {
    if (!document_.is_map() || document_.entries.empty()) return std::nullopt;
    bool done = false;
    switch (stamp_.dialect) {
      case input_dialect::parley:
        done = stamp_own();
        break;
      case input_dialect::amigo:
        done = stamp_amigo();
        break;
      case input_dialect::eqho:
        done = stamp_eqho();
        break;
    }
    return done ? std::optional(applied()) : std::nullopt;
  }

 private:
  std::string quoted_id() const { return '"' + stamp_.id + '"'; }
  std::string number() const { return std::to_string(stamp_.version); }

  bool stamp_own() {
    auto const* const versions = document_.find("versions");
    if (versions == nullptr && stamp_.version > 1) return move_into_versions();
    if (!set(document_, "id", quoted_id())) return false;
    if (versions == nullptr) return true;
    located_tree const* highest = nullptr;
    auto const number_of = [](located_tree const& node) {
      auto const* const written = node.find("version");
      return written == nullptr                  ? 1.0
             : written->number.get().is_number() ? written->number.get().get<double>()
                                                 : 0;
    };
    for (auto const& each : versions->items)
      if (highest == nullptr || number_of(each) >= number_of(*highest)) highest = &each;
    return highest != nullptr && set(*highest, "version", number());
  }

  bool stamp_amigo() {
    auto const* const version = document_.find("initial_version");
    if (version == nullptr || !set(document_, "id", quoted_id())) return false;
    return stamp_.version == 1 && version->find("version") == nullptr ? true
                                                                      : set(*version, "version", number());
  }

  bool stamp_eqho() {
    if (!set(document_, document_.find("id") != nullptr && document_.find("_id") == nullptr ? "id" : "_id",
             quoted_id()))
      return false;
    std::string const revision = std::to_string(stamp_.version - 1);
    auto const* const history = document_.find("history");
    if (history != nullptr && history->is_map() && !history->entries.empty())
      return set(*history, "revision", revision);
    if (history != nullptr) return false;
    return set(document_, "history", "{\"revision\": " + revision + "}");
  }

  // Replaces a scalar, or puts the key before the map's first one.
  bool set(located_tree const& map, std::string const& key, std::string const& value) {
    if (auto const* const there = map.find(key)) return replace(*there, value);
    if (!map.is_map() || map.entries.empty()) return false;
    auto const open = lines_.offset(map.place);
    auto const first = lines_.offset(map.entries.front().key_place);
    if (!open || !first) return false;
    if (text_[*open] == '{') {
      edits_.push_back({*first, 0, '"' + key + "\": " + value + ", "});
      return true;
    }
    auto const indent = static_cast<std::size_t>(map.entries.front().key_place.column - 1);
    edits_.push_back({*first, 0, key + ": " + value + "\n" + std::string(indent, ' ')});
    return true;
  }

  bool replace(located_tree const& scalar, std::string const& value) {
    auto const at = lines_.offset(scalar.place);
    if (!at || *at >= text_.size()) return false;
    char const first = text_[*at];
    std::size_t length = scalar.text.size();
    if (first == '"' || first == '\'') {
      auto const end = text_.find(first, *at + 1);
      if (end == std::string::npos) return false;
      length = end + 1 - *at;
    }
    edits_.push_back({*at, length, value});
    return true;
  }

  // Where the lines of an entry begin: comments right above a key, no further in than it, belong to the key.
  std::size_t begin_of(std::size_t key, std::size_t floor) const {
    std::size_t begin = text_.rfind('\n', key);
    begin = begin == std::string::npos ? 0 : begin + 1;
    std::size_t const column = key - begin;
    for (std::size_t above = begin; above > floor;) {
      std::size_t const start = text_.rfind('\n', above - 2) + 1;  // npos + 1 = 0
      if (start < floor) break;
      auto const mark = text_.find_first_not_of(' ', start);
      if (text_[mark] != '#' || mark - start > column) break;
      begin = above = start;
      if (start == 0) break;
    }
    return begin;
  }

  // Only a document of its own, in block style from the first column: lines are moved as they are.
  bool move_into_versions() {
    auto const& entries = document_.entries;
    std::vector<std::size_t> begins;
    for (auto const& entry : entries) {
      auto const key = lines_.offset(entry.key_place);
      if (!key || entry.key_place.column != 1) return false;
      begins.push_back(begins.empty() ? *key : begin_of(*key, begins.back() + 1));
    }
    std::string const head = text_.substr(0, begins.front());
    std::string own;
    std::string content;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      std::size_t const end = i + 1 < entries.size() ? begins[i + 1] : text_.size();
      std::string lines = text_.substr(begins[i], end - begins[i]);
      if (!lines.ends_with('\n')) lines += '\n';
      if (entries[i].key == "id") continue;
      if (is_version_key(entries[i].key))
        content += indented(lines);
      else
        own += lines;
    }
    edits_.push_back(
        {0, text_.size(),
         head + "id: " + quoted_id() + "\n" + own + "versions:\n  - version: " + number() + "\n" + content});
    return true;
  }

  static std::string indented(std::string const& lines) {
    std::string text;
    for (std::size_t at = 0; at < lines.size();) {
      std::size_t const end = lines.find('\n', at) + 1;
      if (end - at > 1) text += "    ";
      text += lines.substr(at, end - at);
      at = end;
    }
    return text;
  }

  std::string applied() {
    std::stable_sort(edits_.begin(), edits_.end(), [](auto const& a, auto const& b) { return a.at > b.at; });
    std::string changed = text_;
    for (auto const& edit : edits_) changed.replace(edit.at, edit.length, edit.replacement);
    return changed;
  }

  std::string const& text_;
  text_lines lines_;
  located_tree const& document_;
  object_stamp const& stamp_;
  std::vector<text_edit> edits_;
};

// With `key` first, or where it stands.
ordered_json with_first(ordered_json const& object, std::string const& key, ordered_json value) {
  ordered_json result = ordered_json::object();
  if (!object.contains(key)) result[key] = value;
  for (auto const& [name, member] : object.items()) result[name] = name == key ? value : member;
  return result;
}

ordered_json own_versions(ordered_json const& document, int version) {
  ordered_json result = ordered_json::object();
  ordered_json content{{"version", version}};
  for (auto const& [key, value] : document.items()) (is_version_key(key) ? content : result)[key] = value;
  result["versions"] = ordered_json::array({content});
  return result;
}

}  // namespace

std::optional<std::string> stamped_text(std::string const& text, located_tree const& document,
                                        object_stamp const& stamp) {
  return stamper(text, document, stamp).stamp();
}

ordered_json stamped_value(ordered_json document, object_stamp const& stamp) {
  if (stamp.dialect == input_dialect::eqho) {
    auto history = document.value("history", ordered_json::object());
    if (!history.is_object()) history = ordered_json::object();
    history["revision"] = stamp.version - 1;
    document = with_first(document, "history", std::move(history));
    document.erase("id");
    return with_first(document, "_id", stamp.id);
  }
  if (stamp.dialect == input_dialect::amigo) {
    document["initial_version"] = with_first(document["initial_version"], "version", stamp.version);
    return with_first(document, "id", stamp.id);
  }
  if (!document.contains("versions")) {
    if (stamp.version > 1) document = own_versions(document, stamp.version);
  } else {
    auto& versions = document["versions"];
    auto const highest = std::max_element(versions.begin(), versions.end(), [](auto const& a, auto const& b) {
      return a.value("version", 1) < b.value("version", 1);
    });
    if (highest != versions.end()) *highest = with_first(*highest, "version", stamp.version);
  }
  return with_first(document, "id", stamp.id);
}

ordered_json to_ordered_json(located_tree const& node) {
  if (node.is_map()) {
    ordered_json object = ordered_json::object();
    for (auto const& entry : node.entries) object[entry.key] = to_ordered_json(entry.value);
    return object;
  }
  if (node.is_list()) {
    ordered_json list = ordered_json::array();
    for (auto const& item : node.items) list.push_back(to_ordered_json(item));
    return list;
  }
  return ordered_json(to_json(node));
}

}  // namespace parley
