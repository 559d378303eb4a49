// One operation of the registry's HTTP interface: what matches it, what it takes, what it answers. The server
// and the description at /openapi.json are both made from these.
#pragma once

#include "adapters/formats/document_shape.hpp"
#include "adapters/http/http_message.hpp"
#include "adapters/registry_api/query_parameters.hpp"
#include "runner/json_value.hpp"
#include "runner/registry/permissions.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley {

// What a route is given once its caller is known and its body has the right shape.
struct api_call {
  caller who;
  std::map<std::string, std::string> path;  // {organization}, {id}: decoded
  query_parameters query;
  json_value body;  // null: the route takes none
  http_headers headers;

  std::string const& id() const { return path.at("id"); }
};

// Who is asked for credentials, and how errors of the path are told.
enum class api_access {
  open,   // nobody
  amigo,  // a token, or no credentials at all under --no-auth
  eqho,   // X-API-KEY
};

struct api_parameter {
  std::string name;
  std::string description;
  bool repeatable = false;
  bool required = false;
};

struct needed_permission {
  object_action action = object_action::get;
  object_kind kind = object_kind::scenario;
};

struct api_route {
  std::string method;
  std::string path;     // "/v1/{organization}/simulation/scenario/{id}"; a slash at the end may follow
  std::string summary;  // one line
  std::string topic;    // groups operations in the description
  api_access access = api_access::amigo;
  std::vector<needed_permission> needs;
  std::shared_ptr<shape const> body;  // null: a body is ignored
  std::vector<api_parameter> parameters;
  int success = 200;
  json_value reply_schema;  // JSON Schema of a successful body; null: none
  std::string reply_type;   // of a body that is no JSON; empty: it is JSON
  std::vector<int> errors;  // statuses beside those every route can answer with
  std::function<boost::asio::awaitable<http_response>(std::shared_ptr<api_call const>)> answer;
};

}  // namespace parley
