// What the ledger says about the time before this start: which plans were in force, what has its verdict, what had
// begun, and the last sign of life. Knows rows; must not know the disk.
#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "daemon/station/ledger/ledger.hpp"
#include "daemon/wire/item_row.hpp"

namespace loa::station {

/// An item with a start row and no item row.
struct Begun {
  Instant start;      // as its first start row says
  Frames frames{0};   // durably known to have sounded
  Frames reached{0};  // … and how far into the item that was
  std::string device;
};

/// A file that nobody planned with a start row and no item row.
struct OpenPlay {
  wire::ItemRow row;  // its first start row
  Frames frames{0};   // durably known to have sounded
};

struct History {
  struct PlanRow {
    Instant from;  // in force since
    std::string hash;
  };
  std::vector<PlanRow> plans;  // in order of seq; the first was in force at `since`, if any was
  std::set<std::string> closed;
  std::map<std::string, Begun> begun;
  std::vector<OpenPlay> plays;
  std::optional<Instant> last_life;  // nothing: the ledger is empty
  Instant since;                     // planned starts before this have their verdicts, or nothing is known of them
};

/// Reads the ledger's rows from the newest backwards until all is known that a boot needs.
class HistoryReader {
 public:
  /// How far before the last checkpoint a verdict may still be owed.
  static constexpr std::chrono::hours kReach{48};

  explicit HistoryReader(Instant now);
  /// The next older row; false = no more rows are needed.
  bool row(const boost::json::object& row);
  History take(const std::optional<Progress>& progress);

 private:
  void plan_row(const boost::json::object& row, Instant at);
  void item_row(const boost::json::object& row);
  void start_row(const boost::json::object& row, Instant at);
  void play_row(const boost::json::object& row);
  void note(const Progress& progress);

  Instant now_;
  History found_;                                             // plans newest first
  std::set<std::pair<std::string, std::string>> plays_over_;  // planned start and clip
  std::optional<Instant> reach_;                              // known once a checkpoint was seen
  std::optional<Instant> oldest_;                             // the least `from` of the plan rows seen
  Instant last_at_;                                           // of the last row seen,
  std::uint64_t last_seq_ = 0;                                // and its number
};

/// The instant in a file's id "play/7.2/<planned start>", as its rows say it; "" for the id of something planned.
std::string planned_start_in(std::string_view id);

/// A row's instant under `key` (RFC 3339); nothing when it has none.
std::optional<Instant> instant_in(const boost::json::object& row, std::string_view key);

}  // namespace loa::station
