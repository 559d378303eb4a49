// A filter in the database's own numbers, and how its objects are reached without looking at all the others.
#pragma once

#include "adapters/storage/sql_session.hpp"
#include "runner/registry/list_query.hpp"

#include <string>
#include <vector>

namespace parley {

// SQL text and its parameters, built together.
class sql_text {
 public:
  sql_text& operator<<(std::string_view text) {
    text_ += text;
    return *this;
  }
  sql_text& bind(sql_value value) {
    values_.push_back(std::move(value));
    text_ += "$" + std::to_string(values_.size());
    return *this;
  }
  std::string const& text() const { return text_; }
  sql_values const& values() const { return values_; }

 private:
  std::string text_;
  sql_values values_;
};

// Terms of which an object has at least one.
struct term_group {
  std::vector<std::int64_t> terms;
  bool is_paired = false;  // `pairs` knows which others they have met
  bool is_rare = false;    // has at most as many postings as was asked
};

struct resolved_filter {
  bool matches_nothing = false;
  std::int64_t collection = 0;
  std::vector<std::string> ids;
  std::vector<term_group> groups;  // AND; the one to walk through comes first: a rare one, if any
  std::optional<std::int64_t> after;
  std::optional<std::int64_t> before;

  bool has_rare_group() const { return !groups.empty() && groups.front().is_rare; }
};

// Groups of at most `rare` postings are marked so; 0: it does not matter. `filter` is used until the awaited
// call ends.
boost::asio::awaitable<resolved_filter> resolve(sql_session& s, object_filter const& filter,
                                                std::int64_t rare);

// " AND ..." for the groups from `first_group` on and the times, of the object whose key is `object` in SQL.
void add_conditions(sql_text& sql, resolved_filter const& filter, std::size_t first_group,
                    std::string_view object);
// " AND ..." for the terms that have met the filter's on some object, perhaps long ago.
void add_meetings(sql_text& sql, resolved_filter const& filter, std::string_view term);
// " AND o.id IN (...)", when there are ids.
void add_ids(sql_text& sql, resolved_filter const& filter);
// "$1, $2": for IN (...).
void add_numbers(sql_text& sql, std::vector<std::int64_t> const& numbers);

}  // namespace parley
