// What happens on the sound card's thread: copy or silence, gate, ramp, count, stamp; nothing else, ever. No
// allocation, no lock, no system call here (the device reads the clock). The gate lets frames pass that were written
// with the right to (SampleWindow), those of announcements, and no others.
#pragma once

#include <atomic>

#include "audio/device.hpp"
#include "audio/gate.hpp"
#include "audio/sample_window.hpp"
#include "audio/silence_watch.hpp"
#include "audio/spsc_ring.hpp"
#include "audio/tally.hpp"
#include "audio/triple_buffer.hpp"

namespace loa::audio {

class Output final : public FrameSink {
 public:
  static constexpr Frames kHush{480};
  Output(int channels, Frames capacity)
      : channels_(channels),
        window_(channels, capacity),
        shaper_(channels),
        rights_(static_cast<std::size_t>(capacity.count())) {}

  // --- the sound card's thread ---
  void take(std::span<float> out, const Moment& moment) noexcept override;

  // --- the feeder's thread ---
  SampleWindow& window() { return window_; }
  void set_gate(const Gate& gate) { gate_.publish(gate); }
  bool next_stamp(Stamp& stamp) { return stamps_.pop(stamp); }
  bool next_loss(LostFrames& loss) { return losses_.pop(loss); }

  // --- any thread ---
  DeviceFrame taken() const { return window_.taken(); }
  /// Everything lost before this frame has been pushed for next_loss.
  DeviceFrame accounted() const { return accounted_.load(std::memory_order_acquire); }
  /// Buffers that came short.
  std::int64_t underruns() const { return underruns_.load(std::memory_order_relaxed); }
  bool gate_open() const { return gate_open_.load(std::memory_order_relaxed); }
  /// One past the last buffer of which something could be heard, behind everything that silences.
  DeviceFrame heard() const { return heard_.load(std::memory_order_relaxed); }
  /// The longest buffer so far.
  Frames longest() const { return longest_.load(std::memory_order_relaxed); }
  /// Down to silence within kHush from the next buffer on, for good; needs no feeder.
  void hush() { hush_.store(true, std::memory_order_relaxed); }
  bool hushed() const { return hushed_.load(std::memory_order_acquire); }

 private:
  void gate(DeviceFrame first, std::span<float> out, Frames got) noexcept;
  void gate_part(const Gate& gate, DeviceFrame first, std::span<float> out, DeviceFrame known) noexcept;
  void lose(FrameRange range, Loss why) noexcept;
  void fade_away(std::span<float> out) noexcept;
  void account(DeviceFrame until) noexcept;

  int channels_;
  SampleWindow window_;
  GateShaper shaper_;
  std::vector<std::uint8_t> rights_;  // of the frames of one buffer: 1 = passes the gate
  TripleBuffer<Gate> gate_;
  SpscRing<Stamp, 256> stamps_;
  SpscRing<LostFrames, 1024> losses_;
  LostFrames held_;  // lost, not pushed yet because the ring is full; all between its ends counts as lost
  bool holding_ = false;
  bool fed_ = false;  // the feeder has begun; before, silence is nobody's fault
  std::int64_t hush_left_ = kHush.count();
  std::atomic<DeviceFrame> accounted_{DeviceFrame{}};
  std::atomic<DeviceFrame> heard_{DeviceFrame{}};
  std::atomic<std::int64_t> underruns_{0};
  std::atomic<bool> gate_open_{false};
  std::atomic<Frames> longest_{Frames{0}};
  std::atomic<bool> hush_{false};
  std::atomic<bool> hushed_{false};
};

}  // namespace loa::audio
