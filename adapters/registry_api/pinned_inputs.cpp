#include "adapters/registry_api/pinned_inputs.hpp"

#include "adapters/formats/amigo_format.hpp"
#include "adapters/formats/eqho_format.hpp"
#include "adapters/registry_api/body_reader.hpp"
#include "adapters/registry_api/eqho_documents.hpp"
#include "runner/registry/object_rules.hpp"
#include "runner/registry/tag_grammar.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

namespace asio = boost::asio;
using nlohmann::json;

struct pinned_version {
  registry_object of;
  object_version version;
};

asio::awaitable<registry_outcome<pinned_version>> load(registry_store* store, object_key of, int number) {
  version_query wanted;
  wanted.of = std::move(of);
  wanted.first = number;
  wanted.last = number;
  auto page = co_await store->versions(std::move(wanted));
  if (!page) co_return page.error();
  if (page->versions.empty())
    co_return registry_error(registry_refusal::not_found, "no version " + std::to_string(number));
  pinned_version found;
  found.of = std::move(page->of);
  found.version = std::move(page->versions.front());
  co_return found;
}

// The body of a create call, which the readers of the dialect take.
json create_call(pinned_version const& pinned) {
  json call{{"name", pinned.of.name}, {"initial_version", pinned.version.content.get()}};
  json tags = json::object();
  for (auto const& [key, value] : tags_of(pinned.of)) tags[key] = value ? json(*value) : json();
  call["tags"] = std::move(tags);
  auto const role = pinned.of.body.get().find("role");
  if (role != pinned.of.body.get().end()) call["role"] = *role;
  return call;
}

template <class Value>
registry_outcome<Value> checked(std::optional<Value> read, input_problems const& problems) {
  if (problems.has_errors() || !read) return registry_error(field_problems(problems));
  return *std::move(read);
}

registry_outcome<scenario> to_scenario(pinned_version const& pinned) {
  input_problems problems;
  bool const document = is_eqho_object(pinned.of);
  json const form = document ? pinned.version.content.get() : create_call(pinned);
  auto const node = from_json(form, source_position{pinned.of.name, 0, 0, "/"});
  auto read =
      checked(document ? read_eqho_scenario(node, problems) : read_amigo_scenario(node, problems), problems);
  if (!read) return read;
  read->id = scenario_id(pinned.of.key.id);
  read->versions.back().number = pinned.version.number;
  if (read->lead) {
    read->lead->id = persona_id(lead_of(pinned.of));
    read->lead->versions.back().number = pinned.version.number;
  }
  return read;
}

registry_outcome<persona> to_persona(pinned_version const& pinned) {
  input_problems problems;
  auto read =
      checked(read_amigo_persona(from_json(create_call(pinned), source_position{pinned.of.name, 0, 0, "/"}),
                                 problems),
              problems);
  if (!read) return read;
  read->id = persona_id(pinned.of.key.id);
  read->versions.back().number = pinned.version.number;
  return read;
}

}  // namespace

asio::awaitable<registry_outcome<scenario>> load_scenario(registry_store* store, std::string organization,
                                                          object_pin pin) {
  object_key key(std::move(organization), object_kind::scenario, pin.id);
  auto const pinned = co_await load(store, std::move(key), pin.version);
  if (!pinned) co_return pinned.error();
  co_return to_scenario(*pinned);
}

asio::awaitable<registry_outcome<persona>> load_persona(registry_store* store, std::string organization,
                                                        object_pin pin) {
  object_key key(std::move(organization), object_kind::persona, pin.id);
  auto const pinned = co_await load(store, std::move(key), pin.version);
  if (!pinned) co_return pinned.error();
  co_return to_persona(*pinned);
}

asio::awaitable<registry_outcome<object_pin>> pin_latest(registry_store* store, object_key which) {
  std::string const kind(to_text(which.kind));
  auto const found = co_await store->find(std::move(which));
  if (!found) co_return found.error();
  if (found->is_deleted) co_return registry_error(registry_refusal::not_found, "no such " + kind);
  co_return object_pin(found->key.id, found->latest_version);
}

}  // namespace parley
