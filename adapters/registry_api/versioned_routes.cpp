#include "adapters/registry_api/versioned_routes.hpp"

#include "adapters/formats/amigo_shapes.hpp"
#include "adapters/registry_api/amigo_views.hpp"
#include "adapters/registry_api/api_reply.hpp"
#include "adapters/registry_api/api_schemas.hpp"
#include "adapters/registry_api/body_tags.hpp"
#include "adapters/registry_api/eqho_documents.hpp"
#include "adapters/registry_api/route_group.hpp"
#include "reports/json_append.hpp"
#include "runner/evaluation/white_space.hpp"
#include "runner/registry/object_rules.hpp"
#include "runner/registry/search_rank.hpp"
#include "runner/registry/tag_grammar.hpp"
#include "runner/registry/text_rules.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

namespace asio = boost::asio;
using nlohmann::json;
using call_pointer = std::shared_ptr<api_call const>;
using reply = asio::awaitable<http_response>;

// Everything a coroutine of these routes needs; the route's closure keeps it alive.
struct route_context {
  versioned_kind kind;
  registry_services const* services;

  std::string stem() const { return "simulation_" + kind.word; }
  object_key key_of(api_call const& call) const { return {call.who.organization, kind.kind, call.id()}; }
};
using context_pointer = std::shared_ptr<route_context const>;

json content_of(route_context const& context, json content) {
  context.kind.complete(content);
  return content;
}

// Keys of the object itself; everything else beside the version is kept and given back.
registry_object object_of(route_context const& context, api_call const& call, json const& content) {
  json body = call.body.get();
  registry_object object;
  object.key = object_key(call.who.organization, context.kind.kind, context.services->new_id());
  object.name = std::string(trimmed(body.at("name").get_ref<std::string const&>()));
  object.name_is_unique = true;
  object.facets = tag_facets(body_tags(body));
  if (context.kind.has_role) {
    std::string const role(trimmed(body.at("role").get_ref<std::string const&>()));
    object.facets.emplace_back("role", role);
    body["role"] = role;
  }
  for (auto const* const key : {"name", "tags", "initial_version", "id"}) body.erase(key);
  object.body = json_value(std::move(body));
  if (context.kind.searched_text != nullptr) object.searched_text = context.kind.searched_text(content);
  object.created_by = object.updated_by = call.who.user;
  return object;
}

reply create(context_pointer context, call_pointer call) {
  json const content = content_of(*context, call->body.get().at("initial_version"));
  creation wanted;
  new_object made;
  made.object = object_of(*context, *call, content);
  made.first_version = json_value(content);
  wanted.objects.push_back(std::move(made));
  auto const created = co_await context->services->store->create(std::move(wanted));
  if (!created) co_return error_reply(created.error());
  co_return json_reply(201, {{context->stem() + "_id", created->front().key.id}});
}

reply list(context_pointer context, call_pointer call) {
  query_parameters query = call->query;
  list_query wanted = read_list_query(*call, query, context->kind.kind, context->kind.limits);
  if (context->kind.has_role) read_facet_filter(query, "role", "role", wanted.filter);
  if (auto const checked = query.check(); !checked) co_return error_reply(checked.error());
  bool const first_page = wanted.token == 0;
  object_filter const filter = wanted.filter;
  auto const page = co_await context->services->store->list(std::move(wanted));
  if (!page) co_return error_reply(page.error());
  json items = list_json(page->objects, element_json);
  json body = page_json(context->stem() + "s", std::move(items), page->next);
  body["filter_values"] = nullptr;
  if (first_page) {
    auto const values = co_await context->services->store->values(filter);
    if (!values) co_return error_reply(values.error());
    body["filter_values"] = filter_values_json(*values, filter.organization, context->kind.has_role);
  }
  co_return json_reply(200, body);
}

reply search(context_pointer context, call_pointer call) {
  query_parameters query = call->query;
  search_query wanted = read_search_query(*call, query, context->kind.kind);
  if (context->kind.has_role) read_facet_filter(query, "role", "role", wanted.filter);
  if (auto const checked = query.check(); !checked) co_return error_reply(checked.error());
  auto const found = co_await context->services->store->search(std::move(wanted));
  if (!found) co_return error_reply(found.error());
  json body;
  body[context->stem() + "s"] = list_json(*found, element_json);
  co_return json_reply(200, body);
}

asio::awaitable<registry_outcome<std::vector<registry_object>>> change(context_pointer context,
                                                                       call_pointer call, change_rule rule) {
  std::vector<object_key> which;
  which.push_back(context->key_of(*call));
  co_return co_await context->services->store->change(std::move(which), std::move(rule));
}

reply update(context_pointer context, call_pointer call) {
  json const& body = call->body.get();
  std::optional<tag_map> tags;
  if (body.contains("tags") && !body.at("tags").is_null()) tags = body_tags(body);
  auto const changed = co_await change(context, call, update_tags(std::move(tags), call->who.user));
  if (!changed) co_return error_reply(changed.error());
  co_return no_content();
}

reply remove(context_pointer context, call_pointer call) {
  auto const changed = co_await change(context, call, remove_object(call->who.user));
  if (!changed) co_return error_reply(changed.error());
  co_return no_content();
}

reply add_version(context_pointer context, call_pointer call) {
  query_parameters query = call->query;
  auto const expected = query.integer("version", 2, INT32_MAX);
  if (auto const checked = query.check(); !checked) co_return error_reply(checked.error());
  json const content = content_of(*context, call->body.get());
  std::function<void(registry_object&)> also;
  if (context->kind.searched_text != nullptr)
    also = [text = context->kind.searched_text(content)](registry_object& object) {
      object.searched_text = text;
    };
  std::optional<int> number;
  if (expected) number = static_cast<int>(*expected);
  auto const changed = co_await change(
      context, call, append_version(json_value(content), number, call->who.user, std::move(also)));
  if (!changed) co_return error_reply(changed.error());
  co_return json_reply(201, {{"version", changed->front().latest_version}});
}

reply versions(context_pointer context, call_pointer call) {
  query_parameters query = call->query;
  version_query wanted = read_version_query(*call, query, context->kind.kind);
  if (auto const checked = query.check(); !checked) co_return error_reply(checked.error());
  auto const page = co_await context->services->store->versions(std::move(wanted));
  if (!page) co_return error_reply(page.error());
  bool const document = is_eqho_object(page->of) && context->kind.kind == object_kind::scenario;
  auto const stem = context->stem();
  std::string text;
  json_object_writer body(text);
  body.flag("has_more", page->next.has_value());
  page->next ? body.number("continuation_token", *page->next) : body.null("continuation_token");
  append_array(body.member(stem + "_versions"), page->versions,
               [&](std::string& out, object_version version) {
                 if (document) version.content = json_value(amigo_content_of(version.content.get()));
                 append_version(out, page->of, version, stem + "_id");
               });
  body.close();
  co_return http_response(200, std::move(text));
}

shape tags_update() {
  return map_shape("what is changed; null or absent = unchanged")
      .with("tags", amigo_tags_shape())
      .keeping_unknown();
}

std::vector<api_parameter> with_role(std::vector<api_parameter> parameters, bool has_role) {
  if (has_role) parameters.push_back({"role", "role of the persona; any of them", true, false});
  return parameters;
}

}  // namespace

std::vector<api_route> versioned_routes(versioned_kind kind, registry_services const& services) {
  auto const context = std::make_shared<route_context const>(route_context{std::move(kind), &services});
  versioned_kind const& of = context->kind;
  std::string const word = of.word;
  route_group<context_pointer> const group(context, "/v1/{organization}/simulation/" + word, word + "s",
                                           of.kind);
  std::string const key = context->stem();

  auto created =
      group.make("POST", "", "Create a " + word + " with its version 1", object_action::create, create);
  created.needs.push_back({object_action::modify, of.kind});
  created.body = std::make_shared<shape const>(of.created);
  created.success = 201;
  created.reply_schema = object_schema({{key + "_id", id_schema()}});
  created.errors = {409, 422};

  auto listed = group.make("GET", "", "List " + word + "s", object_action::get, list);
  listed.parameters = with_role(list_parameters(), of.has_role);
  listed.reply_schema = page_schema(key + "s", of.object_schema, filter_values_schema(of.has_role));
  listed.errors = {422};

  auto searched =
      group.make("GET", "/search", "Search " + word + "s, best match first", object_action::get, search);
  searched.parameters = with_role(search_parameters(), of.has_role);
  searched.reply_schema = object_schema({{key + "s", list_schema(of.object_schema)}});
  searched.errors = {422};

  auto updated = group.make("POST", "/{id}", "Change the tags of a " + word, object_action::modify, update);
  updated.body = std::make_shared<shape const>(tags_update());
  updated.success = 204;
  updated.errors = {400, 404, 422};

  auto removed = group.make("DELETE", "/{id}", "Delete a " + word, object_action::remove, remove);
  removed.success = 204;
  removed.errors = {400, 404, 422};

  auto appended = group.make("POST", "/{id}/version", "Append a version", object_action::modify, add_version);
  appended.body = std::make_shared<shape const>(of.snapshot);
  appended.parameters = {{"version", "the number it must get: latest + 1; absent: append", false, false}};
  appended.success = 201;
  appended.reply_schema = object_schema({{"version", count_schema()}});
  appended.errors = {400, 404, 422};

  auto read = group.make("GET", "/{id}/version", "Read versions", object_action::get, versions);
  read.parameters = version_parameters();
  read.reply_schema = page_schema(key + "_versions", of.version_schema, json_value());
  read.errors = {404, 422};
  return {created, listed, searched, updated, removed, appended, read};
}

}  // namespace parley
