#include "adapters/formats/located_syntax.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

// nlohmann reads the values; their places come from following its events through the text, which works
// because everything between two tokens is white space, a comma or a colon.
class json_handler : public nlohmann::json_sax<nlohmann::json> {
 public:
  json_handler(std::string_view text, text_positions& positions, tree_assembler& into)
      : text_(text), positions_(positions), into_(into) {}

  bool null() override {
    auto const at = begin_token();
    end_word();
    into_.scalar({}, at);
    return true;
  }

  bool boolean(bool value) override {
    auto const at = begin_token();
    located_tree node;
    node.type = located_tree::kind::boolean;
    node.truth = value;
    node.text = end_word();
    into_.scalar(std::move(node), at);
    return true;
  }

  bool number_integer(std::int64_t value) override { return number(nlohmann::json(value)); }
  bool number_unsigned(std::uint64_t value) override { return number(nlohmann::json(value)); }
  bool number_float(double value, std::string const&) override { return number(nlohmann::json(value)); }

  bool string(std::string& value) override {
    auto const at = begin_token();
    end_string();
    located_tree node;
    node.type = located_tree::kind::string;
    node.text = std::move(value);
    into_.scalar(std::move(node), at);
    return true;
  }

  bool key(std::string& value) override {
    auto const at = begin_token();
    end_string();
    into_.key(std::move(value), at);
    return true;
  }

  bool start_object(std::size_t) override { return start(located_tree::kind::map); }
  bool start_array(std::size_t) override { return start(located_tree::kind::list); }
  bool end_object() override { return end(); }
  bool end_array() override { return end(); }
  bool binary(nlohmann::json::binary_t&) override { return false; }  // JSON text has none

  bool parse_error(std::size_t byte, std::string const&, nlohmann::detail::exception const& e) override {
    std::string_view what = e.what();
    // "[json.exception...] parse error at line 1, column 5: syntax error ..." -> the part after the position
    if (auto const id = what.find("] "); id != std::string_view::npos) what.remove_prefix(id + 2);
    if (auto const column = what.find(": ");
        column != std::string_view::npos && what.starts_with("parse error"))
      what.remove_prefix(column + 2);
    throw document_refusal{positions_.at(byte == 0 ? 0 : byte - 1), "not valid JSON: " + std::string(what),
                           "look at the commas, quotes and brackets before it"};
  }

 private:
  bool number(nlohmann::json value) {
    auto const at = begin_token();
    located_tree node;
    node.type = located_tree::kind::number;
    node.number = json_value(std::move(value));
    node.text = end_word();
    into_.scalar(std::move(node), at);
    return true;
  }

  bool start(located_tree::kind type) {
    auto const at = begin_token();
    ++cursor_;
    into_.open(type, at);
    return true;
  }

  bool end() {
    begin_token();
    ++cursor_;
    into_.close();
    return true;
  }

  text_position begin_token() {
    cursor_ = text_.find_first_not_of(" \t\r\n,:", cursor_);
    if (cursor_ == std::string_view::npos) cursor_ = text_.size();
    return positions_.at(cursor_);
  }

  std::string end_word() {
    auto const begin = cursor_;
    cursor_ = std::min(text_.find_first_of(" \t\r\n,:]}", cursor_), text_.size());
    return std::string(text_.substr(begin, cursor_ - begin));
  }

  void end_string() {
    for (++cursor_; cursor_ < text_.size() && text_[cursor_] != '"'; ++cursor_)
      if (text_[cursor_] == '\\') ++cursor_;
    ++cursor_;
  }

  std::string_view text_;
  text_positions& positions_;
  tree_assembler& into_;
  std::size_t cursor_ = 0;
};

}  // namespace

void read_json(std::string_view text, text_positions& positions, tree_assembler& into) {
  json_handler handler(text, positions, into);
  nlohmann::json::sax_parse(text.begin(), text.end(), &handler);
}

std::optional<located_tree> number_node(std::string_view text) {
  auto const digit = [&](std::size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
  if (!digit(0) && !(text.starts_with('-') && digit(1))) return std::nullopt;
  auto value = nlohmann::json::parse(text, nullptr, false);
  if (!value.is_number()) return std::nullopt;
  located_tree node;
  node.type = located_tree::kind::number;
  node.text = text;
  node.number = json_value(std::move(value));
  return node;
}

}  // namespace parley
