// The gate: when anything may sound at all, in frames of the device, applied to finished samples. Knows no orders and
// no plan; it is what stands when everything before it is wrong.
#pragma once

#include <array>
#include <functional>
#include <span>
#include <vector>

#include "audio/frame_range.hpp"

namespace loa::audio {

/// [from, until)
struct Permitted {
  Instant from, until;
};

/// A plain value of fixed size, so that it can be handed to the sound card's thread. Made by make_gate: its ranges are
/// sorted and do not touch. As made by default it is closed for ever.
struct Gate {
  static constexpr std::size_t kMostRanges = 8;
  std::array<FrameRange, kMostRanges> open{};
  std::size_t count = 0;
  DeviceFrame expires{};  // closed from here on, whatever `open` says

  bool is_open(DeviceFrame at) const;
  /// The first frame after `at` from which on is_open differs; DeviceFrame::max() when none does.
  DeviceFrame next_edge(DeviceFrame at) const;
  bool operator==(const Gate&) const = default;
};

/// What of `permitted` (any order, overlapping or not) is not over at `now`, nearest first, as far as it has room.
/// `frame_at` says which frame belongs to an instant.
Gate make_gate(std::span<const Permitted> permitted, DeviceFrame now, DeviceFrame expires,
               const std::function<DeviceFrame(Instant)>& frame_at);

/// Closed stretches of one buffer, without allocation.
struct ClosedRanges {
  std::array<FrameRange, Gate::kMostRanges + 1> ranges{};
  std::size_t count = 0;
};
ClosedRanges closed_ranges(const Gate& gate, DeviceFrame first, Frames count);

/// Silences what lies outside the gate: exact zeros there, a ramp of 5 ms on the permitted side of an edge that closes,
/// and of one that opens in the middle of sound (what begins at the edge begins whole). Wait-free; buffers must follow
/// each other.
class GateShaper {
 public:
  static constexpr Frames kRamp{240};
  explicit GateShaper(int channels) : channels_(channels) {}
  ClosedRanges apply(const Gate& gate, DeviceFrame first, std::span<float> samples) noexcept;

 private:
  void close(std::span<float> samples) noexcept;
  void ramp_up(std::span<float> samples) noexcept;
  void ramp_down(DeviceFrame first, DeviceFrame edge, std::span<float> samples) const noexcept;
  void scale(std::span<float> frame, float gain) const noexcept;

  int channels_;
  std::int64_t ramp_left_ = 0;  // frames of an opening ramp still to come
};

}  // namespace loa::audio
