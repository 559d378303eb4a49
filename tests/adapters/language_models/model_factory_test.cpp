#include "adapters/language_models/model_factory.hpp"

#include "adapters/formats/model_address.hpp"
#include "tests/support/catch.hpp"

namespace parley {
namespace {

std::string problems_of(model_settings const& settings) {
  input_problems problems;
  check_model(settings, problems);
  std::string all;
  for (auto const& problem : problems.sorted()) all += to_text(problem) + "\n";
  return all;
}

model_settings small() {
  model_settings settings;
  settings.name = "small";
  settings.model = "gpt-4o-mini";
  settings.api_key = "sk-123456";
  return settings;
}

TEST_CASE("settings of a model in order have no problem") {
  CHECK(problems_of(small()).empty());
  auto local = small();
  local.url = "http://127.0.0.1:11434/v1";
  local.api_key.clear();
  CHECK(problems_of(local).empty());
  auto azure = small();
  azure.url = "https://h.openai.azure.com/openai/deployments/d";
  azure.model.clear();
  CHECK(problems_of(azure).empty());
}

TEST_CASE("each mistake in a model's settings is told") {
  auto wrong = small();
  wrong.type = "parrot";
  CHECK(problems_of(wrong).find("models.small.type: unknown type 'parrot'") != std::string::npos);
  wrong = small();
  wrong.model.clear();
  wrong.api_key.clear();
  wrong.ca_file = "/nowhere.pem";
  wrong.max_tokens = 0;
  wrong.max_connections = 0;
  wrong.max_rate = 0;
  auto const found = problems_of(wrong);
  for (auto const* key : {"model is", "api_key is", "ca_file", "max_tokens", "max_connections", "max_rate"})
    CHECK(found.find(std::string("models.small.") + key) != std::string::npos);
  wrong = small();
  wrong.url = "localhost:8080";
  CHECK(problems_of(wrong).find("models.small.url cannot be used") != std::string::npos);
}

TEST_CASE("URLs of models are completed") {
  auto const chat = [](std::string const& url) { return chat_address(url, "", "").url; };
  CHECK(chat("https://h/v1") == "https://h/v1/chat/completions");
  CHECK(chat("https://h/v1/") == "https://h/v1/chat/completions");
  CHECK(chat("https://h") == "https://h/v1/chat/completions");
  CHECK(chat("https://h/api/openai?x=1") == "https://h/api/openai/chat/completions?x=1");
  CHECK(chat("https://h/v1/chat/completions") == "https://h/v1/chat/completions");
  CHECK(chat("https://h/openai/deployments/d/chat/completions?api-version=2025-01-01") ==
        "https://h/openai/deployments/d/chat/completions?api-version=2025-01-01");
  CHECK(chat_address("https://h/openai/deployments/d", "", "v9").url ==
        "https://h/openai/deployments/d/chat/completions?api-version=v9");
  CHECK(messages_address("https://h", "", "").url == "https://h/v1/messages");
  CHECK(messages_address("https://h/v1/messages", "", "").url == "https://h/v1/messages");
}

}  // namespace
}  // namespace parley
