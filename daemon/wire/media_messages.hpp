// What loa-media answers: one JSON object. It gets the recording as an open descriptor and never sees a path of
// library/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loa::wire {

/// `loa-media measure --fd N`: the recording decoded once in full. Problems that refuse it (`refused` says so):
/// mp3-no-length mp3-joined flac-joined chained-ogg not-audio unsupported-format empty too-long too-large
/// changed-while-reading unreadable bad-samples rate-unsupported encrypted playlist no-sound-track unreachable stalled.
/// Those that do or do not, by how much is lost: damaged truncated wav-lying-size. Those that do not: silent
/// several-tracks, and the first of the flaws.
struct Measured {
  /// What is wrong with it although it plays: codes of audio/flaws.hpp.
  struct Flaw {
    std::string code;
    double from = 0, until = 0;  // seconds of the recording; the same: the whole of it
    bool operator==(const Flaw&) const = default;
  };

  std::string sha256;       // of the very bytes that were decoded; "" for too-large and unreadable
  std::int64_t frames = 0;  // of the source
  int sample_rate = 0;
  int channels = 0;
  std::string codec;                // wav | flac | mp3 | vorbis | opus
  std::optional<double> loudness;   // LUFS
  std::optional<double> true_peak;  // dBTP
  std::string problem;              // stable code, "" when it plays whole
  std::string detail;               // English, for the log
  std::string places;               // where it is damaged: "00:18, 12:05, 1:00:07", the first 12
  bool refused = false;
  std::int64_t length = 0;  // frames of its master at 48 kHz
  std::vector<Flaw> flaws;  // the gravest first
  bool operator==(const Measured&) const = default;
};

/// `loa-media master --fd N --out FILE [--gain DB] [--target LUFS] [--peak DBTP] --channels 1|2`: a 48 kHz FLAC master,
/// written to FILE.part, synced and renamed. Without a target the loudness stays what it is; a peak above 0 is no
/// limit.
struct Mastered {
  std::int64_t frames = 0;
  std::optional<double> loudness;   // LUFS of the master, as played
  std::optional<double> true_peak;  // dBTP of the master
  std::string problem;              // as in Measured; "" when done
  std::string sha256;               // of the recording that it was made from
  bool operator==(const Mastered&) const = default;
};

/// With the newline.
std::string to_line(const Measured& measured);
std::string to_line(const Mastered& mastered);
/// Nothing for what is no such message.
std::optional<Measured> measured_from(std::string_view line);
std::optional<Mastered> mastered_from(std::string_view line);

}  // namespace loa::wire
