// Whether one item is in what was heard while it sounded: its bands and those that were heard are correlated at every
// delay, piece by piece, and the delay that fits all pieces best decides. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "audio/heard_bands.hpp"

namespace loa::audio {

/// What became of one item on its way through the amplifier and the air.
struct Heard {
  bool found = false;   // score >= kHeardEnough
  double score = 0;     // 0 … 1
  double share = 0;     // of the sound that could be compared, how much was found; 0 … 1
  Frames delay{0};      // found: from the device to the input
  double level = -120;  // dBFS, RMS between 300 and 3900 Hz of what the input heard meanwhile
};

/// From here on an item counts as heard. How often that is wrong: docs/listening.md.
inline constexpr double kHeardEnough = 0.5;

/// Delays that are looked at.
struct HeardDelays {
  Frames from, until;
};

/// One item. One thread.
class HeardMatch {
 public:
  static constexpr std::size_t kPiece = 200;  // frames of bands: 4 s
  static constexpr std::size_t kEarlier = 15,
                               kLater = 265;  // the sound may come 0.3 s before it is due, and 5.3 s after
  static constexpr std::size_t kLags = kEarlier + kLater + 1;
  static constexpr std::size_t kMostPieces = 3'600;  // 4 h; of what is longer the rest does not count

  /// `played`: up to kPiece frames of the item, as they sounded. `heard`: kLags - 1 more, from kEarlier frames before
  /// the instant of the first on. Pieces come in their order.
  void add(std::span<const HeardFrame> played, std::span<const HeardFrame> heard);
  /// Nothing where the item has too little to be recognised by: silence, a steady tone, a second of sound.
  std::optional<Heard> result(std::optional<HeardDelays> within = std::nullopt) const;
  /// How much of what was added can be recognised, s.
  double lively() const;

 private:
  static constexpr std::size_t kPowerStep = 20;
  struct Piece {
    std::vector<float> fit;    // at each lag, -1 … 1
    std::vector<float> power;  // heard, at each kPowerStep-th lag
    float weight = 0;          // how much of it can be recognised, 0 … 1
  };
  std::vector<std::size_t> best_path(std::size_t from, std::size_t until) const;
  double share(const std::vector<std::size_t>& path) const;

  std::vector<Piece> pieces_;
};

}  // namespace loa::audio
