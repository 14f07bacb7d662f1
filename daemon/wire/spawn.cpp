#include "daemon/wire/spawn.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>

extern char** environ;  // NOLINT: POSIX declares it nowhere

namespace loa::wire {

pid_t spawn(const std::filesystem::path& program, std::vector<std::string> words,
            const std::vector<std::pair<int, int>>& given) {
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  for (const auto& [ours, its] : given) posix_spawn_file_actions_adddup2(&actions, ours, its);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  // Its own group: Ctrl-C at the terminal reaches the daemon, which ends the child in order.
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  pid_t pid = -1;
  const int failed = posix_spawn(&pid, program.c_str(), &actions, &attributes, argv.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return failed == 0 ? pid : -1;
}

}  // namespace loa::wire
