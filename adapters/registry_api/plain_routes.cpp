#include "adapters/registry_api/plain_routes.hpp"

#include "adapters/formats/digest.hpp"
#include "adapters/registry_api/amigo_views.hpp"
#include "adapters/registry_api/api_reply.hpp"
#include "adapters/registry_api/api_schemas.hpp"
#include "adapters/registry_api/body_tags.hpp"
#include "adapters/registry_api/route_group.hpp"
#include "runner/evaluation/white_space.hpp"
#include "runner/registry/object_rules.hpp"
#include "runner/registry/tag_grammar.hpp"
#include "runner/registry/text_rules.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

namespace asio = boost::asio;
using nlohmann::json;
using call_pointer = std::shared_ptr<api_call const>;
using reply = asio::awaitable<http_response>;

struct route_context {
  plain_kind kind;
  registry_services const* services;

  object_key key_of(api_call const& call) const { return {call.who.organization, kind.kind, call.id()}; }
};
using context_pointer = std::shared_ptr<route_context const>;

// Keys that are ours to give, or stand elsewhere in the object.
void drop_given_keys(json& body) {
  for (auto const* const key :
       {"id", "name", "tags", "is_deleted", "created_at", "creator", "updated_at", "updated_by"})
    body.erase(key);
}

json trimmed_body(plain_kind const& kind, json body) {
  for (auto const& key : kind.trims)
    if (auto const found = body.find(key); found != body.end() && found->is_string())
      *found = std::string(trimmed(found->get_ref<std::string const&>()));
  return body;
}

std::string description_of(json const& body) {
  auto const found = body.find("description");
  return found != body.end() && found->is_string() ? found->get<std::string>() : std::string();
}

void set_links(registry_object& object, object_links const& links) {
  std::erase_if(object.facets, [](facet const& each) { return !each.name.starts_with("tag:"); });
  object.facets.insert(object.facets.end(), links.facets.begin(), links.facets.end());
}

reply create(context_pointer context, call_pointer call) {
  plain_kind const& kind = context->kind;
  json body = kind.defaults();
  for (auto const& [key, value] : call->body.get().items())
    if (!value.is_null() || !body.contains(key)) body[key] = value;
  body = trimmed_body(kind, std::move(body));
  json_value const whole(body);
  auto const links = co_await kind.links(context->services, call->who.organization, whole);
  if (!links) co_return error_reply(links.error());
  new_object made;
  registry_object& object = made.object;
  object.key = object_key(call->who.organization, kind.kind, context->services->new_id());
  object.name = std::string(trimmed(body.at("name").get_ref<std::string const&>()));
  object.name_is_unique = true;
  object.facets = tag_facets(body_tags(body));
  set_links(object, *links);
  object.searched_text = kind.has_search ? description_of(body) : std::string();
  drop_given_keys(body);
  object.body = json_value(std::move(body));
  object.created_by = object.updated_by = call->who.user;
  creation wanted;
  wanted.objects.push_back(std::move(made));
  wanted.needs = links->needs;
  auto const created = co_await context->services->store->create(std::move(wanted));
  if (!created) co_return error_reply(created.error());
  json answer;
  answer[kind.id_key] = created->front().key.id;
  co_return json_reply(201, answer);
}

// An agent is known by its name too, also when the server's configuration has it no more.
void name_services_by_id(object_filter& filter) {
  for (facet_filter& facet : filter.facets)
    if (facet.name == "service")
      for (auto& value : facet.values)
        if (value && !is_object_id(*value)) value = default_id("agent", *value);
}

reply list(context_pointer context, call_pointer call) {
  plain_kind const& kind = context->kind;
  query_parameters query = call->query;
  list_query wanted = read_list_query(*call, query, kind.kind, kind.limits);
  for (auto const& filter : kind.filters) {
    if (filter.is_id)
      read_reference_filter(query, filter.parameter, filter.facet, wanted.filter);
    else
      read_facet_filter(query, filter.parameter, filter.facet, wanted.filter);
  }
  name_services_by_id(wanted.filter);
  if (!kind.lists_deleted && !wanted.filter.is_deleted) wanted.filter.is_deleted = false;
  if (auto const checked = query.check(); !checked) co_return error_reply(checked.error());
  auto const page = co_await context->services->store->list(std::move(wanted));
  if (!page) co_return error_reply(page.error());
  json items = list_json(page->objects, plain_element_json);
  co_return json_reply(200, page_json(kind.list_key, std::move(items), page->next));
}

reply search(context_pointer context, call_pointer call) {
  query_parameters query = call->query;
  search_query wanted = read_search_query(*call, query, context->kind.kind);
  if (auto const checked = query.check(); !checked) co_return error_reply(checked.error());
  auto const found = co_await context->services->store->search(std::move(wanted));
  if (!found) co_return error_reply(found.error());
  json body;
  body[context->kind.list_key] = list_json(*found, plain_element_json);
  co_return json_reply(200, body);
}

http_response changed_reply(plain_kind const& kind, registry_object const& object) {
  return kind.changed_status == 200 ? json_reply(200, plain_element_json(object)) : no_content();
}

// What the object will be, for looking its references over; the rule applies the same patch again.
json patched(json body, json const& patch) {
  for (auto const& [key, value] : patch.items())
    if (!value.is_null()) body[key] = value;
  return body;
}

reply update(context_pointer context, call_pointer call) {
  plain_kind const& kind = context->kind;
  std::vector<object_key> which;
  which.push_back(context->key_of(*call));
  object_key const key = which.front();
  auto const before = co_await context->services->store->find(key);
  if (!before) co_return error_reply(before.error());
  json const patch = trimmed_body(kind, call->body.get());
  json_value const whole(patched(before->body.get(), patch));
  if (kind.may_become != nullptr)
    if (auto const allowed = kind.may_become(before->body.get(), whole.get()); !allowed)
      co_return error_reply(allowed.error());
  auto const links = co_await kind.links(context->services, call->who.organization, whole);
  if (!links) co_return error_reply(links.error());
  // Looked over against what was read: if another writer was faster, the sender looks again.
  micro_time const seen = before->updated_at;
  auto const edit = [patch, links = *links, seen,
                     search = kind.has_search](registry_object& object) -> registry_outcome<void> {
    if (object.updated_at != seen)
      return registry_error(registry_refusal::refused, "changed by another request meanwhile: try again");
    json body = patched(object.body.get(), patch);
    if (patch.contains("tags") && !patch.at("tags").is_null()) set_tags(object, body_tags(patch));
    set_links(object, links);
    if (search) object.searched_text = description_of(body);
    drop_given_keys(body);
    object.body = json_value(std::move(body));
    return boost::system::in_place_value;
  };
  auto rule = edit_object(edit, call->who.user, links->needs);
  auto const changed = co_await context->services->store->change(std::move(which), std::move(rule));
  if (!changed) co_return error_reply(changed.error());
  co_return changed_reply(kind, changed->front());
}

reply remove(context_pointer context, call_pointer call) {
  std::vector<object_key> which;
  which.push_back(context->key_of(*call));
  auto const changed =
      co_await context->services->store->change(std::move(which), remove_object(call->who.user));
  if (!changed) co_return error_reply(changed.error());
  co_return changed_reply(context->kind, changed->front());
}

void add_filters(std::vector<api_parameter>& parameters, plain_kind const& kind) {
  for (auto const& filter : kind.filters)
    parameters.push_back({filter.parameter, "only what refers to it; any of them", true, false});
}

}  // namespace

json plain_element_json(registry_object const& object) {
  json element = element_json(object);
  json tags = json::array();
  for (auto const& [key, value] : element.at("tags").items())
    tags.push_back({{"key", key}, {"value", value}});
  element["tags"] = std::move(tags);
  return element;
}

std::vector<api_route> plain_routes(plain_kind kind, registry_services const& services) {
  auto const context = std::make_shared<route_context const>(route_context{std::move(kind), &services});
  plain_kind const& of = context->kind;
  route_group<context_pointer> const group(context, "/v1/{organization}/" + of.path, of.topic, of.kind);

  auto created = group.make("POST", "", "Create one of the " + of.topic, object_action::create, create);
  created.body = std::make_shared<shape const>(of.created);
  created.success = 201;
  created.reply_schema = object_schema({{of.id_key, id_schema()}});
  created.errors = {400, 404, 409, 422};

  auto listed = group.make("GET", "", "List " + of.topic, object_action::get, list);
  listed.parameters = list_parameters();
  add_filters(listed.parameters, of);
  listed.reply_schema = page_schema(of.list_key, of.object_schema, json_value());
  listed.errors = {422};

  auto updated = group.make("POST", "/{id}", "Change one of the " + of.topic, object_action::modify, update);
  updated.body = std::make_shared<shape const>(of.updated);
  updated.errors = {400, 404, 422};
  auto removed =
      group.make("DELETE", "/{id}", "Delete one of the " + of.topic, object_action::remove, remove);
  removed.errors = {400, 404, 422};
  for (auto* const route : {&updated, &removed}) {
    route->success = of.changed_status;
    if (of.changed_status == 200) route->reply_schema = of.object_schema;
  }

  std::vector<api_route> routes{created, listed, updated, removed};
  if (!of.has_search) return routes;
  auto searched = group.make("GET", "/search", "Search " + of.topic, object_action::get, search);
  searched.parameters = search_parameters();
  searched.reply_schema = object_schema({{of.list_key, list_schema(of.object_schema)}});
  searched.errors = {422};
  routes.push_back(std::move(searched));
  return routes;
}

}  // namespace parley
