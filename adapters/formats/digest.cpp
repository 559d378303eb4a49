#include "adapters/formats/digest.hpp"

#include "runner/evaluation/white_space.hpp"
#include "runner/inputs/scenario_json.hpp"

#include <nlohmann/json.hpp>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace parley {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 9> own_keys{
    "objective",       "instructions", "initial_message_type", "conversation_starts_at",
    "initial_message", "script",       "environment",          "evaluation",
    "background"};
constexpr std::array<std::string_view, 5> own_persona_keys{"preferred_language", "timezone", "user_models",
                                                           "user_variables", "sensitive_user_variables"};

// Foreign keys that say when, by whom and under which name; or that hold what our own keys say already.
constexpr std::array<std::string_view, 24> left_out{"_id",
                                                    "id",
                                                    "name",
                                                    "role",
                                                    "tags",
                                                    "version",
                                                    "history",
                                                    "folder",
                                                    "parley",
                                                    "account_id",
                                                    "org_id",
                                                    "created_at",
                                                    "updated_at",
                                                    "created_by",
                                                    "updated_by",
                                                    "creator",
                                                    "is_deleted",
                                                    "last_modified_at",
                                                    "last_modified_by",
                                                    "scenario_set_id",
                                                    "simulation_scenario_id",
                                                    "simulation_persona_id",
                                                    "nonsensitive_user_variables",
                                                    "digest"};

constexpr std::array<std::string_view, 10> mapped_from_eqho{"/lead_scenario/persona",
                                                            "/lead_scenario/instructions/task_instructions",
                                                            "/lead_scenario/instructions/reason_for_call",
                                                            "/lead_scenario/instructions/language",
                                                            "/environment_setup/dynamic_variables",
                                                            "/environment_setup/conversation_direction",
                                                            "/environment_setup/message_history",
                                                            "/environment_setup/action_mocks",
                                                            "/evaluation_criteria/actions",
                                                            "/evaluation_criteria/nl_assertions"};

template <class Keys>
bool among(Keys const& keys, std::string_view key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

void erase_path(json& value, std::string_view path) {
  auto const slash = path.find('/', 1);
  std::string const key(path.substr(1, slash == std::string_view::npos ? slash : slash - 1));
  if (!value.is_object() || !value.contains(key)) return;
  if (slash == std::string_view::npos) {
    value.erase(key);
  } else {
    erase_path(value[key], path.substr(slash));
  }
}

// Takes out null, {} and [] at every depth; true when nothing is left of the value itself.
bool prune(json& value) {
  if (value.is_object()) {
    for (auto it = value.begin(); it != value.end();)
      it = prune(it.value()) ? value.erase(it) : std::next(it);
  } else if (value.is_array()) {
    for (auto& item : value) prune(item);
  }
  return value.is_null() || ((value.is_object() || value.is_array()) && value.empty());
}

// Registries trim these texts, and a block of YAML ends with a line break nobody meant.
void trim_texts(json& value) {
  for (auto const* const key : {"objective", "instructions", "background"})
    if (auto const found = value.find(key); found != value.end() && found->is_string())
      *found = std::string(trimmed(found->get_ref<std::string const&>()));
}

std::string digest_of(json value) {
  trim_texts(value);
  if (value.contains("script") && value.value("instructions", std::string()) == scripted_instructions)
    value.erase("instructions");
  for (auto const path : mapped_from_eqho) erase_path(value, path);
  for (auto it = value.begin(); it != value.end();) {
    bool const ours = among(own_keys, it.key()) || among(own_persona_keys, it.key());
    bool const gone = !ours && (among(left_out, it.key()) || prune(it.value()));
    it = gone ? value.erase(it) : std::next(it);
  }
  return sha256_hex(canonical_text(value));
}

}  // namespace

std::string sha256_hex(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  // EVP_sha256() would be looked up anew every time, which costs more than a short text.
  static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);  // lives as long as the program
  if (EVP_Digest(text.data(), text.size(), bytes.data(), &size, algorithm, nullptr) != 1)
    throw std::runtime_error("SHA-256 is not available in this OpenSSL");
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  hex.reserve(std::size_t{size} * 2);
  for (unsigned int i = 0; i < size; ++i) {
    hex += digits[bytes[i] >> 4U];
    hex += digits[bytes[i] & 15U];
  }
  return hex;
}

std::string default_id(std::string_view kind, std::string_view name) {
  return sha256_hex(std::string(kind) + ":" + std::string(name)).substr(0, 24);
}

std::string content_digest(scenario_version const& version) {
  return digest_of(to_json(version));
}
std::string content_digest(persona_version const& version) {
  return digest_of(to_json(version));
}

std::string lock_digest(scenario const& told) {
  auto const& digest = told.latest().digest;
  return told.lead ? sha256_hex(digest + told.lead->latest().digest) : digest;
}

}  // namespace parley
