// The two tasks of loa-media as functions: facts of a recording, and its master. The recording is an open descriptor.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "audio/master_make.hpp"
#include "daemon/wire/media_messages.hpp"

namespace loa::media {

/// Decodes and hashes; a recording that is written to meanwhile is refused as changed-while-reading. `between` is
/// called after the one and before the other (a test's chance to write).
wire::Measured measure_recording(int fd, const std::function<void()>& between = {});

struct MasterTask {
  int fd = -1;      // the recording
  std::string out;  // where the master goes
  audio::MasterRecipe recipe;
};

/// All or nothing: `out` is there, whole and synced, when the answer has no problem. Nothing when the world failed:
/// `error` says how.
std::optional<wire::Mastered> master_recording(const MasterTask& task, std::string& error);

}  // namespace loa::media
