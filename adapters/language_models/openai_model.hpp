// A language model behind chat completions: OpenAI, Azure OpenAI and every server that imitates them.
#pragma once

#include "adapters/http/chat_client.hpp"
#include "adapters/language_models/model_settings.hpp"
#include "runner/ports/language_model.hpp"

namespace parley {

class openai_model final : public language_model {
 public:
  // The settings have passed check_model. The model lives on `io` and goes before it.
  openai_model(model_settings const& settings, boost::asio::io_context& io, proxy_settings const& proxies);

  boost::asio::awaitable<outcome<model_answer>> ask(model_request const& request,
                                                    std::chrono::steady_clock::time_point deadline) override;

 private:
  model_settings settings_;
  chat_client client_;
};

}  // namespace parley
