// What the language models have in common on their way to the network.
#pragma once

#include "adapters/http/http_client.hpp"
#include "adapters/language_models/model_settings.hpp"
#include "runner/ports/language_model.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>

namespace parley {

// A question may be asked twice: nothing but its price depends on it. So it is sent again after every status
// that the providers' own clients try again after.
http_client_settings client_settings(model_settings const& settings, proxy_settings const& proxies);

std::string speaker_of(model_settings const& settings);  // "the language model small (gpt-4o)"
std::string url_of(model_settings const& settings);      // the provider's own when none is set
int calls_in(model_request const& request);              // tool calls of the whole conversation

// True when the coroutine was asked to stop; it must run with throw_if_cancelled(false).
boost::asio::awaitable<bool> model_asked_to_stop();

}  // namespace parley
