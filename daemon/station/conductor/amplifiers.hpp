// The amplifiers of the running station: what is to be on, what is, and the rows that say so. Knows keys and sound, not
// the plan. Main thread only.
#pragma once

#include <string>
#include <vector>

#include "daemon/station/conductor/keying.hpp"
#include "daemon/station/conductor/status.hpp"
#include "daemon/station/ledger/ledger.hpp"

namespace loa::station {

class Amplifiers {
 public:
  /// `keyer`: null where nothing is switched (`render`).
  Amplifiers(KeyerLink* keyer, Ledger& ledger) : keyer_(keyer), ledger_(ledger) {}

  /// As the settings say now; nothing happens when they are as before.
  void use(const std::vector<config::AmplifierKey>& keys);
  /// Orders what changes. `why`: the id of the present or next sound, "" = none is in sight; for the rows.
  void look(const SoundAround& around, const std::string& why, Instant now, Steady steady);
  void on(const wire::KeyEvent& event, Steady steady);
  /// The child ended; another follows by itself and is told what is wanted.
  void on_gone(const std::string& why);

  /// The first instant at which a sound that is not planned yet finds them all warm: `now` where they are on, or need
  /// no time. Whoever begins a sound "at once" (a file, an announcement, a session that is joined) begins it then.
  Instant ready_at(Instant now, Steady steady) const;
  std::optional<Instant> next_look(const SoundAround& around, Instant now) const;
  /// None is on, or was last known to be.
  bool all_off() const;
  std::vector<Status::Amplifier> status() const;

 private:
  struct State {
    bool wanted = false;
    bool on = false;              // as the keyer told
    std::optional<Steady> since;  // when it was ordered on
    std::string fault;            // why it is not as wanted; "" = it is
    std::string reason;           // why it was switched last
  };
  void row(std::size_t key, const std::string& what, const std::string& detail);

  KeyerLink* keyer_;
  Ledger& ledger_;
  std::vector<config::AmplifierKey> keys_;
  std::vector<KeyTimes> times_;
  std::vector<State> states_;
};

}  // namespace loa::station
