// Routes that have their path, topic, kind of object and kind of credentials in common, and that are answered
// from the same things.
#pragma once

#include "adapters/registry_api/api_route.hpp"

#include <memory>
#include <string>
#include <utility>

namespace parley {

// `Context` is a pointer: every route keeps one.
template <class Context>
class route_group {
 public:
  using call_pointer = std::shared_ptr<api_call const>;
  using function = boost::asio::awaitable<http_response> (*)(Context, call_pointer);

  route_group(Context context, std::string path, std::string topic, object_kind kind,
              api_access access = api_access::amigo)
      : context_(std::move(context)),
        path_(std::move(path)),
        topic_(std::move(topic)),
        kind_(kind),
        access_(access) {}

  // `below` is added to the group's path.
  api_route make(std::string method, std::string const& below, std::string summary, object_action action,
                 function answer) const {
    api_route route;
    route.method = std::move(method);
    route.path = path_ + below;
    route.summary = std::move(summary);
    route.topic = topic_;
    route.access = access_;
    route.needs.push_back({action, kind_});
    route.answer = [context = context_, answer](call_pointer call) {
      return answer(context, std::move(call));
    };
    return route;
  }

 private:
  Context context_;
  std::string path_;
  std::string topic_;
  object_kind kind_;
  api_access access_;
};

}  // namespace parley
