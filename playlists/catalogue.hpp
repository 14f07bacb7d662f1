// The measured facts of every recording, by its path below library/. Filled by the station; read by the plan.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loa::playlists {

using Frames = std::chrono::duration<std::int64_t, std::ratio<1, 48000>>;

struct Facts {
  std::string sha256;       // lower-case hex, of the original file
  std::int64_t frames = 0;  // of the source, decoded
  int sample_rate = 0;      // Hz, of the source
  int channels = 0;
  std::string codec;                // "mp3", "flac", "wav", "vorbis", "opus"
  std::optional<double> loudness;   // LUFS of the source; absent: silence or too short to measure
  std::optional<double> true_peak;  // dBTP
  std::string problem;              // "" = plays whole; else a stable code, see media's list ("mp3-no-length" …)
  std::string problem_detail;       // in English, for the log
  bool refused = false;             // must not go on air (problem says why)
  Frames length{0};                 // of its master, at 48000: round(frames * 48000 / sample_rate)

  bool operator==(const Facts&) const = default;
};

/// One state of the library: which recordings exist, and their facts where they are measured.
class Catalogue {
 public:
  /// `clip`: NFC, '/' between parts, below library/. No facts: it exists and is not measured yet.
  void set(std::string clip, std::optional<Facts> facts);

  bool exists(std::string_view clip) const;
  const Facts* facts(std::string_view clip) const;  // null: absent or not measured yet
  const std::map<std::string, std::optional<Facts>, std::less<>>& all() const { return clips_; }
  /// Clips directly in `folder` ("" = library/ itself), whole paths, by name (code points); names of its sub-folders.
  std::vector<std::string> clips_in(std::string_view folder) const;
  std::vector<std::string> folders_in(std::string_view folder) const;

  bool operator==(const Catalogue&) const = default;

 private:
  std::map<std::string, std::optional<Facts>, std::less<>> clips_;
};

}  // namespace loa::playlists
