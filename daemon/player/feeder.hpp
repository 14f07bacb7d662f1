// Turns orders into rendered frames ahead of the device and what became of them into events. No thread and no clock of
// its own: a turn at a time, so that tests drive it frame by frame.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audio/clock_map.hpp"
#include "audio/device_rate.hpp"
#include "audio/output.hpp"
#include "audio/playout.hpp"
#include "daemon/wire/player_messages.hpp"

namespace loa::player {

/// What a beat needs to know of the feeder.
struct Status {
  std::optional<audio::FrameMap> map;
  std::string id;  // what sounds; "" = silence
  std::uint32_t attempt = 0;
  audio::Frames played{0};
  audio::Frames silent{0};  // SilenceWatch's
  bool idle = true;         // no order is left
  bool quitting = false;
  bool live = false;                 // a live source sounds or is waited for
  std::optional<double> rate_error;  // DeviceRate's
};

/// One thread. The output outlives it.
class Feeder {
 public:
  /// How far ahead of the device frames are rendered, so that a slow disk is not heard; and the window it takes.
  static constexpr audio::Frames kAhead{48'000};
  static constexpr audio::Frames kWindow{65'536};
  static constexpr audio::Frames kFirstStamps{4'800};

  Feeder(audio::Output& output, audio::Playout::Open open, int channels, std::chrono::nanoseconds latency);

  /// Takes effect at the next turn; orders wait there until the device has told its time for kFirstStamps.
  void obey(wire::Order order) { waiting_.push_back(std::move(order)); }
  /// Confirms what was taken, obeys, sets the gate, renders ahead. To be called again within half of kAhead.
  void turn();
  std::vector<wire::Event> take_events() { return std::exchange(events_, {}); }
  const Status& status() const { return status_; }

 private:
  void read_stamps();
  /// When the device has overtaken the window: goes on where it is, and keeps account of what was skipped.
  void keep_up(const audio::FrameMap& map);
  void confirm(const audio::FrameMap& map);
  /// What has not begun goes by the clock as it is now.
  void heed_step(const audio::FrameMap& map);
  void apply(const wire::PlayOrder& order, const audio::FrameMap& map);
  void apply(const wire::CancelOrder& order, const audio::FrameMap& map);
  void apply(const wire::GateOrder& order, const audio::FrameMap& map);
  void apply(const wire::QuitOrder& order, const audio::FrameMap& map);
  void set_gate(const audio::FrameMap& map);
  void admit(const audio::FrameMap& map);
  void render(const audio::FrameMap& map);
  audio::Frames margin() const;
  audio::DeviceFrame earliest() const;
  void rewind(audio::DeviceFrame to);

  audio::Output& output_;
  audio::Playout playout_;
  audio::ClockMap clock_;
  audio::DeviceRate rate_;
  int steps_ = 0;  // of the clock, that were heeded
  std::vector<wire::Order> waiting_;
  std::vector<audio::Permitted> permitted_;
  audio::DeviceFrame gate_expires_{};
  audio::Gate gate_;
  audio::DeviceFrame confirmed_{};
  std::vector<audio::LostFrames> lost_;  // not yet before accounted()
  std::vector<float> chunk_;
  std::vector<std::uint8_t> rights_;  // of its frames, to pass the gate
  std::vector<wire::Event> events_;
  Status status_;
};

}  // namespace loa::player
