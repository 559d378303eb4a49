#include "adapters/formats/tree_assembler.hpp"

#include <algorithm>

namespace parley {
namespace {

constexpr std::size_t max_depth = 64;
constexpr std::size_t max_nodes = 200'000;
// One long text behind many aliases is a bomb too, though of few nodes.
constexpr std::size_t max_text_bytes = std::size_t{32} << 20;

[[noreturn]] void refuse_depth(text_position at) {
  throw document_refusal{at, "nested deeper than 64 levels", "flatten the document"};
}

}  // namespace

tree_assembler::tree_assembler(std::string const& file_name, input_problems& problems)
    : file_(std::make_shared<std::string const>(file_name)), problems_(problems) {}

located_place tree_assembler::place(text_position at) const {
  return {file_, at.line, at.column, {}};
}

void tree_assembler::count(std::size_t nodes, std::size_t bytes, text_position at) {
  nodes_ += nodes;
  bytes_ += bytes;
  if (nodes_ > max_nodes)
    throw document_refusal{at, "more than 200,000 values, aliases included", "split the file"};
  if (bytes_ > max_text_bytes)
    throw document_refusal{at, "more than 32 MiB of text, aliases included", "split the file"};
}

void tree_assembler::scalar(located_tree node, text_position at, std::size_t anchor) {
  anchored size{nullptr, 1, node.text.size(), 0};
  count(size.nodes, size.bytes, at);
  node.place = place(at);
  if (anchor != 0) {
    size.node = std::make_shared<located_tree const>(node);
    anchors_[anchor] = size;
  }
  add(std::move(node), size, at);
}

void tree_assembler::key(std::string text, text_position at) {
  count(1, text.size(), at);
  frame& top = open_.back();
  top.nodes += 1;
  top.bytes += text.size();
  top.duplicate = !top.keys.insert(text).second;
  if (top.duplicate)
    problems_.error(place(at).where(), "the key '" + text + "' stands twice in this map",
                    "remove one of the two");
  top.pending = located_entry{std::move(text), place(at), {}};
}

void tree_assembler::open(located_tree::kind type, text_position at, std::size_t anchor) {
  count(1, 0, at);
  if (open_.size() >= max_depth) refuse_depth(at);
  frame& top = open_.emplace_back();
  top.node.type = type;
  top.node.place = place(at);
  top.anchor = anchor;
}

void tree_assembler::close() {
  frame done = std::move(open_.back());
  open_.pop_back();
  text_position const at{done.node.place.line, done.node.place.column};
  anchored size{nullptr, done.nodes, done.bytes, done.depth};
  if (done.anchor != 0) {
    size.node = std::make_shared<located_tree const>(done.node);
    anchors_[done.anchor] = size;
  }
  add(std::move(done.node), size, at);
}

void tree_assembler::alias(std::size_t anchor, text_position at) {
  auto const found = anchors_.find(anchor);
  if (found == anchors_.end())
    throw document_refusal{at, "this alias stands inside the value it names", "write the value out"};
  anchored const& known = found->second;
  count(known.nodes, known.bytes, at);
  if (open_.size() + known.depth > max_depth) refuse_depth(at);
  add(*known.node, known, at);
}

void tree_assembler::add(located_tree node, anchored const& size, text_position at) {
  if (open_.empty()) {
    if (root_) throw document_refusal{at, "text after the document", "remove it, or make it one list"};
    root_ = std::move(node);
    return;
  }
  frame& top = open_.back();
  top.nodes += size.nodes;
  top.bytes += size.bytes;
  top.depth = std::max(top.depth, size.depth + 1);
  if (top.node.is_list()) {
    top.node.items.push_back(std::move(node));
    return;
  }
  if (!top.duplicate) {
    top.pending->value = std::move(node);
    top.node.entries.push_back(std::move(*top.pending));
  }
  top.pending.reset();
}

bool tree_assembler::expects_key() const {
  return !open_.empty() && open_.back().node.is_map() && !open_.back().pending;
}

std::optional<text_position> tree_assembler::pending_key() const {
  if (open_.empty() || !open_.back().pending) return std::nullopt;
  located_place const& place = open_.back().pending->key_place;
  return text_position{place.line, place.column};
}

std::optional<located_tree> tree_assembler::take_root() {
  return std::move(root_);
}

}  // namespace parley
