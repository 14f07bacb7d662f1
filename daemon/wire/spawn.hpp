// How the daemon and its children start children that are given descriptors. Knows nothing of what goes through them.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace loa::wire {

/// Starts `program` in a group of its own, with nothing to read and no signal blocked. `words`: its command line, its
/// name first. `given`: a descriptor of the caller's, and the number that it has there. -1 when it cannot be started.
pid_t spawn(const std::filesystem::path& program, std::vector<std::string> words,
            const std::vector<std::pair<int, int>>& given);

}  // namespace loa::wire
