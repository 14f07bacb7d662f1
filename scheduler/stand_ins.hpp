// What `missing` leads to when a recording cannot be played.
#pragma once

#include <string>
#include <vector>

#include "scheduler/plan_recordings.hpp"

namespace loa::scheduler {

/// The recordings on `day` of the article `id`, of its own `missing`, and so on, each article once: up to the first
/// that can be played, which is the last then; else as far as there are recordings to be named.
std::vector<const Recording*> stand_ins(Recordings& recordings, std::string id, Date day);

/// The one that can be played; null: none.
const Recording* stand_in(Recordings& recordings, std::string id, Date day);

}  // namespace loa::scheduler
