#include "adapters/cli/variable_substitution.hpp"

namespace parley {
namespace {

bool is_variable_name(std::string_view text) {
  if (text.empty() || (text.front() >= '0' && text.front() <= '9')) return false;
  return text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") ==
         std::string_view::npos;
}

// `inside` is what stands between the braces.
void substitute_one(std::string_view inside, environment const& variables, substituted_text& result) {
  auto const separator = inside.find(":-");
  std::string const name(inside.substr(0, separator));
  if (!is_variable_name(name)) {
    result.error = "'${" + std::string(inside) + "}' names no variable";
    return;
  }
  auto value = variables.find(name);
  bool const has_default = separator != std::string_view::npos;
  if (has_default && (!value || value->empty())) value = std::string(inside.substr(separator + 2));
  if (!value) {
    result.unset.push_back(name);
    result.text += "${" + name + "}";
    return;
  }
  result.text += *value;
  result.values.push_back(std::move(*value));
}

class tree_filler {
 public:
  tree_filler(environment const& variables, input_problems& problems)
      : variables_(variables), problems_(problems) {}

  void fill(located_tree& node, shape const* expected) {
    if (node.is_string() && node.text.find("${") != std::string::npos) fill_text(node, expected);
    for (auto& item : node.items) fill(item, expected != nullptr ? expected->element.get() : nullptr);
    for (auto& entry : node.entries) fill(entry.value, below(expected, entry.key));
  }

  substituted_document take() { return std::move(document_); }

 private:
  static shape const* below(shape const* expected, std::string const& key) {
    if (expected == nullptr) return nullptr;
    auto const* const known = expected->find(key);
    return known != nullptr ? &known->value : expected->others.get();
  }

  void fill_text(located_tree& node, shape const* expected) {
    auto result = substitute(node.text, variables_);
    if (!result.error.empty()) {
      problems_.error(node.where(), result.error,
                      "write ${NAME} or ${NAME:-default}, and $${ for a literal ${");
      return;
    }
    auto const where = to_text(node.where());
    node.text = std::move(result.text);
    if (!result.unset.empty()) {
      document_.unset[where] = std::move(result.unset);
      return;
    }
    if (!result.values.empty()) {
      document_.values[where] = std::move(result.values);
      read_as_scalar(node, expected);
    }
  }

  static void read_as_scalar(located_tree& node, shape const* expected) {
    if (expected == nullptr || expected->kinds == 0 || (expected->kinds & shape::text) != 0) return;
    input_problems ignored;  // what the text is not, the shape's check will say
    auto scalar = read_located_text(node.text, "", false, ignored);
    if (!scalar || scalar->is_map() || scalar->is_list()) return;
    scalar->place = node.place;
    node = std::move(*scalar);
  }

  environment const& variables_;
  input_problems& problems_;
  substituted_document document_;
};

}  // namespace

substituted_text substitute(std::string_view text, environment const& variables) {
  substituted_text result;
  while (!text.empty()) {
    auto const dollar = text.find('$');
    result.text += text.substr(0, dollar);
    if (dollar == std::string_view::npos) break;
    text.remove_prefix(dollar);
    if (text.starts_with("$${")) {
      result.text += "${";
      text.remove_prefix(3);
    } else if (text.starts_with("${")) {
      auto const end = text.find('}');
      if (end == std::string_view::npos) {
        result.error = "'${' is not closed";
        break;
      }
      substitute_one(text.substr(2, end - 2), variables, result);
      text.remove_prefix(end + 1);
    } else {
      result.text += '$';
      text.remove_prefix(1);
    }
  }
  return result;
}

substituted_document substitute_tree(located_tree& node, shape const& expected, environment const& variables,
                                     input_problems& problems) {
  tree_filler filler(variables, problems);
  filler.fill(node, &expected);
  return filler.take();
}

}  // namespace parley
