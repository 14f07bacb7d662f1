// Rendered frames between one feeder and one sound card, addressed by the device's frame. The feeder may take back what
// the device has not come near to. Knows no orders and no time.
#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <vector>

#include "audio/frames.hpp"

namespace loa::audio {

///        read            claimed                written          read + capacity
///   -------|================|======================|.................|
///    taken   being taken     may be taken back       may be written
///
/// The device goes on whatever happens: frames that were not written in time are silence and are never asked for again.
/// The sound card's side is wait-free; the feeder's side never waits either.
class SampleWindow {
 public:
  SampleWindow(int channels, Frames capacity);

  // --- the sound card's thread ---

  /// Fills `out` with the next frames, silence where there are none; returns how many there were. `rights`: what was
  /// written beside each frame, as far as it has room; 0 where there was none.
  Frames take(std::span<float> out, std::span<std::uint8_t> rights = {}) noexcept;

  // --- the feeder's thread ---

  /// Where the next write goes.
  DeviceFrame written() const { return written_.load(std::memory_order_relaxed); }
  /// How many frames may be written now.
  Frames room() const;
  /// Writes at written(); whole frames, no more than room(). `rights`: one for each frame; none: all 0.
  void write(std::span<const float> samples, std::span<const std::uint8_t> rights = {});
  /// When the device has overtaken written(): goes on where it now is.
  void catch_up();
  /// Takes back what was written from `to` on, as far as the device has not begun with it; returns the new written().
  DeviceFrame rewind(DeviceFrame to);

  // --- any thread ---

  /// The next frame that the device will ask for.
  DeviceFrame taken() const { return read_.load(std::memory_order_acquire); }

 private:
  template <class T>
  void copy_out(const std::vector<T>& ring, std::size_t begin, std::span<T> out) const noexcept;
  std::size_t slot(DeviceFrame at) const;

  std::size_t width_;
  std::size_t capacity_;
  std::vector<float> samples_;
  std::vector<std::uint8_t> rights_;
  std::atomic<DeviceFrame> read_{DeviceFrame{}};
  std::atomic<DeviceFrame> claimed_{DeviceFrame{}};
  std::atomic<DeviceFrame> written_{DeviceFrame{}};
};

}  // namespace loa::audio
