#include "adapters/formats/yaml_text.hpp"

#include <nlohmann/json.hpp>
#include <yaml-cpp/yaml.h>

#include <algorithm>

namespace parley {
namespace {

using nlohmann::ordered_json;

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' || c == ' ';
}

// Words of letters; `true`, `null` and their kin would not come back as texts.
bool reads_as_text(std::string const& text) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.front() == '-') return false;
  for (auto const* const typed : {"true", "false", "null", "yes", "no", "on", "off"})
    if (text == typed) return false;
  return std::all_of(text.begin(), text.end(), is_word_character);
}

void emit(YAML::Emitter& out, ordered_json const& value);

void emit_text(YAML::Emitter& out, std::string const& text) {
  if (!reads_as_text(text)) out << YAML::DoubleQuoted;
  out << text;
}

void emit_map(YAML::Emitter& out, ordered_json const& value) {
  if (value.empty()) out << YAML::Flow;
  out << YAML::BeginMap;
  for (auto const& [key, member] : value.items()) {
    out << YAML::Key;
    emit_text(out, key);
    out << YAML::Value;
    emit(out, member);
  }
  out << YAML::EndMap;
}

void emit_list(YAML::Emitter& out, ordered_json const& value) {
  if (value.empty()) out << YAML::Flow;
  out << YAML::BeginSeq;
  for (auto const& element : value) emit(out, element);
  out << YAML::EndSeq;
}

void emit(YAML::Emitter& out, ordered_json const& value) {
  if (value.is_object()) return emit_map(out, value);
  if (value.is_array()) return emit_list(out, value);
  if (value.is_string()) return emit_text(out, value.get_ref<std::string const&>());
  if (value.is_null()) {
    out << YAML::Null;
  } else {
    out << value.dump();  // numbers exactly, booleans in the lower case that we read
  }
}

}  // namespace

std::string to_yaml(ordered_json const& value) {
  YAML::Emitter out;
  out.SetNullFormat(YAML::LowerNull);
  emit(out, value);
  return std::string(out.c_str(), out.size()) + '\n';
}

}  // namespace parley
