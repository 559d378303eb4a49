#include "adapters/cassettes/exchange_form.hpp"

#include "reports/utf8_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace parley {
namespace {

using nlohmann::json;

constexpr std::size_t shown = 80;  // bytes of a value that are repeated in a message

template <class Enum, std::size_t N>
struct words {
  std::array<std::pair<Enum, char const*>, N> all;
  char const* of(Enum value) const {
    for (auto const& [each, word] : all)
      if (each == value) return word;
    throw std::logic_error("a value without a word");
  }
  Enum from(std::string const& word) const {
    for (auto const& [value, each] : all)
      if (word == each) return value;
    throw std::runtime_error("unknown word '" + word + "'");
  }
};

constexpr words<agent_request::kind, 4> request_kinds{
    {{{agent_request::kind::user_message, "user-message"},
      {agent_request::kind::external_event, "external-event"},
      {agent_request::kind::skip, "skip"},
      {agent_request::kind::tool_results, "tool-results"}}}};

constexpr words<model_message::speaker, 4> speakers{{{{model_message::speaker::system, "system"},
                                                      {model_message::speaker::user, "user"},
                                                      {model_message::speaker::assistant, "assistant"},
                                                      {model_message::speaker::tool, "tool"}}}};

constexpr words<failure_code, 4> failure_codes{{{{failure_code::agent_transport, "transport"},
                                                 {failure_code::agent_timeout, "timeout"},
                                                 {failure_code::agent_protocol, "protocol"},
                                                 {failure_code::cancelled, "cancelled"}}}};

json call_form(tool_call const& call) {
  return {{"id", call.id}, {"name", call.name}, {"arguments", call.arguments.get()}};
}

tool_call call_from(json const& form) {
  tool_call call;
  call.id = form.at("id").get<std::string>();
  call.name = form.at("name").get<std::string>();
  call.arguments = json_value(form.at("arguments"));
  return call;
}

json calls_form(std::vector<tool_call> const& calls) {
  json form = json::array();
  for (auto const& call : calls) form.push_back(call_form(call));
  return form;
}

json result_form(tool_result const& result) {
  return {{"id", result.id},
          {"name", result.name},
          {"content", result.content.get()},
          {"is_error", result.is_error}};
}

json spending_form(spending const& used) {
  json form{{"requests", used.requests}, {"input", used.input_tokens}, {"output", used.output_tokens}};
  if (used.cost) form["cost"] = *used.cost;
  return form;
}

spending spending_from(json const& form) {
  spending used;
  used.requests = form.at("requests").get<std::int64_t>();
  used.input_tokens = form.at("input").get<std::int64_t>();
  used.output_tokens = form.at("output").get<std::int64_t>();
  if (form.contains("cost")) used.cost = form.at("cost").get<double>();
  return used;
}

std::string written(json const& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string excerpt(std::string const& text, std::size_t from = 0) {
  from = cut_before(text, from);
  std::size_t const end = cut_before(text, std::min(text.size(), from + shown));
  return (from > 0 ? "..." : "") + text.substr(from, end - from) + (end < text.size() ? "..." : "");
}

std::string difference_at(std::string const& where, json const& recorded, json const& now) {
  std::string const place = where.empty() ? "the request" : where;
  auto const before = written(recorded);
  auto const after = written(now);
  if (recorded.is_null()) return place + " was not there, now it is " + excerpt(after);
  if (now.is_null()) return place + " was " + excerpt(before) + ", now it is not there";
  // Long texts are shown from a little before they part.
  constexpr std::size_t lead = 30;
  auto const part = static_cast<std::size_t>(
      std::mismatch(before.begin(), before.end(), after.begin(), after.end()).first - before.begin());
  bool const is_short = std::max(before.size(), after.size()) <= shown;
  std::size_t const from = is_short || part < lead ? 0 : part - lead;
  return place + " was " + excerpt(before, from) + ", now it is " + excerpt(after, from);
}

std::string difference(std::string const& where, json const& recorded, json const& now) {
  static json const nothing;
  if (recorded == now) return {};
  if (recorded.is_object() && now.is_object()) {
    for (auto const& [key, value] : recorded.items()) {
      auto const found = now.find(key);
      auto text = difference(where + "/" + key, value, found == now.end() ? nothing : *found);
      if (!text.empty()) return text;
    }
    for (auto const& [key, value] : now.items())
      if (!recorded.contains(key)) return difference_at(where + "/" + key, nothing, value);
  }
  if (recorded.is_array() && now.is_array()) {
    for (std::size_t i = 0; i < std::max(recorded.size(), now.size()); ++i) {
      auto const place = where + "/" + std::to_string(i);
      auto text =
          difference(place, i < recorded.size() ? recorded[i] : nothing, i < now.size() ? now[i] : nothing);
      if (!text.empty()) return text;
    }
  }
  return difference_at(where, recorded, now);
}

}  // namespace

json to_form(agent_request const& request) {
  json form{{"type", request_kinds.of(request.type)}};
  if (request.type == agent_request::kind::tool_results) {
    form["tool_results"] = json::array();
    for (auto const& result : request.tool_results) form["tool_results"].push_back(result_form(result));
  } else if (request.type != agent_request::kind::skip) {
    form["content"] = request.content;
  }
  return form;
}

json to_form(agent_reply const& reply) {
  json form{{"messages", reply.messages}, {"ended", reply.ended}};
  for (auto const& made : reply.calls) {
    json call = call_form(made.call);
    call["waits"] = made.waits;
    if (made.result) call["result"] = result_form(*made.result);
    form["calls"].push_back(std::move(call));
  }
  if (!reply.used.empty()) form["used"] = spending_form(reply.used);
  if (reply.first_token) form["first_token_us"] = reply.first_token->count();
  return form;
}

agent_reply agent_reply_from(json const& form) {
  agent_reply reply;
  reply.messages = form.at("messages").get<std::vector<std::string>>();
  reply.ended = form.at("ended").get<bool>();
  if (auto const calls = form.find("calls"); calls != form.end()) {
    for (auto const& one : *calls) {
      agent_call made;
      made.call = call_from(one);
      made.waits = one.at("waits").get<bool>();
      if (auto const result = one.find("result"); result != one.end()) {
        made.result.emplace();
        made.result->id = result->at("id").get<std::string>();
        made.result->name = result->at("name").get<std::string>();
        made.result->content = json_value(result->at("content"));
        made.result->is_error = result->at("is_error").get<bool>();
      }
      reply.calls.push_back(std::move(made));
    }
  }
  if (auto const used = form.find("used"); used != form.end()) reply.used = spending_from(*used);
  if (auto const first = form.find("first_token_us"); first != form.end())
    reply.first_token = std::chrono::microseconds(first->get<std::int64_t>());
  return reply;
}

json to_form(model_request const& request) {
  json messages = json::array();
  for (auto const& each : request.messages) {
    json message{{"from", speakers.of(each.from)}, {"content", each.content}};
    if (!each.tool_calls.empty()) message["tool_calls"] = calls_form(each.tool_calls);
    if (!each.tool_call_id.empty()) message["tool_call_id"] = each.tool_call_id;
    if (each.is_error) message["is_error"] = true;
    messages.push_back(std::move(message));
  }
  json form{{"messages", std::move(messages)}};
  for (auto const& tool : request.tools)
    form["tools"].push_back(
        {{"name", tool.name}, {"description", tool.description}, {"parameters", tool.parameters.get()}});
  if (request.shape) form["shape"] = {{"name", request.shape->name}, {"schema", request.shape->schema.get()}};
  if (request.temperature) form["temperature"] = *request.temperature;
  if (request.seed) form["seed"] = *request.seed;
  return form;
}

json to_form(model_answer const& answer) {
  json form{{"text", answer.text}, {"used", spending_form(answer.used)}};
  if (!answer.tool_calls.empty()) form["tool_calls"] = calls_form(answer.tool_calls);
  if (answer.cut_off) form["cut_off"] = true;
  if (answer.refused) form["refused"] = true;
  return form;
}

model_answer model_answer_from(json const& form) {
  model_answer answer;
  answer.text = form.at("text").get<std::string>();
  answer.used = spending_from(form.at("used"));
  if (auto const calls = form.find("tool_calls"); calls != form.end())
    for (auto const& one : *calls) answer.tool_calls.push_back(call_from(one));
  answer.cut_off = form.value("cut_off", false);
  answer.refused = form.value("refused", false);
  return answer;
}

json to_form(failure const& why) {
  return {{"code", failure_codes.of(why.code)}, {"detail", why.detail}};
}

failure failure_from(json const& form) {
  return {failure_codes.from(form.at("code").get<std::string>()), form.at("detail").get<std::string>()};
}

std::string first_difference(json const& recorded, json const& now) {
  return difference("", recorded, now);
}

}  // namespace parley
