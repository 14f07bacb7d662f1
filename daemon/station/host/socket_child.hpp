// A child process that talks over a socket, its descriptor 3. Knows nothing of what it says.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace loa::station {

inline constexpr int kChildSocket = 3;

/// Starts `program` with `socket` as its descriptor kChildSocket and a group of its own; `words`: its name first. -1
/// when it cannot be started.
pid_t spawn_child(const std::filesystem::path& program, std::vector<std::string> words, int socket);

}  // namespace loa::station
