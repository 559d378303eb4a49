// The stored form of a baseline: the only place that knows it, for writing and for reading. Format 1.
// Verdicts by trial, seeds and digests; never what was said. A line per cell, so that a repository shows what
// changed.
#pragma once

#include "runner/failure.hpp"
#include "runner/statistics/measured_run.hpp"

#include <string>
#include <string_view>

namespace parley {

inline constexpr int baseline_format = 1;

// `with_texts`: the texts that digests stand for, too; for the copy that a run keeps beside its journal.
std::string baseline_text(measured_run const& run, bool with_texts);

// `told.from` is left to the caller. Failure: unreadable.
outcome<measured_run> read_baseline(std::string_view text);

}  // namespace parley
