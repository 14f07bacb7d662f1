// Resource limits of this process.
#include "daemon/media/sandbox.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

namespace loa::media {
namespace {

constexpr rlim_t kMemory = rlim_t{512} << 20;  // bytes of address space; some 60 MiB are used
constexpr rlim_t kSeconds = 1800;              // of processor time: 4 hours of sound on a PC 20 times slower than ours
constexpr rlim_t kOutput = rlim_t{5} << 30;    // bytes: 4 hours of stereo that FLAC cannot shrink

void limit(int resource, rlim_t most) {
  const rlimit both{most, most};
  ::setrlimit(static_cast<__rlimit_resource>(resource), &both);
}

}  // namespace

void limit_process(Pace pace) {
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, kSeconds);
  limit(RLIMIT_FSIZE, kOutput);
  std::signal(SIGXFSZ, SIG_IGN);
#ifndef LOA_SANITIZED  // a sanitizer's shadow takes terabytes of addresses
  limit(RLIMIT_AS, kMemory);
#else
  static_cast<void>(kMemory);
#endif
  if (pace == Pace::gives_way) static_cast<void>(::setpriority(PRIO_PROCESS, 0, 10));
}

void keep_open(std::vector<int> descriptors) {
  std::sort(descriptors.begin(), descriptors.end());
  unsigned from = 3;
  for (const int kept : descriptors) {
    if (kept < static_cast<int>(from)) continue;
    if (static_cast<unsigned>(kept) > from) ::close_range(from, static_cast<unsigned>(kept) - 1, 0);
    from = static_cast<unsigned>(kept) + 1;
  }
  ::close_range(from, ~0U, 0);
}

void silence_stderr() {
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere < 0) return;
  ::dup2(nowhere, STDERR_FILENO);
  ::close(nowhere);
}

}  // namespace loa::media
