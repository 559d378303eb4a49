#include "adapters/formats/provider_error.hpp"

#include "runner/json_value.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace parley {
namespace {

using nlohmann::json;

constexpr std::size_t most_kept = 4096;  // bytes of a message that are looked at
constexpr std::size_t most_shown = 300;  // bytes of a message that are repeated
constexpr std::size_t shortest_secret = 4;

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool holds_word(std::string_view text, std::string_view word) {
  auto const same = [](char a, char b) { return lower(a) == lower(b); };
  for (auto at = text.begin();; ++at) {
    at = std::search(at, text.end(), word.begin(), word.end(), same);
    if (at == text.end()) return false;
    auto const after = at + static_cast<std::ptrdiff_t>(word.size());
    if ((at == text.begin() || !is_word(at[-1])) && (after == text.end() || !is_word(*after))) return true;
  }
}

void cut(std::string& text, std::size_t most) {
  if (text.size() <= most) return;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  text.resize(most);
  text += "...";
}

std::string one_line(std::string_view text) {
  std::string line(text.substr(0, most_kept));
  for (char& c : line)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  auto const begin = line.find_first_not_of(' ');
  return begin == std::string::npos ? std::string()
                                    : line.substr(begin, line.find_last_not_of(' ') - begin + 1);
}

std::string text_under(json const& object, char const* key) {
  auto const at = object.find(key);
  if (at == object.end() || at->is_null()) return {};
  return at->is_string() ? at->get<std::string>() : at->dump(-1, ' ', false, json::error_handler_t::replace);
}

// {"loc": ["body", "seed"], "msg": "Extra inputs are not permitted"}; what was sent is repeated beside it and
// must not be taken for the cause.
std::string complaint(json const& entry) {
  if (!entry.is_object()) return entry.is_string() ? entry.get<std::string>() : std::string();
  std::string where;
  if (auto const loc = entry.find("loc"); loc != entry.end() && loc->is_array())
    for (auto const& step : *loc)
      where += (where.empty() ? "" : ".") + (step.is_string() ? step.get<std::string>() : step.dump());
  auto const what = text_under(entry, "msg");
  return where.empty() ? what : where + ": " + what;
}

std::string details(json const& detail) {
  if (detail.is_string()) return detail.get<std::string>();
  std::string all;
  if (detail.is_object()) return text_under(detail, "message");
  if (detail.is_array())
    for (auto const& entry : detail) all += (all.empty() ? "" : "; ") + complaint(entry);
  return all;
}

provider_error from_object(json const& object) {
  provider_error error;
  for (auto const* key : {"message", "error_description", "msg", "title"})
    if (error.message.empty()) error.message = one_line(text_under(object, key));
  if (auto const detail = object.find("detail"); error.message.empty() && detail != object.end())
    error.message = one_line(details(*detail));
  error.about = text_under(object, "param");
  for (auto const* key : {"code", "type"})
    if (error.message.empty()) error.message = one_line(text_under(object, key));
  return error;
}

}  // namespace

bool provider_error::names(std::string_view word) const {
  return holds_word(about, word) || holds_word(message, word);
}

provider_error provider_error_in(json const& error) {
  if (error.is_object()) return from_object(error);
  provider_error told;
  if (error.is_string()) told.message = one_line(error.get_ref<std::string const&>());
  if (error.is_array() && !error.empty()) return provider_error_in(error.front());
  return told;
}

provider_error read_provider_error(std::string_view body) {
  auto const parsed = parse_json(body);
  provider_error told;
  if (!parsed.ok) {
    told.message = one_line(body);
    return told;
  }
  auto const& value = parsed.value.get();
  auto const& first = value.is_array() && !value.empty() ? value.front() : value;
  if (first.is_object()) {
    auto const under = first.find("error");
    told =
        provider_error_in(under == first.end() || under->is_null() || under->is_boolean() ? first : *under);
    if (told.message.empty()) told = from_object(first);
  } else {
    told = provider_error_in(first);
  }
  if (told.message.empty()) told.message = one_line(body);
  return told;
}

std::string without_secrets(std::string text, std::vector<std::string> const& secrets) {
  for (auto const& secret : secrets) {
    if (secret.size() < shortest_secret) continue;
    for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at + 3))
      text.replace(at, secret.size(), "***");
  }
  return text;
}

std::string reason_text(provider_error const& error, std::vector<std::string> const& secrets) {
  auto text = without_secrets(error.message, secrets);
  cut(text, most_shown);
  return text.empty() ? text : ": " + text;
}

}  // namespace parley
