// Days before the plan's own, walked through for what campaigns remember of them. Internal to the plan.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "scheduler/campaigns.hpp"
#include "scheduler/plan_busy.hpp"

namespace loa::scheduler {

/// Lets `campaigns` play what they play in the ordinary programmes of the local days [from, to), below what is `busy`:
/// as the plan of those days would say it, of which nothing else is worked out or kept.
///
/// Most programmes are a chain of recordings, pauses and places (`is_chain`): where their places are, and which of them
/// are heard whole, follows from lengths alone, as long as nothing breaks in. The others are laid out as for the plan.
/// Not thread-safe.
class History {
 public:
  History(const Schedule& schedule, Recordings& recordings, const Busy& busy, Campaigns& campaigns);

  /// `seen`: the first day of which nothing needs to be known; not before `to`.
  void walk(Date from, Date to, Date seen);

 private:
  /// A programme at one of its times.
  struct Session {
    Slot slot;
    Date date, held;  // as of an Occurrence
    Instant start;
    /// As their ids follow each other on air.
    bool operator<(const Session& other) const;
  };
  /// What a programme that is a chain plays: the entries of `day`, or of every day.
  struct Chain {
    bool is_chain = false;  // nothing in it is pinned or fills
    bool differs_by_day = false;
    bool has_places = false;
    std::optional<Date> day;
    std::vector<Entry> entries;
  };
  /// The session whose turn it is, once something of it is for its day.
  struct Turn {
    Session session;
    std::optional<Occurrence> occurrence;  // where it is no chain
  };

  static bool is_chain(const Programme& programme);
  bool is_chain(const Session& session);
  Chain& chain_of(const Programme& programme);
  const std::vector<Entry>& entries_of(const Session& session);
  void add(Date date, Date from, Date seen);
  void pass(std::vector<Session>::iterator end, Date to);
  void play_pending(std::optional<Instant> next);
  std::optional<Turn> turn_of(const Session& session);
  void play(Turn turn, std::optional<Instant> next);
  bool play_chain(const Session& session, std::optional<Instant> next);

  const Schedule& schedule_;
  Recordings& recordings_;
  const Busy& busy_;
  Campaigns& campaigns_;
  const Timetable timetable_;
  std::vector<Chain> chains_;                         // of each programme
  std::set<std::pair<Date, std::string>> made_good_;  // days and programmes in which something is
  std::vector<Session> sessions_;                     // ahead, in their order
  std::vector<Turn> pending_;                         // until it is known what comes behind them
};

}  // namespace loa::scheduler
