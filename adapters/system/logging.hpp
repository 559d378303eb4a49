// Diagnostics on stderr: the only place that knows the logging library. Results never come this way. Until
// `start_logging` is called, warnings and errors are written.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace parley {

enum class log_level { errors, warnings, information, details };

// -q: errors only; nothing: warnings too; -v: information; -vv: details.
log_level log_level_of(int verbose, bool quiet);

// `clean` is applied to every text before it is written: it takes secrets out. It is made safe
// for terminals and build servers afterwards in any case.
void start_logging(log_level level, std::function<std::string(std::string)> clean = {});

// For a server: a line that stderr does not take at once is dropped, since nobody may be reading it.
void never_wait_for_readers();

void log_error(std::string_view text);
void log_warning(std::string_view text);
void log_information(std::string_view text);
void log_details(std::string_view text);

}  // namespace parley
