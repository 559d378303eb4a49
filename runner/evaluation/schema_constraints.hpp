// The JSON Schema keywords that valijson leaves to us (see prepared_schema): they are registered with its
// schema parser under names of our own.
#pragma once

namespace valijson {
class SchemaParser;
}

namespace parley {

void add_own_constraints(valijson::SchemaParser& parser);

}  // namespace parley
