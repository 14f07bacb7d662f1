// loa-listener: the child of the daemon that listens to the amplifier. Started as
// `loa-listener --fd N --player PROGRAM --input DEVICE`; it dies with its parent.
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <charconv>
#include <string_view>

#include "daemon/listener/listener.hpp"

int main(int argc, char** argv) {
  constexpr int usage = 2;
  constexpr int gives_way = 5;  // of nice(1): sound goes first
  if (argc != 7 || std::string_view(argv[1]) != "--fd" || std::string_view(argv[3]) != "--player" ||
      std::string_view(argv[5]) != "--input")
    return usage;
  const std::string_view word = argv[2];
  int fd = -1;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), fd);
  if (error != std::errc() || end != word.data() + word.size() || fd < 0) return usage;

  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::nice(gives_way) < 0) {
    // It listens all the same.
  }
  loa::listener::Listener(fd, argv[4], argv[6]).run();
  return 0;
}
