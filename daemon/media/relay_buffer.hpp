// What lies between a stream of the network, which comes in gusts, and a reader that takes it evenly. Pure; the caller
// keeps the time.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace loa::media {

/// 48 kHz, interleaved. Gives as much as time has passed, a little faster or slower, so that it neither runs dry nor
/// grows when the clock of the stream is another.
class RelayBuffer {
 public:
  static constexpr double kCushion = 3;  // s that are kept at the least: as long as the network may falter unheard
  static constexpr double kMostCushion = 14;
  static constexpr double kRefill = 1;  // s that have to be there again after it ran dry
  static constexpr double kMost = 20;   // s: what comes beyond is dropped
  static constexpr double kTurn = 0.002;

  explicit RelayBuffer(int channels) : width_(static_cast<std::size_t>(channels)) {}

  void add(std::span<const float> samples);
  /// What is due after `seconds`; while nobody reads nothing, and only the newest kCushion stay. Valid until the next
  /// call of either.
  std::span<const float> take(double seconds, bool read);
  /// All that is left.
  std::span<const float> rest();

  double ahead() const;  // s
  /// s that are kept: more where it comes in gusts far apart, as segments of HLS do.
  double cushion() const;
  /// s in which it lacked sound while somebody read, forgotten five times as slowly as they came.
  double starved() const { return starved_; }

 private:
  void keep_newest(double seconds);
  double rate(double seconds);

  std::size_t width_;
  std::vector<float> samples_;
  std::size_t begin_ = 0;
  double owed_ = 0;              // frames that are due and not given
  double level_ = 0;             // s ahead, smoothed
  double waited_ = 0, gap_ = 0;  // s since something came last, and at the most
  bool flows_ = false, dry_ = false;
  double starved_ = 0;
};

}  // namespace loa::media
