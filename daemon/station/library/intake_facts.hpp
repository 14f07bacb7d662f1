// What is known of recordings from earlier: measured facts by stored path and file identity, kept in state/facts.jsonl.
// A cache: whatever of it is torn, old or gone is measured again.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "daemon/station/library/library.hpp"
#include "playlists/catalogue.hpp"

namespace loa::station {

/// The wall clock, to the second.
std::chrono::sys_seconds wall_seconds();

/// A value: copies are independent. Not thread-safe.
class KnownFacts {
 public:
  /// What may be the machine's fault and not the recording's ("too-slow", "decoder-crashed", "unreadable") is tried
  /// again after so long, each time twice as long.
  static constexpr std::chrono::minutes kFirstRetry{10};
  static constexpr std::chrono::hours kLastRetry{24};
  /// A recording that is gone for so long (a disk that was taken away) is measured anew should it come back.
  static constexpr std::chrono::days kForgets{90};
  /// Of one path no more states are kept than this, the newest.
  static constexpr std::size_t kMostStates = 4;

  /// Of the station in `station`; an absent or damaged file gives what can be read of it. What is due to be tried again
  /// is not believed.
  static KnownFacts read(const std::filesystem::path& station, std::chrono::sys_seconds now = wall_seconds());

  /// What is believed of it: also while it is to be measured again. Null: nothing.
  const playlists::Facts* find(const Recording& recording) const;
  /// Whether it is to be measured: it is not known, something about the file changed since, or the time to try it again
  /// has come.
  bool wants_measuring(const Recording& recording, std::chrono::sys_seconds now) const;
  /// When the first of these is to be tried again; may have passed.
  std::optional<std::chrono::sys_seconds> next_try(const Listing& listing) const;

  void add(const Recording& recording, playlists::Facts facts, std::chrono::sys_seconds now = wall_seconds());
  /// These are there now; of others, what was not there for kForgets is forgotten.
  void keep_those_of(const Listing& listing, std::chrono::sys_seconds now);
  std::size_t size() const { return size_; }

  /// Writes what was added since. Takes state/lock for that moment unless `lock_is_held` by this process; false when
  /// another process holds it or state/ cannot be written (everything stays known in memory).
  bool save(const std::filesystem::path& station, bool lock_is_held);
  /// Writes all that is known anew; for the holder of the lock. False when state/ cannot be written.
  bool save_whole(const std::filesystem::path& station);

 private:
  struct Known {
    FileIdentity identity;
    playlists::Facts facts;
    std::chrono::sys_seconds again{};  // when it is tried again; 0 = never
    int tries = 0;                     // that failed, of this state
    std::chrono::sys_days seen{};      // when the file was there last
    bool believed = true;
  };

  static std::string line_of(const std::string& path, const Known& known);
  void take(std::string_view line, std::chrono::sys_seconds now);
  Known* state_of(const std::string& path, const FileIdentity& identity);
  const Known* state_of(const std::string& path, const FileIdentity& identity) const;
  Known& put(const std::string& path, Known known);
  bool write(const std::filesystem::path& file);
  std::string all_lines() const;

  std::unordered_map<std::string, std::vector<Known>> by_path_;  // as stored, below its library; the newest last
  std::size_t size_ = 0;
  std::vector<std::pair<std::string, FileIdentity>> fresh_;  // not saved yet
  std::size_t lines_ = 0;                                    // in the file, superseded ones too
  bool rewrite_ = false;                                     // the file has a torn tail, or says too little
};

}  // namespace loa::station
