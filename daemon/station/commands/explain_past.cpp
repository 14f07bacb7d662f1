#include "daemon/station/commands/explain_past.hpp"

#include <algorithm>

#include "daemon/station/conductor/conductor_timetable.hpp"
#include "daemon/station/conductor/owed.hpp"
#include "daemon/station/ledger/disk_real.hpp"
#include "daemon/station/ledger/ledger_read.hpp"

namespace loa::station {

namespace {

namespace json = boost::json;
using std::chrono::hours;

/// No item starts, and no row of it is written, further from its session's time than this.
constexpr hours kReach{72};

struct Reign {
  Instant from;
  std::string since, hash;
};

std::string session_of(const std::string& id, bool has_index) {
  return has_index ? id.substr(0, id.rfind('/')) : id;
}

/// Collects the rows from the newest back.
class Collector {
 public:
  explicit Collector(const Asked& asked) : asked_(asked) {}

  /// False = nothing older is needed.
  bool row(const json::object& row) {
    const auto at = instant_in(row, "at");
    if (!at) return true;
    const auto kind = wire::text_of(row, "kind");
    if (kind == "plan") plan(row, *at);
    if (kind == "start" || kind == "item") item(row);
    if (kind == "off") off(row);
    const bool far = *at < asked_.instant - kReach;
    return !far || reigns_.empty() || reigns_.back().from > asked_.instant - kReach;
  }

  /// In force one after the other: a later row replaces what was to begin after its start.
  std::vector<Reign> reigns() const {
    std::vector<Reign> valid;
    for (auto reign = reigns_.rbegin(); reign != reigns_.rend(); ++reign) {
      std::erase_if(valid, [&](const Reign& each) { return each.from >= reign->from; });
      valid.push_back(*reign);
    }
    return valid;
  }
  const std::string& newest() const { return newest_; }
  std::vector<PastRow> rows() {
    std::reverse(rows_.begin(), rows_.end());
    // The item row says all that its start rows say.
    const auto ended = [&](const PastRow& each) {
      return each.is_item && each.item.kind == wire::ItemRow::Kind::start &&
             std::any_of(rows_.begin(), rows_.end(), [&](const PastRow& other) {
               return other.is_item && other.item.kind == wire::ItemRow::Kind::item && other.item.id == each.item.id &&
                      other.item.planned_start == each.item.planned_start;
             });
    };
    std::vector<PastRow> kept;
    for (const auto& each : rows_) {
      if (!ended(each)) kept.push_back(each);
    }
    return kept;
  }

 private:
  void plan(const json::object& row, Instant at) {
    const auto from = instant_in(row, "start").value_or(at);
    const auto start = wire::text_of(row, "start");
    reigns_.push_back({from, start.empty() ? wire::text_of(row, "at") : start, wire::text_of(row, "plan")});
    if (newest_.empty()) newest_ = reigns_.back().hash;
    const auto* removed = row.if_contains("removed");
    if (!asked_.id || removed == nullptr || !removed->is_array()) return;
    for (const auto& id : removed->get_array()) {
      if (id.is_string() && is_asked(std::string(id.get_string()))) return note(row, "removed");
    }
  }

  void item(const json::object& row) {
    const auto read = wire::ItemRow::from(row);
    if (!read) return;
    const bool wanted = asked_.id ? is_asked(read->id) : covers(row);
    if (!wanted) return;
    PastRow past{wire::number_of(row, "seq"), wire::text_of(row, "at"), *read, {}, true};
    rows_.push_back(std::move(past));
  }

  void off(const json::object& row) {
    const auto from = instant_in(row, "start"), until = instant_in(row, "end");
    if (from && until && *from <= asked_.instant && asked_.instant < *until) note(row, "off");
  }

  void note(const json::object& row, const char* what) {
    rows_.push_back({wire::number_of(row, "seq"), wire::text_of(row, "at"), {}, what, false});
  }

  bool is_asked(const std::string& id) const {
    return id == asked_.words || (asked_.id->index.empty() && session_of(id, true) == asked_.words);
  }

  bool covers(const json::object& row) const {
    for (const auto& [begin, end] : {std::pair{"planned_start", "planned_end"}, std::pair{"start", "end"}}) {
      const auto from = instant_in(row, begin), until = instant_in(row, end);
      if (from && until && *from <= asked_.instant && asked_.instant < *until) return true;
    }
    return false;
  }

  const Asked& asked_;
  std::vector<Reign> reigns_;  // newest first
  std::string newest_;
  std::vector<PastRow> rows_;  // newest first
};

SnapshotPtr kept(const Disk& disk, const std::string& hash) {
  std::error_code error;
  auto bytes = disk.read("plans/" + hash, error);
  return bytes ? read_snapshot(hash, std::move(*bytes)) : nullptr;
}

/// The reign whose plan owes what is asked about: the earlier one that plans an id, else the one in force then.
const Reign* owing(const Disk& disk, const std::vector<Reign>& reigns, const Asked& asked) {
  const Reign* found = nullptr;
  Timetable timetable;
  for (const auto& reign : reigns) {
    if (reign.from <= asked.instant) found = &reign;
  }
  if (!asked.id) return found;
  for (const auto& reign : reigns) {
    const auto snapshot = kept(disk, reign.hash);
    if (snapshot == nullptr) return found;
    timetable.begin(snapshot, reign.from);
  }
  if (timetable.empty()) return found;
  for (const auto& due : timetable.between(asked.instant - kReach, asked.instant + kReach)) {
    for (const auto& item : due.items) {
      if (item.item.id != asked.words && item.item.session != asked.words) continue;
      for (const auto& reign : reigns) {
        if (reign.hash == item.under->hash && reign.from <= item.item.start) found = &reign;
      }
      return found;
    }
  }
  return found;
}

}  // namespace

Past read_past(const std::filesystem::path& state, const Asked& asked) {
  Past past;
  std::error_code error;
  const auto disk = RealDisk::open_directory(state, error);
  if (disk == nullptr || ledger_files(*disk).empty()) return past;
  past.has_ledger = true;
  Collector collector(asked);
  newest_first(*disk, [&](const json::object& row) { return collector.row(row); });
  past.rows = collector.rows();
  if (!collector.newest().empty()) past.newest = kept(*disk, collector.newest());
  const auto reigns = collector.reigns();
  if (const auto* reign = owing(*disk, reigns, asked)) {
    past.snapshot = kept(*disk, reign->hash);
    past.since = reign->since;
    past.is_gone = past.snapshot == nullptr;
  }
  return past;
}

LastHeard last_heard(const std::filesystem::path& state, const std::string& id, scheduler::Instant now) {
  constexpr hours kYear{366 * 24};
  LastHeard last;
  std::error_code error;
  const auto disk = RealDisk::open_directory(state, error);
  if (disk == nullptr || ledger_files(*disk).empty()) return last;
  last.has_ledger = true;
  newest_first(*disk, [&](const json::object& row) {
    const auto at = instant_in(row, "at");
    if (at && *at < now - kYear) return false;
    if (wire::text_of(row, "kind") != "item") return true;
    const auto read = wire::ItemRow::from(row);
    if (!read || read->what == "pause" || read->start.empty() || read->frames_played.value_or(0) == 0) return true;
    const auto asked = scheduler::parse_id(read->id);
    if (read->article != id && read->campaign != id && (!asked || asked->programme != id)) return true;
    last.row = PastRow{wire::number_of(row, "seq"), wire::text_of(row, "at"), *read, {}, true};
    return false;
  });
  return last;
}

}  // namespace loa::station
