// Reading a master: the 48 kHz FLAC file that playout sounds. Knows nothing of how masters are made or when they play.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace loa::audio {

/// One open master. Used by one thread at a time; a read may touch the disk. Virtual so that tests can play made-up
/// sound.
class MasterReader {
 public:
  /// Nothing when `path` cannot be opened or is not a FLAC file of 48 kHz with one or two channels.
  static std::unique_ptr<MasterReader> open(const std::string& path);

  virtual ~MasterReader() = default;
  virtual int channels() const = 0;
  virtual std::int64_t frames() const = 0;
  /// Fills `out` (interleaved, whole frames) from frame `at` on; returns the frames read: fewer than asked only at the
  /// end or when the file fails, and then fault() says why.
  virtual std::int64_t read(std::int64_t at, std::span<float> out) = 0;
  /// "" while every read went well, else English for the log.
  virtual std::string fault() const = 0;
};

}  // namespace loa::audio
