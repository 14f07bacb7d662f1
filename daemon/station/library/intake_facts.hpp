// What is known of recordings from earlier: measured facts by stored path and file identity, kept in state/facts.jsonl.
// A cache: whatever of it is torn, old or gone is measured again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "daemon/station/library/library.hpp"
#include "playlists/catalogue.hpp"

namespace loa::station {

/// A value: copies are independent. Not thread-safe.
class KnownFacts {
 public:
  /// Of the station in `station`; an absent or damaged file gives what can be read of it.
  static KnownFacts read(const std::filesystem::path& station);

  const playlists::Facts* find(const Recording& recording) const;
  void add(const Recording& recording, playlists::Facts facts);
  std::size_t size() const { return facts_.size(); }

  /// Writes what was added since. Takes state/lock for that moment unless `lock_is_held` by this process; false when
  /// another process holds it or state/ cannot be written (everything stays known in memory).
  bool save(const std::filesystem::path& station, bool lock_is_held);

 private:
  void take(std::string_view line, std::int64_t now);
  bool write(const std::filesystem::path& file);
  std::string all_lines() const;

  std::unordered_map<std::string, playlists::Facts> facts_;  // by path and identity
  std::vector<std::string> fresh_;                           // keys not saved yet
  std::size_t lines_ = 0;                                    // in the file, superseded ones too
  bool rewrite_ = false;                                     // the file has a torn tail
};

}  // namespace loa::station
