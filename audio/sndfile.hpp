// The only door to libsndfile: reading any sound file from an open descriptor, writing FLAC. Says what the library
// says; whether that is true is decode's business.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "audio/decode_bytes.hpp"

namespace loa::audio {

struct SoundInfo {
  std::int64_t frames = 0;  // as announced by the file; may lie
  int sample_rate = 0;
  int channels = 0;
  std::string codec;  // wav | flac | mp3 | vorbis | opus | other
};

/// A sound file open for reading. Borrows the descriptor and leaves its file position alone. One thread.
class SoundSource {
 public:
  /// Nothing when libsndfile does not take it; `error` is then its text.
  static std::unique_ptr<SoundSource> open(int fd, std::string& error);
  static std::unique_ptr<SoundSource> open(FileView view, std::string& error);
  ~SoundSource();
  SoundSource(const SoundSource&) = delete;
  SoundSource& operator=(const SoundSource&) = delete;

  const SoundInfo& info() const { return info_; }
  /// The next frames, interleaved, channels in the order of WAV files whatever the coding's is; returns how many, 0 at
  /// the end or on an error.
  std::int64_t read(std::span<float> out);
  /// False when there is no such frame or the file fails.
  bool seek(std::int64_t frame);
  /// "" or what libsndfile says of the last call.
  std::string error() const;

 private:
  struct State;
  explicit SoundSource(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
  SoundInfo info_;
};

/// A FLAC file of 24 bits being written to a descriptor that it borrows. One thread.
class FlacSink {
 public:
  static std::unique_ptr<FlacSink> open(int fd, int sample_rate, int channels);
  ~FlacSink();
  FlacSink(const FlacSink&) = delete;
  FlacSink& operator=(const FlacSink&) = delete;

  /// Interleaved whole frames, clipped to full scale. False when the file took less.
  bool write(std::span<const float> samples);
  /// Completes the file's header; false when that failed. Nothing may be written after it.
  bool close();

 private:
  struct State;
  explicit FlacSink(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace loa::audio
