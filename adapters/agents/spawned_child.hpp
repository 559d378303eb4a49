// Starts a command with pipes for its standard streams. POSIX only; no Asio.
#pragma once

#include "runner/failure.hpp"

#include <sys/types.h>

#include <optional>
#include <string>

namespace parley {

struct child_command;

// Our ends of the pipes, non-blocking and closed on exec; the receiver owns them and the process.
struct spawned_child {
  pid_t pid = -1;  // also its process group
  int input = -1;  // to be written
  int output = -1;
  int errors = -1;
};

// Failure: agent_transport.
outcome<spawned_child> spawn(child_command const& command);

// "status 3", "signal 9 (Killed)" once the process has ended; it stays to be reaped.
std::optional<std::string> how_ended(pid_t pid);

void signal_group(pid_t group, int signal);
void reap(pid_t pid);  // waits for an end that is certain

// Like write(2), but a reader that is gone is an error and no SIGPIPE.
ssize_t write_without_signal(int descriptor, char const* bytes, std::size_t size);

}  // namespace parley
