#include "adapters/cli/settings_text.hpp"

#include "adapters/formats/located_tree.hpp"
#include "reports/redaction.hpp"
#include "reports/safe_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace parley {
namespace {

using nlohmann::json;

constexpr char const* mask = "***";
constexpr std::size_t comment_column = 56;

std::string dump(json const& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

// Plain where our own reader takes it back as the same text, quoted otherwise.
std::string scalar(json const& value) {
  if (!value.is_string()) return dump(value);
  auto const& text = value.get_ref<std::string const&>();
  bool const simple = !text.empty() && text.find_first_not_of(
                                           "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                           "0123456789_./-") == std::string::npos;
  if (!simple || text.front() == '-') return dump(value);
  input_problems ignored;
  auto const read = read_located_text(text, "", false, ignored);
  return read && read->is_string() ? text : dump(value);
}

void hide(json& value, std::string const& path, std::set<std::string> const& secret) {
  if (secret.count(path) != 0) {
    value = mask;
    return;
  }
  auto const below = [&](std::string const& key) { return path.empty() ? key : path + "." + key; };
  if (value.is_object())
    for (auto& [key, child] : value.items()) hide(child, below(key), secret);
  if (value.is_array())
    for (std::size_t i = 0; i < value.size(); ++i) hide(value[i], below(std::to_string(i)), secret);
}

class settings_writer {
 public:
  settings_writer(settings const& from, bool with_origin) : from_(from), with_origin_(with_origin) {}

  void write(json const& map, std::string const& path, std::size_t depth) {
    for (auto const& [key, value] : map.items()) {
      auto const below = path.empty() ? key : path + "." + key;
      std::string line = std::string(2 * depth, ' ') + scalar(key) + ":";
      if (value.is_object() && !value.empty()) {
        text_ += line + "\n";
        write(value, below, depth + 1);
      } else {
        add_line(line + " " + (value.is_structured() ? dump(value) : scalar(value)), below);
      }
    }
  }

  std::string take() { return std::move(text_); }

 private:
  void add_line(std::string line, std::string const& path) {
    auto const origin = from_.origins.find(path);
    if (with_origin_ && origin != from_.origins.end()) {
      line.resize(std::max(line.size() + 2, comment_column), ' ');
      line += "# " + origin->second;
    }
    text_ += line + "\n";
  }

  settings const& from_;
  bool with_origin_;
  std::string text_;
};

}  // namespace

json shown_settings(settings const& from) {
  json effective = from.effective.get();
  hide(effective, "", {from.secret_paths.begin(), from.secret_paths.end()});
  return effective;
}

std::string settings_text(settings const& from, bool with_origin) {
  json const effective = shown_settings(from);
  settings_writer writer(from, with_origin);
  writer.write(effective, "", 0);
  return safe_text(redaction(from.secrets)(writer.take()));
}

}  // namespace parley
