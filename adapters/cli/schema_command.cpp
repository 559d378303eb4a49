#include "adapters/cli/schema_command.hpp"

#include "adapters/formats/document_shape.hpp"
#include "adapters/system/terminal.hpp"
#include "reports/event_schema.hpp"

#include <iostream>

namespace parley {

int schema_command(schema_options const& options) {
  if (options.name == "events") {
    std::cout << event_schema();
  } else {
    std::cout << schema_text(options.name);
  }
  return flush_stdout() ? 0 : 3;
}

}  // namespace parley
