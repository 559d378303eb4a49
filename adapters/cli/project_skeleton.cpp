#include "adapters/cli/project_skeleton.hpp"

namespace parley {
namespace {

constexpr std::string_view configuration =
    R"(# Parley project. `parley config show --origin` prints every setting and where it comes from.
agents:
  example:
    type: subprocess                     # one process per conversation, JSON lines on stdin and stdout
    command: [python3, agent/example_agent.py]
  # support: {type: http, url: "http://127.0.0.1:8080/chat"}    # your own agent

run:
  agent: example

profiles:
  ci:
    run: {retries: 2}
    reports: [{type: junit, path: report.xml}]
)";

constexpr std::string_view refund_scenario = R"(name: Late delivery refund
tags: {category: refunds, priority: high}
objective: Get a refund for order 4411, which is two weeks late.
instructions: Polite at first; insist when refused. Give the order number only when asked.
initial_message_type: user-message
initial_message: "Hi, my order never came."
script:                                  # a deterministic user: needs no language model
  replies:
    - {when: "order number", say: "It's 4411.", once: true}
    - {when: "refund .* issued", say: "Great, thank you.", then: end}
  otherwise: "I just want my money back."
evaluation:
  actions: [{name: issue_refund, arguments: {order_id: "4411"}}]
  checks:
    - {mentions: "4411"}
    - {not_matches: "(?i)as an ai"}
)";

constexpr std::string_view hours_scenario = R"(name: Opening hours
tags: {category: information}
objective: Learn until when the shop is open today.
instructions: One question, then leave.
initial_message_type: user-message
initial_message: "How long are you open today?"
script:
  replies:
    - {when: "open", say: "Perfect, bye.", then: end}
evaluation:
  checks:
    - {mentions: "6 pm", scope: {turn: 1}}
    - {tool_not_called: issue_refund}
)";

constexpr std::string_view regular_persona = R"(name: Angry regular
role: customer
tags: {mood: angry}
background: Has ordered every month for four years and has never had to complain before.
preferred_language: eng
timezone: Europe/Berlin
)";

constexpr std::string_view newcomer_persona = R"(name: Curious newcomer
role: customer
tags: {mood: friendly}
background: Found the shop yesterday and has not ordered anything yet.
preferred_language: eng
timezone: America/New_York
)";

constexpr std::string_view support_tests = R"(set: support
tests:
  - scenario: Late delivery refund
    persona: Angry regular
    max_interactions: 8
  - scenario: Opening hours
    persona: Curious newcomer
)";

constexpr std::string_view agent_stub = R"(#!/usr/bin/env python3
"""A stand-in for your agent. Speaks the Parley agent protocol: one JSON request per line on stdin, one JSON
reply per line on stdout. Replace it by your own, or point parley.yaml at an HTTP endpoint."""
import json
import re
import sys


def answer(text):
    """The reply to one line of the user: messages, and the tool calls that were made for it."""
    order = re.search(r"\b\d{4}\b", text)
    if order:
        number = order.group()
        call = {"id": "call-1", "name": "issue_refund", "arguments": {"order_id": number}, "result": {"ok": True}}
        return {"messages": [{"content": f"The refund for order {number} is issued."}], "tool_calls": [call]}
    if "open" in text.lower():
        return {"messages": [{"content": "We are open until 6 pm today."}]}
    if "thank" in text.lower() or "bye" in text.lower():
        return {"messages": [{"content": "You are welcome. Goodbye!"}], "ended": True}
    return {"messages": [{"content": "I am sorry to hear that. What is your order number?"}]}


for line in sys.stdin:
    request = json.loads(line)
    if request["type"] == "skip":
        reply = {"messages": [{"content": "Hello, how can I help?"}]}
    else:
        reply = answer(request.get("content") or "")
    print(json.dumps(reply), flush=True)
)";

constexpr std::string_view ignored_files = ".parley/\n.env\nreport.xml\n";

}  // namespace

std::vector<skeleton_file> const& project_skeleton() {
  static std::vector<skeleton_file> const files{
      {"parley.yaml", configuration},
      {"scenarios/late-delivery-refund.yaml", refund_scenario},
      {"scenarios/opening-hours.yaml", hours_scenario},
      {"personas/angry-regular.yaml", regular_persona},
      {"personas/curious-newcomer.yaml", newcomer_persona},
      {"tests/support.yaml", support_tests},
      {"agent/example_agent.py", agent_stub},
      {".gitignore", ignored_files},
  };
  return files;
}

}  // namespace parley
