// Finds a piece of text in other texts, whatever their case.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

namespace re2 {
class RE2;
}

namespace parley {

class text_search {
 public:
  explicit text_search(std::string_view wanted);

  // Where `text` first holds the wanted one, in bytes.
  std::optional<std::size_t> find(std::string_view text) const;

 private:
  std::shared_ptr<re2::RE2 const> compiled_;
};

}  // namespace parley
