#include "adapters/registry_api/access_control.hpp"

#include "adapters/formats/digest.hpp"
#include "adapters/registry_api/secret_text.hpp"
#include "tests/support/api_client.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/run_coroutine.hpp"

using namespace parley;
using namespace parley::test;
using nlohmann::json;

namespace {

std::string const key_id(24, 'c');
std::string const scenarios = "/v1/acme/simulation/scenario";

// An organisation `acme` with one key of a user of it.
void open_account(api_client& client, caller_role role, std::string const& organization = "acme",
                  std::string const& id = key_id) {
  creation accounts;
  new_object org;
  org.object = organization_object(organization, "key of " + organization);
  new_object user;
  user.object = user_object(organization, "alice");
  new_object key;
  key.object = api_key_object(id, {organization, "alice", role, sha256_hex("secret")});
  for (auto* const each : {&org, &user, &key}) accounts.objects.push_back(*each);
  auto const made = run_coroutine(client.store.create(std::move(accounts)));
  REQUIRE(made.has_value());
}

registry_reply sign_in(api_client& client, std::string const& organization, std::string const& key,
                       std::string const& user = "alice", std::string const& id = key_id) {
  client.headers = {{"x-api-key", key}, {"x-api-key-id", id}, {"x-user-id", user}};
  auto reply = client.send("POST", "/v1/" + organization + "/user/signin_with_api_key");
  client.headers.clear();
  return reply;
}

void bear(api_client& client, std::string const& token) {
  client.headers = {{"Authorization", "Bearer " + token}};
}

std::string base64(std::string const& text) {
  std::string encoded = to_base64url(text);
  std::replace(encoded.begin(), encoded.end(), '-', '+');
  std::replace(encoded.begin(), encoded.end(), '_', '/');
  return encoded + std::string((4 - encoded.size() % 4) % 4, '=');
}

}  // namespace

TEST_CASE("an API key is exchanged for a token that opens its organisation") {
  api_client client(false);
  open_account(client, caller_role::editor);
  CHECK(client.get(scenarios).status == 401);
  auto const signed_in = sign_in(client, "acme", key_id + ".secret");
  REQUIRE(signed_in.status == 200);
  CHECK(signed_in.body.contains("expires_at"));
  std::string const token = signed_in.body.at("id_token");
  bear(client, token);
  CHECK(client.get(scenarios).status == 200);
  CHECK(client.post(scenarios, scenario_body("x")).status == 201);
  CHECK(client.notes.back().caller == "acme/alice");
  client.headers = {{"Authorization", "Basic " + base64("acme_alice:" + token)}};
  CHECK(client.get(scenarios).status == 200);
  client.headers = {{"Authorization", "Basic " + base64("acme_bob:" + token)}};
  CHECK(client.get(scenarios).status == 401);
  bear(client, token);
  client.headers.emplace_back("X-ORG-ID", "other");
  CHECK(client.get(scenarios).status == 404);
}

TEST_CASE("a sign-in with anything wrong is refused the same way") {
  api_client client(false);
  open_account(client, caller_role::reader);
  CHECK(sign_in(client, "nobody", key_id + ".secret").status == 404);
  auto const refused = sign_in(client, "acme", key_id + ".wrong");
  CHECK(refused.status == 401);
  CHECK(sign_in(client, "acme", "secret").body == refused.body);
  CHECK(sign_in(client, "acme", key_id + ".secret", "bob").body == refused.body);
  CHECK(sign_in(client, "acme", key_id + ".secret", "alice", std::string(24, 'd')).body == refused.body);
}

TEST_CASE("a token is good for its organisation, until it expires, and as it was signed") {
  api_client client(false);
  open_account(client, caller_role::admin);
  open_account(client, caller_role::admin, "other", std::string(24, 'd'));
  std::string const token = sign_in(client, "acme", key_id + ".secret").body.at("id_token");
  bear(client, token);
  auto const foreign = client.get("/v1/other/simulation/scenario");
  CHECK(foreign.status == 404);
  CHECK(client.get("/v1/nobody/simulation/scenario").body == foreign.body);
  auto const dot = token.rfind('.');
  bear(client, token.substr(0, dot) + ".AAAA");
  CHECK(client.get(scenarios).status == 401);
  auto const payload = token.find('.') + 1;
  std::string tampered = *from_base64url(std::string_view(token).substr(payload, dot - payload));
  tampered.replace(tampered.find("acme"), 4, "other");
  bear(client, token.substr(0, payload) + to_base64url(tampered) + token.substr(dot));
  CHECK(client.get("/v1/other/simulation/scenario").status == 401);
  bear(client, to_base64url(R"({"alg":"none","typ":"JWT"})") +
                   token.substr(token.find('.'), dot - token.find('.') + 1));
  CHECK(client.get(scenarios).status == 401);
  bear(client, key_id + ".secret");
  CHECK(client.get(scenarios).status == 401);
  bear(client, token);
  CHECK(client.get(scenarios).status == 200);
  client.now += std::chrono::hours(2);
  CHECK(client.get(scenarios).status == 401);
}

TEST_CASE("a revoked key ends its tokens and its own use within seconds") {
  api_client client(false);
  open_account(client, caller_role::reader);
  std::string const token = sign_in(client, "acme", key_id + ".secret").body.at("id_token");
  bear(client, token);
  client.headers.emplace_back("X-API-KEY", key_id + ".secret");
  CHECK(client.get(scenarios).status == 200);
  CHECK(client.get("/v1/simulation/scenarios").status == 200);
  auto const revoke = [](std::vector<object_state> const& before) -> registry_outcome<change_set> {
    change_set set;
    set.changes.push_back({before.front().object, std::nullopt});
    set.changes.front().after.is_deleted = true;
    return set;
  };
  REQUIRE(run_coroutine(client.store.change({api_key_key(key_id)}, revoke)).has_value());
  client.now += std::chrono::seconds(6);
  CHECK(client.get(scenarios).status == 401);
  CHECK(client.get("/v1/simulation/scenarios").status == 401);
}

TEST_CASE("roles allow what their permissions say") {
  auto const status = [](caller_role role, std::string const& method, std::string const& path,
                         json const& body) {
    api_client client(false);
    open_account(client, role);
    bear(client, sign_in(client, "acme", key_id + ".secret").body.at("id_token"));
    return client.send(method, path, body).status;
  };
  CHECK(status(caller_role::reader, "GET", scenarios, nullptr) == 200);
  CHECK(status(caller_role::reader, "POST", scenarios, scenario_body("x")) == 403);
  CHECK(status(caller_role::runner, "POST", scenarios, scenario_body("x")) == 403);
  CHECK(status(caller_role::editor, "POST", scenarios, scenario_body("x")) == 201);
  CHECK(status(caller_role::reader, "DELETE", "/v1/acme/metric/" + key_id, nullptr) == 403);
}

TEST_CASE("the Eqho dialect belongs to the key's organisation") {
  api_client client(false);
  open_account(client, caller_role::editor);
  open_account(client, caller_role::editor, "other", std::string(24, 'd'));
  json const body{{"name", "Cancellation"}, {"lead_scenario", {{"persona", "A member"}}}};
  CHECK(client.post("/v1/simulation/scenarios", body).status == 401);
  client.headers = {{"X-API-KEY", key_id + ".secret"}};
  auto const created = client.post("/v1/simulation/scenarios", body);
  CHECK(created.body.at("account_id") == "acme");
  client.headers = {{"X-API-KEY", std::string(24, 'd') + ".secret"}};
  CHECK(client.get("/v1/simulation/scenarios").body.empty());
  std::string const id = created.body.at("_id");
  CHECK(client.get("/v1/simulation/scenarios/" + id).status == 404);
  client.headers = {{"X-API-KEY", key_id + ".wrong"}};
  CHECK(client.get("/v1/simulation/scenarios").status == 401);
}

TEST_CASE("without authentication a sign-in works all the same") {
  api_client client;
  auto const signed_in = sign_in(client, "anything", "x");
  CHECK(signed_in.status == 200);
}

TEST_CASE("without authentication pages of other sites reach nothing") {
  struct asked {
    char const* host;
    char const* origin;
    int status;
  };
  for (asked const& one : std::vector<asked>{
           {"127.0.0.1:8787", nullptr, 200},
           {"localhost:8787", "http://localhost:8787", 200},
           {"[::1]:8787", "http://[::1]:8787", 200},
           {"[::1]", nullptr, 200},
           {"127.0.0.1:8787", "http://evil.example", 403},
           {"127.0.0.1:8787", "null", 403},
           {"127.0.0.1:8787", "http://localhost:3000", 403},
           {"rebound.example:8787", "http://rebound.example:8787", 403},
           {"127.evil.example:8787", nullptr, 403},
       }) {
    INFO(one.host << ", " << (one.origin == nullptr ? "no origin" : one.origin));
    api_client client(true);
    client.headers = {{"Host", one.host}};
    if (one.origin != nullptr) client.headers.push_back({"Origin", one.origin});
    CHECK(client.get(scenarios).status == one.status);
    CHECK(client.get("/v1/simulation/scenarios").status == one.status);
    CHECK((client.post("/v1/simulation/scenarios", json::object()).status == 403) == (one.status == 403));
  }
}

TEST_CASE("a caller who asks too often is told when to come again") {
  api_client client(true, false, 2);
  CHECK(client.get(scenarios).status == 200);
  auto const last = client.get(scenarios);
  CHECK(*find_header(last.headers, "X-RateLimit-Remaining") == "0");
  auto const refused = client.get(scenarios);
  CHECK(refused.status == 429);
  CHECK(*find_header(refused.headers, "Retry-After") == "60");
  CHECK(client.get("/healthz").status == 200);
  client.now += std::chrono::seconds(60);
  CHECK(client.get(scenarios).status == 200);
}
