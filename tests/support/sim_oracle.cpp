#include "tests/support/sim_oracle.hpp"

#include <algorithm>
#include <set>

#include "daemon/station/library/snapshot.hpp"

namespace loa::sim {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

struct InForce {
  station::SnapshotPtr snapshot;
  Instant from, until;
};

class Oracle {
 public:
  explicit Oracle(const Evidence& evidence) : seen_(evidence) {}

  std::vector<std::string> violations() {
    read_plans();
    collect_planned();
    check_rows();
    check_missing();
    check_heard();
    return std::move(found_);
  }

 private:
  void complain(const std::string& what) { found_.push_back(what); }

  /// A plan row takes over at its `start`; what was to take over later never does.
  void read_plans() {
    for (const auto& row : seen_.rows) {
      if (text(row, "kind") != "plan") continue;
      const auto hash = text(row, "plan");
      const auto bytes = seen_.plans.find(hash);
      if (bytes == seen_.plans.end()) {
        complain("plan row names " + hash + ", which was not kept");
        continue;
      }
      const Instant from = station::instant_in(row, "start").value();
      while (!reigns_.empty() && reigns_.back().from >= from) reigns_.pop_back();
      if (!reigns_.empty()) reigns_.back().until = from;
      auto& snapshot = snapshots_[hash];
      if (snapshot == nullptr) snapshot = station::read_snapshot(hash, bytes->second);
      reigns_.push_back({snapshot, from, Instant::max()});
    }
  }

  void collect_planned() {
    for (const auto& reign : reigns_) {
      const auto& zone = reign.snapshot->schedule.zone;
      const auto last = std::min(reign.until, seen_.now + std::chrono::hours(72));
      const auto plan =
          reign.snapshot->plan(sys_days(zone.day(reign.from)) - days{2}, sys_days(zone.day(last)) + days{2});
      for (const auto& item : plan.items) {
        if (item.start >= reign.from && item.start < reign.until) planned_.try_emplace(item.id, item);
      }
    }
  }

  /// What nobody planned has no id: its start and its item row are of one planned instant, which is also the end of
  /// the name under which it sounded ("play/7.2/<instant>").
  static std::string key_of(const boost::json::object& row) {
    const auto id = text(row, "id");
    return id.empty() ? text(row, "planned_start") : id;
  }
  static std::string key_of(const Heard& heard) {
    const auto instant = station::planned_start_in(heard.id);
    return instant.empty() ? heard.id : instant;
  }

  void check_rows() {
    for (const auto& row : seen_.rows) {
      if (text(row, "kind") != "item") continue;
      const auto id = key_of(row);
      if (!verdicts_.try_emplace(id, row).second) complain("two item rows for " + id);
      if (!planned_.contains(id) && text(row, "operator").empty()) complain("item row without a plan: " + id);
      check_frames(row, id);
    }
    for (const auto& row : seen_.rows) {
      if (text(row, "kind") != "start" || !text(row, "id").empty()) continue;
      if (text(row, "operator").empty()) complain("a start row without id and operator");
      if (!verdicts_.contains(key_of(row))) complain("no item row for what was played at " + key_of(row));
    }
  }

  void check_frames(const boost::json::object& row, const std::string& id) {
    const auto verdict = text(row, "verdict");
    const auto planned = number(row, "frames_planned"), played = number(row, "frames_played");
    const bool substitute = text(row, "reason") == "file";
    if ((verdict == "aired" || verdict == "late") && played != planned && !substitute) {
      complain(id + " " + verdict + " with " + std::to_string(played) + " of " + std::to_string(planned));
    }
    if (verdict == "partial" && played <= 0) complain(id + " partial without a frame");
    const bool none = verdict == "missed" || verdict == "withheld" || verdict == "overridden";
    if (none && played != 0) complain(id + " " + verdict + " with frames");
  }

  void check_missing() {
    for (const auto& [id, item] : planned_) {
      if (item.start < seen_.now && !verdicts_.contains(id)) complain("no verdict for " + id);
    }
  }

  /// A file that nobody planned never sounds in the time of an item that had a frame of its own to give.
  void check_precedence(const Heard& played) {
    const auto end = [](const Heard& one) { return one.since + std::chrono::floor<Nanoseconds>(one.taken); };
    for (const auto& other : seen_.heard) {
      if (!station::planned_start_in(other.id).empty() || other.taken == Frames{0}) continue;
      const auto overlap = std::min(end(played), end(other)) - std::max(played.since, other.since);
      if (overlap > std::chrono::milliseconds(1)) complain(played.id + " sounded over " + other.id);
      const auto row = verdicts_.find(other.id);
      const bool short_of = row != verdicts_.end() && text(row->second, "reason") == "overrun";
      const bool at_its_end = std::chrono::abs(played.since - end(other)) <= std::chrono::milliseconds(1);
      if (short_of && at_its_end) complain(played.id + " cut " + other.id);
    }
  }

  void check_heard() {
    std::map<std::string, Frames> sum, reached;
    for (auto heard : seen_.heard) {
      const bool announced = heard.id.starts_with("announce/");
      if (!announced && !station::planned_start_in(heard.id).empty()) check_precedence(heard);
      heard.id = key_of(heard);
      if (!heard.permitted) complain(heard.id + " sounded before its start row was durable");
      sum[heard.id] += heard.played;
      // An announcement that was broken off goes on behind what is surely known to have sounded.
      const Frames twice = announced ? Frames(std::chrono::milliseconds(300)) : Frames(0);
      // What stands in for a relay begins anew each time.
      const auto planned = planned_.find(heard.id);
      const bool relay = planned != planned_.end() && planned->second.what == scheduler::What::relay;
      if (!relay && heard.from + twice < reached[heard.id]) complain(heard.id + " sounded the same frames twice");
      reached[heard.id] = heard.from + heard.taken;
    }
    for (const auto& [id, frames] : sum) {
      const auto row = verdicts_.find(id);
      if (row == verdicts_.end()) {
        complain(id + " sounded without a row");
      } else if (number(row->second, "frames_played") > frames.count() + 1) {
        complain(id + " has " + std::to_string(number(row->second, "frames_played")) + " frames in its row, " +
                 std::to_string(frames.count()) + " went out");
      }
    }
    for (const auto& [id, row] : verdicts_) {
      if (text(row, "what") == "clip" && number(row, "frames_played") > 0 && !sum.contains(id)) {
        complain(id + " has frames in its row that nobody heard");
      }
    }
  }

  const Evidence& seen_;
  std::map<std::string, station::SnapshotPtr> snapshots_;
  std::vector<InForce> reigns_;
  std::map<std::string, scheduler::PlannedItem> planned_;
  std::map<std::string, boost::json::object> verdicts_;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> spine_violations(const Evidence& evidence) {
  return Oracle(evidence).violations();
}

}  // namespace loa::sim
