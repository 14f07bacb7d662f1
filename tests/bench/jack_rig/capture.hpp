// A JACK client that looks like a sound card and keeps every frame it is given, with the instant of its cycle.
#pragma once

#include <jack/jack.h>

#include <atomic>
#include <chrono>
#include <vector>

namespace loa::bench {

using Nanoseconds = std::chrono::nanoseconds;

/// One channel of `seconds` at most. The reference plane is the start of the JACK cycle that carries a frame.
class Capture {
 public:
  /// The device's name in PortAudio is "card". Throws when there is no server.
  explicit Capture(int seconds);
  ~Capture();
  Capture(const Capture&) = delete;
  Capture& operator=(const Capture&) = delete;

  /// Ends the recording; afterwards the rest may be called.
  void stop();
  const std::vector<float>& samples() const { return samples_; }
  /// CLOCK_REALTIME, since 1970, at which sample `index` stood at the reference plane.
  Nanoseconds instant_of(std::size_t index) const;
  int xruns() const { return xruns_; }
  /// Whether JACK kept every cycle between these: no two of them further apart than one and a half periods.
  bool kept_all_cycles(Nanoseconds from, Nanoseconds until) const;

 private:
  struct Cycle {
    std::size_t first = 0;
    jack_time_t start = 0;     // microseconds of JACK's clock, as its own filter says
    Nanoseconds wall_ahead{};  // CLOCK_REALTIME less JACK's clock
  };
  static int process(jack_nframes_t frames, void* self);
  void take(jack_nframes_t frames);

  jack_client_t* client_;
  std::vector<jack_port_t*> ports_;
  std::vector<float> samples_;
  std::vector<Cycle> cycles_;
  std::atomic<int> xruns_{0};
};

}  // namespace loa::bench
