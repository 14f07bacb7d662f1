// What each child process of the daemon does with its descriptors. Knows nothing of what goes through them.
#pragma once

#include <cstddef>
#include <span>

namespace loa::wire {

/// Goes on after a signal and after a part. False: the other side is gone or the disk failed; some of it may be
/// written.
bool write_whole(int fd, std::span<const std::byte> bytes);

/// A descriptor, of the caller, on which SIGTERM and SIGINT are read as signalfd_siginfo where they are blocked; -1
/// when there is none to be had.
int open_termination();

}  // namespace loa::wire
