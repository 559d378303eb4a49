#include "runner/conversation/letter_script.hpp"

#include <array>
#include <cstdint>

namespace parley {
namespace {

struct script_range {
  std::uint32_t first;
  std::uint32_t last;
  script of;
};

constexpr auto ranges = std::to_array<script_range>({
    {'A', 'Z', script::latin},          {'a', 'z', script::latin},          {0xC0, 0xD6, script::latin},
    {0xD8, 0xF6, script::latin},        {0xF8, 0x24F, script::latin},       {0x370, 0x3FF, script::greek},
    {0x400, 0x52F, script::cyrillic},   {0x531, 0x587, script::armenian},   {0x590, 0x5FF, script::hebrew},
    {0x620, 0x65F, script::arabic},     {0x66E, 0x6D5, script::arabic},     {0x6EE, 0x6EF, script::arabic},
    {0x6FA, 0x77F, script::arabic},     {0x900, 0x97F, script::devanagari}, {0x980, 0x9FF, script::bengali},
    {0xB80, 0xBFF, script::tamil},      {0xC00, 0xC7F, script::telugu},     {0xE01, 0xE4E, script::thai},
    {0x10A0, 0x10FF, script::georgian}, {0x1100, 0x11FF, script::hangul},   {0x1E00, 0x1EFF, script::latin},
    {0x1F00, 0x1FFF, script::greek},    {0x3041, 0x3096, script::kana},     {0x30A1, 0x30FA, script::kana},
    {0x3130, 0x318F, script::hangul},   {0x3400, 0x9FFF, script::han},      {0xAC00, 0xD7A3, script::hangul},
    {0xF900, 0xFAFF, script::han},      {0xFB50, 0xFDFF, script::arabic},   {0xFE70, 0xFEFC, script::arabic},
    {0x20000, 0x323AF, script::han},
});

script script_of(std::uint32_t character) {
  for (auto const& range : ranges)
    if (character >= range.first && character <= range.last) return range.of;
  return script::none;
}

// Bytes of the character that begins with `lead`; 0 for a byte that begins none.
std::size_t length_from(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

}  // namespace

std::vector<script> scripts_of(std::string_view text) {
  std::vector<script> scripts;
  for (std::size_t i = 0; i < text.size();) {
    auto const lead = static_cast<unsigned char>(text[i]);
    std::size_t const length = length_from(lead);
    if (length == 0 || i + length > text.size()) {
      ++i;
      continue;
    }
    constexpr std::array<unsigned char, 5> mask{0, 0x7F, 0x1F, 0x0F, 0x07};
    std::uint32_t character = lead & mask[length];
    for (std::size_t k = 1; k < length; ++k)
      character = (character << 6U) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
    scripts.push_back(script_of(character));
    i += length;
  }
  return scripts;
}

}  // namespace parley
