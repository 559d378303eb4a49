#include "adapters/storage/registry_reads.hpp"

#include "adapters/storage/registry_rows.hpp"
#include "runner/registry/storable_text.hpp"

#include <algorithm>
#include <limits>

namespace parley {

namespace asio = boost::asio;

namespace {

constexpr std::string_view version_question[2] = {
    "SELECT number, content, created_by, created_at FROM versions WHERE object = $1 AND number >= $2 AND "
    "number <= $3 ORDER BY number LIMIT $4",
    "SELECT number, content, created_by, created_at FROM versions WHERE object = $1 AND number >= $2 AND "
    "number <= $3 ORDER BY number DESC LIMIT $4"};

struct number_range {
  std::int64_t first = 1;
  std::int64_t last = 1;
};

number_range range_of(version_query const& query, int latest) {
  number_range range{query.first, query.last.value_or(latest)};
  if (query.latest_only) range = {latest, latest};
  if (query.token != 0 && query.descending) range.last = std::min(range.last, query.token - 1);
  if (query.token != 0 && !query.descending && query.token < std::numeric_limits<std::int64_t>::max())
    range.first = std::max(range.first, query.token + 1);
  return range;
}

}  // namespace

registry_error no_such(object_key const& key) {
  return registry_error(registry_refusal::not_found,
                        std::string(to_text(key.kind)) + " " + key.id + " not found");
}

asio::awaitable<std::int64_t> collection_of(sql_session& s, std::string const& organization,
                                            object_kind kind) {
  sql_rows const found = co_await s.run("SELECT id FROM collections WHERE organization = $1 AND kind = $2",
                                        with(organization, std::string(to_text(kind))));
  co_return found.empty() ? 0 : found.number(0, 0);
}

asio::awaitable<registry_outcome<registry_object>> find_object(sql_session& s, object_key const& which) {
  if (!is_storable(which)) co_return no_such(which);
  static std::string const question =
      "SELECT " + object_columns +
      " FROM objects o WHERE o.collection = (SELECT c.id FROM collections c WHERE "
      "c.organization = $1 AND c.kind = $2) AND o.id = $3";
  sql_rows const found =
      co_await s.run(question, with(which.organization, std::string(to_text(which.kind)), which.id));
  if (found.empty()) co_return no_such(which);
  co_return read_object(found, 0, which.organization, which.kind);
}

asio::awaitable<registry_outcome<version_page>> find_versions(sql_session& s, version_query const& query) {
  auto object = co_await find_object(s, query.of);
  if (!object) co_return object.error();
  version_page page;
  page.of = std::move(*object);
  number_range const range = range_of(query, page.of.latest_version);
  std::int64_t const limit = std::max(0, query.limit);
  if (limit == 0) co_return page;
  sql_rows const rows =
      co_await s.run(version_question[query.descending ? 1 : 0],
                     with(count_of(page.of.created_at), range.first, range.last, limit + 1));
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (row == static_cast<std::size_t>(limit)) {
      page.next = page.versions.back().number;
      break;
    }
    object_version version;
    version.number = static_cast<int>(rows.number(row, 0));
    version.content = read_json(rows.text(row, 1));
    version.created_by = rows.text(row, 2);
    version.created_at = time_of(rows.number(row, 3));
    page.versions.push_back(std::move(version));
  }
  co_return page;
}

}  // namespace parley
