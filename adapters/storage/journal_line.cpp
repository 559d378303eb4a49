#include "adapters/storage/journal_line.hpp"

#include "reports/event_lines.hpp"

#include <zlib.h>

#include <array>
#include <charconv>
#include <cstdint>

namespace parley {
namespace {

constexpr std::string_view before_version = "{\"v\":";
constexpr std::string_view before_checksum = ",\"crc\":\"";
constexpr std::string_view after_checksum = "\",";
constexpr std::size_t digits = 8;
constexpr std::size_t checksum_at = before_version.size() + 1 + before_checksum.size();
constexpr std::size_t head_size = checksum_at + digits + after_checksum.size();
static_assert(event_version < 10, "the version has one digit");

std::uint32_t checksum_of(std::string_view text) {
  return static_cast<std::uint32_t>(
      crc32_z(0, reinterpret_cast<unsigned char const*>(text.data()), text.size()));
}

void put_checksum(char* to, std::uint32_t value) {
  for (std::size_t i = digits; i-- > 0; value >>= 4U) to[i] = "0123456789abcdef"[value & 15U];
}

}  // namespace

void append_journal_line(std::string& out, run_event const& event, redaction const& mask) {
  auto const start = out.size();
  out += before_version;
  out += static_cast<char>('0' + event_version);
  out += before_checksum;
  out.append(digits, '0');
  out += after_checksum;
  append_event_members(out, event, mask);
  put_checksum(out.data() + start + checksum_at,
               checksum_of(std::string_view(out).substr(start + head_size)));
  out += '\n';
}

std::variant<std::string_view, line_fault> checked_members(std::string_view line) {
  bool const framed = line.size() > head_size && line.starts_with(before_version) &&
                      line.substr(before_version.size() + 1).starts_with(before_checksum) &&
                      line.substr(checksum_at + digits).starts_with(after_checksum);
  if (!framed) return line_fault::damaged;
  std::array<char, digits> expected{};
  put_checksum(expected.data(), checksum_of(line.substr(head_size)));
  if (line.substr(checksum_at, digits) != std::string_view(expected.data(), digits))
    return line_fault::damaged;
  if (line[before_version.size()] != static_cast<char>('0' + event_version)) return line_fault::newer_version;
  return line.substr(head_size);
}

}  // namespace parley
