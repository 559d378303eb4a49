#include "adapters/scenario_sources/registry_address.hpp"

#include "adapters/http/http_url.hpp"

namespace parley {
namespace {

failure unusable(std::string_view text, std::string const& why) {
  return {failure_code::invalid_input,
          "'" + std::string(text) + "' is no registry: " + why +
              "; write http://HOST/ORGANIZATION, or http://HOST/v1/simulation for an Eqho API"};
}

}  // namespace

bool is_registry_url(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://");
}

outcome<registry_address> parse_registry_url(std::string_view text) {
  std::string why;
  auto const url = parse_http_url(text, why);
  if (!url) return unusable(text, why);
  if (!url->authorization.empty()) return unusable("...", "credentials do not belong into its URL");
  if (text.find_first_of("?#") != text.npos) return unusable(text, "it has a query");
  while (text.ends_with('/')) text.remove_suffix(1);
  for (auto const* const ending : {"/v1/simulation/scenarios", "/v1/simulation"})
    if (text.ends_with(ending)) {
      text.remove_suffix(std::string_view(ending).size());
      registry_address found;
      found.base = std::string(text);
      found.url = found.base + "/v1/simulation";
      return found;
    }
  auto const slash = text.rfind('/');
  if (url->target == "/" || slash + 1 == text.size()) return unusable(text, "it names no organization");
  registry_address found;
  found.url = std::string(text);
  found.organization = std::string(text.substr(slash + 1));
  text.remove_suffix(text.size() - slash);
  if (text.ends_with("/v1")) text.remove_suffix(3);
  found.base = std::string(text);
  return found;
}

}  // namespace parley
