// loa-player: the child of the daemon that sounds. It may be killed at any time; it dies with its parent.
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "daemon/player/capture.hpp"
#include "daemon/player/device_list.hpp"
#include "daemon/player/options.hpp"
#include "daemon/player/player.hpp"

int main(int argc, char** argv) {
  using loa::player::Exit;
  const auto options = loa::player::read_options(argc, argv);
  if (!options) return static_cast<int>(Exit::usage);
  if (options->list_devices) return loa::player::list_devices();

  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (!options->capture.empty()) ::_exit(loa::player::capture(*options));
  sigset_t handled;
  sigemptyset(&handled);
  sigaddset(&handled, SIGTERM);
  sigaddset(&handled, SIGINT);
  ::sigprocmask(SIG_BLOCK, &handled, nullptr);  // before any thread: they inherit it

  // Never destroyed: threads of a lost device may hang, and a destructor would wait for them.
  auto* player = new loa::player::Player(*options);
  const auto result = player->run();
  ::_exit(static_cast<int>(result));
}
