#include "runner/evaluation/schema_check.hpp"

#include "runner/evaluation/scope_finding.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

constexpr std::size_t max_explained = 16 * 1024;  // bytes of a message that is worth a second, slower look

std::string reason(json_schema const& schema, std::string_view message, parsed_json const& parsed) {
  if (!parsed.ok) return "not JSON (" + parsed.error + "): ";
  if (message.size() > max_explained) return {};
  return schema.complaint(parsed.value.get()) + ": ";
}

}  // namespace

schema_check::schema_check(json_schema schema, check const& source)
    : schema_(std::move(schema)), of_(source.of), scope_(source.scope) {}

std::optional<schema_check> schema_check::compile(check const& source, input_problems& problems) {
  schema_problems found;
  json_schema schema(source.value.get(), found);
  for (auto const& text : found.errors) problems.error(source.where, "json_schema: " + text);
  for (auto const& text : found.warnings) problems.warning(source.where, "json_schema: " + text);
  if (!found.errors.empty()) return std::nullopt;
  return schema_check(std::move(schema), source);
}

finding schema_check::look_at(transcript const& sealed) const {
  std::string why;
  auto const valid = [&](std::string_view message) -> std::optional<text_span> {
    parsed_json const parsed = parse_json(message);
    if (parsed.ok && schema_.accepts(parsed.value.get())) return text_span{};
    why = reason(schema_, message, parsed);
    return std::nullopt;
  };
  finding result = find_in_scope(sealed, of_, scope_, valid);
  if (result.answer == verdict::not_met) result.evidence = excerpt(why + result.evidence);
  return result;
}

}  // namespace parley
