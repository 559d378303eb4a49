#include "adapters/storage/store_operation.hpp"

namespace parley {

registry_error refusal_of(sql_error const& error) {
  switch (error.why) {
    case sql_error::cause::name_taken:
      return registry_error(registry_refusal::conflict, "a live object has this name already");
    case sql_error::cause::id_taken:
      return registry_error(registry_refusal::conflict, "an object with this id exists already");
    case sql_error::cause::unavailable:
    case sql_error::cause::time_taken:
    case sql_error::cause::conflict:
    case sql_error::cause::mistake:
      break;
  }
  return registry_error(registry_refusal::unavailable,
                        std::string("the registry's database: ") + error.what());
}

bool is_worth_another_try(sql_error const& error) {
  return error.why == sql_error::cause::time_taken || error.why == sql_error::cause::conflict;
}

}  // namespace parley
