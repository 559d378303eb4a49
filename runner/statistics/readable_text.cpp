#include "runner/statistics/readable_text.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;

void add_leaf(std::string& text, std::string const& path, json const& value) {
  text += path + ":";
  if (!value.is_string()) {
    text += " " + value.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
    return;
  }
  auto const& said = value.get_ref<std::string const&>();
  if (said.find('\n') == std::string::npos) {
    text += " " + said + "\n";
    return;
  }
  text += "\n";
  for (std::size_t at = 0; at < said.size();) {
    auto const end = std::min(said.find('\n', at), said.size());
    text += "  " + said.substr(at, end - at) + "\n";
    at = end + 1;
  }
}

// Never deeper than what was read: 128.
void add_lines(std::string& text, std::string const& path, json const& value) {
  if (value.is_object() && !value.empty()) {
    for (auto const& [key, inner] : value.items())
      add_lines(text, path.empty() ? key : path + "." + key, inner);
  } else if (value.is_array() && !value.empty()) {
    for (std::size_t i = 0; i < value.size(); ++i)
      add_lines(text, path + "[" + std::to_string(i) + "]", value[i]);
  } else {
    add_leaf(text, path, value);
  }
}

}  // namespace

std::string readable_text(json const& value) {
  std::string text;
  add_lines(text, "", value);
  return text;
}

}  // namespace parley
