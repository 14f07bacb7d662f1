// Finds by reading where the ledger stands: the last good row, the torn tail, the rows that the disk destroyed.
// Knows lines and numbering; reads only; must not know keys or what is done about the damage.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "daemon/station/seams.hpp"
#include "daemon/wire/row.hpp"

namespace loa::station {

/// Seqs that no good row has, both ends included.
struct LostRange {
  std::uint64_t from = 0, to = 0;
  bool operator==(const LostRange&) const = default;
};

struct LedgerScan {
  std::string newest;           // name of the newest month file; "" = there is none
  std::uint64_t good_size = 0;  // of it: what lies beyond is a torn tail
  std::uint64_t torn_bytes = 0;
  std::uint64_t next_seq = 1;       // bad lines count as used
  std::string prev{wire::kNoHash};  // hash of the last good row
  std::uint64_t damaged_lines = 0;  // in the files that were read
  std::vector<LostRange> lost;      // that no `lost` row answers yet
};

/// Reads the newest month file, and earlier ones only as long as the oldest one read does not begin with a good row.
/// A file that cannot be read is an error: nobody may go on from a position that is only a guess.
LedgerScan scan_ledger(const Disk& disk, std::error_code& error);

/// Looks through all months, the oldest first, for damage that no `lost` row answers. In small steps, because the one
/// who writes rows takes them in between. One thread.
class LostWalk {
 public:
  LostWalk();
  ~LostWalk();
  /// A few hundred lines more; false when all was seen, or a file cannot be read (then nothing was found).
  bool step(const Disk& disk);
  /// After the last step.
  const std::vector<LostRange>& lost() const { return lost_; }

 private:
  bool next_file(const Disk& disk);

  std::unique_ptr<class LineFollower> follower_;
  std::string name_, text_;  // of the file in hand
  std::size_t at_ = 0;       // what was read of it
  std::vector<LostRange> lost_;
};

/// Size of `text` without its torn tail: what stands behind the last newline, and lines of nothing but zeros.
std::size_t size_without_torn_tail(std::string_view text);

}  // namespace loa::station
