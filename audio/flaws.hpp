// What is wrong with a recording although it plays whole: a dead or inverted channel, clipping, long silence, an
// offset. Pure; knows no file.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace loa::audio {

/// Codes: left-only right-only antiphase clipped long-silence dc-offset near-silent too-spiky.
struct Flaw {
  std::string code;
  double from = 0;   // seconds from the recording's beginning
  double until = 0;  // seconds; as `from` when it is the recording as a whole
  bool operator==(const Flaw&) const = default;
};

/// One recording as it passes, in looks of a tenth of a second. One thread.
///
/// Found is what nobody does on purpose: a channel of two that stays dead throughout, or from some place to an end of
/// the recording for 20 s and more (what is hard to one side comes back); channels that cancel each other out by 12 dB
/// most of the time, or for 10 s and more; ten places and more at which four samples in a row stand at full scale, or,
/// as a lossy coding leaves it, ten samples above full scale where every hundredth is close to it; digital silence of
/// 10 s and more; a mean of 2 % of full scale, or of a third of the sound.
class FlawFinder {
 public:
  /// `lossy`: its coding may have smoothed what was cut off before.
  FlawFinder(int channels, int sample_rate, bool lossy);
  void add(std::span<const float> samples);  // interleaved whole frames
  /// The gravest first.
  std::vector<Flaw> finish();
  /// Which of two channels has more power.
  bool left_is_louder() const { return power_of_left_ >= power_of_right_; }

 private:
  /// The longest time in which one thing held; looks in which nothing sounds neither prolong nor end it.
  struct Stretch {
    void look(bool holds, bool counts, double from, double until);
    void end();
    double from = 0, until = 0, longest_from = 0, longest_until = 0;
    bool holding = false;
    std::int64_t held = 0;
  };

  void take(const float* frame);
  void look();
  void look_at_pair(double from, double until);
  void clip(std::size_t channel, float sample);
  std::optional<Flaw> dead(const Stretch& stretch, const char* code) const;
  std::optional<Flaw> offset() const;

  std::size_t channels_;
  bool lossy_;
  std::int64_t rate_, look_frames_;
  std::int64_t frames_ = 0, in_look_ = 0, sounding_ = 0;
  float highest_ = 0;              // of the look
  std::array<double, 2> power_{};  // of the look
  double power_of_mean_ = 0;       // of both channels' mean, of the look
  std::vector<double> sums_;       // of each channel
  double power_of_all_ = 0, power_of_left_ = 0, power_of_right_ = 0;
  Stretch left_only_, right_only_, antiphase_, silence_;
  double first_sound_ = -1, last_sound_ = 0;  // seconds
  std::vector<float> before_;                 // the sample before, by channel
  std::vector<int> full_;                     // samples in a row at full scale, by channel
  std::int64_t clipped_ = 0;                  // flat tops
  std::int64_t over_ = 0, close_ = 0;         // samples above full scale; within half a dB of it
  double first_clipped_ = -1, last_clipped_ = 0;
};

}  // namespace loa::audio
