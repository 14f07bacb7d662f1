// Inside of reading: the parts of a programme, and what its text alone proves wrong. Not for other folders.
#pragma once

#include <vector>

#include "playlists/names.hpp"
#include "scheduler/schedule.hpp"

namespace loa::scheduler {

/// `programmes` of every file, by id; of one id the later folder's.
std::vector<Programme> read_programmes(const std::vector<config::ScheduleFile>& files,
                                       config::Diagnostics& diagnostics);
Programme read_programme(const playlists::NamedNode& named, config::Diagnostics& diagnostics);

/// One time, a list, or {every, from, until} with both ends; sorted, each time once. Empty when it is wrong.
std::vector<TimeOfDay> read_at(const config::NodePtr& node, config::Diagnostics& diagnostics);
/// One position of `items`; nothing when it has no usable kind.
std::optional<ItemRule> read_item(const config::NodePtr& node, config::Diagnostics& diagnostics);

/// Names that the items use. A programme that uses a wrong one is `mistaken` from then on.
void check_names(std::vector<Programme>& programmes, const playlists::Repertoire& repertoire,
                 config::Diagnostics& diagnostics);
/// False when there are more items or sessions a day than any day can hold, after reporting the first programme that
/// is too much: then no plan may be made, it would take more time and memory than an answer may.
bool check_load(const std::vector<Programme>& programmes, const playlists::Repertoire& repertoire,
                config::Diagnostics& diagnostics);

/// Days on which the text of a programme is tried out: a week, and the ends of every span of dates in it.
struct Samples {
  std::vector<Date> days;
  bool complete = true;  // false: there were too many, some were left out
};
Samples sample_days(const Programme& programme);
/// Items that no session reaches, fills without an end, days that never meet. Takes what it does from `work_left`
/// and stays silent when that is used up, so that a hostile file is answered in time.
void check_reach(const Programme& programme, std::size_t& work_left, config::Diagnostics& diagnostics);
/// `except` that takes nothing away, `grace` that nothing asks for.
void check_effect(const Programme& programme, config::Diagnostics& diagnostics);

}  // namespace loa::scheduler
