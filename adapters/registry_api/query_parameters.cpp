#include "adapters/registry_api/query_parameters.hpp"

#include "runner/registry/storable_text.hpp"

#include <charconv>

namespace parley {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string without_brackets(std::string name) {
  if (name.ends_with("[]")) name.resize(name.size() - 2);
  return name;
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      int const high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      int const low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return std::nullopt;
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      decoded += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  if (!is_storable(decoded)) return std::nullopt;
  return decoded;
}

query_parameters::query_parameters(std::string_view query) {
  while (!query.empty()) {
    auto const end = query.find('&');
    auto const pair = query.substr(0, end);
    query.remove_prefix(end == query.npos ? query.size() : end + 1);
    if (pair.empty()) continue;
    auto const equals = pair.find('=');
    auto const name = percent_decoded(pair.substr(0, equals), true);
    auto const value = equals == pair.npos ? std::string() : percent_decoded(pair.substr(equals + 1), true);
    if (!name) {
      problems_.emplace_back(std::vector<std::string>{"query"}, "a parameter's name is no UTF-8 text");
    } else if (!value) {
      refuse(without_brackets(*name), "no UTF-8 text, or a broken % escape");
    } else {
      values_.emplace_back(without_brackets(*name), *value);
    }
  }
}

std::vector<std::string> query_parameters::all(std::string const& name) const {
  std::vector<std::string> found;
  for (auto const& [given, value] : values_)
    if (given == name) found.push_back(value);
  return found;
}

std::optional<std::string> query_parameters::text(std::string const& name) {
  auto const found = all(name);
  if (found.empty()) return std::nullopt;
  if (found.size() == 1) return found.front();
  refuse(name, "given " + std::to_string(found.size()) + " times; it may stand once");
  return std::nullopt;
}

std::optional<bool> query_parameters::flag(std::string const& name) {
  auto const written = text(name);
  if (!written) return std::nullopt;
  if (*written == "true" || *written == "1" || *written == "True") return true;
  if (*written == "false" || *written == "0" || *written == "False") return false;
  refuse(name, "'" + *written + "' is neither true nor false");
  return std::nullopt;
}

std::optional<std::int64_t> query_parameters::integer(std::string const& name, std::int64_t low,
                                                      std::int64_t high) {
  auto const written = text(name);
  if (!written) return std::nullopt;
  std::int64_t value = 0;
  auto const* const end = written->data() + written->size();
  auto const read = std::from_chars(written->data(), end, value);
  bool const number = read.ptr == end && read.ec == std::errc();
  if (number && value >= low && value <= high) return value;
  std::string const most = high == INT64_MAX ? "" : " and at most " + std::to_string(high);
  refuse(name, "'" + *written + "': expected a whole number of at least " + std::to_string(low) + most);
  return std::nullopt;
}

void query_parameters::refuse(std::string const& name, std::string why) {
  problems_.emplace_back(std::vector<std::string>{"query", name}, std::move(why));
}

registry_outcome<void> query_parameters::check() const {
  if (!problems_.empty()) return registry_error(problems_);
  return boost::system::in_place_value;
}

}  // namespace parley
