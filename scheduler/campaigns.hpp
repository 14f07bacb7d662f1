// Who plays in the places that campaigns have: obligations first, then fairness, then the order of the list (contract
// 2). A choice knows the files, the date and the plays before it, never what lies ahead. Internal to the plan.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "scheduler/plan_layout.hpp"

namespace loa::scheduler {

/// The plays of one draft so far, session by session. Not thread-safe.
///
/// Among the articles that may play, the one whose duty is the most pressing does. Earliest deadline first meets every
/// set of deadlines that can be met (Jackson 1955), and needs no look ahead; where plays have to be apart, of `k` that
/// are left the next one is due `(k - 1) * apart` before the last (modified due dates: Bruno, Jones and So,
/// Deterministic scheduling with pipelined processors, 1980).
class Campaigns final : public PlaceChooser {
 public:
  explicit Campaigns(const calendar::Zone& zone) : zone_(zone) {}

  /// The recording for the next place of `entry`, which begins at `at`, in a session of `day`; null when every article
  /// that is valid plays less than `apart` from then. Counts as a play until settle().
  const Recording* choose(const Entry& entry, Date day, Instant at) override;

  /// A session is laid out: what of it is played whole from now on counts. `next`: when the session behind it begins.
  void settle(const std::vector<LaidItem>& items, std::optional<Instant> next);
  /// The same of a session that nothing breaks into: of what was chosen counts what ends by `until`.
  void settle(Instant until);

 private:
  /// What is compared of two candidates, the smaller one first.
  struct Claim {
    Instant due = Instant::max();  // of its next owed play; max(): none is owed by a day that is known
    std::size_t plays = 0;
    friend bool operator<(const Claim& a, const Claim& b) { return a.due != b.due ? a.due < b.due : a.plays < b.plays; }
  };
  /// The plays of one article of one campaign, by time.
  struct Track {
    std::vector<Instant> starts;
    std::size_t counted = 0;          // of `starts`: the first that counts
    std::optional<Instant> deadline;  // when the last day on which it may play is over
  };
  /// All that is asked of a track for a place behind all of its plays; kept apart and small, since it is asked most.
  struct Standing {
    Instant free_from = Instant::min();  // `apart` behind the last play that counts
    Claim claim;
  };
  struct Candidate {
    const Recording* recording;
    std::size_t track;
  };
  struct State {
    std::map<std::string, std::size_t, std::less<>> numbers;  // of the tracks, by article
    std::vector<Track> tracks;
    std::vector<Standing> standings;  // of each track
    std::optional<Date> day;          // that was asked about last
    std::optional<Date> counted_from;
    Instant counted_since;
    RecordingList list;  // whose candidates these are
    std::vector<Candidate> candidates;
  };
  struct Chosen {
    const Campaign* campaign;
    const Recording* recording;
    std::size_t track;
    Instant at;
  };

  State& state_of(const Entry& entry, Date day);
  void count_from(State& state, const Campaign& campaign, Date day) const;
  void list_candidates(State& state, const Campaign& campaign, RecordingList list) const;
  static std::size_t track_of(State& state, const std::string& article);
  void take_back(const Chosen& chosen);
  static Claim claim_of(const Campaign& campaign, const Track& track, std::size_t plays);
  static void stand(State& state, const Campaign& campaign, std::size_t track);
  static std::optional<Claim> claim(const Campaign& campaign, const Track& track, Instant at);

  const calendar::Zone& zone_;
  std::unordered_map<const Campaign*, State> states_;
  std::vector<Chosen> chosen_;  // for the session that is being laid out
};

}  // namespace loa::scheduler
