// From what the configuration says to the language model itself, and what can be said against it before a run
// starts.
#pragma once

#include "adapters/http/proxy_settings.hpp"
#include "adapters/language_models/model_settings.hpp"
#include "adapters/system/environment.hpp"
#include "runner/inputs/input_problems.hpp"
#include "runner/ports/language_model.hpp"

#include <boost/asio/io_context.hpp>

#include <memory>

namespace parley {

// The settings have passed check_model; throws std::logic_error for another type. The model lives on `io` and
// goes before it. `variables` say which proxy to use.
std::unique_ptr<language_model> make_model(model_settings const& settings, boost::asio::io_context& io,
                                           environment const& variables);
std::unique_ptr<language_model> make_model(model_settings const& settings, boost::asio::io_context& io,
                                           proxy_settings const& proxies);

// Everything wrong with the settings themselves: type, url, model, credentials, limits.
void check_model(model_settings const& settings, input_problems& problems);

}  // namespace parley
