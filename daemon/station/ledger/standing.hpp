// The rows that the plan depends on (approve, make-good, missed plays of campaigns and what made them good), from the
// whole ledger, without reading years of it each time: kept beside it in state/standing.jsonl, with the row up to which
// that file covers the ledger. The ledger is the truth: a file that is damaged, or not about this ledger, is made anew
// from it.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/station/seams.hpp"

namespace loa::station {

inline constexpr std::string_view kStandingFile = "standing.jsonl";

/// Remembers what it read: the next refresh() reads the newest month only. One thread at a time.
class Standing {
 public:
  /// Brings it up to the newest row of the ledger on `disk`; reads only, safe while another thread or process appends.
  /// What cannot be read is passed over, and looked at again the next time.
  void refresh(const Disk& disk);
  /// In order of seq.
  const std::vector<boost::json::object>& rows() const { return rows_; }

  /// Writes the file when it does not say what is known; for the holder of the lock. A failure costs time later, no
  /// more.
  void keep(Disk& disk) const;

 private:
  struct Position {  // of a row
    std::uint64_t seq = 0;
    std::string hash;
  };
  struct Kept {  // what the file says
    Position upto;
    std::vector<std::string> lines;
  };

  static Kept kept_in(std::string_view bytes);
  static bool are_rows(const Kept& kept);
  bool catch_up(const Disk& disk);
  void rebuild(const Disk& disk);
  void take(std::vector<std::string> lines);
  std::string bytes() const;

  Position upto_;  // seq 0: nothing is known
  std::vector<std::string> lines_;
  std::vector<boost::json::object> rows_;
  bool whole_ = false;    // every month could be read
  bool in_step_ = false;  // this object has read the ledger itself
};

}  // namespace loa::station
