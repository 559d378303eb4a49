#include "runner/inputs/run_plan.hpp"

namespace parley {
namespace {

std::uint64_t fnv_1a(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (char const c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3;
  }
  return hash;
}

// The finaliser of splitmix64: every bit of the input moves every bit of the result.
std::uint64_t mixed(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

}  // namespace

std::uint64_t stable_hash(std::string_view text) {
  return mixed(fnv_1a(text));
}

std::uint64_t trial_seed(std::uint64_t run_seed, cell_id const& cell, int trial) {
  std::uint64_t const of_cell = mixed(run_seed ^ stable_hash(cell.value));
  return mixed(of_cell ^ static_cast<std::uint64_t>(trial));
}

std::string slug(std::string_view text) {
  std::string made;
  bool gap = false;  // other ASCII since the last kept character
  for (char c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    bool const kept =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (kept) {
      if (gap && !made.empty()) made += '-';
      made += c;
    }
    gap = !kept;
  }
  return made.empty() ? "x" : made;
}

}  // namespace parley
