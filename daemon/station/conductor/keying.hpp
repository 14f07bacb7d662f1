// When an amplifier has to be on: a pure function of what sounds, sounded and is to sound.
#pragma once

#include <optional>
#include <vector>

#include "config/settings.hpp"
#include "daemon/station/seams.hpp"

namespace loa::station {

/// How long one key must be on before the first frame, and stays on after the last.
struct KeyTimes {
  Frames before{0}, after{0};
};

/// In the order of the keys. A key is on at least as long as each that is switched on after it: so they go on in their
/// order and off in the opposite one. One with a warm-up is switched on a little earlier than that, since switching
/// takes a moment too.
std::vector<KeyTimes> key_times(const std::vector<config::AmplifierKey>& keys);

/// What the keys need to know of sound, as of one instant. Pauses and whatever is kept silent are no sound.
struct SoundAround {
  bool sounds = false;           // now, or it should
  std::optional<Instant> ended;  // when the last sound ended that there was; may be ahead: what the device still holds
  std::optional<Instant> next;   // the first sound to come
  std::optional<Instant> until;  // sounds: when that has to be looked at again
};

/// Between two sounds nearer to each other than `after` and `before` together it stays on.
bool is_keyed(const KeyTimes& times, const SoundAround& around, Instant now);
/// When that changes by itself; nothing: not before the sound does.
std::optional<Instant> next_keying(const KeyTimes& times, const SoundAround& around, Instant now);

}  // namespace loa::station
