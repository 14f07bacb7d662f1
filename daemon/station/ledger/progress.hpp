// The last sign of life on the disk: two 512-byte slots written in turn, in place; a torn one never hides the other.
// Knows bytes and checksums; must not know what is done with them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "daemon/station/ledger/ledger.hpp"

namespace loa::station {

inline constexpr std::string_view kProgressFile = "progress";
inline constexpr std::size_t kSlotBytes = 512;
/// Offset of the second slot: another physical sector, so that no torn write reaches both.
inline constexpr std::size_t kSlotSpacing = 4096;

/// The one place where state is written in place. RealDisk has it.
class SlotDisk {
 public:
  virtual ~SlotDisk() = default;
  /// `bytes` at `offset` of a file that is made when absent; synced when it returns.
  virtual std::error_code write_slot(const std::string& path, std::uint64_t offset, std::string_view bytes) = 0;
};

/// Remembers which slot is next; the writer thread's. Starts after what `disk` holds.
class ProgressWriter {
 public:
  ProgressWriter(SlotDisk* slots, const Disk& disk);
  std::error_code write(const Progress& progress);

 private:
  SlotDisk* slots_;
  std::uint64_t counter_;
};

/// The newest good slot; nothing when there is none.
std::optional<Progress> read_progress(const Disk& disk);

/// One slot's bytes and back; nothing for what is torn, rotten or no slot. An `id` too long for a slot is cut to "".
std::string progress_slot(const Progress& progress, std::uint64_t counter);
struct ProgressSlot {
  std::uint64_t counter = 0;
  Progress progress;
};
std::optional<ProgressSlot> progress_from_slot(std::string_view bytes);

}  // namespace loa::station
