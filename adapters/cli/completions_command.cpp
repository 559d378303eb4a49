#include "adapters/cli/completions_command.hpp"

#include "adapters/cli/completion_scripts.hpp"
#include "adapters/system/terminal.hpp"

#include <iostream>

namespace parley {

int completions_command(completions_options const& options) {
  std::cout << (options.shell == "bash"  ? bash_completion()
                : options.shell == "zsh" ? zsh_completion()
                                         : fish_completion());
  return flush_stdout() ? 0 : 3;
}

}  // namespace parley
