// What a session knows of tables that only grow: most objects have terms, and pairs of terms, that others had
// before, and most searches hold a piece that is frequent.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

namespace parley {

// Forgotten whenever a statement fails or a transaction is taken back, and when it grows too large.
class known_rows {
 public:
  using pair = std::pair<std::int64_t, std::int64_t>;

  std::optional<std::int64_t> id_of(std::string const& term) const {
    auto const found = ids_.find(term);
    return found == ids_.end() ? std::nullopt : std::optional(found->second);
  }
  void add(std::string term, std::int64_t id) {
    if (ids_.size() >= most) forget();
    ids_.emplace(std::move(term), id);
  }
  bool has(pair met) const { return pairs_.contains(met); }
  void add(pair met) {
    if (pairs_.size() >= most) forget();
    pairs_.insert(met);
  }
  void forget() {
    ids_.clear();
    pairs_.clear();
  }

 private:
  static constexpr std::size_t most = 20'000;  // of each
  std::unordered_map<std::string, std::int64_t> ids_;
  std::set<pair> pairs_;
};

}  // namespace parley
