// What loa-media answers: one JSON object. It gets the recording as an open descriptor and never sees a path of
// library/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace loa::wire {

/// `loa-media measure --fd N`: the recording decoded once in full.
struct Measured {
  std::string sha256;
  std::int64_t frames = 0;  // of the source
  int sample_rate = 0;
  int channels = 0;
  std::string codec;                // wav | flac | mp3 | vorbis | opus
  std::optional<double> loudness;   // LUFS
  std::optional<double> true_peak;  // dBTP
  std::string problem;              // stable code, "" when it plays whole
  std::string detail;               // English, for the log
  bool refused = false;
  std::int64_t length = 0;  // frames of its master at 48 kHz
  bool operator==(const Measured&) const = default;
};

/// `loa-media master --fd N --out FILE --gain DB --target LUFS --peak DBTP --channels 1|2`: a 48 kHz FLAC master,
/// written to FILE.part, synced and renamed.
struct Mastered {
  std::int64_t frames = 0;
  std::optional<double> loudness;   // LUFS of the master, as played
  std::optional<double> true_peak;  // dBTP of the master
  std::string problem;              // "" when done
  bool operator==(const Mastered&) const = default;
};

std::string to_line(const Measured& measured);
std::string to_line(const Mastered& mastered);
std::optional<Measured> measured_from(std::string_view line);
std::optional<Mastered> mastered_from(std::string_view line);

}  // namespace loa::wire
