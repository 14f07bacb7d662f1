// Whether what sounds is heard: tells the listener what sounds, keeps the row of an item back until it is known, and
// says where nothing was heard. Knows rows and the listener; must not know what is played next.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "daemon/station/conductor/airing.hpp"
#include "daemon/station/conductor/status.hpp"
#include "daemon/station/ledger/ledger.hpp"

namespace loa::station {

/// How the note of a `device` row begins that tells of the input, and of what it did not hear.
inline constexpr std::string_view kListens = "listening: ", kNotHeard = "not heard: ", kHeardAgain = "heard again: ";

/// Main thread. A row waits at most kPatience, and no listener, no input and no end of the daemon loses one.
class Hearing {
 public:
  static constexpr std::chrono::seconds kPatience{8};
  static constexpr std::chrono::milliseconds kAtTheEnd{900};  // when the daemon ends

  /// `link` null: nobody listens.
  Hearing(ListenerLink* link, Ledger& ledger) : link_(link), ledger_(ledger) {}

  /// The input of the settings; "" = none.
  void use(const std::string& input);
  /// Its first frame, or the first after a loss, is heard at `at`.
  void started(const Airing& airing, Steady at);
  /// What sounded of it is over.
  void over(const Airing& airing);
  /// The item's row, appended now or as soon as it is known whether it was heard.
  void close(const Airing& airing, wire::Fields row, Steady now);
  void on(const wire::ListenerEvent& event);
  /// The listener ended; another follows by itself.
  void gone(const std::string& why);
  /// Rows that have waited long enough.
  void look(Steady now);
  /// The daemon ends: nobody waits for long.
  void hurry(Steady now);
  bool waits() const { return !waiting_.empty(); }
  std::optional<Steady> look_at() const;
  std::optional<Status::Listening> status() const;
  /// What is known of items whose rows wait: they may never be written otherwise.
  std::vector<Progress::Waiting> unwritten() const;

 private:
  struct Waiting {
    wire::Fields row;
    Progress::Waiting progress;
    Steady until{0};
  };
  void note_input(std::string state, const std::string& why);
  void tell(std::string_view beginning, const std::string& rest);
  void settle(const std::string& id, const std::optional<wire::HeardSound>& heard);

  ListenerLink* link_;
  Ledger& ledger_;
  std::string input_, state_, note_;
  std::map<std::string, Waiting> waiting_;  // by id
  std::map<std::string, bool> told_;        // what the listener knows of; whether its last part still sounds
  std::string not_heard_;                   // the first item that was not, since something was
};

}  // namespace loa::station
