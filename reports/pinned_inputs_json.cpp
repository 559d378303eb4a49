#include "reports/pinned_inputs_json.hpp"

#include "reports/redaction.hpp"
#include "reports/stored_form.hpp"
#include "runner/inputs/scenario_json.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;

std::string_view dialect_word(input_dialect dialect) {
  switch (dialect) {
    case input_dialect::parley:
      return "parley";
    case input_dialect::amigo:
      return "amigo";
    case input_dialect::eqho:
      return "eqho";
  }
  return "parley";
}

template <class Input>
std::string key_of(Input const& used) {
  auto const& version = used.latest();
  // Without a digest nothing says that two values agree.
  if (version.digest.empty()) return std::to_string(reinterpret_cast<std::uintptr_t>(&used));
  return used.id.value + '\n' + used.name + '\n' + std::to_string(version.number) + '\n' + version.digest;
}

template <class Input>
json identity_form(Input const& used, redaction const& mask) {
  json form{{"id", used.id.value},
            {"name", used.name},
            {"version", used.latest().number},
            {"digest", used.latest().digest},
            {"where", position_form(used.where)}};
  if (!used.tags.empty()) form["tags"] = mask(json_value(to_json(used.tags))).get();
  return form;
}

template <class Input>
void read_identity(Input& read, json const& form) {
  read.id = decltype(read.id)(form.at("id").get<std::string>());
  read.name = form.at("name").get<std::string>();
  if (auto const& tags = member_or_null(form, "tags"); !tags.is_null()) read.tags = tags_from_json(tags);
  read.where = position_from(member_or_null(form, "where"));
}

template <class Version>
void read_pin(Version& version, json const& form) {
  version.number = static_cast<int>(integer_or(form, "version", 1));
  version.digest = text_or_empty(form, "digest");
}

}  // namespace

std::string pinned_key(scenario const& used) {
  return key_of(used);
}
std::string pinned_key(persona const& used) {
  return key_of(used);
}

json scenario_form(scenario const& used, redaction const& mask) {
  auto form = identity_form(used, mask);
  form["dialect"] = dialect_word(used.dialect);
  form["content"] = mask(json_value(to_json(used.latest()))).get();
  return form;
}

json persona_form(persona const& used, redaction const& mask) {
  auto form = identity_form(used, mask);
  form["role"] = used.role;
  auto version = used.latest();
  version.sensitive_user_variables = {};
  form["content"] = mask(json_value(to_json(version))).get();
  form["content"]["sensitive_user_variables"] = nullptr;
  return form;
}

scenario scenario_from(json const& form) {
  scenario read;
  read_identity(read, form);
  auto const dialect = text_or_empty(form, "dialect");
  if (!dialect.empty())
    read.dialect = enumerator_of(dialect, {input_dialect::parley, input_dialect::amigo, input_dialect::eqho},
                                 dialect_word);
  auto version = scenario_version_from_json(form.at("content"));
  read_pin(version, form);
  read.versions.push_back(std::move(version));
  return read;
}

persona persona_from(json const& form) {
  persona read;
  read_identity(read, form);
  read.role = text_or_empty(form, "role");
  auto content = form.at("content");
  content.erase("sensitive_user_variables");
  auto version = persona_version_from_json(content);
  read_pin(version, form);
  read.versions.push_back(std::move(version));
  return read;
}

json position_form(source_position const& where) {
  json form = json::object();
  if (!where.file.empty()) form["file"] = where.file;
  if (where.line > 0) form["line"] = where.line;
  if (where.column > 0) form["column"] = where.column;
  if (!where.pointer.empty()) form["pointer"] = where.pointer;
  return form;
}

source_position position_from(json const& form) {
  source_position where;
  if (!form.is_object()) return where;
  where.file = text_or_empty(form, "file");
  where.line = static_cast<int>(integer_or(form, "line", 0));
  where.column = static_cast<int>(integer_or(form, "column", 0));
  where.pointer = text_or_empty(form, "pointer");
  return where;
}

}  // namespace parley
