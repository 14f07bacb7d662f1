// A stream of the network as 48 kHz float PCM, written to a descriptor as it comes. Who reads it sets the pace.
#pragma once

#include <string>

#include "daemon/wire/media_messages.hpp"

namespace loa::media {

struct RelayTask {
  std::string address;   // http or https: Icecast, HLS, a file
  int out = -1;          // borrowed
  int channels = 1;      // 1 | 2
  double patience = 10;  // s that the stream may give nothing, also at first
};

/// Until the stream ends, falls silent or its reader goes. What was given (frames at 48 kHz), and why it ended:
/// problem "" the stream itself or its reader; `unreachable`, `stalled`, or as of a recording.
wire::Measured relay(const RelayTask& task);

}  // namespace loa::media
