#include "adapters/storage/registry_lists.hpp"

#include "adapters/storage/registry_rows.hpp"
#include "adapters/storage/resolved_filter.hpp"
#include "runner/registry/list_order.hpp"
#include "runner/registry/storable_text.hpp"

namespace parley {

namespace asio = boost::asio;

namespace {

// The last object of the page before, as far as the order asks.
struct page_start {
  bool is_first = true;
  std::int64_t time = 0;
  std::string name;
};

std::string_view column_of(list_order const& order) {
  return order.time == sort_key::field::created_at ? "o.created_at" : "o.updated_at";
}

std::string_view direction(bool descending) {
  return descending ? " DESC" : " ASC";
}

std::string_view beyond(bool descending) {
  return descending ? " < " : " > ";
}

asio::awaitable<registry_outcome<page_start>> start_of(sql_session& s, std::int64_t collection,
                                                       list_order const& order, std::int64_t token) {
  page_start start;
  if (token == 0) co_return start;
  start.is_first = false;
  start.time = token;
  if (!order.by_name) co_return start;
  sql_rows const last = co_await s.run(
      "SELECT name, created_at, updated_at FROM objects WHERE created_at = $1 AND collection = $2",
      with(token, collection));
  if (last.empty())
    co_return registry_error(registry_refusal::invalid, "the continuation token is not one of this list");
  start.name = last.text(0, 0);
  start.time = last.number(0, order.time == sort_key::field::created_at ? 1 : 2);
  co_return start;
}

void add_start(sql_text& sql, list_order const& order, page_start const& start) {
  if (start.is_first) return;
  sql << " AND ";
  if (order.by_name) {
    // The first comparison alone lets an index begin at the right place.
    sql << "o.name" << (order.name_descending ? " <= " : " >= ");
    sql.bind(start.name) << " AND (o.name" << beyond(order.name_descending);
    sql.bind(start.name) << " OR ";
  }
  sql << column_of(order) << beyond(order.time_descending);
  sql.bind(start.time);
  if (order.by_name) sql << ")";
}

void add_order(sql_text& sql, list_order const& order, std::int64_t limit) {
  sql << " ORDER BY ";
  if (order.by_name) sql << "o.name" << direction(order.name_descending) << ", ";
  sql << column_of(order) << direction(order.time_descending) << " LIMIT ";
  sql.bind(limit);
}

// Postings are ordered by creation. Each term of the first group gives its next objects; the page is the
// first of them all.
void add_streams(sql_text& sql, resolved_filter const& filter, list_order const& order,
                 page_start const& start, std::int64_t limit) {
  for (std::size_t i = 0; i < filter.groups.front().terms.size(); ++i) {
    if (i > 0) sql << " UNION ";
    sql << "SELECT object FROM (SELECT p.object FROM postings p WHERE p.term = ";
    sql.bind(filter.groups.front().terms[i]);
    add_conditions(sql, filter, 1, "p.object");
    if (!start.is_first) {
      sql << " AND p.object" << beyond(order.time_descending);
      sql.bind(start.time);
    }
    sql << " ORDER BY p.object" << direction(order.time_descending) << " LIMIT ";
    sql.bind(limit) << ") AS s" << std::to_string(i);
  }
}

bool in_order_of_postings(list_order const& order) {
  return !order.by_name && order.time == sort_key::field::created_at;
}

// How many postings are fetched and sorted rather than met on a walk along the order.
std::int64_t rare_for(object_filter const& filter, list_order const& order) {
  if (!in_order_of_postings(order)) return 5000;
  std::size_t const groups =
      filter.facets.size() + (filter.creators.empty() ? 0 : 1) + (filter.is_deleted ? 1 : 0);
  return groups > 1 ? 1000 : 0;
}

sql_text page_question(resolved_filter const& filter, list_order const& order, page_start const& start,
                       std::int64_t limit) {
  sql_text sql;
  sql << "SELECT " << object_columns << " FROM ";
  bool const by_ids = !filter.ids.empty();
  if (!by_ids && !filter.groups.empty() && in_order_of_postings(order)) {
    sql << "(";
    add_streams(sql, filter, order, start, limit);
    sql << ") AS d CROSS JOIN objects o WHERE o.created_at = d.object";
  } else if (!by_ids && filter.has_rare_group()) {
    sql << "(SELECT DISTINCT p.object FROM postings p WHERE p.term IN (";
    add_numbers(sql, filter.groups.front().terms);
    sql << ")) AS d CROSS JOIN objects o WHERE o.created_at = d.object";
    add_conditions(sql, filter, 1, "o.created_at");
    add_start(sql, order, start);
  } else {
    sql << "objects o WHERE o.collection = ";
    sql.bind(filter.collection);
    add_ids(sql, filter);
    add_conditions(sql, filter, 0, "o.created_at");
    add_start(sql, order, start);
  }
  add_order(sql, order, limit);
  return sql;
}

}  // namespace

asio::awaitable<registry_outcome<object_page>> list_objects(sql_session& s, list_query const& query) {
  object_page page;
  if (!is_storable(query.filter)) co_return unstorable_question();
  if (query.limit <= 0) co_return page;
  list_order const order = order_of(query.order);
  resolved_filter const filter = co_await resolve(s, query.filter, rare_for(query.filter, order));
  auto const start = co_await start_of(s, filter.collection, order, query.token);
  if (!start) co_return start.error();
  if (filter.matches_nothing) co_return page;
  auto const limit = static_cast<std::size_t>(query.limit);
  sql_text const question = page_question(filter, order, *start, query.limit + std::int64_t{1});
  sql_rows const rows = co_await s.run(question.text(), question.values());
  page.objects = read_objects(rows, query.filter.organization, query.filter.kind);
  if (page.objects.size() > limit) {
    page.objects.pop_back();
    registry_object const& last = page.objects.back();
    bool const by_update = !order.by_name && order.time == sort_key::field::updated_at;
    page.next = count_of(by_update ? last.updated_at : last.created_at);
  }
  co_return page;
}

}  // namespace parley
