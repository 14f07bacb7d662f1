// A device without a sound card: it takes frames as fast as a card would, by the steady clock, and may keep them in a
// WAV file. `device: none`.
#pragma once

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "audio/device.hpp"
#include "audio/wav_tap.hpp"

namespace loa::audio {

/// Frame f is heard exactly f / 48000 s of CLOCK_MONOTONIC after the start, which is at a whole millisecond of the wall
/// clock: what is due at a whole second has one nearest frame. Owns one thread while it runs.
class PacedDevice final : public Device {
 public:
  static constexpr Frames kPeriod{960};
  /// `out`: path of the WAV file, "" for none; `resume`: what is there already stays (see WavTap).
  PacedDevice(int channels, std::string out, bool resume = false)
      : channels_(channels), out_(std::move(out)), resume_(resume) {}
  ~PacedDevice() override { PacedDevice::stop(); }
  PacedDevice(const PacedDevice&) = delete;
  PacedDevice& operator=(const PacedDevice&) = delete;

  std::string start(FrameSink& sink) override;
  void stop() override;
  bool alive() const override { return thread_.joinable(); }
  std::string name() const override { return "none"; }
  std::string host_api() const override { return "none"; }
  double latency_ms() const override { return 0; }

 private:
  void run(FrameSink& sink, std::chrono::nanoseconds begins);

  int channels_;
  std::string out_;
  bool resume_;
  std::unique_ptr<WavTap> tap_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace loa::audio
