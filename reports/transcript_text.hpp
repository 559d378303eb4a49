// A conversation as lines for people, each behind a gutter that says who spoke in which turn. The text is
// untrusted: whoever prints it makes it safe for the place where it lands (safe_text, xml_text).
#pragma once

#include "runner/run/run_record.hpp"

#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

// The whole conversation, how it stopped, and its notes.
std::string transcript_lines(transcript const& sealed);
// Only what was said in one turn; empty when nothing was.
std::string turn_lines(transcript const& sealed, int turn);

// At most about `limit` bytes: head and tail, and between them a line that says how much is left out.
std::string head_and_tail(std::string text, std::size_t limit);

// "refunds-late-angry-2.txt": of one trial, inside the run's folder `transcripts`.
std::string transcript_file_name(cell_id const& cell, int trial);

// The whole file: a heading, the criteria, the conversation. Safe for a terminal.
void write_transcript_text(cell_record const& cell, trial_record const& trial, trial_detail const& detail,
                           std::ostream& out);

}  // namespace parley
