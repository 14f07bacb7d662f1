// Repeats (phát lại, PL): which planned recordings of a day have been planned before, and when first. Whatever days a
// plan is asked for, the answer is the same: it looks at the days of the recording, not at the window.
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "scheduler/plan_layout.hpp"

namespace loa::scheduler {

/// Keeps references to its arguments; one per plan, not thread-safe (remembers days).
///
/// Only recordings of a day count, by their names (Article::of_the_day), and only where an item or a playlist of one
/// plays them: tunes, music that fills and standing articles come back every day and are no repeats. Two recordings
/// are the same by their SHA-256; while that is not known, by their names.
class Repeats {
 public:
  Repeats(const Schedule& schedule, const playlists::Catalogue& catalogue, Recordings& recordings);

  /// The day of the first airing of what `item` repeats (docs/schedule.md); nothing when it repeats nothing.
  std::optional<Date> first_of(const Occurrence& session, const LaidItem& item);

 private:
  /// One clip of one position of a session; earlier ones are less.
  struct Airing {
    Instant start;  // of the session
    std::string session;
    std::uint32_t position = 0, sub = 0;
    Date day;  // what a repeat of it names
  };
  using Airings = std::unordered_map<std::string, Airing>;                      // the first one of each clip, by path
  using Known = std::pair<const std::string, std::optional<playlists::Facts>>;  // a clip of the catalogue
  struct Dated {
    std::string path;
    Date recorded;
  };

  bool plays_dated(const ItemRule& rule) const;
  bool is_dated(const std::string& id, std::set<std::string>& seen) const;
  const Airings& airings_on(Date day);
  static void add(const Occurrence& session, Airings& airings);
  std::optional<Airing> first_of(const Dated& recording);
  const std::optional<Airing>& first_of_same(const std::string& sha256);
  std::vector<const Known*> clips_like_dated() const;
  void find_same();
  static bool is_before(const Airing& a, const Airing& b);
  static void take_earlier(std::optional<Airing>& first, const std::optional<Airing>& other);

  const Schedule& schedule_;
  const playlists::Catalogue& catalogue_;
  Recordings& recordings_;
  const Timetable timetable_;
  std::set<const Programme*> programmes_;  // that play recordings of a day
  std::set<int> days_ago_;                 // of all their items: when a recording can be aired
  std::map<Date, Airings> days_;
  std::optional<std::unordered_map<std::string, std::vector<Dated>>> same_;  // by SHA-256, where several are one
  std::unordered_map<std::string, std::optional<Airing>> firsts_of_same_;
};

}  // namespace loa::scheduler
