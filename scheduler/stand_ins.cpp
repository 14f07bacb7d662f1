#include "scheduler/stand_ins.hpp"

#include <set>
#include <utility>

namespace loa::scheduler {

std::vector<const Recording*> stand_ins(Recordings& recordings, std::string id, Date day) {
  std::vector<const Recording*> found;
  for (std::set<std::string> seen; !id.empty() && seen.insert(id).second;) {
    const auto list = recordings.of(id, day, 0);
    if (list.empty()) break;
    found.push_back(list.front());
    if (found.back()->fault == Fault::none) break;
    id = found.back()->clip.missing;
  }
  return found;
}

const Recording* stand_in(Recordings& recordings, std::string id, Date day) {
  const auto found = stand_ins(recordings, std::move(id), day);
  return found.empty() || found.back()->fault != Fault::none ? nullptr : found.back();
}

}  // namespace loa::scheduler
