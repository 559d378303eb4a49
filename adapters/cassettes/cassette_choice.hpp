// Whether a run's traffic is recorded or replayed, as the command line says it.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace parley {

enum class cassette_party { agent, user, judge };
std::string_view to_text(cassette_party party);

struct cassette_choice {
  enum class mode { none, record, replay };
  mode which = mode::none;
  std::string directory;
  std::set<cassette_party> rerecord;  // of a replay: these parties are asked again, and recorded anew
};

std::optional<cassette_party> parse_cassette_party(std::string_view text);

}  // namespace parley
