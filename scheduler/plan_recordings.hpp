// What an article or a playlist plays on a day, with what the catalogue knows of each recording. Remembers what does
// not depend on the day. One per plan; not thread-safe.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "playlists/resolve.hpp"
#include "scheduler/plan.hpp"

namespace loa::scheduler {

struct Recording {
  playlists::Clip clip;
  const playlists::Facts* facts = nullptr;  // null: absent or not measured; owned by the catalogue
  Frames length{0};                         // as planned: measured, or `about` while there is nothing to measure
  Fault fault = Fault::none;
  bool from_folder = false;  // the files' text alone does not name it
};

class Recordings {
 public:
  using List = std::vector<const Recording*>;

  Recordings(const Schedule& schedule, const playlists::Catalogue& catalogue)
      : repertoire_(schedule.repertoire), catalogue_(catalogue) {}
  Recordings(const Recordings&) = delete;
  Recordings& operator=(const Recordings&) = delete;

  /// The clips of the article or playlist `id` on `day`, by the recordings of `days_ago` days before. Stays valid as
  /// long as this object.
  const List& of(const std::string& id, Date day, int days_ago);

 private:
  struct Known {
    bool each_day = false;  // its clips depend on the day
    std::map<std::pair<Date, int>, List> lists;
  };

  Known& known(const std::string& id);
  List measure(const std::string& id, Date day, int days_ago);
  Recording measured(playlists::Clip clip) const;

  const playlists::Repertoire& repertoire_;
  const playlists::Catalogue& catalogue_;
  std::map<std::string, Known, std::less<>> known_;
  std::deque<Recording> recordings_;
};

}  // namespace loa::scheduler
