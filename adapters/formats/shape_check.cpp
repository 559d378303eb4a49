#include "adapters/formats/document_shape.hpp"

#include <nlohmann/json.hpp>
#include <re2/re2.h>

namespace parley {
namespace {

using kind = located_tree::kind;

bool is_integer(located_tree const& node) {
  return node.type == kind::number && node.number.get().is_number_integer();
}

bool kind_fits(located_tree const& node, unsigned kinds) {
  switch (node.type) {
    case kind::null:
      return (kinds & shape::null) != 0;
    case kind::boolean:
      return (kinds & shape::boolean) != 0;
    case kind::number:
      return (kinds & shape::number) != 0 || ((kinds & shape::integer) != 0 && is_integer(node));
    case kind::string:
      return (kinds & shape::text) != 0;
    case kind::list:
      return (kinds & shape::list) != 0;
    case kind::map:
      return (kinds & shape::map) != 0;
  }
  return false;
}

std::string joined(std::vector<std::string> const& words, std::string_view last_word) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " " + std::string(last_word) + " " : ", ";
    text += words[i];
  }
  return text;
}

std::string kinds_text(unsigned kinds) {
  std::vector<std::string> words;
  if (kinds & shape::text) words.emplace_back("text");
  if (kinds & shape::boolean) words.emplace_back("true or false");
  if (kinds & shape::number)
    words.emplace_back("a number");
  else if (kinds & shape::integer)
    words.emplace_back("a whole number");
  if (kinds & shape::list) words.emplace_back("a list");
  if (kinds & shape::map) words.emplace_back("a map");
  return joined(words, "or");
}

std::string found_text(located_tree const& node) {
  switch (node.type) {
    case kind::null:
      return "empty";
    case kind::boolean:
      return "the boolean " + node.text;
    case kind::number:
      return "the number " + node.text;
    case kind::string:
      return "text";
    case kind::list:
      return "a list";
    case kind::map:
      return "a map";
  }
  return {};
}

std::string number_text(double value) {
  return nlohmann::json(static_cast<std::int64_t>(value)).dump();
}

std::size_t trimmed_size(std::string const& text) {
  auto const begin = text.find_first_not_of(" \t\r\n");
  return begin == std::string::npos ? 0 : text.find_last_not_of(" \t\r\n") - begin + 1;
}

class shape_checker {
 public:
  explicit shape_checker(input_problems& problems) : problems_(problems) {}

  void check(located_tree const& node, shape const& expected, std::string const& label) {
    if (!kind_fits(node, expected.kinds)) return report_kind(node, expected, label);
    switch (node.type) {
      case kind::string:
        check_text(node, expected, label);
        break;
      case kind::number:
        check_number(node, expected, label);
        break;
      case kind::list:
        check_list(node, expected, label);
        break;
      case kind::map:
        check_map(node, expected, label);
        break;
      default:
        break;
    }
    if (!expected.rule || node.is_null()) return;
    if (auto breach = expected.rule(node))
      problems_.error(node.where(), "'" + label + "' " + breach->what, std::move(breach->remedy));
  }

 private:
  void report_kind(located_tree const& node, shape const& expected, std::string const& label) {
    std::string const wanted = kinds_text(expected.kinds);
    std::string remedy;
    if ((expected.kinds & shape::text) != 0 && (node.type == kind::number || node.type == kind::boolean)) {
      remedy = "quote it: \"" + node.text + "\"" + and_obey(node, expected);
    } else if (node.is_null()) {
      remedy = "write " + wanted + ", or leave the key out";
    } else {
      remedy = "write " + wanted;
    }
    problems_.error(node.where(),
                    "'" + label + "' is " + found_text(node) + " where " + wanted + " is expected",
                    std::move(remedy));
  }

  // Quoting alone may not be enough, as for a duration without a unit.
  static std::string and_obey(located_tree const& node, shape const& expected) {
    located_tree quoted = node;
    quoted.type = kind::string;
    auto const breach = expected.rule ? expected.rule(quoted) : std::nullopt;
    return breach ? ", and " + breach->remedy : "";
  }

  void check_text(located_tree const& node, shape const& expected, std::string const& label) {
    if (trimmed_size(node.text) < expected.fewest) {
      problems_.error(node.where(), "'" + label + "' is empty", "write at least one character");
      return;
    }
    auto const& choices = expected.choices;
    if (choices.empty() || std::find(choices.begin(), choices.end(), node.text) != choices.end()) return;
    std::string const near = nearest_name(node.text, choices);
    problems_.error(node.where(), "'" + label + "' is '" + node.text + "'",
                    near.empty() ? "write " + joined(choices, "or") : "did you mean '" + near + "'?");
  }

  void check_number(located_tree const& node, shape const& expected, std::string const& label) {
    double const value = node.number.get().get<double>();
    bool const low = expected.lowest && value < *expected.lowest;
    bool const high = expected.highest && value > *expected.highest;
    if (!low && !high) return;
    constexpr double unbounded = std::numeric_limits<int>::max();
    bool const both = expected.lowest && expected.highest && *expected.highest != unbounded;
    std::string const range = both  ? number_text(*expected.lowest) + ".." + number_text(*expected.highest)
                              : low ? "at least " + number_text(*expected.lowest)
                                    : "at most " + number_text(*expected.highest);
    problems_.error(node.where(), "'" + label + "' is " + node.text, "it must be " + range);
  }

  void check_list(located_tree const& node, shape const& expected, std::string const& label) {
    if (node.items.size() < expected.fewest)
      problems_.error(node.where(), "'" + label + "' is an empty list", "write at least one entry");
    if (!expected.element) return;
    for (std::size_t i = 0; i < node.items.size(); ++i)
      check(node.items[i], *expected.element, label + "[" + std::to_string(i) + "]");
  }

  void check_map(located_tree const& node, shape const& expected, std::string const& label) {
    if (expected.most && node.entries.size() > *expected.most)
      problems_.error(node.where(), "'" + label + "' has " + std::to_string(node.entries.size()) + " entries",
                      "at most " + std::to_string(*expected.most) + " are allowed");
    for (auto const& entry : node.entries) {
      if (auto const* const known = expected.find(entry.key)) {
        check(entry.value, known->value, entry.key);
      } else if (expected.others) {
        check_key(entry, expected);
        check(entry.value, *expected.others, entry.key);
      } else if (!expected.open) {
        report_unknown(entry, expected);
      }
    }
    report_missing(node, expected, label);
  }

  void check_key(located_entry const& entry, shape const& expected) {
    if (!expected.key_pattern || RE2::FullMatch(entry.key, *expected.key_pattern)) return;
    problems_.error(entry.key_where(), "the key '" + entry.key + "' is not allowed here",
                    "keys match " + expected.key_pattern->pattern());
  }

  void report_unknown(located_entry const& entry, shape const& expected) {
    std::vector<std::string> names;
    for (auto const& known : expected.keys) names.push_back(known.name);
    std::string const near = nearest_name(entry.key, names);
    std::string remedy = !near.empty()   ? "did you mean '" + near + "'?"
                         : names.empty() ? "no keys are allowed here"
                                         : "the keys here are " + joined(names, "and");
    problems_.error(entry.key_where(), "unknown key '" + entry.key + "'", std::move(remedy));
  }

  void report_missing(located_tree const& node, shape const& expected, std::string const& label) {
    for (auto const& key : expected.keys) {
      if (!key.required || node.find(key.name) != nullptr) continue;
      source_position at = node.where();
      if (!at.pointer.empty()) at.pointer += "/" + key.name;  // where it would stand
      problems_.error(std::move(at), "missing key '" + key.name + "' in " + label,
                      key.value.description.empty() ? "add it" : "add it: " + key.value.description);
    }
    auto const& names = expected.any_required;
    bool const met =
        std::any_of(names.begin(), names.end(), [&](auto const& n) { return node.find(n) != nullptr; });
    if (!names.empty() && !met)
      problems_.error(node.where(), "missing key '" + names.front() + "' in " + label,
                      names.size() == 1 ? "add it" : "write " + joined(names, "or"));
  }

  input_problems& problems_;
};

}  // namespace

bool check_shape(located_tree const& node, shape const& expected, std::string const& label,
                 input_problems& problems) {
  std::size_t const before = problems.error_count();
  shape_checker(problems).check(node, expected, label);
  return problems.error_count() == before;
}

}  // namespace parley
