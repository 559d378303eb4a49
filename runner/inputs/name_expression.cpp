#include "runner/inputs/name_expression.hpp"

#include <algorithm>

namespace parley {
namespace {

constexpr int max_depth = 100;
constexpr std::string_view blank = " \t\r\n";

enum class token_kind { word, keyword_and, keyword_or, keyword_not, open, close, end };

struct token {
  token_kind kind = token_kind::end;
  std::string_view text;
  std::size_t position = 0;  // from 1
};

token_kind kind_of_word(std::string_view word) {
  if (word == "and") return token_kind::keyword_and;
  if (word == "or") return token_kind::keyword_or;
  if (word == "not") return token_kind::keyword_not;
  return token_kind::word;
}

}  // namespace

// Recursive descent: or binds weakest, then and, then not.
class name_expression_parser {
 public:
  explicit name_expression_parser(std::string_view text) : text_(text) { advance(); }

  outcome<name_expression> parse() {
    parse_either(0);
    if (problem_.empty() && next_.kind != token_kind::end)
      complain("expected `and`, `or` or the end (quote words that belong together)");
    if (!problem_.empty()) return failure(failure_code::invalid_input, problem_);
    return std::move(made_);
  }

 private:
  using operation = name_expression::operation;

  void parse_either(int depth) {
    parse_both(depth);
    while (problem_.empty() && next_.kind == token_kind::keyword_or) {
      advance();
      parse_both(depth);
      made_.steps_.push_back({operation::either});
    }
  }

  void parse_both(int depth) {
    parse_operand(depth);
    while (problem_.empty() && next_.kind == token_kind::keyword_and) {
      advance();
      parse_operand(depth);
      made_.steps_.push_back({operation::both});
    }
  }

  void parse_operand(int depth) {
    if (!problem_.empty()) return;
    if (depth > max_depth) return complain("nested too deeply");
    switch (next_.kind) {
      case token_kind::keyword_not:
        advance();
        parse_operand(depth + 1);
        made_.steps_.push_back({operation::negate});
        return;
      case token_kind::open:
        advance();
        parse_either(depth + 1);
        if (problem_.empty() && next_.kind != token_kind::close) complain("expected `)`");
        return advance();
      case token_kind::word:
        made_.steps_.push_back({operation::word, made_.words_.size()});
        made_.words_.emplace_back(next_.text);
        return advance();
      default:
        return complain("expected a word, `not` or `(`");
    }
  }

  void complain(std::string const& what) {
    if (!problem_.empty()) return;
    std::string const found = next_.kind == token_kind::end ? "the end" : "'" + std::string(next_.text) + "'";
    problem_ = "position " + std::to_string(next_.position) + ": " + what + ", found " + found;
  }

  void advance() {
    if (!problem_.empty()) return;
    at_ = std::min(text_.find_first_not_of(blank, at_), text_.size());
    next_ = {token_kind::end, {}, at_ + 1};
    if (at_ == text_.size()) return;
    char const c = text_[at_];
    if (c == '(' || c == ')') {
      take(c == '(' ? token_kind::open : token_kind::close, at_, at_ + 1, at_ + 1);
    } else if (c == '"' || c == '\'') {
      advance_quoted(c);
    } else {
      std::size_t const end = std::min(text_.find_first_of(" \t\r\n()\"", at_), text_.size());
      take(kind_of_word(text_.substr(at_, end - at_)), at_, end, end);
    }
  }

  void advance_quoted(char quote) {
    std::size_t const end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos) {
      problem_ = "position " + std::to_string(at_ + 1) + ": this quote is never closed";
      return;
    }
    take(token_kind::word, at_ + 1, end, end + 1);
  }

  void take(token_kind kind, std::size_t begin, std::size_t end, std::size_t after) {
    next_ = {kind, text_.substr(begin, end - begin), at_ + 1};
    at_ = after;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  token next_;
  std::string problem_;
  name_expression made_;
};

outcome<name_expression> name_expression::parse(std::string_view text) {
  return name_expression_parser(text).parse();
}

bool name_expression::matches(std::vector<std::string> const& texts) const {
  std::vector<bool> results;
  auto const pop = [&] {
    bool const last = results.back();
    results.pop_back();
    return last;
  };
  for (auto const& each : steps_) {
    if (each.what == operation::word) {
      auto const& word = words_[each.word];
      results.push_back(std::any_of(texts.begin(), texts.end(), [&](auto const& t) { return word.find(t); }));
    } else if (each.what == operation::negate) {
      results.push_back(!pop());
    } else {
      bool const right = pop();
      bool const left = pop();
      results.push_back(each.what == operation::both ? left && right : left || right);
    }
  }
  return results.back();
}

}  // namespace parley
