#include "daemon/station/commands/render_run.hpp"

#include <algorithm>
#include <vector>

#include "daemon/station/commands/render_player.hpp"
#include "daemon/station/conductor/conductor.hpp"
#include "daemon/station/ledger/disk_memory.hpp"
#include "daemon/station/ledger/ledger_file.hpp"
#include "daemon/station/ledger/ledger_read.hpp"

namespace loa::station {

namespace {

/// The longest run of frames between two looks of the conductor.
constexpr Frames kBlock{48000};

std::string rows_of(const Disk& disk) {
  std::string rows;
  std::error_code error;
  for (const auto& name : ledger_files(disk))
    rows += disk.read(std::string(kLedgerFolder) + "/" + name, error).value_or("");
  return rows;
}

FileLedgerOptions ledger_options(const Snapshot& snapshot) {
  FileLedgerOptions options;
  options.identity.station = snapshot.settings.id;
  options.identity.format = [zone = snapshot.schedule.zone](Instant instant) {
    return calendar::rfc3339(instant, zone);
  };
  options.threaded = false;
  return options;
}

ConductorOptions conductor_options() {
  ConductorOptions options;
  options.device = "none";
  options.load = [](const std::string&) { return SnapshotPtr(); };
  options.keep = [](const Snapshot&) {};
  return options;
}

class Rendering {
 public:
  explicit Rendering(const RenderTask& task)
      : task_(task),
        channels_(task.snapshot->settings.audio.channels),
        clock_(task.from),
        ledger_(disk_, clock_, ledger_options(*task.snapshot)),
        player_(channels_, task.from),
        conductor_(clock_, ledger_, player_, hub_, *task.shelf, conductor_options()) {}

  Rendered run() {
    conductor_.boot({});
    tell();
    conductor_.take(task_.snapshot, true);
    bool whole = true;
    while (whole && player_.position() < task_.until) whole = block();
    conductor_.shutdown();
    conductor_.tick();
    return {rows_of(disk_), whole};
  }

 private:
  bool block() {
    const auto wake = std::chrono::floor<Frames>(conductor_.next_wake() - clock_.steady());
    const auto count = std::clamp(wake, Frames(1), std::min(kBlock, task_.until - player_.position()));
    samples_.resize(static_cast<std::size_t>(count.count() * channels_));
    player_.render(samples_);
    const bool taken = task_.sink(samples_);
    clock_.set(player_.position());
    tell();
    conductor_.tick();
    if (task_.progress)
      task_.progress(std::chrono::duration<double>(player_.position() - task_.from) / (task_.until - task_.from));
    return taken;
  }
  void tell() {
    for (const auto& event : player_.take_events()) conductor_.on(event);
  }

  const RenderTask& task_;
  int channels_;
  MemoryDisk disk_;
  RenderClock clock_;
  FileLedger ledger_;
  RenderPlayer player_;
  NoHub hub_;
  Conductor conductor_;
  std::vector<float> samples_;
};

}  // namespace

Rendered render_stretch(const RenderTask& task) {
  return Rendering(task).run();
}

}  // namespace loa::station
