#include "adapters/formats/located_tree.hpp"

#include "adapters/formats/located_syntax.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <fstream>

namespace parley {
namespace {

bool blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// What has to hold before either syntax may look at the text.
void refuse_bad_text(std::string_view text, bool is_json, text_positions& positions) {
  if (auto const bad = first_malformed_utf8(text); bad != std::string_view::npos)
    throw document_refusal{positions.at(bad), "malformed UTF-8", "save the file as UTF-8"};
  if (is_json && blank(text)) throw document_refusal{{}, "the file is empty", "write a JSON object or list"};
}

located_tree with_place(nlohmann::json const& value, located_place place);

located_tree list_from(nlohmann::json const& value, located_place const& place) {
  located_tree node;
  node.type = located_tree::kind::list;
  for (std::size_t i = 0; i < value.size(); ++i) {
    located_place inner = place;
    if (place.line == 0) inner.pointer += "/" + std::to_string(i);
    node.items.push_back(with_place(value[i], std::move(inner)));
  }
  return node;
}

located_tree map_from(nlohmann::json const& value, located_place const& place) {
  located_tree node;
  node.type = located_tree::kind::map;
  for (auto const& [key, inner_value] : value.items()) {
    located_place inner = place;
    if (place.line == 0) inner.pointer += (nlohmann::json::json_pointer() / key).to_string();
    node.entries.push_back({key, inner, with_place(inner_value, inner)});
  }
  return node;
}

located_tree with_place(nlohmann::json const& value, located_place place) {
  located_tree node;
  if (value.is_object()) {
    node = map_from(value, place);
  } else if (value.is_array()) {
    node = list_from(value, place);
  } else if (value.is_string()) {
    node.type = located_tree::kind::string;
    node.text = value.get<std::string>();
  } else if (value.is_boolean()) {
    node.type = located_tree::kind::boolean;
    node.truth = value.get<bool>();
    node.text = node.truth ? "true" : "false";
  } else if (value.is_number()) {
    node.type = located_tree::kind::number;
    node.text = value.dump();
    node.number = json_value(value);
  }
  node.place = std::move(place);
  return node;
}

bool is_json_name(std::filesystem::path const& path) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
  return extension == ".json";
}

// Little more than is allowed, so that a huge or endless file costs nothing.
std::optional<std::string> read_text(std::filesystem::path const& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return std::nullopt;
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return std::nullopt;
  std::string text;
  std::array<char, 65'536> piece{};
  while (text.size() <= max_file_bytes && stream) {
    stream.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    text.append(piece.data(), static_cast<std::size_t>(stream.gcount()));
  }
  if (stream.bad()) return std::nullopt;
  return text;
}

}  // namespace

source_position located_place::where() const {
  return {file ? *file : std::string(), line, column, pointer};
}

located_entry const* located_tree::find_entry(std::string_view key) const {
  auto const found =
      std::find_if(entries.begin(), entries.end(), [&](located_entry const& e) { return e.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

located_tree const* located_tree::find(std::string_view key) const {
  located_entry const* const entry = find_entry(key);
  return entry == nullptr ? nullptr : &entry->value;
}

std::string_view to_text(located_tree::kind type) {
  switch (type) {
    case located_tree::kind::null:
      return "null";
    case located_tree::kind::boolean:
      return "boolean";
    case located_tree::kind::number:
      return "number";
    case located_tree::kind::string:
      return "text";
    case located_tree::kind::list:
      return "list";
    case located_tree::kind::map:
      return "map";
  }
  return "";
}

std::optional<located_tree> read_located_text(std::string_view text, std::string const& file_name,
                                              bool is_json, input_problems& problems, int first_line) {
  if (text.size() > max_file_bytes) {
    problems.error({file_name, 0, 0, {}}, "larger than 4 MiB", "split the file");
    return std::nullopt;
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // a byte order mark
  text_positions positions(text, first_line);
  tree_assembler assembler(file_name, problems);
  try {
    refuse_bad_text(text, is_json, positions);
    is_json ? read_json(text, positions, assembler) : read_yaml(text, positions, assembler);
  } catch (document_refusal const& refused) {
    problems.error({file_name, refused.at.line, refused.at.column, {}}, refused.what, refused.remedy);
    return std::nullopt;
  }
  if (auto root = assembler.take_root()) return root;
  located_tree nothing;
  nothing.place = {std::make_shared<std::string const>(file_name), first_line, 1, {}};
  return nothing;
}

std::optional<located_tree> read_located_file(std::filesystem::path const& path, std::string const& shown_as,
                                              input_problems& problems) {
  auto const text = read_text(path);
  if (!text) {
    problems.error({shown_as, 0, 0, {}}, "this file cannot be read", "check that it exists and may be read");
    return std::nullopt;
  }
  return read_located_text(*text, shown_as, is_json_name(path), problems);
}

std::optional<located_tree> read_located_file(std::filesystem::path const& path, input_problems& problems) {
  return read_located_file(path, path.string(), problems);
}

nlohmann::json to_json(located_tree const& node) {
  switch (node.type) {
    case located_tree::kind::null:
      return nullptr;
    case located_tree::kind::boolean:
      return node.truth;
    case located_tree::kind::number:
      return node.number.get();
    case located_tree::kind::string:
      return node.text;
    case located_tree::kind::list: {
      nlohmann::json list = nlohmann::json::array();
      for (auto const& item : node.items) list.push_back(to_json(item));
      return list;
    }
    case located_tree::kind::map: {
      nlohmann::json map = nlohmann::json::object();
      for (auto const& entry : node.entries) map[entry.key] = to_json(entry.value);
      return map;
    }
  }
  return nullptr;
}

located_tree from_json(nlohmann::json const& value, source_position const& at) {
  return with_place(value, {std::make_shared<std::string const>(at.file), at.line, at.column, at.pointer});
}

}  // namespace parley
