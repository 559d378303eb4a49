// A language model behind Anthropic messages.
#pragma once

#include "adapters/formats/anthropic_messages.hpp"
#include "adapters/formats/model_reply.hpp"
#include "adapters/http/http_client.hpp"
#include "adapters/language_models/model_settings.hpp"
#include "runner/ports/language_model.hpp"

#include <string>
#include <vector>

namespace parley {

class anthropic_model final : public language_model {
 public:
  // The settings have passed check_model. The model lives on `io` and goes before it.
  anthropic_model(model_settings const& settings, boost::asio::io_context& io, proxy_settings const& proxies);

  boost::asio::awaitable<outcome<model_answer>> ask(model_request const& request,
                                                    std::chrono::steady_clock::time_point deadline) override;

 private:
  using time_point = std::chrono::steady_clock::time_point;
  boost::asio::awaitable<outcome<http_reply>> send(std::string const& body, std::uint64_t flow,
                                                   std::string const& shape_tool, int calls_seen,
                                                   time_point deadline, outcome<model_reply>& into);
  failure named(failure why) const;

  model_settings settings_;
  std::vector<std::string> secrets_;
  http_client client_;
  outcome<http_route> route_;
  anthropic_dialect dialect_;
};

}  // namespace parley
