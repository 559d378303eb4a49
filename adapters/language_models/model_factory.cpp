#include "adapters/language_models/model_factory.hpp"

#include "adapters/formats/model_address.hpp"
#include "adapters/http/http_url.hpp"
#include "adapters/language_models/anthropic_model.hpp"
#include "adapters/language_models/model_connection.hpp"
#include "adapters/language_models/openai_model.hpp"

#include <unistd.h>

#include <stdexcept>

namespace parley {
namespace {

// The providers' own servers answer nobody without a key; local ones mostly want none.
bool needs_key(std::string const& url) {
  std::string why;
  auto const parsed = parse_http_url(url, why);
  if (!parsed) return false;
  auto const& host = parsed->origin.host;
  return host == "api.openai.com" || host == "api.anthropic.com" || is_azure_deployment(url);
}

}  // namespace

std::unique_ptr<language_model> make_model(model_settings const& settings, boost::asio::io_context& io,
                                           proxy_settings const& proxies) {
  if (settings.type == "openai") return std::make_unique<openai_model>(settings, io, proxies);
  if (settings.type == "anthropic") return std::make_unique<anthropic_model>(settings, io, proxies);
  throw std::logic_error("model type '" + settings.type + "' was not checked");
}

std::unique_ptr<language_model> make_model(model_settings const& settings, boost::asio::io_context& io,
                                           environment const& variables) {
  return make_model(settings, io,
                    proxies_from([&](std::string const& name) { return variables.find(name); }));
}

void check_model(model_settings const& settings, input_problems& problems) {
  std::string const name = "models." + settings.name;
  auto const url = url_of(settings);
  std::string why;
  if (settings.type != "openai" && settings.type != "anthropic")
    problems.error(settings.where, name + ".type: unknown type '" + settings.type + "'",
                   "use openai or anthropic");
  if (!parse_http_url(url, why))
    problems.error(settings.where, name + ".url cannot be used: " + why,
                   "write it like https://api.openai.com/v1");
  if (settings.model.empty() && !is_azure_deployment(url))
    problems.error(settings.where, name + ".model is missing", "name the model, as its provider calls it");
  if (settings.api_key.empty() && settings.headers.empty() && needs_key(url))
    problems.error(settings.where, name + ".api_key is missing", "write api_key: ${NAME_OF_A_VARIABLE}");
  if (!settings.ca_file.empty() && ::access(settings.ca_file.c_str(), R_OK) != 0)
    problems.error(settings.where, name + ".ca_file: " + settings.ca_file + " cannot be read",
                   "name a file of PEM certificates");
  if (settings.max_tokens && *settings.max_tokens < 1)
    problems.error(settings.where, name + ".max_tokens must be at least 1");
  if (settings.max_connections && *settings.max_connections < 1)
    problems.error(settings.where, name + ".max_connections must be at least 1");
  if (settings.max_rate && !(*settings.max_rate > 0))
    problems.error(settings.where, name + ".max_rate must be more than 0 requests a second");
}

}  // namespace parley
