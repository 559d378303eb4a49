// Builds a located tree from a stream of "scalar, key, open, close" and holds the limits that YAML and JSON
// have in common. Breaking a limit throws `document_refusal`; duplicate keys only become problems.
#pragma once

#include "adapters/formats/located_tree.hpp"
#include "adapters/formats/text_positions.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

namespace parley {

// Ends the reading of a document; never leaves the reader's file.
struct document_refusal {
  text_position at;
  std::string what;
  std::string remedy;
};

class tree_assembler {
 public:
  tree_assembler(std::string const& file_name, input_problems& problems);

  // `anchor` 0 = none; later aliases name it.
  void scalar(located_tree node, text_position at, std::size_t anchor = 0);
  void key(std::string text, text_position at);
  void open(located_tree::kind type, text_position at, std::size_t anchor = 0);
  void close();
  void alias(std::size_t anchor, text_position at);

  bool expects_key() const;
  // Where the key stands that waits for its value; nullopt outside of maps.
  std::optional<text_position> pending_key() const;
  bool has_root() const { return root_.has_value(); }
  std::optional<located_tree> take_root();

 private:
  struct anchored {
    std::shared_ptr<located_tree const> node;
    std::size_t nodes = 0;
    std::size_t bytes = 0;
    std::size_t depth = 0;
  };
  struct frame {
    located_tree node;
    std::optional<located_entry> pending;  // a key that waits for its value
    std::unordered_set<std::string> keys;
    bool duplicate = false;  // the pending key stood there before: its value is dropped
    std::size_t anchor = 0;
    std::size_t nodes = 1;
    std::size_t bytes = 0;
    std::size_t depth = 1;  // of the subtree
  };

  void add(located_tree node, anchored const& size, text_position at);
  void count(std::size_t nodes, std::size_t bytes, text_position at);
  located_place place(text_position at) const;

  std::shared_ptr<std::string const> file_;
  input_problems& problems_;
  std::vector<frame> open_;
  std::map<std::size_t, anchored> anchors_;
  std::size_t nodes_ = 0;
  std::size_t bytes_ = 0;
  std::optional<located_tree> root_;
};

}  // namespace parley
