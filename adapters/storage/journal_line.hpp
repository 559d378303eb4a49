// The frame of one line of a journal: `{"v":1,"crc":"9a0b1c2d","event":...}`. The checksum is the CRC-32 (as
// in zip) of every byte after its own `",` up to and including the closing brace, as 8 lower-case hex digits.
#pragma once

#include "reports/redaction.hpp"
#include "runner/run/run_event.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace parley {

// Appends the whole line with its newline.
void append_journal_line(std::string& out, run_event const& event, redaction const& mask);

enum class line_fault { damaged, newer_version };
// What stands behind the checksum (reports/event_lines reads it), or what is wrong. `line` has no newline.
std::variant<std::string_view, line_fault> checked_members(std::string_view line);

}  // namespace parley
