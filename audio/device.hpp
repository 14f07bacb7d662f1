// What takes frames: a sound card through PortAudio, or a clock that only paces. Knows nothing of cues and gates.
#pragma once

#include <span>
#include <string>

#include "audio/frames.hpp"

namespace loa::audio {

/// When a device asked for a buffer.
struct Moment {
  Wall wall;                           // CLOCK_REALTIME
  std::chrono::nanoseconds lead{0};    // from then until its first frame is heard, as the device says; may be negative
  std::chrono::nanoseconds steady{0};  // CLOCK_MONOTONIC_RAW: chrony slews the other clocks by up to 8.3 %
};
/// Both clocks as they are now; `lead` is the device's to say. Any thread, the sound card's too.
Moment moment_now() noexcept;

/// Which frames were asked for, and when.
struct Stamp {
  DeviceFrame first;
  Frames count{0};
  Moment asked;
};

/// Gives frames to a device, on the device's own thread.
class FrameSink {
 public:
  virtual ~FrameSink() = default;
  virtual void take(std::span<float> out, const Moment& asked) noexcept = 0;
};

class Device {
 public:
  virtual ~Device() = default;
  /// From now on the sink is asked for frames at 48 kHz. "" or, in English, why not. The sink outlives the device.
  virtual std::string start(FrameSink& sink) = 0;
  /// Afterwards the sink is not asked any more. May hang for ever when a card or server is gone: be ready to die.
  virtual void stop() = 0;
  /// False once the device itself knows that it is lost; a device may also just cease to ask.
  virtual bool alive() const = 0;
  virtual std::string name() const = 0;
  virtual std::string host_api() const = 0;
  /// As the device says, for people; nothing is computed from it.
  virtual double latency_ms() const = 0;
};

}  // namespace loa::audio
