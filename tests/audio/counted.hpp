// Instants and frames of a device by their numbers.
#pragma once

#include <cstdint>

#include "audio/frames.hpp"

namespace loa::audio::test {

inline Instant at(std::int64_t frames) {
  return Instant{Frames{frames}};
}
inline DeviceFrame frame(std::int64_t count) {
  return DeviceFrame{Frames{count}};
}

}  // namespace loa::audio::test
