#include "adapters/registry_api/set_run_routes.hpp"

#include "adapters/formats/value_rules.hpp"
#include "adapters/registry_api/amigo_views.hpp"
#include "adapters/registry_api/api_reply.hpp"
#include "adapters/registry_api/api_schemas.hpp"
#include "adapters/registry_api/list_parameters.hpp"
#include "adapters/registry_api/route_group.hpp"
#include "adapters/registry_api/run_marker.hpp"
#include "adapters/registry_api/set_run_start.hpp"
#include "runner/inputs/local_time.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

namespace asio = boost::asio;
using nlohmann::json;
using call_pointer = std::shared_ptr<api_call const>;
using services_pointer = registry_services const*;
using reply = asio::awaitable<http_response>;

registry_object object_of(services_pointer services, api_call const& call, set_run_plan const& plan) {
  registry_object run;
  run.key = object_key(call.who.organization, object_kind::unit_test_set_run, services->new_id());
  run.name = "unfinished run of " + plan.set_id;  // until it has ended there is no second one
  run.name_is_unique = true;
  run.body = set_run_body(plan);
  run.facets = set_run_facets(run.body.get());
  run.created_by = run.updated_by = call.who.user;
  return run;
}

reply start(services_pointer services, call_pointer call) {
  if (services->runs == nullptr)
    co_return error_reply({registry_refusal::unavailable, "this server holds no conversations"});
  std::string const set_id = call->body.get().at("simulation_unit_test_set_id");
  auto const plan = co_await pin_set(services, call->who.organization, set_id);
  if (!plan) co_return error_reply(plan.error());
  creation wanted;
  new_object run;
  run.object = object_of(services, *call, *plan);
  wanted.objects.push_back(std::move(run));
  wanted.objects.push_back(run_marker(wanted.objects.front().object.key));
  auto const created = co_await services->store->create(std::move(wanted));
  if (!created && created.error().code == registry_refusal::conflict)
    co_return error_reply(
        {registry_refusal::conflict, "a run of this set is unfinished: wait for it, or cancel it"});
  if (!created) co_return error_reply(created.error());
  registry_object const object = created->front();
  co_await hold_set_run(services, object);
  co_return json_reply(201, {{"simulation_unit_test_set_run_id", object.key.id}});
}

void read_time(query_parameters& query, char const* name, std::optional<micro_time>& into) {
  auto const written = query.text(name);
  if (!written) return;
  auto const time = parse_rfc3339(*written);
  if (time)
    into = *time;
  else
    query.refuse(name, "'" + *written + "': expected a time such as 2026-11-21T09:00:00Z");
}

void read_state(query_parameters& query, char const* name, object_filter& into) {
  auto const state = query.flag(name);
  if (!state) return;
  into.facets.push_back(facet_is(name, *state ? "true" : "false"));
}

reply list(services_pointer services, call_pointer call) {
  query_parameters query = call->query;
  list_query wanted = read_list_query(*call, query, object_kind::unit_test_set_run, {50, 50});
  for (auto const& key : wanted.order)
    if (key.by != sort_key::field::created_at) query.refuse("sort_by", "runs are sorted by created_at alone");
  read_reference_filter(query, "simulation_unit_test_set_id", "set", wanted.filter);
  for (auto const* const state : {"is_completed", "failed_metrics", "errored"})
    read_state(query, state, wanted.filter);
  read_time(query, "created_after", wanted.filter.created_after);
  read_time(query, "created_before", wanted.filter.created_before);
  if (auto const checked = query.check(); !checked) co_return error_reply(checked.error());
  auto const page = co_await services->store->list(std::move(wanted));
  if (!page) co_return error_reply(page.error());
  json items = list_json(page->objects, set_run_json);
  co_return json_reply(200, page_json("simulation_unit_test_set_runs", std::move(items), page->next));
}

asio::awaitable<registry_outcome<registry_object>> find_run(services_pointer services, call_pointer call) {
  object_key key(call->who.organization, object_kind::unit_test_set_run, call->id());
  co_return co_await services->store->find(std::move(key));
}

reply cancel(services_pointer services, call_pointer call) {
  auto const run = co_await find_run(services, call);
  if (!run) co_return error_reply(run.error());
  bool const over = run->body.get().at("is_completed") == true;
  if (over || services->runs == nullptr || !services->runs->cancel(run->key.id))
    co_return error_reply({registry_refusal::conflict, "this run is not in progress"});
  co_return no_content();
}

reply artifacts(services_pointer services, call_pointer call) {
  auto const run = co_await find_run(services, call);
  if (!run) co_return error_reply(run.error());
  if (run->body.get().at("artifacts_generated") != true) {
    bool const over = run->body.get().at("is_completed") == true;
    co_return error_reply(
        {registry_refusal::refused, over ? "this run ended without artifacts: its run_errors say why"
                                         : "the artifacts are not generated yet: the run goes on"});
  }
  auto const link = services->links.sign(run->key.id);
  co_return json_reply(200, {{"presigned_url", services->public_url + "/v1/artifacts/" + link.token},
                             {"url_expires_at", to_iso8601(link.expires_at)}});
}

// Whoever has the link may read: the token says which run, and until when.
reply download(services_pointer services, call_pointer call) {
  auto const id = services->links.read(call->path.at("token"));
  if (!id || services->runs == nullptr)
    co_return error_reply({registry_refusal::not_found, "the link is wrong or has expired"});
  auto const report = services->runs->report(*id);
  if (!report) co_return error_reply({registry_refusal::not_found, report.error().detail});
  co_return http_response(200, *report);
}

shape start_shape() {
  return map_shape("which set")
      .requiring("simulation_unit_test_set_id", text_shape("the set").obeying(id_rule))
      .keeping_unknown();
}

json_value run_schema() {
  return object_schema({{"id", id_schema()},
                        {"org_id", text_schema()},
                        {"simulation_unit_test_set_id", id_schema()},
                        {"is_completed", flag_schema()},
                        {"failed_metrics", flag_schema()},
                        {"errored", flag_schema()},
                        {"artifacts_generated", flag_schema()},
                        {"unit_test_run_specs", list_schema(any_schema())},
                        {"unit_test_run_results", list_schema(any_schema())},
                        {"created_at", time_schema()},
                        {"creator", author_schema()}});
}

std::vector<api_parameter> run_parameters() {
  auto parameters = list_parameters();
  for (auto const* const state : {"is_completed", "failed_metrics", "errored"})
    parameters.push_back({state, "true or false", false, false});
  parameters.push_back({"simulation_unit_test_set_id", "runs of these sets; any of them", true, false});
  parameters.push_back({"created_after", "a time, exclusive", false, false});
  parameters.push_back({"created_before", "a time, exclusive", false, false});
  return parameters;
}

}  // namespace

std::vector<api_route> set_run_routes(registry_services const& services) {
  route_group<services_pointer> const group(&services, "/v1/{organization}/simulation/unit_test_set_run",
                                            "runs", object_kind::unit_test_set_run);
  auto started = group.make("POST", "", "Start a run of a set", object_action::create, start);
  started.body = std::make_shared<shape const>(start_shape());
  started.success = 201;
  started.reply_schema = object_schema({{"simulation_unit_test_set_run_id", id_schema()}});
  started.errors = {400, 404, 409, 422};
  auto listed = group.make("GET", "", "List and poll runs", object_action::get, list);
  listed.parameters = run_parameters();
  listed.reply_schema = page_schema("simulation_unit_test_set_runs", run_schema(), json_value());
  listed.errors = {422};
  auto cancelled = group.make("DELETE", "/{id}", "Cancel a run", object_action::cancel, cancel);
  cancelled.success = 204;
  cancelled.errors = {404, 409, 422};
  auto linked =
      group.make("GET", "/{id}/artifacts", "A link to the run's report", object_action::get, artifacts);
  linked.reply_schema = object_schema({{"presigned_url", text_schema()}, {"url_expires_at", time_schema()}});
  linked.errors = {400, 404, 422};
  auto read = group.make("GET", "", "The run's report", object_action::get, download);
  read.path = "/v1/artifacts/{token}";
  read.access = api_access::open;
  read.needs.clear();
  read.reply_schema = map_schema(any_schema());
  read.errors = {404};
  return {started, listed, cancelled, linked, read};
}

}  // namespace parley
