#include "adapters/registry_api/amigo_views.hpp"

#include "adapters/formats/digest.hpp"
#include "reports/json_append.hpp"
#include "runner/inputs/local_time.hpp"
#include "runner/registry/tag_grammar.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace parley {

using nlohmann::json;

std::string to_iso8601(micro_time at) {
  auto const seconds = std::chrono::floor<std::chrono::seconds>(at);
  std::string text;
  append_rfc3339(text, seconds);
  std::string const digits = std::to_string((at - seconds).count());
  text.back() = '.';
  text.append(6 - digits.size(), '0').append(digits) += 'Z';
  return text;
}

namespace {

// Said by the registry, whatever else a content may call by that name.
bool belongs_to_version(std::string const& key, std::string const& owner_key) {
  constexpr std::array<std::string_view, 6> said{"_id",     "org_id",     "version",
                                                 "creator", "created_at", "updated_at"};
  return key == owner_key || std::find(said.begin(), said.end(), key) != said.end();
}

// One more member of an object that has some.
void append_member(std::string& out, std::string const& key, json const& value) {
  out += ',';
  append_quoted(out, key);
  out += ':';
  if (value.is_string())
    append_quoted(out, value.get_ref<std::string const&>());
  else
    out += value.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

json author_json(std::string const& organization, std::string const& user) {
  return {{"org_id", organization}, {"user_id", user}};
}

json element_json(registry_object const& object) {
  json element = object.body.get().is_object() ? object.body.get() : json::object();
  json tags = json::object();
  for (auto const& [key, value] : tags_of(object)) tags[key] = value ? json(*value) : json();
  element["id"] = object.key.id;
  element["name"] = object.name;
  element["tags"] = std::move(tags);
  element["is_deleted"] = object.is_deleted;
  element["created_at"] = to_iso8601(object.created_at);
  element["creator"] = author_json(object.key.organization, object.created_by);
  element["updated_at"] = to_iso8601(object.updated_at);
  element["updated_by"] = author_json(object.key.organization, object.updated_by);
  return element;
}

void append_version(std::string& out, registry_object const& of, object_version const& version,
                    std::string const& owner_key) {
  std::string const at = to_iso8601(version.created_at);
  json_object_writer element(out);
  element.word("_id", default_id("version", of.key.id + ":" + std::to_string(version.number)));
  element.text("org_id", of.key.organization);
  element.word(owner_key, of.key.id);
  element.number("version", version.number);
  json_object_writer creator(element.member("creator"));
  creator.text("org_id", of.key.organization);
  creator.text("user_id", version.created_by);
  creator.close();
  element.word("created_at", at);
  element.word("updated_at", at);
  json const& content = version.content.get();
  for (auto member = content.begin(); member != content.end(); ++member)
    if (!belongs_to_version(member.key(), owner_key)) append_member(out, member.key(), *member);
  element.close();
}

json filter_values_json(facet_values const& values, std::string const& organization, bool with_roles) {
  json creators = json::array();
  for (auto const& user : values.creators) creators.push_back(author_json(organization, user));
  json found{{"creators", std::move(creators)}, {"tags", values.tags}};
  if (with_roles) found["roles"] = values.roles;
  return found;
}

json list_json(std::vector<registry_object> const& objects, json (*show)(registry_object const&)) {
  json items = json::array();
  for (auto const& object : objects) items.push_back(show(object));
  return items;
}

json page_json(std::string const& key, json items, std::optional<std::int64_t> next) {
  json page{{"has_more", next.has_value()}, {"continuation_token", nullptr}};
  if (next) page["continuation_token"] = *next;
  page[key] = std::move(items);
  return page;
}

}  // namespace parley
