// One key's way from what is wanted to what is: switches, tries again, asks back. Time is given; it reads no clock.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daemon/keyer/key.hpp"

namespace loa::keyer {

class KeyRunner {
 public:
  using What = wire::KeyEvent::What;

  /// How long after switching whoever confirms may still say the contrary.
  static constexpr std::chrono::seconds kSettle{2};
  /// Between two questions while all is well, and while it is not; two contrary answers count.
  static constexpr std::chrono::seconds kAsk{5};
  static constexpr std::chrono::seconds kAskAgain{1};
  /// Between two attempts: doubled from the least to the most.
  static constexpr std::chrono::seconds kRetryLeast{1};
  static constexpr std::chrono::seconds kRetryMost{8};

  KeyRunner(std::size_t number, std::unique_ptr<Key> key) : number_(number), key_(std::move(key)) {}

  /// Before the first word nothing is done.
  void want(bool on);
  /// Off at once, whatever runs.
  void release();
  /// What happened. `turn`: it may begin to switch now.
  std::vector<wire::KeyEvent> step(Steady now, bool turn);
  std::optional<Steady> look_at() const;
  void watch(std::vector<pollfd>& watched) const { key_->watch(watched); }

  std::optional<bool> wanted() const { return wanted_; }
  /// It is on its way to what is wanted, or still waits for its turn, and for no longer than `patience`.
  bool holds_others(Steady now, std::chrono::milliseconds patience) const;
  bool at_rest() const { return wanted_ && is_ == wanted_ && !running_; }
  /// As at rest; or it was tried and cannot be.
  bool over() const { return at_rest() || (failures_ > 0 && !running_); }
  bool is_on() const { return is_ != false; }  // or may be

 private:
  void begin(Action action, Steady now);
  void took(const Outcome& outcome, Steady now, std::vector<wire::KeyEvent>& events);
  void switched(const Outcome& outcome, Steady now, std::vector<wire::KeyEvent>& events);
  void answered(const Outcome& outcome, Steady now, std::vector<wire::KeyEvent>& events);
  wire::KeyEvent event(What what, std::string note) const;

  std::size_t number_;
  std::unique_ptr<Key> key_;
  std::optional<bool> wanted_, is_;  // is_: nothing = nobody knows
  std::optional<Action> running_;
  Steady began_;  // the last action
  bool begun_ = false;
  Steady retry_at_, ask_at_;
  int failures_ = 0;           // in a row
  std::string failure_said_;   // of this row
  int contrary_ = 0;           // answers in a row
  bool disagreeing_ = false;   // and said so
  bool confirmed_off_ = true;  // once it has been said to be off nobody is asked until it was on again
};

}  // namespace loa::keyer
