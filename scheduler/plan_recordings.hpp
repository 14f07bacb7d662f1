// What an article or a playlist plays on a day, with what the catalogue knows of each recording. Remembers what does
// not depend on the day. One per plan; not thread-safe.
#pragma once

#include <deque>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "playlists/resolve.hpp"
#include "scheduler/plan.hpp"

namespace loa::scheduler {

struct Recording {
  playlists::Clip clip;
  const playlists::Facts* facts = nullptr;  // null: absent or not measured; owned by the catalogue
  SharedText sha256;                        // of the facts; "" without them
  Frames length{0};                         // as planned: measured, or `about` while there is nothing to measure
  Fault fault = Fault::none;
  bool needs_approval = false;
  bool from_folder = false;      // the files' text alone does not name it
  const Relay* relay = nullptr;  // of the schedule: no recording at all; `clip` bears its name and its title
  bool takes_rest = false;       // a relay without a length of its own: see RelayItem
};

/// Stays valid as long as the Recordings it comes from.
using RecordingList = std::span<const Recording* const>;

class Recordings {
 public:
  Recordings(const Schedule& schedule, const playlists::Catalogue& catalogue)
      : schedule_(schedule), repertoire_(schedule.repertoire), catalogue_(catalogue) {}
  Recordings(const Recordings&) = delete;
  Recordings& operator=(const Recordings&) = delete;

  /// The clips of the article or playlist `id` on `day`, by the recordings of `days_ago` days before.
  RecordingList of(const std::string& id, Date day, int days_ago);
  /// The clips of one position on `day`; none for a pause. Quick for a rule that has been asked about before.
  RecordingList of(const ItemRule& rule, Date day);
  /// Whether they depend on the day.
  bool differ_by_day(const ItemRule& rule);
  /// The campaign whose places are at the position; null: it has none.
  const Campaign* campaign_of(const ItemRule& rule);

 private:
  using List = std::vector<const Recording*>;
  struct Known {
    bool each_day = false;  // its clips depend on the day
    std::map<std::pair<Date, int>, List> lists;
  };
  struct Ask {  // what a rule asks for
    std::vector<std::pair<Known*, const std::string*>> ids;
    int days_ago = 0;
    bool each_day = false;
    const Campaign* campaign = nullptr;
    Ask* shared = nullptr;         // by all places of the campaign
    const List* joined = nullptr;  // of several: of `joined_day`, or of every day
    Date joined_day{};
  };

  Known& known(const std::string& id);
  RecordingList list_of(Known& known, const std::string& id, Date day, int days_ago);
  List measure(const std::string& id, Date day, int days_ago);
  Recording measured(playlists::Clip clip) const;
  Ask& asked(const ItemRule& rule);
  Ask ask_of(const ItemRule& rule);
  const List& relayed(const Relay& relay, const RelayItem& item);

  const Schedule& schedule_;
  const playlists::Repertoire& repertoire_;
  const playlists::Catalogue& catalogue_;
  std::map<std::string, Known, std::less<>> known_;
  std::unordered_map<const void*, Ask> asks_;  // by rule, and by campaign
  std::deque<Recording> recordings_;
  std::deque<List> joined_;  // of fills and campaigns that name several, and of relays
};

}  // namespace loa::scheduler
