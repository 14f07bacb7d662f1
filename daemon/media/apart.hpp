// Work on bytes that anyone may have made, in a process of its own that can reach nothing but what it was given.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace loa::media {

/// Forks; the child keeps the descriptors `given`, closes the sandbox and answers what `work` returns. It dies with its
/// parent. When a signal ends it, the same ends this process: whoever started it sees how it ended. Nothing: no child
/// could be started, or it gave no answer. For a process of one thread.
std::optional<std::string> work_apart(const std::vector<int>& given, const std::function<std::string()>& work);

}  // namespace loa::media
