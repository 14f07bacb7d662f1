// A station on simulated seams: its files and recordings as values, the daemon's own conductor, power that comes and
// goes. Time moves only through run_until().
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "daemon/station/conductor/conductor.hpp"
#include "tests/support/sim_ledger.hpp"
#include "tests/support/sim_player.hpp"

namespace loa::sim {

/// "2026-11-23T05:30:00", local time of the station's zone (+07:00 unless the text carries an offset).
Instant at(std::string_view text);
Frames frames(Nanoseconds duration);

class SimShelf final : public station::MasterShelf {
 public:
  std::optional<station::Master> find(const std::string& sha256, double) const override {
    if (!ready.contains(sha256) || !made) return {};
    return station::Master{"/masters/" + sha256, ready.at(sha256), -16.0};
  }
  std::map<std::string, Frames> ready;
  bool made = true;
};

/// Sweeps over instants and seeds take every one, under sanitizers every fourth: they look for wild memory, which a
/// fourth finds as well, and take several times as long.
#ifdef LOA_SANITIZED
inline constexpr int kSweep = 4;
#else
inline constexpr int kSweep = 1;
#endif

struct PlayFile {
  std::string name;
  Nanoseconds length;
  std::optional<Instant> at = {}, stop = {};
};

/// Sources that are ready after a moment and give what `lengths` says of their file, "" problem or another.
class SimSources final : public station::LiveSources {
 public:
  using News = std::function<void(const std::string&, std::uint32_t, const station::SourceNews&)>;
  explicit SimSources(const SimClock& clock) : clock_(clock) {}
  void start(const Wish& wish) override;
  void stop(const std::string& id, std::uint32_t attempt) override;
  std::optional<Steady> next() const;
  void step();
  void power_off() {
    waiting_.clear();
    live_.clear();
  }
  /// Those that give `url` end with `problem`, as all that are started from now on; "" = it is there again.
  void fail(const std::string& url, const std::string& problem);
  std::size_t live() const { return live_.size(); }
  int started = 0;

  std::map<std::string, Frames> lengths;
  std::map<std::string, std::string> problems;
  News news;
  Nanoseconds takes = std::chrono::milliseconds(40);

 private:
  struct Waiting {
    Wish wish;
    Steady ready{0};
  };
  const SimClock& clock_;
  std::vector<Waiting> waiting_;
  std::vector<Wish> live_;  // streams of the network that are there
};

/// Switches at once, and remembers when what was on. Like the real one it tells by events, by and by.
class SimKeyer final : public station::KeyerLink {
 public:
  struct Change {
    Instant at;
    std::vector<bool> on;
  };
  explicit SimKeyer(const SimClock& clock) : clock_(clock) {}
  void use(std::vector<wire::KeySetup> keys) override;
  void want(const std::vector<bool>& on) override;
  std::vector<wire::KeyEvent> take() { return std::exchange(events_, {}); }
  /// While it was on, as [from, until); until max() when it still is.
  std::vector<scheduler::Interval> on(std::size_t key) const;

  std::vector<wire::KeySetup> keys;
  std::vector<Change> changes;
  std::string fault;  // of every attempt from now on

 private:
  const SimClock& clock_;
  std::vector<bool> is_;
  std::vector<wire::KeyEvent> events_;
};

class StationFixture {
 public:
  explicit StationFixture(Instant start, std::string device = "none");

  // The operator's files. `write` is the whole schedule; `recording` measures it and makes its master.
  void settings(const std::string& yaml) { settings_ = yaml; }
  void write(const std::string& yaml) { schedule_ = yaml; }
  void recording(const std::string& clip, Nanoseconds length);
  void forget(const std::string& clip) { lengths_.erase(clip); }
  /// The recording as it is now; counts from the next snapshot on.
  void approve(const std::string& clip) { approvals_[sha_of(clip)] = {"Lan", "2026-11-23T04:00:00.000+07:00"}; }
  /// The file has other bytes from now on, of the same length.
  void rewrite(const std::string& clip) {
    ++versions_[clip];
    shelf.ready[sha_of(clip)] = lengths_.at(clip);
  }
  static std::string sha(const std::string& clip);
  /// The files as they are now, as a snapshot; fails the test when they are wrong.
  station::SnapshotPtr snapshot() const;

  // Power.
  void boot();
  /// Everything that is not durable is gone; nobody ends in order.
  void cut_power();
  bool running() const { return conductor_ != nullptr; }
  station::Taken reload() { return conductor_->take(snapshot()); }
  station::Conductor& conductor() { return *conductor_; }

  /// What a person asks to hear, by "Lan"; its rows, by the file's name; what became of it, as the person is told.
  station::Outcome play(const std::vector<PlayFile>& files, std::uint64_t number = 1);
  boost::json::object row_of_file(const std::string& name) const;
  const std::vector<station::Played>& played() const { return played_; }

  /// A file of `length` (or, as input:NAME, a live input for so long) is announced by "Lan", its row by its name.
  station::Outcome announce(const std::string& file, Nanoseconds length, std::chrono::seconds every = {},
                            Instant until = {}, std::optional<station::DaySpan> between = {});
  boost::json::object row_of_announcement(const std::string& file) const;
  const std::vector<std::pair<std::uint64_t, station::AnnounceNews>>& announce_news() const { return news_; }

  // Time.
  Instant now() const { return clock.now(); }
  void run_until(Instant wall);
  void run_for(Nanoseconds duration);
  /// One thing that happens, not beyond `until`; false: nothing is left before it.
  bool run_once(Steady until);
  /// The daemon stands still (stopped, or starved of its processor) while the world goes on; then it looks before it
  /// has read what the player said meanwhile.
  void stall(Nanoseconds duration);

  /// Every violation of the spine's equation up to now; empty = it holds. The station must be quiet: no session within
  /// two minutes of now.
  std::vector<std::string> violations() const;
  std::string verdict(const std::string& id) const;  // "aired/none"; "" = no item row

  SimClock clock;
  SimLedger ledger;
  SimPlayer player;
  SimSources sources;
  SimShelf shelf;
  SimKeyer keyer{clock};
  station::NoHub hub;

 private:
  std::string sha_of(const std::string& clip) const;
  void deliver(const std::function<void()>& event);
  bool has_durable_start(const std::string& id) const;

  std::string settings_, schedule_;
  std::map<std::string, Frames> lengths_;
  std::map<std::string, int> versions_;  // how often it was rewritten
  playlists::Approvals approvals_;
  std::map<std::string, std::string> plans_;  // state/plans
  std::unique_ptr<station::Conductor> conductor_;
  Steady wake_{0};
  std::vector<station::Played> played_;
  std::vector<std::pair<std::uint64_t, station::AnnounceNews>> news_;
  std::string orders_;  // state/announce.json
  bool stalled_ = false;
  std::vector<std::function<void()>> unread_;
  int spins_ = 0;
};

}  // namespace loa::sim
