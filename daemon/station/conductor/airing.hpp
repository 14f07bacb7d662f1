// One planned item on its way through the air: planned, armed (start row appended), ordered, sounding, closed.
// A value that is told what happened; it appends, sends and reads no clock itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "daemon/station/conductor/announce_order.hpp"
#include "daemon/station/conductor/conductor_timetable.hpp"
#include "daemon/station/conductor/verdict.hpp"
#include "scheduler/step.hpp"

namespace loa::station {

struct Airing {
  enum class Stage { planned, armed, ordered, sounding, closed };
  enum class Hours { open, partly, closed };

  // What is planned, and how it will really be done.
  scheduler::PlannedItem item;
  SnapshotPtr under;
  Instant start;
  Frames offset{0};
  Frames frames{0};
  Frames fade{0};
  Instant anchor;
  Instant arm_at;
  Hours hours = Hours::open;
  Reason withheld = Reason::none;  // calendar, expired: files that were taken since keep it silent

  // Of a file that nobody planned (docs/decisions/0004): the number of its play, and which of its files it is.
  std::uint64_t play = 0;  // 0 = planned
  std::size_t place = 0;

  // Of an announcement (docs/announce.md): its order's number, and the live source that it sounds from.
  std::uint64_t announcement = 0;  // 0 = none
  bool urgent = false;             // a person's own order: breaks into another announcement too
  bool announces = false;          // passes the gate
  std::string input;               // the device; "" = a file
  double peak = -1;                // dBTP
  Instant give_up;                 // it does not sound any more from here on
  bool length_known = true;
  bool source_asked = false;
  std::string pipe;                        // "" = not ready
  std::optional<double> level;             // LUFS, as far as it is known ahead
  std::optional<SourceNews> source_ended;  // of this attempt

  // Of a relay (conductor_relay.cpp): its source, what sounds in this attempt, and what stands in for it.
  struct StandIn {
    std::string article, title, clip, sha256;
    double gain = 0;
    Frames length{0};
  };
  std::optional<StandIn> fallback;
  bool fallback_sought = false;
  enum class Part { none, live, fallback } part = Part::none;
  std::uint32_t source_number = 0;  // of the source that is wanted or there; 0 = none
  std::uint32_t sources_tried = 0;
  std::uint32_t failures = 0;       // of sources, in a row
  bool source_used = false;         // the player reads its pipe, or has
  bool awaits_sound = false;        // it fell silent: the next one is ready when it does not
  std::uint32_t spent = 0;          // a source that has ended and is still heard
  Instant fallback_from;            // it may yet be heard to its end, or another one come
  std::optional<Instant> next_try;  // no source before it
  Instant part_end;                 // of what sounds in this attempt
  Frames fallback_played{0};        // all in all
  std::uint32_t former = 0;         // attempt that is still to be told the end of
  Frames former_counted{0};         // of it, in played_before
  bool former_live = false;

  // What sounds: the item's own recording, or its substitute.
  std::string article, title, clip, sha256;
  double gain = 0;
  bool substituted = false;
  bool substitute_sought = false;
  Frames whole{0};  // how much must sound
  std::optional<Master> master;

  // How far it is.
  Stage stage = Stage::planned;
  std::uint32_t attempt = 1;
  std::uint64_t ticket = 0;      // of its start row
  Steady order_by{0};            // armed: the order goes out then, whatever the disk does
  Frames played_before{0};       // by earlier attempts
  Frames played_now{0};          // by this one, as last heard
  Frames entered{0};             // how far from its start this attempt came in
  std::optional<Instant> began;  // its first frame, over all attempts
  std::optional<Instant> ended;
  std::optional<std::chrono::nanoseconds> start_error;
  Steady started_at{0};            // of this attempt
  std::optional<Steady> deadline;  // sounding: nothing more is expected after this
  bool cancelled = false;
  Reason cost = Reason::none;   // what took frames from it first
  Reason moved = Reason::none;  // what moved its start on purpose
  std::string by;               // the operator who moved or cut it
  std::string note;

  Airing(Due due, const scheduler::Placed& placed);
  /// Of an item that will not be done any more.
  explicit Airing(Due due);

  Instant end() const { return start + frames; }
  Frames played() const { return played_before + played_now; }
  /// How far into the planned item the device got, whatever was left out before.
  Frames reached() const { return offset - item.offset + entered + played_now; }
  bool is_planned() const { return play == 0 && announcement == 0; }
  bool is_relay() const { return item.what == scheduler::What::relay; }
  bool is_pause() const { return item.what == scheduler::What::pause; }
  /// It has a start row that counts: under way, or heard in part.
  bool has_begun() const { return stage != Stage::planned || began.has_value(); }
  bool joined() const { return offset > item.offset; }
  /// Against the planned frame, before the device has its say; joining moves nothing.
  Frames shift() const { return (start - item.start) - (offset - item.offset); }
  /// It can no longer sound, whatever the player does.
  bool silent() const;

  void blame(Reason reason);  // the first one stays
  void use_substitute(const playlists::Article& article, const playlists::Facts& facts, std::string clip_path);
  wire::PlayOrder order() const;
  wire::PlayOrder relay_order(wire::PlayOrder made) const;
  void on_started(const wire::StartedEvent& event, Steady now);
  void on_beat(const wire::BeatEvent& event, Steady now);
  void on_ended(const wire::EndedEvent& event);
  /// The player or its device went away, or the clock was set: what remains needs another attempt.
  /// `taken`: how much the device may have taken of it, beyond what the player told.
  void lose_attempt(Reason reason, Frames taken);
  /// Silence kept until `now` (pauses).
  void keep_pause(Instant now);
  /// The next attempt begins `reached` further on, at the instant that belongs to it.
  void leave_out(Frames reached);
  Observation observed() const;
};

/// Whether the permitted hours of `rules` let it sound at its time.
Airing::Hours hours_of(const Snapshot& rules, const Airing& airing);

/// Why frames are missing that the player gave up by itself.
Reason reason_of(wire::EndCause cause);

}  // namespace loa::station
