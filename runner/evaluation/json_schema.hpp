// A JSON Schema (draft 7) made ready once. Patterns run on RE2, nothing on std::regex; time and stack are
// bounded for any document of `parse_json`.
#pragma once

#include "runner/json_value.hpp"

#include <memory>
#include <string>
#include <vector>

namespace parley {

struct schema_problems {
  std::vector<std::string> errors;    // the schema cannot be used
  std::vector<std::string> warnings;  // parts of it are not checked
};

class json_schema {
 public:
  json_schema(nlohmann::json const& schema, schema_problems& problems);
  ~json_schema();
  json_schema(json_schema&&) noexcept;
  json_schema& operator=(json_schema&&) noexcept;

  bool accepts(nlohmann::json const& document) const;
  // The first thing that is wrong, for a person. Costs memory in proportion to what is wrong.
  std::string complaint(nlohmann::json const& document) const;

 private:
  struct compiled;
  std::unique_ptr<compiled const> compiled_;
};

}  // namespace parley
