// The daemon's deciding part: from plan and clock to orders, from what the player tells to rows. Everything it knows of
// the world comes through the four seams; it starts no thread, opens no file and never waits. Main thread only.
//
// Whoever runs it: boot() once, take() the files' snapshot, then hand in events as they come and call tick() at
// next_wake() at the latest (and when the wall clock was set).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "daemon/station/conductor/airing.hpp"
#include "daemon/station/conductor/amplifiers.hpp"
#include "daemon/station/conductor/announce_order.hpp"
#include "daemon/station/conductor/conductor_clock.hpp"
#include "daemon/station/conductor/conductor_options.hpp"
#include "daemon/station/conductor/conductor_run.hpp"
#include "daemon/station/conductor/conductor_timetable.hpp"
#include "daemon/station/conductor/conductor_wanted.hpp"
#include "daemon/station/conductor/conductor_watch.hpp"
#include "daemon/station/conductor/hearing.hpp"
#include "daemon/station/conductor/owed.hpp"
#include "daemon/station/conductor/status.hpp"
#include "daemon/station/ledger/ledger.hpp"
#include "daemon/station/library/snapshot.hpp"

namespace loa::station {

class Conductor {
 public:
  Conductor(Clock& clock, Ledger& ledger, PlayerLink& player, HubLink& hub, MasterShelf& shelf,
            ConductorOptions options);

  /// The boot row, the verdicts of what was due while no daemon ran, the plan in force again, a checkpoint.
  void boot(const History& history);
  /// A snapshot of the files as they are now. From 60 s ahead it replaces what is in force (`initial`, the first of
  /// this start: from now on); one that takes away more than half of the coming 7 days is held.
  Taken take(SnapshotPtr snapshot, bool initial = false);

  /// The files that are in force, with other recordings, approvals or make-goods: from 60 s ahead, and an edit that is
  /// held stays so. False: nothing of it is new, or it takes away more than half of the coming 7 days.
  bool renew(SnapshotPtr snapshot);

  /// Keeps the plans that are in force, or were while verdicts may still be owed, and writes their rows again, those of
  /// articles before their next use: what the state folder said of them is lost.
  void repeat_plans();
  /// One of those, or held until somebody accepts it.
  bool may_put_in_force(const std::string& hash) const;

  Outcome accept(const std::string& by);
  Outcome stop(const std::string& by);
  Outcome skip(const std::string& by);
  /// Sounds files that nobody planned, where the plan leaves room (docs/decisions/0004). `number`: not used before.
  Outcome play(std::uint64_t number, const std::vector<PlayableItem>& items, const std::string& by);
  /// Breaks in at once (docs/announce.md). `order.number`: from new_announcement().
  Outcome announce(AnnounceOrder order);
  std::uint64_t new_announcement() { return next_announcement_++; }
  /// Its content lies in state/ now. False: there is no such order any more.
  bool keep_copy(std::uint64_t number, const std::string& copy, const std::string& sha256);
  /// Ends all of them, with their repeats.
  Outcome end_announcements(const std::string& by);
  void on_source(const std::string& id, std::uint32_t attempt, const SourceNews& news);
  /// Writes down what is ordered, also where nothing has changed: what was kept may be lost.
  void keep_orders();
  const std::vector<AnnounceOrder>& announcements() const { return announcements_; }
  /// Ends what is left of a play.
  void withdraw(std::uint64_t number, const std::string& by);
  /// Ends what sounds; when finished(), the last rows are appended (a flush of the ledger is the caller's).
  void shutdown();
  bool finished() const { return finished_; }

  void on(const wire::Event& event);
  void on(const wire::KeyEvent& event);
  void on_keyer_gone(const std::string& why);
  void on(const wire::ListenerEvent& event);
  void on_listener_gone(const std::string& why);
  void on_durable() { tick(); }
  /// The player ended or was killed; another follows by itself.
  void on_player_gone(const std::string& why);
  void tick();
  /// The steady time at which tick() is due.
  Steady next_wake() const;

  Status status() const;
  /// Nothing sounds or is to sound within `ahead`.
  bool quiet(Frames ahead) const;
  std::vector<Wanted> wanted() const;

 private:
  // conductor.cpp
  void look();
  void restore(const History& history);
  void close_owed(const History& history);
  void report_progress();
  void repeat_plan_monthly();
  void sweep();

  // conductor_plan.cpp
  Instant after_begun(Instant from) const;
  void enforce(SnapshotPtr snapshot, Instant from, std::vector<std::string> removed, const std::string& by);
  void write_plan(const std::vector<std::string>& removed, const std::string& by);
  void refresh_board();
  void place_due();
  bool must_wait(const DueSession& due) const;
  void place(DueSession& due);
  bool place_item(const Due& due, const scheduler::Placed* placed, const Run& run, Instant& sounds_before);
  void enter(Airing made, const Run& run);
  Reason unplayed_reason(const Due& due, const Run& run) const;
  Airing doomed_airing(const Due& due, const Run& run) const;
  Run& run_of(const DueSession& due);
  Reason withheld_since(const Due& due) const;
  Airing make_airing(const Due& due, const scheduler::Placed& placed, const Run& run) const;
  void miss(const Due& due, Reason reason);
  void remember_begun(Airing& airing) const;
  bool may_have_sounded(const std::string& id) const;
  Airing* airing_of(const std::string& id);

  // conductor_air.cpp
  void advance(Airing& airing);
  void advance_pause(Airing& airing);
  void advance_planned(Airing& airing);
  void order_when_durable(Airing& airing);
  void seek_substitute(Airing& airing);
  Reason silence_reason(const Airing& airing) const;
  void arm(Airing& airing);
  void note_article(const Airing& airing);
  void note_campaign(const Airing& airing);
  void close(Airing& airing);
  void cut(Airing& airing, Reason reason, const std::string& by, Frames fade = wire::CancelOrder{}.fade);
  bool gate_needed() const;
  void refresh_gate();
  std::string device_name() const;

  // conductor_events.cpp
  void on_event(const wire::DeviceEvent& event);
  void on_event(const wire::BeatEvent& event);
  void on_event(const wire::StartedEvent& event);
  void on_event(const wire::EndedEvent& event);
  void lose_player();
  void replace_player(const std::string& why);
  void heed_silence(const wire::BeatEvent& event);
  void note_device();
  void on_step(std::chrono::nanoseconds by);
  void go_back();
  void resync(Airing& airing, bool forward);

  // conductor_operator.cpp
  Airing* current();
  Run* running();
  void exclude_passed(Run& run, const scheduler::PlannedItem* skipped) const;
  void recall(const Run& run);
  void finish_if_quiet();

  // conductor_rank.cpp
  void yield_to_higher();
  std::optional<Instant> broken_at(const Airing& airing) const;

  // conductor_play.cpp
  void close_plays(const History& history);
  void yield_to_plan();
  config::Text refusal(const std::vector<PlannedOrder>& orders, const std::vector<PlayableItem>& items) const;
  bool holds_time(const Airing& airing) const;
  std::string planned_at(Instant when, const std::vector<DueSession>& due) const;
  Airing make_played(const PlannedOrder& order, const PlayableItem& item) const;
  void tell_played(const Airing& airing, const Judgement& judgement) const;

  // conductor_announce.cpp
  bool announcing() const;
  AnnounceOrder* order_of(std::uint64_t number);
  void begin_announcement(AnnounceOrder& order, bool urgent);
  void begin_due_announcements();
  bool under_way(const AnnounceOrder& order) const;
  void forget_orders();
  void miss_repeats(AnnounceOrder& order, Reason reason);
  void restore_announcements(const History& history);
  void advance_announcement(Airing& airing);
  void break_in(const Airing& announcement);
  void hold(Airing& airing);
  void put_off_sessions();
  void refuse_announcement(Airing& airing, const SourceNews& news);
  void lose_source(Airing& airing);
  bool settle_announcement(Airing& airing, const wire::EndedEvent& event);
  void finish_announcement(const Airing& airing, const Judgement& judgement);

  // conductor_relay.cpp
  void advance_relay(Airing& airing);
  void tend_relay(Airing& airing);
  void want_source(Airing& airing);
  void drop_source(Airing& airing);
  void forget_spent(Airing& airing);
  bool has_source(const Airing& airing) const;
  bool find_fallback(Airing& airing);
  void begin_live(Airing& airing);
  void begin_fallback(Airing& airing);
  void change_part(Airing& airing, Instant at);
  void lose_relay(Airing& airing, Reason reason);
  bool settle_relay(Airing& airing, const wire::EndedEvent& event);
  void on_relay_source(Airing& airing, const SourceNews& news);
  void name_parts(Airing& airing);

  // conductor_keying.cpp
  void turn_keys();
  SoundAround sound_around() const;
  void note_silence(const Airing& airing);
  bool hopes_for_device() const;
  std::vector<scheduler::Interval> audible(const Airing& airing) const;
  Instant soonest(Instant least) const;

  // conductor_wake.cpp
  Steady look_at(const Airing& airing) const;
  Steady look_at(const DueSession& due) const;
  Steady to_steady(Instant instant) const;

  // conductor_status.cpp
  std::optional<Status::OnAir> on_air() const;
  std::optional<Status::Next> next(Instant now) const;
  std::vector<Status::Announcement> announced() const;

  Clock& clock_;
  Ledger& ledger_;
  PlayerLink& player_;
  HubLink& hub_;
  MasterShelf& shelf_;
  ConductorOptions options_;

  // The clock as of this look; every decision of one tick sees the same instant.
  Instant now_;
  Steady steady_{0};
  StepWatch step_watch_;
  Trust trust_ = Trust::holdover;
  std::int64_t steps_ = 0;            // big steps: anchors made after one must not meet those tied before it
  std::optional<Instant> unsettled_;  // passed items since this wait for their verdict: the step may be taken back
  Steady settle_at_{0};

  // The plan.
  Timetable timetable_;
  SnapshotPtr held_;
  Change held_change_;
  std::string plan_month_;         // local "2026-11" of the last plan row
  std::vector<DueSession> board_;  // what is near, by first item
  Instant board_until_;
  bool board_stale_ = true;
  std::map<std::string, Run> runs_;  // sessions that were placed, by id

  // What is on its way through the air, and what has its verdict.
  std::vector<Airing> airings_;
  struct Closed {
    Instant planned;  // start
    Steady given{0};
  };
  std::map<std::string, Closed> consumed_;  // what has its verdict, by id
  Instant last_closed_;                     // latest planned start with a verdict that is no operator's
  std::map<std::string, wire::Fields> articles_, campaigns_;  // as last written
  std::map<std::string, Begun> begun_;                        // before this boot
  std::optional<Instant> last_life_;
  Instant boot_floor_;  // what was planned before it is the former daemon's
  Steady booted_at_{0};

  // Announcements: what is ordered, and the time of the last one.
  std::vector<AnnounceOrder> announcements_;
  std::uint64_t next_announcement_ = 1;
  struct BrokeIn {
    Instant from, until;
  };
  std::optional<BrokeIn> broke_in_;

  Amplifiers amplifiers_;
  SoundAround around_;
  std::optional<Steady> sounded_to_;  // the last sound there was
  std::optional<Steady> deaf_since_;  // without a device
  Steady stopped_at_{0};

  Hearing hearing_;

  PlayerWatch watch_;
  Attention attention_;
  bool silent_ = false;  // what should sound does not, by what left the device
  std::optional<Steady> silence_restart_;
  std::string device_noted_;  // state and name of the last device row
  std::optional<Steady> gate_sent_;
  std::optional<Steady> progress_sent_;
  bool busy_ = false;  // inside tick()
  bool stopping_ = false;
  bool finished_ = false;
};

}  // namespace loa::station
