// Everything is allocated before the first cycle.
#include "tests/bench/jack_rig/capture.hpp"

#include <algorithm>
#include <ctime>
#include <stdexcept>

namespace loa::bench {
namespace {

Nanoseconds read_wall() {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  return std::chrono::seconds{now.tv_sec} + Nanoseconds{now.tv_nsec};
}

/// JACK counts in CLOCK_MONOTONIC_RAW, which drifts against every other clock: measured anew in each cycle. Of three
/// tries the one with the least time between the two.
Nanoseconds wall_ahead_of_jack() {
  Nanoseconds best{}, least = Nanoseconds::max();
  for (int i = 0; i < 3; ++i) {
    const auto before = std::chrono::microseconds{jack_get_time()};
    const auto wall = read_wall();
    const auto after = std::chrono::microseconds{jack_get_time()};
    if (after - before < least) {
      least = after - before;
      best = wall - before - least / 2;
    }
  }
  return best;
}

}  // namespace

Capture::Capture(int seconds) : client_(jack_client_open("card", JackNoStartServer, nullptr)) {
  if (client_ == nullptr) throw std::runtime_error("no JACK server");
  samples_.reserve(static_cast<std::size_t>(seconds) * 48000);
  cycles_.reserve(static_cast<std::size_t>(seconds) * 48000 / 16);
  for (const char* name : {"playback_1", "playback_2"}) {
    constexpr unsigned long kLikeACard = JackPortIsInput | JackPortIsPhysical | JackPortIsTerminal;
    ports_.push_back(jack_port_register(client_, name, JACK_DEFAULT_AUDIO_TYPE, kLikeACard, 0));
  }
  jack_set_process_callback(client_, process, this);
  jack_set_xrun_callback(
      client_, [](void* self) { return ++static_cast<Capture*>(self)->xruns_, 0; }, this);
  if (jack_activate(client_) != 0) throw std::runtime_error("the JACK client does not run");
}

Capture::~Capture() {
  stop();
}

void Capture::stop() {
  if (client_ != nullptr) jack_client_close(client_);
  client_ = nullptr;
}

int Capture::process(jack_nframes_t frames, void* self) {
  static_cast<Capture*>(self)->take(frames);
  return 0;
}

void Capture::take(jack_nframes_t frames) {
  if (samples_.size() + frames > samples_.capacity() || cycles_.size() == cycles_.capacity()) return;
  jack_nframes_t at = 0;
  jack_time_t start = 0, next = 0;
  float period = 0;
  if (jack_get_cycle_times(client_, &at, &start, &next, &period) != 0) return;
  cycles_.push_back({samples_.size(), start, wall_ahead_of_jack()});
  const auto* samples = static_cast<const float*>(jack_port_get_buffer(ports_.front(), frames));
  samples_.insert(samples_.end(), samples, samples + frames);
}

Nanoseconds Capture::instant_of(std::size_t index) const {
  const auto after = std::upper_bound(cycles_.begin(), cycles_.end(), index,
                                      [](std::size_t wanted, const Cycle& cycle) { return wanted < cycle.first; });
  const auto& cycle = *std::prev(after);
  const auto into = static_cast<double>(index - cycle.first) / 48000.0 * 1e9;
  return std::chrono::microseconds{cycle.start} + cycle.wall_ahead + Nanoseconds{static_cast<std::int64_t>(into)};
}

bool Capture::kept_all_cycles(Nanoseconds from, Nanoseconds until) const {
  for (std::size_t i = 1; i < cycles_.size(); ++i) {
    const auto begins = std::chrono::microseconds{cycles_[i].start} + cycles_[i].wall_ahead;
    if (begins < from || begins > until) continue;
    const auto frames = static_cast<double>(cycles_[i].first - cycles_[i - 1].first);
    const auto took = static_cast<double>(cycles_[i].start - cycles_[i - 1].start);
    if (took > 1.5 * frames / 48000 * 1e6) return false;
  }
  return true;
}

}  // namespace loa::bench
