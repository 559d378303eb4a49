// How many trials of a cell must pass.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace parley {

struct pass_rule {
  enum class kind { all, any, count, rate };
  kind which = kind::all;
  int needed = 0;   // K of K/N
  int of = 0;       // N of K/N; it also sets the number of trials
  double rate = 0;  // 0..1, for kind::rate
  friend bool operator==(pass_rule const&, pass_rule const&) = default;
};

// `all`, `any`, `4/5`, `0.8` or `80%`; nullopt for anything else (K > N, N < 1, rate outside 0..1 too).
std::optional<pass_rule> parse_pass_rule(std::string_view text);
std::string to_text(pass_rule const& rule);

}  // namespace parley
