// What the bytes of a container say that FFmpeg does not hand on. Reads bytes only, decodes nothing.
#pragma once

#include <cstdint>
#include <optional>

#include "audio/decode_bytes.hpp"

namespace loa::media {

struct ContainerFacts {
  std::optional<double> seconds;  // the length that its header says
  bool cut = false;               // its header says more bytes than there are
  std::int64_t frames = -1;       // of an MP4's one sound track, by its table of times; -1: not said
  bool locked = false;            // its sound can be opened by the buyer's player alone
};

/// Of an ASF (WMA, WMV), AVI or MP4 file; of others nothing.
ContainerFacts container_facts(audio::FileBytes& bytes);

}  // namespace loa::media
