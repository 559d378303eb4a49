#include "adapters/cli/command_line.hpp"
#include "adapters/cli/dispatch_command.hpp"
#include "adapters/system/logging.hpp"

#include <csignal>
#include <exception>
#include <iostream>

int main(int count, char** words) {
  try {
    // A closed pipe and a file at its limit are errors of one write, not the end of a run.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    auto const parsed = parley::parse_command_line({words + 1, words + count});
    if (auto const* leave = std::get_if<parley::exit_request>(&parsed)) {
      (leave->code == 0 ? std::cout : std::cerr) << leave->text << std::flush;
      return leave->code;
    }
    return parley::dispatch_command(std::get<parley::command>(parsed));
  } catch (std::exception const& e) {
    parley::log_error(std::string("internal error: ") + e.what());
  } catch (...) {
    parley::log_error("internal error: unknown exception");
  }
  return 3;
}
