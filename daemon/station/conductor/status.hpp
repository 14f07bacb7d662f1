// What `now` shows of the running daemon, as values and as JSON. Knows no sockets and no words for people.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "daemon/station/seams.hpp"
#include "scheduler/calendar/zone.hpp"

namespace loa::station {

struct Status {
  struct OnAir {
    std::string id, session, what, article, title, clip;
    Instant start, end;
    Frames played{0}, frames{0};    // frames 0: its length is not known
    std::string announced_by = {};  // an announcement: who ordered it
  };
  struct Next {
    std::string id, article, title;
    Instant start;
  };
  struct Announcement {
    std::uint64_t number = 0;
    std::string by, title;
    std::optional<Instant> next;  // its next repeat
    std::optional<Instant> until;
  };
  struct Held {
    std::string plan;  // hash
    std::size_t before = 0, after = 0;
    std::size_t lost() const { return before - after; }
  };
  struct Amplifier {
    std::string name;
    bool on = false, wanted = false;
    std::string fault;  // "" = it is as wanted, or on its way there
  };

  struct Listening {
    std::string input;      // as the settings name it
    std::string state;      // starting | open | absent | lost | gone
    std::string note;       // why
    std::string not_heard;  // id of the first item that was not heard since one was; "" = all is well
  };

  Instant now;
  std::optional<calendar::Zone> zone;  // none: no plan was ever taken
  std::optional<OnAir> on_air;
  std::optional<Next> next;
  std::vector<Announcement> announcements;  // under way or still to come
  Trust clock = Trust::holdover;
  std::string device;        // as it calls itself; "" before it said so
  std::string device_state;  // starting | open | absent | lost | gone
  std::string device_note;
  std::vector<Amplifier> amplifiers;
  std::optional<Listening> listening;  // where the amplifier is listened to
  bool silent = false;                 // what should sound leaves the device as silence
  bool second_device = false;          // it is the station's second one
  std::string hub;
  std::string plan;  // hash of the newest snapshot
  std::optional<Held> held;
  std::string disk_fault;  // "" = rows reach the disk
};

/// One object: on_air next clock device hub held (contract 3, `now`) and what stands beside them. What does not apply
/// is absent; instants as RFC 3339, durations in seconds.
boost::json::object to_json(const Status& status);

}  // namespace loa::station
