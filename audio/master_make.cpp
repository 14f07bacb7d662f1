// First pass: how loud is the mix? Further passes: gain, limiter, FLAC, and the result measured; again with a corrected
// gain or ceiling when the limiter took loudness away or left a peak.
#include "audio/master_make.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "audio/decode.hpp"
#include "audio/frames.hpp"
#include "audio/limiter.hpp"
#include "audio/loudness.hpp"
#include "audio/master_mix.hpp"
#include "audio/resample.hpp"

namespace loa::audio {
namespace {

constexpr double kMostGain = 30;         // dB
constexpr double kMostForLimiting = 15;  // dB that may be added to make up for what the limiter takes
constexpr double kCloseEnough = 0.3;     // LU
constexpr double kPeakMargin = 0.3;      // dB that a finer meter than ours may find above what ours finds
constexpr double kPeakSlack = 0.03;      // dB
constexpr double kCancelled = 12;        // LU that a mix loses when its channels work against each other
constexpr int kMostPasses = 6;

struct Levels {
  double gain;     // dB
  double ceiling;  // dBTP
};

struct FirstPass {
  Refusal refusal;
  Mix mix = Mix::all;
  std::optional<double> loudness;  // LUFS of the mix that is used
};

FirstPass listen(int source, int channels, const OpenSound& open) {
  FirstPass pass;
  const auto decoder = open(source, pass.refusal);
  if (!decoder) return pass;
  const auto [frames, rate, from, codec] = decoder->info();
  Mixer all(from, channels, Mix::all);
  Mixer left(from, channels, Mix::left);
  LoudnessMeter of_all(channels, rate, LoudnessMeter::Peak::no);
  LoudnessMeter of_left(channels, rate, LoudnessMeter::Peak::no);
  const bool may_cancel = from == 2 && channels == 1;
  for (auto block = decoder->next(); !block.empty(); block = decoder->next()) {
    of_all.add(all.mix(block));
    if (may_cancel) of_left.add(left.mix(block));
  }
  pass.refusal = decoder->judge().refusal;
  pass.loudness = of_all.loudness_repeated();
  const auto alone = of_left.loudness_repeated();
  if (may_cancel && alone && (!pass.loudness || *pass.loudness < *alone - kCancelled)) {
    pass.mix = Mix::left;
    pass.loudness = alone;
  }
  return pass;
}

/// The last stages: gain, limiter, file, meter.
class Finisher {
 public:
  Finisher(FlacSink& sink, int channels, const Levels& levels)
      : sink_(sink),
        factor_(static_cast<float>(std::pow(10.0, levels.gain / 20))),
        limiter_(channels, levels.ceiling),
        meter_(channels, kRate, LoudnessMeter::Peak::yes),
        channels_(channels) {}

  void add(std::span<const float> samples) {
    raised_.assign(samples.begin(), samples.end());
    for (auto& sample : raised_) sample *= factor_;
    put(limiter_.add(raised_));
  }
  MadeMaster finish() {
    put(limiter_.finish());
    made_.written = good_ && sink_.close();
    made_.loudness = meter_.loudness();
    made_.true_peak = meter_.true_peak();
    return made_;
  }
  std::optional<double> loudness() const { return meter_.loudness_repeated(); }

 private:
  void put(std::span<const float> samples) {
    good_ = good_ && sink_.write(samples);
    meter_.add(samples);
    made_.frames += static_cast<std::int64_t>(samples.size()) / channels_;
  }

  FlacSink& sink_;
  float factor_;
  Limiter limiter_;
  LoudnessMeter meter_;
  int channels_;
  std::vector<float> raised_;
  MadeMaster made_;
  bool good_ = true;
};

struct WayThrough {
  int channels;
  Mix mix;
};

struct Pass {
  MadeMaster made;
  std::optional<double> loudness;  // also of what is shorter than 400 ms
};

Pass write_pass(int source, int out, const OpenSound& open, const WayThrough& way, const Levels& levels) {
  const auto [channels, mix] = way;
  Pass pass;
  const auto decoder = open(source, pass.made.refusal);
  if (!decoder) return pass;
  const auto sink = ::ftruncate(out, 0) == 0 ? FlacSink::open(out, kRate, channels) : nullptr;
  if (!sink) return pass;
  Mixer mixer(decoder->info().channels, channels, mix);
  Resampler resampler(channels, decoder->info().sample_rate);
  Finisher finisher(*sink, channels, levels);
  for (auto block = decoder->next(); !block.empty(); block = decoder->next()) {
    finisher.add(resampler.add(mixer.mix(block)));
  }
  finisher.add(resampler.finish());
  pass.made = finisher.finish();
  pass.made.refusal = decoder->judge().refusal;
  pass.loudness = finisher.loudness();
  return pass;
}

/// Finds the levels that give the loudness wanted below the peak allowed.
class Aim {
 public:
  Aim(std::optional<double> wanted, double peak, double most_gain)
      : wanted_(wanted), peak_(peak), most_gain_(most_gain) {}

  /// The levels of the next pass; nothing when this one is right.
  std::optional<Levels> corrected(const Pass& pass, const Levels& levels) {
    Levels next = levels;
    if (wanted_ && pass.loudness && *pass.loudness < *wanted_ - kCloseEnough) {
      next.gain = std::min(most_gain_, levels.gain + (*wanted_ - *pass.loudness) / worth_of_gain(pass, levels));
    }
    if (pass.made.true_peak && *pass.made.true_peak > peak_ + kPeakSlack) {
      next.ceiling -= *pass.made.true_peak - peak_;
    }
    if (next.gain <= levels.gain && next.ceiling >= levels.ceiling) return std::nullopt;
    return next;
  }

 private:
  /// How many LU another dB of gain brings: the limiter takes the rest.
  double worth_of_gain(const Pass& pass, const Levels& levels) {
    double worth = 0.8;
    if (again_ && levels.gain > gain_) worth = (*pass.loudness - loudness_) / (levels.gain - gain_);
    again_ = true;
    loudness_ = *pass.loudness;
    gain_ = levels.gain;
    return std::clamp(worth, 0.1, 1.0);
  }

  std::optional<double> wanted_;  // LUFS
  double peak_;                   // dBTP
  double most_gain_;              // dB
  bool again_ = false;            // there was a pass before, with these:
  double loudness_ = 0;           // LUFS
  double gain_ = 0;               // dB
};

}  // namespace

MadeMaster make_master(int source, int out, const MasterRecipe& recipe) {
  return make_master(source, out, recipe, Decoder::open);
}

MadeMaster make_master(int source, int out, const MasterRecipe& recipe, const OpenSound& open) {
  const auto first = listen(source, recipe.channels, open);
  if (first.refusal) return {first.refusal, false, 0, {}, {}};
  std::optional<double> wanted;
  const double peak = recipe.peak - kPeakMargin;
  Levels levels{std::min(kMostGain, recipe.gain), peak};
  if (recipe.target && first.loudness) {
    wanted = *recipe.target + recipe.gain;
    levels.gain = std::min(kMostGain, *wanted - *first.loudness);
  }
  Aim aim(wanted, peak, std::min(kMostGain, levels.gain + kMostForLimiting));
  Pass pass;
  for (int tries = 0; tries < kMostPasses; ++tries) {
    pass = write_pass(source, out, open, {recipe.channels, first.mix}, levels);
    if (pass.made.refusal || !pass.made.written) break;
    const auto next = aim.corrected(pass, levels);
    if (!next) break;
    levels = *next;
  }
  return pass.made;
}

}  // namespace loa::audio
