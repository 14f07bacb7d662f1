// The shelf of masters on the disk: what is wanted is made by loa-media in the order of first use, what nobody wants
// goes when room is needed. Knows files, sizes and children; must not know the plan.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "daemon/station/host/process.hpp"
#include "daemon/station/library/masters_opening.hpp"
#include "daemon/station/seams.hpp"

namespace loa::station {

/// How every master of a station sounds. Another profile makes other masters.
struct MasterProfile {
  std::optional<double> loudness = -16;  // LUFS; nothing: stays what it is
  double true_peak = -1;                 // dBTP
  int channels = 1;
};

struct WantedMaster {
  std::string sha256;  // of the recording
  std::string clip;    // below library/
  double gain = 0;     // dB of the article
  Frames length{0};    // of the master, when it is known: how much room it will need
};

/// The file's name without its ending: SHA-256 of the recording's hash, the profile, the gain and the format's version.
std::string master_key(const std::string& sha256, double gain, const MasterProfile& profile);

/// What masters leave free of the disk that `folder` is on, for the ledger: 500 MiB, of a small disk half.
std::uint64_t ledger_reserve(const std::filesystem::path& folder);

/// A recording that cannot be played for now, and why.
struct NotMastered {
  std::string clip;
  std::string problem;  // as Masters::problem()
  bool operator==(const NotMastered&) const = default;
};

struct MastersOptions {
  std::filesystem::path folder;   // state/masters; made when absent
  std::filesystem::path program;  // loa-media
  MasterProfile profile;
  /// How to open the recording for reading; giving an empty one when it is not there or is no longer what has that
  /// hash. What it gives is called in a thread of its own, may hang for ever, and owns what it touches.
  std::function<std::function<Descriptor()>(const WantedMaster&)> open;
  std::chrono::milliseconds open_patience{std::chrono::seconds(10)};
  std::uint64_t most_bytes = 20ull << 30;    // of all masters
  std::uint64_t spare_bytes = 500ull << 20;  // of the disk, kept free for the ledger
  std::chrono::milliseconds deadline{
      std::chrono::minutes(2)};  // for one master, plus 1 s for each MB and each 20 s of sound
  std::chrono::milliseconds retry{std::chrono::minutes(1)};  // after the disk or the machine failed
};

/// Main thread only; nothing but make_all() blocks, and nothing waits for the disk that recordings lie on. The folder
/// is this process's alone (it holds state/lock). Whatever is half-made when the process dies is removed at the next
/// start.
class Masters final : public MasterShelf {
 public:
  explicit Masters(MastersOptions options);

  std::optional<Master> find(const std::string& sha256, double gain) const override;

  /// What is to be there, in the order of first use; replaces the former list. Begins to make what is missing.
  void want(std::vector<WantedMaster> wanted);
  /// Readable whenever on_ready() has something to do; the same for the shelf's whole life.
  int wait_fd() const { return epoll_.get(); }
  /// True when a master became ready or was given up.
  bool on_ready();
  /// Everything wanted is there or given up for now.
  bool idle() const { return !child_ && !opening_; }

  /// Blocks until everything wanted is there or given up.
  void make_all(const std::stop_token& stop, const std::function<void(std::size_t done, std::size_t total)>& progress);

  /// Why it cannot be made: a stable code of loa-media, "decoder-crashed", "too-slow", "recording-changed", "hangs"
  /// (the disk that it lies on), "disk-full", "disk"; "" when it is there or not tried yet.
  std::string problem(const std::string& sha256, double gain) const;

  /// What was given up since the last call; what fails again for the same reason is not named again.
  std::vector<NotMastered> take_failures() { return std::exchange(failures_, {}); }

  std::uint64_t bytes() const { return bytes_; }

 private:
  struct Shelved {
    Master master;
    std::uint64_t size = 0;
    std::filesystem::file_time_type made;
  };
  struct Wanted {
    std::string key;
    WantedMaster master;
  };
  struct GivenUp {
    std::string problem;
    std::optional<std::chrono::steady_clock::time_point> again;  // absent: the recording is to blame
  };

  std::filesystem::path file_of(const std::string& key, const char* ending) const;
  void take_stock();
  void take_stock_of(const std::string& key);
  void begin_next();
  bool open(const Wanted& wanted);
  bool on_opened();
  void begin(Opening::Opened& opened);
  void start_child(const Opening::Opened& opened);
  bool hangs(const std::string& folder);
  void forget_unwanted();
  void forget_lost();
  std::uint64_t room_for(const WantedMaster& wanted, std::uint64_t size) const;
  bool make_room(std::uint64_t coming);
  void remove(const std::string& key);
  std::string oldest_unwanted() const;
  void finish(const Ended& ended);
  std::string shelve(const Ended& ended);
  void give_up(const Wanted& wanted, std::string problem);
  bool may_try(const std::string& key) const;
  void watch(int fd) const;
  void unwatch(int fd) const;
  void wake_later();
  void wake_in(std::chrono::milliseconds wait);

  MastersOptions options_;
  std::map<std::string, Shelved> shelf_;
  std::map<std::string, GivenUp> given_up_;
  std::map<std::string, std::string> told_;  // the problem that was named last, by key
  std::vector<NotMastered> failures_;
  std::vector<Wanted> wanted_;
  std::vector<std::string> wanted_keys_;  // sorted
  std::unique_ptr<Opening> opening_;
  std::optional<Child> child_;
  Wanted making_;                                                         // what is opened or made
  std::map<std::string, std::shared_ptr<const std::atomic<bool>>> held_;  // by folder: whether the thread has ended
  Descriptor epoll_, timer_;
  std::uint64_t bytes_ = 0;
};

}  // namespace loa::station
