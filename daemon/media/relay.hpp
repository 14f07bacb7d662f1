// A stream of the network as 48 kHz float PCM in a named pipe, evenly, at the station's loudness.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "daemon/wire/stream_messages.hpp"

namespace loa::media {

struct RelayTask {
  std::string address;           // http or https: Icecast, HLS, a file
  int out = -1;                  // the pipe, for writing; borrowed. Nobody need read it yet
  int channels = 1;              // 1 | 2
  double patience = 10;          // s that the stream may give nothing, also at first
  std::optional<double> target;  // LUFS; nothing: the loudness stays
  double silence = 0;            // s of silence that end it while it is read; 0: silence is left alone, as are gaps
  bool awaits_sound = false;     // is ready only when it is no silence
};

/// Tells `ready` once there is enough to begin with, then `ended` with why: `unreachable`, `stalled`, `silent`, as of a
/// recording, or "" (the stream itself, or its reader). What is left by then still goes out.
void relay(const RelayTask& task, const std::function<void(const wire::StreamNews&)>& tell);

}  // namespace loa::media
