// Which of a station's two sound devices the next player opens, and when. Pure: it starts nothing and reads no clock.
// The rules for people stand in docs/devices.md.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>

#include "daemon/station/seams.hpp"

namespace loa::station {

/// Main thread only.
class DeviceChoice {
 public:
  /// A device that was lost this soon after it opened counts as one that does not hold.
  static constexpr std::chrono::seconds kHolds{600};
  /// A player that ends without a word this soon after it opened had a device that ends players.
  static constexpr std::chrono::seconds kCrashed{10};
  static constexpr std::chrono::milliseconds kHangs{2'000}, kSlow{8'000};
  static constexpr std::chrono::seconds kFirstTrial{2}, kRarestTrial{30};
  static constexpr std::chrono::seconds kHeldOff{10}, kLongestHeldOff{640};

  /// `second` "": there is none.
  void use(std::string first, std::string second, Steady now);

  const std::string& device() const { return devices_[current_].name; }
  bool on_second() const { return current_ == 1; }
  /// It has to prove that it keeps time before it counts as open.
  bool doubtful() const { return devices_[current_].doubtful; }
  /// How long the next player may take to open it. Short, so that one that hangs is left soon; now and then longer, so
  /// that one that is only slow is not left for ever.
  std::chrono::milliseconds patience() const { return failures_ % 8 >= 6 ? kSlow : kHangs; }

  void on(const wire::DeviceEvent& event, Steady now);
  /// The player ended; `hung`: it had to be killed. The time until the next one is to be started.
  std::chrono::milliseconds ended(bool hung, Steady now);

  // --- the first, while the second sounds ---

  const std::string& first() const { return devices_[0].name; }
  bool first_doubtful() const { return devices_[0].doubtful; }
  /// When it is to be tried; nothing: not at all, as long as nothing changes.
  std::optional<Steady> trial_at() const;
  void tried(bool opened, Steady now);
  bool first_is_back(Steady now) const { return on_second() && first_back_ && now >= held_off_; }
  /// The next player is the first device's.
  void take_back();

 private:
  struct Known {
    std::string name;
    bool doubtful = false;  // when it was used last it kept no time
  };
  void leave_first(Steady now);

  std::array<Known, 2> devices_{};
  std::size_t current_ = 0;
  int failures_ = 0;                 // in a row; a device that opened sets it back
  std::optional<Steady> opened_at_;  // of this player
  bool failed_ = false;              // its last words were that its device is absent or lost
  int losses_ = 0;                   // of the first, soon after it opened
  Steady held_off_{0};
  Steady trial_at_{0};
  std::chrono::seconds trial_pace_ = kFirstTrial;
  bool first_back_ = false;
};

}  // namespace loa::station
