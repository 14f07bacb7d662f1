// Whether the player lives and its device takes frames, told by steady time from its events alone.
// Knows events; must not know what is played.
#pragma once

#include <string>

#include "daemon/station/seams.hpp"

namespace loa::station {

class PlayerWatch {
 public:
  enum class Device { starting, open, absent, lost, gone };

  /// No beat, or no frame taken, for this long: hung.
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
  bool hung(Steady now) const { return now >= look_at(); }
  Steady look_at() const { return last_sign_ + (heard_ ? Steady(kPatience) : Steady(kStartPatience)); }

 private:
  Device device_ = Device::starting;
  std::string name_, note_;
  Steady last_sign_{0};
  bool heard_ = false;  // anything from this process
  std::int64_t taken_ = -1;
};

/// As `now`, rows and people's lists show it: starting | open | absent | lost | gone.
std::string_view name_of(PlayerWatch::Device device);

}  // namespace loa::station
