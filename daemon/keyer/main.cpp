// loa-keyer: the child of the daemon that switches transmitters and amplifiers, and lets go of them whatever happens to
// the daemon. Started as `loa-keyer --fd N`.
#include <signal.h>

#include <charconv>
#include <string_view>

#include "daemon/keyer/keyer.hpp"

int main(int argc, char** argv) {
  constexpr int usage = 2;
  if (argc != 3 || std::string_view(argv[1]) != "--fd") return usage;
  const std::string_view word = argv[2];
  int fd = -1;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), fd);
  if (error != std::errc() || end != word.data() + word.size() || fd < 0) return usage;

  sigset_t handled;
  sigemptyset(&handled);
  sigaddset(&handled, SIGTERM);
  sigaddset(&handled, SIGINT);
  ::sigprocmask(SIG_BLOCK, &handled, nullptr);
  loa::keyer::Keyer(fd).run();
  return 0;
}
