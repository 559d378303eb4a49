#include "reports/event_schema.hpp"

namespace parley {

std::string_view event_schema() {
  return R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "One line of events.jsonl, the journal of a parley run (version 1)",
  "description": "The file is append-only: one object a line, in the order in which things happened. In a journal every line begins with {\"v\":1,\"crc\":\"xxxxxxxx\", where crc is the CRC-32 (as in zip and zlib) of all bytes that follow it in the line: from the quote of \"event\" up to and including the closing brace, without the newline; 8 lower-case hex digits. The reporter `events` writes the same lines without crc. A last line that is cut off or damaged is dropped by readers; a damaged line before it makes the journal unreadable. A run that was resumed has several run_started lines. A trial's last line is the one that counts; one that was cancelled or over budget counts for nothing once a later line of the same trial exists. Readers ignore keys and events that they do not know. Times are RFC 3339 in UTC; names that end in _us and _ms are micro- and milliseconds.",
  "type": "object",
  "required": ["v", "event"],
  "properties": {
    "v": {"const": 1},
    "crc": {"type": "string", "pattern": "^[0-9a-f]{8}$"},
    "event": {"enum": ["run_started", "trial_started", "trial_finished", "cell_finished", "run_warned", "run_finished"]}
  },
  "oneOf": [
    {"$ref": "#/definitions/run_started"},
    {"$ref": "#/definitions/trial_started"},
    {"$ref": "#/definitions/trial_finished"},
    {"$ref": "#/definitions/cell_finished"},
    {"$ref": "#/definitions/run_warned"},
    {"$ref": "#/definitions/run_finished"}
  ],
  "definitions": {
    "run_started": {
      "description": "Always the first line: what is known about the run, and its whole pinned plan.",
      "required": ["facts", "plan"],
      "properties": {
        "event": {"const": "run_started"},
        "facts": {"$ref": "#/definitions/facts"},
        "plan": {"$ref": "#/definitions/plan"}
      }
    },
    "trial_started": {
      "description": "An attempt at a trial begins. A trial has further attempts when it is retried.",
      "required": ["cell", "trial", "attempt"],
      "properties": {
        "event": {"const": "trial_started"},
        "cell": {"$ref": "#/definitions/cell_id"},
        "trial": {"type": "integer", "minimum": 1},
        "attempt": {"type": "integer", "minimum": 1}
      }
    },
    "trial_finished": {
      "description": "An attempt has ended; `detail` holds all that was said and how it was judged, and is the last member.",
      "required": ["cell", "trial", "attempt", "seed", "outcome", "started_at", "duration_us", "interactions", "will_retry"],
      "properties": {
        "event": {"const": "trial_finished"},
        "cell": {"$ref": "#/definitions/cell_id"},
        "trial": {"type": "integer", "minimum": 1},
        "attempt": {"type": "integer", "minimum": 1},
        "seed": {"type": "integer", "minimum": 0, "description": "64 bits; shared by the attempts of a trial"},
        "outcome": {"enum": ["passed", "failed", "agent_error", "simulator_invalid", "judge_undecided", "infrastructure_error", "budget_exhausted", "cancelled"]},
        "stop_reason": {"$ref": "#/definitions/stop_reason"},
        "error": {"$ref": "#/definitions/error"},
        "started_at": {"type": "string"},
        "duration_us": {"type": "integer", "minimum": 0},
        "interactions": {"type": "integer", "minimum": 0},
        "usage": {
          "type": "object",
          "description": "What language models used up, by party; absent when none took part.",
          "properties": {
            "agent": {"$ref": "#/definitions/spending"},
            "user": {"$ref": "#/definitions/spending"},
            "judge": {"$ref": "#/definitions/spending"}
          }
        },
        "will_retry": {"type": "boolean"},
        "detail": {
          "type": "object",
          "required": ["transcript", "evaluation"],
          "properties": {
            "transcript": {"$ref": "#/definitions/transcript"},
            "evaluation": {"$ref": "#/definitions/evaluation"}
          }
        }
      }
    },
    "cell_finished": {
      "description": "All trials of a cell have their last attempt behind them. Follows from the lines before it.",
      "required": ["cell", "outcome", "flaky"],
      "properties": {
        "event": {"const": "cell_finished"},
        "cell": {"$ref": "#/definitions/cell_id"},
        "outcome": {"enum": ["passed", "failed", "errored", "skipped", "not_run"]},
        "flaky": {"type": "boolean"},
        "enough": {"type": "integer", "minimum": 0, "description": "sampled until decided: the verdict stood after so many trials"}
      }
    },
    "run_warned": {
      "required": ["text"],
      "properties": {"event": {"const": "run_warned"}, "text": {"type": "string"}}
    },
    "run_finished": {
      "description": "The run, or this session of it, ended in order.",
      "required": ["at", "wall_us", "interrupted_by", "internal_errors"],
      "properties": {
        "event": {"const": "run_finished"},
        "at": {"type": "string"},
        "wall_us": {"type": "integer", "minimum": 0},
        "interrupted_by": {"type": "integer", "description": "signal number; 0 = not interrupted"},
        "over_budget": {"type": "boolean", "description": "time or money was used up before the plan was done"},
        "agent_versions": {"type": "object", "description": "what agents told about themselves", "additionalProperties": {"type": "string"}},
        "internal_errors": {"type": "array", "items": {"type": "string"}}
      }
    },
    "cell_id": {"type": "string", "description": "set/scenario@persona, plus #name for some"},
    "stop_reason": {"enum": ["agent_ended", "user_ended", "max_interactions", "too_many_errors", "timed_out", "cancelled", "agent_failed", "user_failed", null]},
    "error": {
      "type": "object",
      "required": ["type", "message"],
      "properties": {"type": {"type": "string"}, "message": {"type": "string"}}
    },
    "verdict": {"enum": ["met", "not_met", "undecided"]},
    "facts": {
      "type": "object",
      "required": ["format", "id", "seed", "started_at", "command", "versions"],
      "properties": {
        "format": {"const": 1},
        "id": {"type": "string"},
        "seed": {"type": "integer", "minimum": 0},
        "started_at": {"type": "string"},
        "command": {"type": "array", "items": {"type": "string"}},
        "versions": {"type": "object", "additionalProperties": {"type": "string"}},
        "shard": {"type": "string"},
        "cells_of_all_shards": {"type": "integer", "minimum": 0},
        "merged_from": {"type": "array", "items": {"type": "string"}, "description": "the runs that were merged"},
        "missing_shards": {"type": "array", "items": {"type": "string"}, "description": "of a merge: shards whose cells stand in no record"},
        "directory": {"type": "string"},
        "fail_on_flaky": {"type": "boolean"},
        "max_error_rate": {"type": "number"},
        "baseline": {"type": "string", "description": "what the run is compared with; absent = nothing"},
        "alpha": {"type": "number"},
        "power": {"type": "number"},
        "configuration": {
          "type": "object",
          "description": "What verdicts depend on beside the plan: agents, models, settings of the run. Without secrets.",
          "additionalProperties": {
            "type": "object",
            "required": ["text"],
            "properties": {"label": {"type": "string"}, "text": {"type": "string"}}
          }
        }
      }
    },
    "plan": {
      "type": "object",
      "description": "Scenarios, personas and criteria stand here once each; cells refer to them by position, from 0. Sensitive user variables are never written.",
      "required": ["format", "id", "seed", "scenarios", "personas", "criteria", "cells"],
      "properties": {
        "format": {"const": 1},
        "id": {"type": "string"},
        "seed": {"type": "integer", "minimum": 0},
        "scenarios": {"type": "array", "items": {"$ref": "#/definitions/pinned"}},
        "personas": {"type": "array", "items": {"$ref": "#/definitions/pinned"}},
        "criteria": {"type": "array", "items": {"type": "object"}},
        "cells": {
          "type": "array",
          "items": {
            "type": "object",
            "required": ["id", "set", "scenario", "persona", "agent", "limits", "pass_rule", "trials", "criteria"],
            "properties": {
              "id": {"$ref": "#/definitions/cell_id"},
              "set": {"type": "string"},
              "name": {"type": "string"},
              "description": {"type": "string"},
              "scenario": {"type": "integer", "minimum": 0},
              "persona": {"type": "integer", "minimum": 0},
              "agent": {"type": "string"},
              "tags": {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
              "limits": {"type": "object"},
              "pass_rule": {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": ["all", "any", "count", "rate"]}}},
              "trials": {"type": "integer", "minimum": 1},
              "first_trial": {"type": "integer", "minimum": 1, "description": "the number of the first trial (1)"},
              "until_decided": {"type": "boolean", "description": "trials is the most there may be"},
              "criteria": {"type": "integer", "minimum": 0},
              "skip": {"type": "string"},
              "quarantine": {"type": "string"},
              "where": {"type": "object"},
              "place": {"type": "integer", "minimum": 0, "description": "in the whole run of which this is a shard (where it stands here)"}
            }
          }
        }
      }
    },
    "pinned": {
      "type": "object",
      "required": ["id", "name", "version", "digest", "content"],
      "properties": {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "version": {"type": "integer"},
        "digest": {"type": "string", "description": "SHA-256 of the content; secrets that are masked here were not masked there"},
        "content": {"type": "object"}
      }
    },
    "transcript": {
      "type": "object",
      "required": ["format", "id", "duration_us", "interactions", "stop_reason", "turn_times", "messages"],
      "properties": {
        "format": {"const": 1},
        "id": {"type": "string"},
        "starts_at": {"type": "string"},
        "started_at": {"type": "string"},
        "duration_us": {"type": "integer"},
        "interactions": {"type": "integer"},
        "stop_reason": {"$ref": "#/definitions/stop_reason"},
        "waiting_for_user": {"type": "boolean"},
        "error": {"$ref": "#/definitions/error"},
        "notes": {"type": "array", "items": {"type": "string"}},
        "user_used": {"$ref": "#/definitions/spending"},
        "turn_times": {
          "type": "array",
          "items": {
            "type": "object",
            "required": ["turn", "agent_us"],
            "properties": {
              "turn": {"type": "integer"},
              "agent_us": {"type": "integer"},
              "first_token_us": {"type": "integer"},
              "agent_used": {"$ref": "#/definitions/spending"},
              "user_used": {"$ref": "#/definitions/spending"}
            }
          }
        },
        "messages": {"type": "array", "items": {"$ref": "#/definitions/message"}}
      }
    },
    "spending": {
      "type": "object",
      "description": "Requests to a language model, their tokens, and their cost where prices are configured.",
      "required": ["requests", "input_tokens", "output_tokens"],
      "properties": {
        "requests": {"type": "integer", "minimum": 0},
        "input_tokens": {"type": "integer", "minimum": 0},
        "output_tokens": {"type": "integer", "minimum": 0},
        "cost": {"type": "number", "minimum": 0}
      }
    },
    "message": {
      "type": "object",
      "required": ["role", "turn", "at_ms", "content"],
      "properties": {
        "role": {"enum": ["user", "agent", "tool", "system", "event"]},
        "turn": {"type": "integer", "minimum": 0},
        "at_ms": {"type": "integer"},
        "history": {"type": "boolean"},
        "content": {"description": "text; of a tool any value"},
        "tool_calls": {
          "type": "array",
          "items": {"type": "object", "required": ["id", "name", "arguments", "requestor"]}
        },
        "tool_call_id": {"type": "string"},
        "name": {"type": "string"},
        "is_error": {"type": "boolean"},
        "source": {"enum": ["agent", "mock", "nobody"]},
        "requestor": {"enum": ["assistant", "user"]}
      }
    },
    "evaluation": {
      "type": "object",
      "required": ["format", "scored", "overall", "reward_breakdown", "actions", "nl_assertions", "checks", "metrics"],
      "properties": {
        "format": {"const": 1},
        "scored": {"type": "boolean"},
        "overall": {"$ref": "#/definitions/verdict"},
        "reward_breakdown": {"type": "object", "additionalProperties": {"enum": [0, 1, null]}},
        "actions": {"type": "array", "items": {"type": "object", "required": ["name", "arguments", "requestor", "match"]}},
        "nl_assertions": {"type": "array", "items": {"type": "object", "required": ["assertion", "verdict"]}},
        "checks": {"type": "array", "items": {"type": "object", "required": ["check", "expected", "verdict", "evidence"]}},
        "metrics": {"type": "array", "items": {"type": "object", "required": ["name", "value", "verdict"]}}
      }
    }
  }
}
)json";
}

}  // namespace parley
