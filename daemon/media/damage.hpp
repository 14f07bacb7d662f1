// Where a recording is damaged, how much of it is lost, and whether it may still go on air. Pure.
#pragma once

#include <string>
#include <vector>

#include "audio/sound_stream.hpp"

namespace loa::media {

/// Of one recording. Times are s from its start, as it plays.
class Damage {
 public:
  /// `lost`: s of sound that are silence or made up there. What lies within a second of a place before is one with it.
  void at(double place, double lost);
  /// s that ought to follow the end, by what the file says of its length.
  void missing(double seconds);
  /// The end is cut, nobody knows by how much.
  void cut() { cut_ = true; }
  bool any() const { return !places_.empty() || cut_ || missing_ > 0; }

  /// `played`: s that came out. Most of it must be good: with more than a tenth lost it is refused.
  audio::Verdict judge(double played) const;

 private:
  std::vector<double> told_places() const;

  std::vector<double> places_;
  double lost_ = 0;
  double missing_ = 0;
  bool cut_ = false;
};

/// Of at most so many places a time is told.
constexpr std::size_t kMostPlaces = 12;

}  // namespace loa::media
