// A stretch of a device's frames.
#pragma once

#include "audio/frames.hpp"

namespace loa::audio {

/// [from, until)
struct FrameRange {
  DeviceFrame from, until;
  bool operator==(const FrameRange&) const = default;
};

}  // namespace loa::audio
