// What a microphone or a receiver makes of a sound: the way through a bad loudspeaker, air, echo, noise, an automatic
// gain, and a sound card whose clock is not ours. The same for the same seed.
#pragma once

#include <cstdint>
#include <vector>

namespace loa::test {

struct Room {
  double delay = 0.1;                 // s, from the first sample in to the first one out
  double snr = 20;                    // dB: power of the sound over that of the noise; only noise: see `silent`
  double low = 300, high = 4000;      // Hz, what the loudspeaker passes
  double echo = 0, echo_delay = 0.2;  // a second loudspeaker: its gain, and how much later, s
  double reverb = 0;                  // s until the tail has fallen by 60 dB; 0 = none
  double clip = 1;                    // the loudest that the amplifier gives, of the sound's own peak
  bool agc = false;                   // brings everything to one level within half a second
  double hum = 0;                     // gain of 50 Hz and its odd multiples, of the sound's RMS
  double drift = 0;                   // ppm: + = the input's card is fast
  double beside = 0;                  // gain of `talk`, of the sound's RMS
  double gain = 0.1;                  // of all
  bool silent = false;                // the sound itself is not there: the amplifier is off
};

/// 48 kHz mono. As long as `sound`, `room.delay` and `more` seconds of what comes before and after. `talk`: repeated.
std::vector<float> through(const Room& room, const std::vector<float>& sound, const std::vector<float>& talk,
                           double more, std::uint32_t seed);

/// A room that a commune may have, from bad to very bad.
Room made_up_room(std::uint32_t seed);

/// Music-like: chords, a tune and a beat that no other seed has. 48 kHz mono, RMS about 0.15.
std::vector<float> made_up_music(double seconds, std::uint32_t seed);

}  // namespace loa::test
