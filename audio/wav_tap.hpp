// Keeps what a device was given in a WAV file, on a thread of its own, so that a slow disk delays nothing.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "audio/frames.hpp"
#include "audio/wav_writer.hpp"

namespace loa::audio {

class WavTap {
 public:
  static constexpr Frames kMostPending{48'000 * 30};

  /// `begins`: when the first frame is heard. Nothing when the file cannot be made; `error` says why. `resume`: the
  /// file of a player that was killed goes on, with silence where nothing sounded.
  static std::unique_ptr<WavTap> open(const std::string& path, int channels, Wall begins, std::string& error,
                                      bool resume = false, Frames most_pending = kMostPending);
  /// Writes what is left and closes the file.
  ~WavTap();

  /// Device's thread; copies, never waits for the disk. When the disk has been stuck for most_pending, frames are
  /// kept as silence so that the others stay where they belong.
  void keep(std::span<const float> samples);

 private:
  static constexpr Frames kAtOnce{48'000 / 2};

  WavTap(std::unique_ptr<WavWriter> writer, int channels, Frames most_pending);
  void run();
  void write_silence(std::size_t samples);

  std::unique_ptr<WavWriter> writer_;  // the thread's
  const std::size_t at_once_, most_pending_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<float> pending_;  // under the mutex, as are the next two
  std::size_t dropped_ = 0;     // samples after pending_
  bool closing_ = false;
  std::thread thread_;
};

}  // namespace loa::audio
