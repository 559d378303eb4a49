#include "adapters/registry_api/eqho_routes.hpp"

#include "adapters/formats/eqho_format.hpp"
#include "adapters/registry_api/all_objects.hpp"
#include "adapters/registry_api/api_reply.hpp"
#include "adapters/registry_api/api_schemas.hpp"
#include "adapters/registry_api/eqho_documents.hpp"
#include "adapters/registry_api/route_group.hpp"
#include "runner/registry/object_rules.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

namespace asio = boost::asio;
using nlohmann::json;
using call_pointer = std::shared_ptr<api_call const>;
using services_pointer = registry_services const*;
using reply = asio::awaitable<http_response>;

object_key scenario_key(api_call const& call) {
  return {call.who.organization, object_kind::scenario, call.path.at("scenario_id")};
}

asio::awaitable<registry_outcome<json>> read_latest(services_pointer services, object_key key) {
  version_query wanted;
  wanted.of = std::move(key);
  wanted.latest_only = true;
  auto const page = co_await services->store->versions(std::move(wanted));
  if (!page) co_return page.error();
  if (page->of.is_deleted || !is_eqho_object(page->of) || page->versions.empty())
    co_return registry_error(registry_refusal::not_found, "no such scenario");
  co_return document_json(page->of, page->versions.front());
}

http_response shown(int status, registry_outcome<json> const& document) {
  return document ? json_reply(status, *document) : error_reply(document.error());
}

reply create(services_pointer services, call_pointer call) {
  auto const draft = draft_of(call->body.get());
  if (!draft) co_return error_reply(draft.error());
  auto wanted =
      eqho_creation(*draft, call->who.organization, call->who.user, services->new_id(), services->new_id());
  object_key key = wanted.objects.front().object.key;
  auto const created = co_await services->store->create(std::move(wanted));
  if (!created) co_return error_reply(created.error());
  auto const document = co_await read_latest(services, std::move(key));
  co_return shown(201, document);
}

reply get(services_pointer services, call_pointer call) {
  object_key key = scenario_key(*call);
  auto const document = co_await read_latest(services, std::move(key));
  co_return shown(200, document);
}

// The scenario and its persona; not_found for scenarios of the other dialect.
asio::awaitable<registry_outcome<std::vector<object_key>>> both_keys(services_pointer services,
                                                                     object_key key) {
  std::vector<object_key> keys;
  keys.push_back(key);
  auto const found = co_await services->store->find(std::move(key));
  if (!found) co_return found.error();
  std::string const lead = lead_of(*found);
  if (lead.empty()) co_return registry_error(registry_refusal::not_found, "no such scenario");
  keys.emplace_back(found->key.organization, object_kind::persona, lead);
  co_return keys;
}

asio::awaitable<registry_outcome<void>> change(services_pointer services, call_pointer call,
                                               change_rule rule) {
  object_key key = scenario_key(*call);
  auto keys = co_await both_keys(services, std::move(key));
  if (!keys) co_return keys.error();
  auto const changed = co_await services->store->change(*std::move(keys), std::move(rule));
  if (!changed) co_return changed.error();
  co_return boost::system::in_place_value;
}

reply replace(services_pointer services, call_pointer call) {
  auto draft = draft_of(call->body.get());
  if (!draft) co_return error_reply(draft.error());
  auto const changed = co_await change(services, call, replace_document(*std::move(draft), call->who.user));
  if (!changed) co_return error_reply(changed.error());
  object_key key = scenario_key(*call);
  auto const document = co_await read_latest(services, std::move(key));
  co_return shown(200, document);
}

reply remove(services_pointer services, call_pointer call) {
  auto const changed = co_await change(services, call, remove_document(call->who.user));
  if (!changed) co_return error_reply(changed.error());
  co_return no_content();
}

reply list(services_pointer services, call_pointer call) {
  json documents = json::array();
  list_query wanted;
  wanted.filter.organization = call->who.organization;
  wanted.filter.kind = object_kind::scenario;
  wanted.filter.is_deleted = false;
  wanted.filter.facets.push_back(facet_is("dialect", "eqho"));
  auto const found = co_await all_objects(services->store, std::move(wanted));
  if (!found) co_return error_reply(found.error());
  for (auto const& object : *found) {
    object_key key = object.key;
    auto document = co_await read_latest(services, std::move(key));
    if (document) documents.push_back(*std::move(document));  // deleted meanwhile: left out
  }
  co_return json_reply(200, documents);
}

json_value document_schema() {
  auto const history = object_schema({{"revision", count_schema()},
                                      {"created_at", time_schema()},
                                      {"created_by", text_schema()},
                                      {"last_modified_at", time_schema()},
                                      {"last_modified_by", text_schema()}});
  return object_schema({{"_id", id_schema()},
                        {"account_id", text_schema()},
                        {"name", text_schema()},
                        {"history", history},
                        {"lead_scenario", any_schema()},
                        {"description", any_schema()},
                        {"environment_setup", any_schema()},
                        {"evaluation_criteria", any_schema()},
                        {"folder", any_schema()},
                        {"scenario_set_id", or_null(text_schema())}});
}

}  // namespace

std::vector<api_route> eqho_routes(registry_services const& services) {
  route_group<services_pointer> const group(&services, "/v1/simulation/scenarios", "documents",
                                            object_kind::scenario, api_access::eqho);
  auto const body = std::make_shared<shape const>(eqho_shape());
  auto created = group.make("POST", "", "Create a document", object_action::create, create);
  created.needs.push_back({object_action::modify, object_kind::scenario});
  created.body = body;
  created.success = 201;
  created.reply_schema = document_schema();
  created.errors = {422};
  auto listed = group.make("GET", "", "List all documents", object_action::get, list);
  listed.reply_schema = list_schema(document_schema());
  auto read = group.make("GET", "/{scenario_id}", "Read a document", object_action::get, get);
  read.reply_schema = document_schema();
  read.errors = {404};
  auto replaced = group.make("PUT", "/{scenario_id}", "Replace a document", object_action::modify, replace);
  replaced.body = body;
  replaced.reply_schema = document_schema();
  replaced.errors = {404, 422};
  auto removed = group.make("DELETE", "/{scenario_id}", "Delete a document", object_action::remove, remove);
  removed.success = 204;
  removed.errors = {400, 404};
  return {created, listed, read, replaced, removed};
}

}  // namespace parley
