// Whether the player lives and its device takes frames, told by steady time from its events alone; and whether the
// daemon was there to hear them. Knows events; must not know what is played.
#pragma once

#include <string>
#include <utility>

#include "daemon/station/seams.hpp"

namespace loa::station {

/// Whether the daemon itself has been looking. Silence proves nothing while it stood still (stopped, starved of its
/// processor, the machine asleep): what was said meanwhile waits to be read, or is still to be said.
class Attention {
 public:
  /// A longer span between two looks is a gap …
  static constexpr std::chrono::milliseconds kGap{500};
  /// … after which whoever was silent has so long to be heard before anything is concluded from it. An idle daemon
  /// looks seldom: it judges at its second look.
  static constexpr std::chrono::milliseconds kFreshLook{300};

  void look(Steady now) {
    if (now - std::exchange(looked_, now) > Steady(kGap)) since_ = now;
  }
  /// From here on silence may be judged, if no further gap comes.
  Steady judges_from() const { return since_ + Steady(kFreshLook); }
  bool judges(Steady now) const { return now >= judges_from(); }

 private:
  Steady looked_{0}, since_{0};
};

class PlayerWatch {
 public:
  enum class Device { starting, open, absent, lost, gone };

  /// No beat, or no frame taken, for this long: hung, if the daemon was there to hear it (Attention).
  static constexpr std::chrono::seconds kPatience{2};
  /// A fresh process may take this long (its back-off included) to say the first word.
  static constexpr std::chrono::seconds kStartPatience{15};

  /// A process is on its way.
  void expect(Steady now);
  void on(const wire::DeviceEvent& event, Steady now);
  void on(const wire::BeatEvent& event, Steady now);
  /// It ended or was killed; the next one follows by itself.
  void gone(std::string why, Steady now);

  bool open() const { return device_ == Device::open; }
  Device device() const { return device_; }
  const std::string& name() const { return name_; }
  const std::string& note() const { return note_; }
  /// What opened last is the station's second device.
  bool second() const { return second_; }
  bool hung(Steady now) const { return now >= look_at(); }
  Steady look_at() const { return last_sign_ + (heard_ ? Steady(kPatience) : Steady(kStartPatience)); }

 private:
  Device device_ = Device::starting;
  std::string name_, note_;
  Steady last_sign_{0};
  bool second_ = false;
  bool heard_ = false;  // anything from this process
  std::int64_t taken_ = -1;
};

/// As `now`, rows and people's lists show it: starting | open | absent | lost | gone.
std::string_view name_of(PlayerWatch::Device device);

}  // namespace loa::station
