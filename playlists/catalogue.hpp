// The measured facts of every recording, by its path below library/, and who approved which. Filled by the station;
// read by the plan.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loa::playlists {

using Frames = std::chrono::duration<std::int64_t, std::ratio<1, 48000>>;

/// What is wrong with a recording although it plays: left-only right-only antiphase clipped near-silent long-silence
/// dc-offset too-spiky.
struct Flaw {
  std::string code;
  double from = 0, until = 0;  // seconds of the recording; the same: the whole of it
  bool operator==(const Flaw&) const = default;
};

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
  std::string places;               // where it is damaged: "00:18, 12:05, 1:00:07", the first 12
  bool refused = false;             // must not go on air (problem says why)
  std::vector<Flaw> flaws{};        // the gravest first, which is also the problem
  Frames length{0};                 // of its master, at 48000: round(frames * 48000 / sample_rate)

  bool operator==(const Facts&) const = default;
};

/// Who approved a recording, and when, as the ledger's row says it (RFC 3339).
struct Approval {
  std::string by, at;
  bool operator==(const Approval&) const = default;
};
/// By the recording's SHA-256, lower-case hex: other bytes are another recording.
using Approvals = std::map<std::string, Approval, std::less<>>;

/// One state of the library: which recordings exist, their facts where they are measured, and which of them
/// are approved.
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

  /// In the place of those that were known; of any recordings, also of some that are not here.
  void set_approvals(Approvals approvals) { approvals_ = std::move(approvals); }
  const Approvals& approvals() const { return approvals_; }
  const Approval* approval(std::string_view sha256) const;  // null: nobody approved it

  bool operator==(const Catalogue&) const = default;

 private:
  std::map<std::string, std::optional<Facts>, std::less<>> clips_;
  Approvals approvals_;
};

}  // namespace loa::playlists
