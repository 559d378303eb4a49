// Links that need no credentials: they say what they lead to and until when, and are signed.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

struct signed_link {
  std::string token;
  std::chrono::sys_seconds expires_at{};
};

class link_signer {
 public:
  link_signer() = default;
  link_signer(std::string key, std::chrono::seconds life, std::function<std::chrono::sys_seconds()> now)
      : key_(std::move(key)), life_(life), now_(std::move(now)) {}

  signed_link sign(std::string const& id) const;                  // `id` holds no dot
  std::optional<std::string> read(std::string_view token) const;  // nullopt: forged or expired

 private:
  std::string key_;
  std::chrono::seconds life_{3600};
  std::function<std::chrono::sys_seconds()> now_;
};

}  // namespace parley
