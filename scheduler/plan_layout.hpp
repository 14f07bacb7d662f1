// A session's entries one after the other in time: chained by frames, held by pins, filled, cut. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "scheduler/plan.hpp"
#include "scheduler/plan_sessions.hpp"

namespace loa::scheduler {

/// Behind that nothing of an interrupted session is begun or gone on with.
inline constexpr std::chrono::hours kLongestInterrupted{24};
/// So that a fill with clips of no length to speak of ends: 10,000 of one second are nearly three hours.
inline constexpr std::size_t kMostFilled = 10'000;

enum class Cut { none, pin, slot, next, hours };  // what ended an item before its time

struct LaidItem {
  const Entry* entry = nullptr;
  std::uint32_t sub = 0;                 // the index's second part, from 1; 0: none
  std::uint32_t piece = 0;               // behind so many interruptions
  const Recording* recording = nullptr;  // null: a pause
  Frames length{0};                      // whole; of a piece that is gone on with, up to its end
  Frames offset{0};                      // where in the recording it begins
  Instant start;
  Frames frames{0};
  Frames fade{0};
  Instant anchor;
  bool pinned = false;
  Fault fault = Fault::none;
  Cut cut = Cut::none;
  Interruption interruption = Interruption::none;
  Interruption begun = Interruption::none;  // what would be said of it if nothing broke into it
  const MadeGood* made_good = nullptr;

  Instant end() const { return start + frames; }
  /// Whose play it is; null: no campaign's.
  const Campaign* campaign() const { return made_good != nullptr ? made_good->campaign : entry->campaign; }
};

/// Who plays in a place that is a campaign's.
class PlaceChooser {
 public:
  /// For the next place of `entry`, which begins at `at`, in a session of `day`; null: nobody may.
  virtual const Recording* choose(const Entry& entry, Date day, Instant at) = 0;

 protected:
  ~PlaceChooser() = default;
};

/// Lengths that count: as known of the recordings, or the least that the files' text proves (a clip that the text names
/// has at least one frame, folders and fills may give nothing).
enum class Lengths { known, least };

/// Which of `count` clips a fill tries first on a day (contract 2): one further each day. `count` > 0.
std::size_t first_to_fill(Date day, std::size_t count);

/// Each item after the one before, up to the pins; `slot_end` bounds fills only (trim() cuts there). `busy`: when
/// higher priorities have the air, sorted and apart; the session is interrupted then, or begins by its `late` rule
/// (contract 2). `chooser`: for the places of campaigns; null: they stay empty.
std::vector<LaidItem> lay_out(const Occurrence& session, std::optional<Instant> slot_end, Lengths lengths,
                              std::span<const Interval> busy = {}, PlaceChooser* chooser = nullptr);

/// Ends everything at `limit`: what sounds then fades out before it (or is cut hard), what comes later is not reached.
void trim(std::vector<LaidItem>& items, Instant limit, Cut why, bool hard);

/// Whether all of an item is heard, as far as the plan knows: nothing ends it, has its time or keeps it silent.
bool is_whole(std::span<const LaidItem> pieces);

/// Calls visit(pieces) for each item of a session, with its pieces behind interruptions.
template <class Visit>
void each_item(std::span<const LaidItem> items, Visit visit) {
  for (std::size_t first = 0, last = 0; first < items.size(); first = last) {
    for (last = first + 1; last < items.size() && items[last].piece > 0; ++last) continue;
    visit(items.subspan(first, last - first));
  }
}

/// Where the last item ends; the session's start when there is none.
Instant content_end(const Occurrence& session, const std::vector<LaidItem>& items);

}  // namespace loa::scheduler
