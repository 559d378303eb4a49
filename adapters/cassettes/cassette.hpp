// The traffic of a whole run in one folder: `cassette.json` (format, seed, when it was recorded) and one
// `.jsonl` file per cell, a line for each request with its answer. Plain text: it can be read, and committed
// beside the scenarios. Lives on the run's io thread.
#pragma once

#include "adapters/cassettes/cassette_choice.hpp"
#include "adapters/cassettes/replay_clock.hpp"
#include "reports/redaction.hpp"
#include "runner/conversation/conversation_facts.hpp"
#include "runner/failure.hpp"
#include "runner/json_value.hpp"
#include "runner/trial_identity.hpp"

#include <nlohmann/json_fwd.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley {

struct recorded_exchange {
  json_value request;
  json_value answer;  // {"reply": ...} or {"failure": ...}
  std::chrono::microseconds elapsed{0};
};

class cassette {
 public:
  // Recording: makes the folder; refuses one that holds a cassette already. Failures: invalid_input (with a
  // remedy), unreadable.
  static outcome<std::unique_ptr<cassette>> record(std::string directory, std::uint64_t seed, wall_time now,
                                                   redaction mask);
  // Replaying: the folder must hold a cassette.
  static outcome<std::unique_ptr<cassette>> replay(cassette_choice const& choice, redaction mask);

  std::uint64_t seed() const { return seed_; }
  wall_time recorded_at() const { return recorded_at_; }

  // Whether this party's answers come from the cassette.
  bool replays(cassette_party party) const;
  // Whether requests must equal the recorded ones. Once a party is asked anew, what the others are asked
  // follows from its new answers: they replay by position.
  bool is_strict() const { return choice_.rerecord.empty(); }

  // The next recorded answer to this party in this conversation. Failure: not_recorded, with the field that
  // differs, what is missing, or the line that is damaged.
  outcome<recorded_exchange> next(trial_identity const& of, cassette_party party,
                                  nlohmann::json const& request);

  // The clock of a conversation under replay; null when recording, where time is real.
  replay_clock* clock_of(trial_identity const& of);

  // Keeps an exchange; secrets are replaced. A failure to write is reported by `finish`.
  void keep(trial_identity const& of, cassette_party party, recorded_exchange exchange);

  // Writes what a refreshing replay has to write, and says what went wrong with the files.
  outcome<void> finish();

 private:
  struct strip {  // one party's exchanges in one conversation
    std::vector<json_value> lines;
    std::size_t played = 0;
  };
  using reel = std::map<std::pair<trial_identity, cassette_party>, strip>;  // one cell's file

  cassette(cassette_choice choice, std::uint64_t seed, wall_time recorded_at, redaction mask);
  std::string file_of(std::string const& cell) const;
  outcome<reel*> reel_of(std::string const& cell);
  outcome<reel> read_reel(std::string const& cell) const;
  void append_line(std::string const& file, json_value const& line);
  void replace_file(std::string const& file, reel const& kept, reel const& fresh);

  cassette_choice choice_;
  std::uint64_t seed_;
  wall_time recorded_at_;
  redaction mask_;
  std::map<std::string, reel> reels_;      // by cell, as read
  std::map<std::string, reel> refreshed_;  // by cell: what a refreshing replay recorded anew
  std::map<trial_identity, std::unique_ptr<replay_clock>> clocks_;
  std::optional<failure> trouble_;
};

}  // namespace parley
