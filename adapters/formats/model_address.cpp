#include "adapters/formats/model_address.hpp"

namespace parley {
namespace {

constexpr auto azure_version = "2024-10-21";
constexpr auto anthropic_version = "2023-06-01";

struct url_parts {
  std::string path;  // with scheme and host
  std::string query;
};

url_parts split(std::string const& url) {
  auto const question = url.find('?');
  url_parts parts{url.substr(0, question), {}};
  if (question != std::string::npos) parts.query = url.substr(question);
  while (parts.path.ends_with('/')) parts.path.pop_back();
  return parts;
}

bool has_path(std::string const& url) {
  auto const scheme = url.find("://");
  return url.find('/', scheme == std::string::npos ? 0 : scheme + 3) != std::string::npos;
}

std::string ending_in(url_parts const& parts, std::string const& ending) {
  if (parts.path.ends_with(ending)) return parts.path;
  return parts.path + (has_path(parts.path) ? "" : "/v1") + ending;
}

}  // namespace

bool is_azure_deployment(std::string const& url) {
  return url.find("/openai/deployments/") != std::string::npos;
}

model_address chat_address(std::string const& url, std::string const& api_key,
                           std::string const& api_version) {
  auto parts = split(url);
  bool const azure = is_azure_deployment(url);
  if (azure && parts.query.find("api-version=") == std::string::npos)
    parts.query += (parts.query.empty() ? "?api-version=" : "&api-version=") +
                   (api_version.empty() ? azure_version : api_version);
  model_address address{ending_in(parts, "/chat/completions") + parts.query, {}};
  if (api_key.empty()) return address;
  if (azure)
    address.headers.emplace_back("api-key", api_key);
  else
    address.headers.emplace_back("Authorization", "Bearer " + api_key);
  return address;
}

model_address messages_address(std::string const& url, std::string const& api_key,
                               std::string const& api_version) {
  auto const parts = split(url);
  model_address address{ending_in(parts, "/messages") + parts.query, {}};
  address.headers.emplace_back("anthropic-version", api_version.empty() ? anthropic_version : api_version);
  if (!api_key.empty()) address.headers.emplace_back("x-api-key", api_key);
  return address;
}

}  // namespace parley
