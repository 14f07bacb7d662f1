// The program `loa`: words in, an exit code out. Everything it can do is in the table of cli_commands.
#include <exception>
#include <system_error>

#include "config/text.hpp"
#include "daemon/station/commands/cli.hpp"
#include "daemon/station/commands/cli_invocation.hpp"
#include "daemon/station/host/output.hpp"

int main(int argc, char** argv) {
  try {
    return loa::station::run_command_line({argv + 1, argv + argc});
  } catch (const std::system_error& error) {
    // A failure of the world that no branch foresaw; our own mistakes end the program loudly instead.
    loa::station::say_lines(std::string("loa: ") + error.what() + "\n");
    return loa::station::kWorldFailed;
  }
}
