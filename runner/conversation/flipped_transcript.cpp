#include "runner/conversation/flipped_transcript.hpp"

#include "runner/conversation/user_tools.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace parley {
namespace {

using speaker = model_message::speaker;

std::string stage_direction(initial_message_type opening, bool has_history) {
  if (has_history) return "[The conversation goes on from what was said before.]";
  switch (opening) {
    case initial_message_type::user_message:
      return "[The conversation begins. You speak first.]";
    case initial_message_type::external_event:
      return "[The conversation begins with an event.]";
    case initial_message_type::skip:
      break;
  }
  return "[The conversation begins. The agent speaks first.]";
}

bool is_heard(message const& said) {
  if (said.content.empty()) return false;
  return said.from == role::user || said.from == role::agent || said.from == role::event;
}

class flipping {
 public:
  flipping(transcript const& so_far, initial_message_type opening) : so_far_(so_far) {
    bool const has_history = !so_far.messages.empty() && so_far.messages.front().from_history;
    say(speaker::user, stage_direction(opening, has_history));
  }

  std::vector<model_message> all() {
    for (message const& said : so_far_.messages) take(said);
    if (messages_.back().from != speaker::user)
      say(speaker::user, "[The agent has not answered in words. It is your turn.]");
    return std::move(messages_);
  }

 private:
  void take(message const& said) {
    if (said.from == role::user) return take_own(said);
    if (said.from == role::tool && said.by == requestor::user) return take_own_result(said.result);
    if (!is_heard(said)) return;
    say(speaker::user, said.from == role::event ? "[Event: " + said.content + "]" : said.content);
  }

  void take_own(message const& said) {
    std::vector<tool_call> calls;
    for (tool_call call : said.tool_calls) {
      if (!is_answered(call)) continue;  // no provider takes a call without its result
      call.name = model_tool_name(call.name);
      calls.push_back(std::move(call));
    }
    if (said.content.empty() && calls.empty()) return;
    say(speaker::assistant, said.content);
    auto& into = messages_.back().tool_calls;
    into.insert(into.end(), calls.begin(), calls.end());
  }

  void take_own_result(tool_result const& result) {
    model_message& told = messages_.emplace_back();
    told.from = speaker::tool;
    told.content =
        result.content.get().is_string() ? result.content.get().get<std::string>() : result.content.dump();
    told.tool_call_id = result.id;
    told.is_error = result.is_error;
  }

  bool is_answered(tool_call const& call) const {
    return std::any_of(so_far_.messages.begin(), so_far_.messages.end(), [&](message const& m) {
      return m.from == role::tool && m.by == requestor::user && m.result.id == call.id;
    });
  }

  void say(speaker from, std::string const& text) {
    if (!messages_.empty() && messages_.back().from == from) {
      messages_.back().content += "\n" + text;
      return;
    }
    model_message& said = messages_.emplace_back();
    said.from = from;
    said.content = text;
  }

  transcript const& so_far_;
  std::vector<model_message> messages_;
};

}  // namespace

std::vector<model_message> flipped(transcript const& so_far, initial_message_type opening) {
  return flipping(so_far, opening).all();
}

transcript as_the_user_hears_it(transcript const& so_far) {
  transcript heard;
  for (message const& said : so_far.messages) {
    if (!is_heard(said)) continue;
    message& kept = heard.messages.emplace_back();
    kept.from = said.from;
    kept.content = said.content;
    kept.turn = said.turn;
    kept.from_history = said.from_history;
  }
  return heard;
}

}  // namespace parley
