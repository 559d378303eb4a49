#include "runner/registry/accounts.hpp"

#include "runner/inputs/json_fields.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;

registry_object named(object_key key, std::string name) {
  registry_object object;
  object.key = std::move(key);
  object.name = std::move(name);
  return object;
}

}  // namespace

object_key organization_key(std::string const& name) {
  return {"", object_kind::organization, name};
}

object_key user_key(std::string const& organization, std::string const& user) {
  return {organization, object_kind::user, user};
}

object_key api_key_key(std::string const& id) {
  return {"", object_kind::api_key, id};
}

registry_object organization_object(std::string const& name, std::string const& token_key) {
  registry_object object = named(organization_key(name), name);
  object.name_is_unique = true;
  object.body = json_value(json{{"token_key", token_key}});
  return object;
}

std::string token_key_of(registry_object const& organization) {
  return text_field(organization.body.get(), "token_key").value_or("");
}

registry_object user_object(std::string const& organization, std::string const& user) {
  registry_object object = named(user_key(organization, user), user);
  object.name_is_unique = true;
  return object;
}

registry_object api_key_object(std::string const& id, api_key_facts const& facts) {
  registry_object object = named(api_key_key(id), {});
  object.facets.emplace_back("organization", facts.organization);
  object.facets.emplace_back("user", facts.user);
  object.body = json_value(json{{"organization", facts.organization},
                                {"user", facts.user},
                                {"role", to_text(facts.role)},
                                {"secret_hash", facts.secret_hash}});
  return object;
}

std::optional<api_key_facts> api_key_facts_of(registry_object const& object) {
  json const& body = object.body.get();
  auto const role = parse_caller_role(text_field(body, "role").value_or(""));
  if (object.is_deleted || !role) return std::nullopt;
  api_key_facts facts;
  facts.organization = text_field(body, "organization").value_or("");
  facts.user = text_field(body, "user").value_or("");
  facts.role = *role;
  facts.secret_hash = text_field(body, "secret_hash").value_or("");
  return facts;
}

}  // namespace parley
