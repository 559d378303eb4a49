#include "adapters/formats/located_syntax.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <istream>
#include <streambuf>

namespace parley {
namespace {

constexpr std::string_view string_tag = "tag:yaml.org,2002:str";

// yaml-cpp's events keep what its nodes lose: duplicate keys, aliases before they are expanded, which scalars
// were plain, and where a second document begins.
class yaml_handler : public YAML::EventHandler {
 public:
  yaml_handler(std::string_view text, text_positions& positions, tree_assembler& into)
      : text_(text), positions_(positions), into_(into) {}

  void OnDocumentStart(YAML::Mark const& mark) override {
    if (!started_) {
      started_ = true;
      return;
    }
    auto const at = position(mark);
    if (text_.substr(positions_.offset_of(mark.line, mark.column)).starts_with("---"))
      throw document_refusal{at, "a second document in one file", "write one list, or another file"};
    throw document_refusal{at, "text after the document", "remove it, or correct its indentation"};
  }

  void OnDocumentEnd() override {}

  void OnNull(YAML::Mark const& mark, YAML::anchor_t anchor) override {
    auto const at = position(mark);
    // yaml-cpp also takes `Null` and `NULL` for nothing; here they are text.
    std::string_view const word = capital_null(mark);
    if (into_.expects_key()) {
      if (word.empty()) throw document_refusal{at, "a key must be text", "quote it"};
      into_.key(std::string(word), at);
      return;
    }
    if (!word.empty()) return into_.scalar(string_node(std::string(word)), at, anchor);
    // A value that is not there has no place of its own: its key is where the user should look.
    into_.scalar({}, is_written_null(mark) ? at : into_.pending_key().value_or(at), anchor);
  }

  void OnAlias(YAML::Mark const& mark, YAML::anchor_t anchor) override {
    auto const at = position(mark);
    if (into_.expects_key()) throw document_refusal{at, "an alias cannot be a key", "write the key out"};
    into_.alias(anchor, at);
  }

  void OnScalar(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                std::string const& value) override {
    auto const at = position(mark);
    if (tag != "?" && tag != "!" && tag != string_tag) refuse_tag(tag, at);
    bool const plain = tag == "?";
    if (!plain) refuse_open_quotes(mark);
    if (into_.expects_key()) {
      if (plain && value == "<<")
        throw document_refusal{at, "merge keys (<<) are not supported", "write the keys out"};
      into_.key(value, at);
      return;
    }
    into_.scalar(plain ? plain_node(value) : string_node(value), at, anchor);
  }

  void OnSequenceStart(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(located_tree::kind::list, mark, tag, anchor);
  }

  void OnMapStart(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(located_tree::kind::map, mark, tag, anchor);
  }

  void OnSequenceEnd() override { into_.close(); }
  void OnMapEnd() override { into_.close(); }

  text_position position(YAML::Mark const& mark) { return positions_.at(mark.line, mark.column); }

 private:
  void open(located_tree::kind type, YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor) {
    auto const at = position(mark);
    // yaml-cpp also takes a bracket that is never closed for a key.
    if (into_.expects_key())
      throw document_refusal{at, "a key must be text", "quote it, or close the bracket before it"};
    if (tag != "?" && tag != "!") refuse_tag(tag, at);
    into_.open(type, at, anchor);
  }

  [[noreturn]] static void refuse_tag(std::string const& tag, text_position at) {
    throw document_refusal{at, "the tag " + tag + " is not supported", "remove it"};
  }

  // yaml-cpp takes the end of the file for the closing quote.
  void refuse_open_quotes(YAML::Mark const& mark) {
    std::size_t begin = positions_.offset_of(mark.line, mark.column);
    while (begin < text_.size() && (text_[begin] == '&' || text_[begin] == '!')) {
      begin = std::min(text_.find_first_of(" \t\r\n", begin), text_.size());
      begin = std::min(text_.find_first_not_of(" \t\r\n", begin), text_.size());
    }
    char const quote = begin < text_.size() ? text_[begin] : ' ';
    if (quote != '"' && quote != '\'') return;
    for (std::size_t i = begin + 1; i < text_.size(); ++i) {
      if (quote == '"' && text_[i] == '\\') {
        ++i;
      } else if (text_[i] == quote) {
        if (quote == '"' || i + 1 == text_.size() || text_[i + 1] != quote) return;
        ++i;
      }
    }
    throw document_refusal{positions_.at(begin), "a quoted text that never ends",
                           std::string("close it with a ") + quote};
  }

  // The word `Null` or `NULL` at the mark, past an anchor; empty for a real null. A missing value's mark is
  // the next token, which can be a *key* of that name: then a colon follows.
  std::string_view capital_null(YAML::Mark const& mark) const {
    std::string_view rest = text_.substr(positions_.offset_of(mark.line, mark.column));
    if (rest.starts_with('&')) {
      rest.remove_prefix(std::min(rest.find_first_of(" \t\r\n"), rest.size()));
      rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
    }
    std::string_view const word = rest.substr(0, std::min(rest.find_first_of(" \t\r\n,:]}#"), rest.size()));
    if (word != "Null" && word != "NULL") return {};
    rest.remove_prefix(word.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    return rest.starts_with(':') && !into_.expects_key() ? std::string_view{} : word;
  }

  bool is_written_null(YAML::Mark const& mark) const {
    std::string_view const rest = text_.substr(positions_.offset_of(mark.line, mark.column));
    return rest.starts_with('~') || rest.starts_with("null") || rest.starts_with('&');
  }

  static located_tree string_node(std::string value) {
    located_tree node;
    node.type = located_tree::kind::string;
    node.text = std::move(value);
    return node;
  }

  static located_tree plain_node(std::string const& value) {
    if (value == "true" || value == "false") {
      located_tree node;
      node.type = located_tree::kind::boolean;
      node.truth = value == "true";
      node.text = value;
      return node;
    }
    if (auto number = number_node(value)) return std::move(*number);
    return string_node(value);
  }

  std::string_view text_;
  text_positions& positions_;
  tree_assembler& into_;
  bool started_ = false;
};

// Lets yaml-cpp read the text where it lies.
class view_buffer : public std::streambuf {
 public:
  explicit view_buffer(std::string_view text) {
    char* const begin = const_cast<char*>(text.data());  // only ever read
    setg(begin, begin, begin + text.size());
  }
};

// yaml-cpp takes U+0004 for the end of the text, and YAML allows no control characters anyhow.
void refuse_control_characters(std::string_view text, text_positions& positions) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const c = static_cast<unsigned char>(text[i]);
    if ((c >= 0x20 && c != 0x7F) || c == '\t' || c == '\n' || c == '\r') continue;
    constexpr std::string_view hex = "0123456789ABCDEF";
    throw document_refusal{positions.at(i),
                           std::string("control character U+00") + hex[c >> 4U] + hex[c & 15U],
                           "remove it, or write it as an escape in double quotes"};
  }
}

// The line's indentation has a tab.
bool is_indented_with_tabs(std::string_view line) {
  auto const indent = line.find_first_not_of(' ');
  return indent != line.npos && line[indent] == '\t';
}

// Of the line where reading stopped, and the one before it, where mistakes often are.
std::string remedy_at(std::string_view text, std::size_t at) {
  std::size_t const end = std::min(text.find('\n', std::min(at, text.size())), text.size());
  std::size_t const line = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;  // npos + 1: the first line
  std::size_t const before = line < 2 ? 0 : text.rfind('\n', line - 2) + 1;
  if (is_indented_with_tabs(text.substr(before, end - before)) ||
      is_indented_with_tabs(text.substr(line, end - line)))
    return "indent with spaces, not with tabs";
  return "look at its indentation, brackets and quotes; a text with ': ' or '#' in it needs quotes";
}

}  // namespace

void read_yaml(std::string_view text, text_positions& positions, tree_assembler& into) {
  refuse_control_characters(text, positions);
  yaml_handler handler(text, positions, into);
  try {
    view_buffer buffer(text);
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(handler)) {
    }
  } catch (YAML::Exception const& e) {
    throw document_refusal{handler.position(e.mark), "not valid YAML: " + e.msg,
                           remedy_at(text, positions.offset_of(e.mark.line, e.mark.column))};
  }
}

}  // namespace parley
