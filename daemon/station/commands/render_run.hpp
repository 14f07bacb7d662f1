// One stretch of a station's time played into samples by the daemon's own code on a virtual clock.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "daemon/station/library/snapshot.hpp"

namespace loa::station {

struct RenderTask {
  SnapshotPtr snapshot;
  Instant from, until;
  MasterShelf* shelf = nullptr;  // holds every master that the stretch needs
  /// Takes the samples, interleaved; false ends the rendering.
  std::function<bool(std::span<const float>)> sink;
  std::function<void(double part)> progress;  // 0 … 1, now and then
};

struct Rendered {
  std::string rows;    // the ledger of a throwaway key, line by line; clock: virtual
  bool whole = false;  // the sink took everything
};

Rendered render_stretch(const RenderTask& task);

}  // namespace loa::station
