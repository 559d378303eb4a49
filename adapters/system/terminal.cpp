#include "adapters/system/terminal.hpp"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <iostream>

namespace parley {
namespace {

terminal_facts facts_of(int descriptor) {
  terminal_facts facts;
  facts.is_terminal = isatty(descriptor) == 1;
  winsize size{};
  if (facts.is_terminal && ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    facts.columns = size.ws_col;
  return facts;
}

bool reader_is_gone(int descriptor) {
  pollfd watched{descriptor, POLLOUT, 0};
  return ::poll(&watched, 1, 0) == 1 && (watched.revents & (POLLERR | POLLHUP)) != 0;
}

}  // namespace

terminal_facts stdout_terminal() {
  return facts_of(STDOUT_FILENO);
}
terminal_facts stderr_terminal() {
  return facts_of(STDERR_FILENO);
}

bool flush_stdout() {
  return !std::cout.flush().fail() || reader_is_gone(STDOUT_FILENO);
}

bool use_color(color_choice flag, environment const& variables, bool is_terminal) {
  if (flag != color_choice::automatic) return flag == color_choice::always;
  if (variables.is_set("NO_COLOR")) return false;
  if (auto const force = variables.find("FORCE_COLOR")) {
    if (*force == "0" || *force == "false") return false;
    if (!force->empty()) return true;
  }
  auto const clicolor = variables.find("CLICOLOR_FORCE");
  if (clicolor && !clicolor->empty() && *clicolor != "0") return true;
  return is_terminal && variables.find("TERM") != "dumb";
}

bool is_continuous_integration(environment const& variables) {
  return variables.is_set("CI") || variables.is_set("BUILD_NUMBER");
}

}  // namespace parley
