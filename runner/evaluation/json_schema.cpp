// g++ 12 misfires on std::regex, which valijson's templates contain (and prepared_schema keeps from running).
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include "runner/evaluation/json_schema.hpp"

#include "runner/evaluation/prepared_schema.hpp"
#include "runner/evaluation/schema_constraints.hpp"

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include <stdexcept>

namespace parley {
namespace {

using valijson::adapters::NlohmannJsonAdapter;

std::string path_of(std::vector<std::string> const& context) {
  std::string path;
  for (auto const& step : context) path += step == "<root>" ? "" : step;
  return path.empty() ? "the value" : path;
}

}  // namespace

struct json_schema::compiled {
  nlohmann::json source;  // the constraints refer to it
  valijson::Schema schema;
};

json_schema::json_schema(nlohmann::json const& schema, schema_problems& problems) {
  auto ready = std::make_unique<compiled>();
  ready->source = prepared_schema(schema, problems);
  if (!problems.errors.empty()) return;
  valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
  add_own_constraints(parser);
  try {
    parser.populateSchema(NlohmannJsonAdapter(ready->source), ready->schema);
  } catch (std::exception const& e) {
    problems.errors.push_back(std::string("not a usable schema: ") + e.what());
    return;
  }
  compiled_ = std::move(ready);
}

json_schema::~json_schema() = default;
json_schema::json_schema(json_schema&&) noexcept = default;
json_schema& json_schema::operator=(json_schema&&) noexcept = default;

bool json_schema::accepts(nlohmann::json const& document) const {
  valijson::Validator validator;
  return validator.validate(compiled_->schema, NlohmannJsonAdapter(document), nullptr);
}

std::string json_schema::complaint(nlohmann::json const& document) const {
  valijson::Validator validator;
  valijson::ValidationResults results;
  if (validator.validate(compiled_->schema, NlohmannJsonAdapter(document), &results)) return {};
  valijson::ValidationResults::Error first;
  if (!results.popError(first)) return "not valid";
  return path_of(first.context) + ": " + first.description;
}

}  // namespace parley
