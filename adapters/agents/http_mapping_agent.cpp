#include "adapters/agents/http_mapping_agent.hpp"

#include "adapters/agents/http_agent.hpp"
#include "adapters/formats/reply_parts.hpp"
#include "adapters/http/event_stream.hpp"
#include "adapters/http/json_lines.hpp"
#include "runner/evaluation/white_space.hpp"

#include <map>

namespace parley {
namespace {

using boost::asio::awaitable;
using time_point = std::chrono::steady_clock::time_point;

// Takes a streamed body apart and maps each piece alone.
class streamed_reply {
 public:
  streamed_reply(mapped_reply& into, reply_mapping::stream_kind kind, std::size_t limit)
      : into_(into), kind_(kind), limit_(limit), lines_(limit), events_(limit) {}

  bool put(std::string_view piece) {
    if (kind_ == reply_mapping::stream_kind::ndjson) {
      auto const reached = lines_.put(piece, [this](std::string_view line) { return take(line); });
      if (reached == json_lines::progress::too_large) refuse();
      return reached == json_lines::progress::needs_more;
    }
    auto const reached = events_.put(piece, [this](server_event const& event) { return take(event.data); });
    if (reached == event_stream::progress::too_large) refuse();
    return reached == event_stream::progress::needs_more;
  }

  void finish() {
    if (problem_ || done_) return;
    if (kind_ == reply_mapping::stream_kind::ndjson)
      lines_.finish([this](std::string_view line) { return take(line); });
    else
      events_.finish([this](server_event const& event) { return take(event.data); });
  }

  std::optional<failure> const& problem() const { return problem_; }

 private:
  bool take(std::string_view data) {
    if (is_blank(data)) return true;
    done_ = kind_ == reply_mapping::stream_kind::sse && data == "[DONE]";
    if (done_) return false;
    problem_ = into_.add(data);
    return !problem_;
  }

  void refuse() {
    problem_ = failure(failure_code::agent_protocol,
                       "a piece of the reply is larger than " + std::to_string(limit_) + " bytes (max_body)");
  }

  mapped_reply& into_;
  reply_mapping::stream_kind kind_;
  std::size_t limit_;
  json_lines lines_;
  event_stream events_;
  std::optional<failure> problem_;
  bool done_ = false;
};

std::string_view type_text(agent_request::kind type) {
  switch (type) {
    case agent_request::kind::user_message:
      return "user-message";
    case agent_request::kind::external_event:
      return "external-event";
    case agent_request::kind::skip:
      return "skip";
    case agent_request::kind::tool_results:
      break;
  }
  return "tool-results";
}

class mapped_conversation final : public agent_conversation {
 public:
  mapped_conversation(std::shared_ptr<http_client> client, std::shared_ptr<http_mapping const> mapping,
                      bool calls_reported, std::size_t max_body, std::shared_ptr<seen_version> version,
                      std::shared_ptr<conversation_facts const> const& facts)
      : client_(std::move(client)),
        mapping_(std::move(mapping)),
        calls_reported_(calls_reported || !mapping_->tool_results),
        max_body_(max_body),
        version_(std::move(version)),
        flow_(flow_of(facts->held_as)),
        values_(facts) {}

  awaitable<outcome<agent_reply>> exchange(agent_request const& request, time_point deadline) override {
    bool const stopping = co_await asked_to_stop();
    if (stopping) co_return failure(failure_code::cancelled, "cancelled");
    values_.request = &request;
    values_.type = type_text(request.type);
    values_.now = request.now;
    bool const greeted_by_open = request.type == agent_request::kind::skip && !mapping_->skip;
    if (!opened_ && mapping_->open) {
      auto opened = co_await perform(*mapping_->open, deadline);
      if (opened.has_error() || greeted_by_open) co_return whole(std::move(opened));
      opened_ = true;
    }
    auto const* const mapped = request_for(request.type);
    if (mapped == nullptr)
      co_return failure(failure_code::agent_protocol,
                        "the mapping has no request for '" + std::string(values_.type) + "'");
    auto reply = co_await perform(*mapped, deadline);
    co_return whole(std::move(reply));
  }

  awaitable<outcome<void>> close(time_point deadline) override {
    if (!opened_ || !mapping_->close) co_return outcome<void>();
    values_.request = nullptr;
    values_.type = {};
    auto const route = route_to(*mapping_->close);
    if (route.has_error()) co_return route.error();
    mapping_->close->write_body(values_, body_);
    auto const closed = co_await client_->send(*route, body_, deadline, nullptr, flow_);
    if (closed.has_error()) co_return closed.error();
    co_return outcome<void>();
  }

 private:
  struct prepared {
    std::string url;
    http_headers headers;
    outcome<http_route> route;
  };

  // The same request mostly goes to the same place in every turn.
  outcome<http_route> route_to(mapped_request const& request) {
    auto known = routes_.find(&request);
    if (known != routes_.end() && !request.varies()) return known->second.route;
    auto url = request.url(values_);
    auto headers = request.headers(values_);
    if (known != routes_.end() && known->second.url == url && known->second.headers == headers)
      return known->second.route;
    auto route = client_->prepare(request.method(), url, headers);
    prepared const made{std::move(url), std::move(headers), route};
    routes_.insert_or_assign(&request, made);
    return route;
  }

  mapped_request const* request_for(agent_request::kind type) const {
    auto const* const place = type == agent_request::kind::external_event ? &mapping_->event
                              : type == agent_request::kind::skip         ? &mapping_->skip
                              : type == agent_request::kind::tool_results ? &mapping_->tool_results
                                                                          : &mapping_->say;
    return *place ? &**place : nullptr;
  }

  awaitable<outcome<agent_reply>> perform(mapped_request const& request, time_point deadline) {
    auto const route = route_to(request);
    if (route.has_error()) co_return route.error();
    request.write_body(values_, body_);
    mapped_reply collected(mapping_->replies, calls_reported_, calls_seen_);
    auto const kind = mapping_->replies.stream();
    if (kind == reply_mapping::stream_kind::none) {
      auto const received = co_await client_->send(*route, body_, deadline, nullptr, flow_);
      if (received.has_error()) co_return received.error();
      version_->look_at(received->agent_version);
      bool const nothing = is_blank(received->body);
      auto const problem = nothing ? std::nullopt : collected.add(received->body);
      if (problem) co_return *problem;
    } else {
      streamed_reply pieces(collected, kind, max_body_);
      piece_sink const sink = [&pieces](std::string_view piece) { return pieces.put(piece); };
      auto const received = co_await client_->send(*route, body_, deadline, &sink, flow_);
      if (received.has_error()) co_return received.error();
      version_->look_at(received->agent_version);
      pieces.finish();
      if (pieces.problem()) co_return *pieces.problem();
    }
    if (!mapping_->open) opened_ = true;
    if (collected.conversation_id() && !named_) {
      values_.conversation_id = *collected.conversation_id();
      named_ = true;
    }
    co_return collected.take();
  }

  // What answers a step says something; only `open` and `close` may be answered by nothing.
  outcome<agent_reply> whole(outcome<agent_reply> reply) {
    if (!reply.has_error()) opened_ = true;
    if (!reply.has_error() && is_empty(*reply)) return empty_reply();
    return reply;
  }

  std::shared_ptr<http_client> client_;
  std::shared_ptr<http_mapping const> mapping_;
  bool calls_reported_;
  std::size_t max_body_;
  std::shared_ptr<seen_version> version_;
  std::uint64_t flow_;
  mapping_values values_;
  std::map<mapped_request const*, prepared> routes_;
  std::string body_;
  int calls_seen_ = 0;
  bool opened_ = false;
  bool named_ = false;  // the agent has given its own conversation id
};

}  // namespace

http_mapping_agent::http_mapping_agent(agent_settings const& settings,
                                       std::shared_ptr<http_mapping const> mapping,
                                       boost::asio::io_context& io, proxy_settings const& proxies)
    : client_(std::make_shared<http_client>(io, client_settings(settings, proxies))),
      mapping_(std::move(mapping)),
      calls_reported_(settings.calls_reported),
      max_body_(settings.max_body),
      version_(std::make_shared<seen_version>(settings.version)) {}

std::unique_ptr<agent_conversation> http_mapping_agent::start(
    std::shared_ptr<conversation_facts const> facts) {
  return std::make_unique<mapped_conversation>(client_, mapping_, calls_reported_, max_body_, version_,
                                               facts);
}

}  // namespace parley
