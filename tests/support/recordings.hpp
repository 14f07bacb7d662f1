// Makes real recordings at test time with the encoders that operators use (sox, lame, flac, oggenc, opusenc, ffmpeg),
// and breaks them as copies, players and editors do.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace loa::test {

using Bytes = std::string;

/// A temporary folder of recordings, removed with everything in it.
class Recordings {
 public:
  Recordings();
  ~Recordings();
  Recordings(const Recordings&) = delete;
  Recordings& operator=(const Recordings&) = delete;

  std::string path(std::string_view name) const;
  /// Runs a command of the shell inside the folder; throws with its output when it fails.
  void run(const std::string& command) const;
  /// `effects` of sox make the sound: "synth 5 sine 440", "synth 3 pinknoise vol 0.2". Always the same bytes.
  std::string wav(const std::string& name, const std::string& effects, int rate = 44100, int channels = 2,
                  int bits = 16) const;
  /// Sound like speech: noise that comes and goes with pauses.
  std::string speech(const std::string& name, double seconds, int rate = 44100, int channels = 2) const;
  Bytes read(std::string_view name) const;
  std::string write(std::string_view name, const Bytes& bytes) const;

 private:
  std::filesystem::path folder_;
};

/// An open read-only descriptor, as loa-media gets one.
class OpenFile {
 public:
  explicit OpenFile(const std::string& path);
  ~OpenFile();
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int fd() const { return fd_; }

 private:
  int fd_;
};

// --- what happens to files ---

Bytes cut_at(const Bytes& whole, double part);                                   // its first part, 0 … 1
Bytes without(const Bytes& whole, double at, std::size_t count);                 // a hole: bytes are missing
Bytes with_junk(const Bytes& whole, double at, std::size_t count);               // bytes put in between
Bytes overwritten(const Bytes& whole, double at, std::size_t count);             // bytes replaced
Bytes with_number(Bytes whole, std::size_t at, std::uint64_t value, int width);  // little-endian, replaced
/// The place of the data chunk's size in a WAV file.
std::size_t data_size_at(const Bytes& wav);

}  // namespace loa::test
