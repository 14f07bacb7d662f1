// A recording that sounds while it is decoded: 48 kHz float PCM into a named pipe, the first of it within a moment,
// whatever its length. Its level is found from what is decoded ahead.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "daemon/wire/stream_messages.hpp"

namespace loa::media {

struct StreamTask {
  int fd = -1;                   // the recording
  int pipe = -1;                 // a named pipe, open for reading and writing; who reads it sets the pace
  int channels = 1;              // 1 | 2
  std::optional<double> target;  // LUFS; none: the level stays what it is
  std::int64_t skip = 0;         // frames at 48 kHz that have sounded already
};

/// Until the recording or its reader ends. What can be decoded is given, also of a recording that is damaged or longer
/// than its file says; the last news names what is wrong with it.
void stream_recording(const StreamTask& task, const std::function<void(const wire::StreamNews&)>& tell);

}  // namespace loa::media
