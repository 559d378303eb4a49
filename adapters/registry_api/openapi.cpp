#include "adapters/registry_api/openapi.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace parley {
namespace {

using nlohmann::json;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

json path_parameters(std::string const& path) {
  json parameters = json::array();
  for (auto open = path.find('{'); open != path.npos; open = path.find('{', open + 1)) {
    auto const close = path.find('}', open);
    parameters.push_back({{"name", path.substr(open + 1, close - open - 1)},
                          {"in", "path"},
                          {"required", true},
                          {"schema", {{"type", "string"}}}});
  }
  return parameters;
}

json parameters_of(api_route const& route) {
  json parameters = path_parameters(route.path);
  for (auto const& parameter : route.parameters) {
    json schema{{"type", "string"}};
    if (parameter.repeatable) schema = {{"type", "array"}, {"items", {{"type", "string"}}}};
    parameters.push_back({{"name", parameter.name},
                          {"in", "query"},
                          {"required", parameter.required},
                          {"description", parameter.description},
                          {"schema", std::move(schema)}});
  }
  return parameters;
}

json success_of(api_route const& route) {
  json response{{"description", "as asked"}};
  if (!route.reply_type.empty())
    response["content"][route.reply_type] = {{"schema", {{"type", "string"}}}};
  else if (!route.reply_schema.is_null())
    response["content"]["application/json"] = {{"schema", route.reply_schema.get()}};
  return response;
}

std::string meaning(int status) {
  switch (status) {
    case 400:
      return "refused: stale, in use, or of the other dialect";
    case 401:
      return "no or wrong credentials";
    case 403:
      return "the caller's role does not permit this";
    case 404:
      return "no such object";
    case 409:
      return "in conflict with what is there";
    case 422:
      return "invalid input";
    case 429:
      return "more requests than the server grants a caller";
    default:
      return "the store cannot be reached";
  }
}

json responses_of(api_route const& route) {
  json responses;
  responses[std::to_string(route.success)] = success_of(route);
  std::vector<int> errors = route.errors;
  if (route.access != api_access::open) errors.insert(errors.end(), {401, 403, 404, 422, 429, 503});
  for (int const status : errors)
    responses[std::to_string(status)] = {
        {"description", meaning(status)},
        {"content", {{"application/json", {{"schema", {{"$ref", "#/components/schemas/error"}}}}}}}};
  return responses;
}

json security_of(api_route const& route) {
  if (route.access == api_access::amigo)
    return json::array({{{"bearer", json::array()}}, {{"basic", json::array()}}});
  if (route.access == api_access::eqho) return json::array({{{"api_key", json::array()}}});
  return json::array();
}

json operation_of(api_route const& route) {
  json operation{{"summary", route.summary},
                 {"tags", json::array({route.topic})},
                 {"parameters", parameters_of(route)},
                 {"responses", responses_of(route)},
                 {"security", security_of(route)}};
  if (route.body != nullptr) {
    json schema = json_schema(*route.body);
    schema.erase("$schema");
    operation["requestBody"] = {{"required", true},
                                {"content", {{"application/json", {{"schema", std::move(schema)}}}}}};
  }
  return operation;
}

json components() {
  json const problem{
      {"type", "object"},
      {"properties",
       {{"loc", {{"type", "array"}}}, {"msg", {{"type", "string"}}}, {"type", {{"type", "string"}}}}},
      {"required", {"loc", "msg", "type"}}};
  json const detail{{"anyOf", json::array({{{"type", "string"}}, {{"type", "array"}, {"items", problem}}})}};
  json const error{{"type", "object"}, {"properties", {{"detail", detail}}}, {"required", {"detail"}}};
  return {{"schemas", {{"error", error}}},
          {"securitySchemes",
           {{"bearer", {{"type", "http"}, {"scheme", "bearer"}}},
            {"basic", {{"type", "http"}, {"scheme", "basic"}}},
            {"api_key", {{"type", "apiKey"}, {"in", "header"}, {"name", "X-API-KEY"}}}}}};
}

}  // namespace

json openapi(std::vector<api_route> const& routes) {
  json paths = json::object();
  for (auto const& route : routes) paths[route.path][lower(route.method)] = operation_of(route);
  return {{"openapi", "3.1.0"},
          {"info", {{"title", "Parley registry"}, {"version", "1"}}},
          {"paths", std::move(paths)},
          {"components", components()}};
}

}  // namespace parley
