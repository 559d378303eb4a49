// Secrets of the registry: random ones, their hashes, comparing them, and the base64 that tokens are written
// in.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

std::string random_hex(std::size_t bytes);
std::string hmac_sha256(std::string_view key, std::string_view text);  // 32 bytes
bool equal_in_constant_time(std::string_view a,
                            std::string_view b);  // as long as `a` and `b` are equally long

std::string to_base64url(std::string_view bytes);                  // without padding
std::optional<std::string> from_base64url(std::string_view text);  // padding and other letters: nullopt
std::optional<std::string> from_base64(std::string_view text);     // as of Basic credentials

}  // namespace parley
