// First pass: how loud is the mix? Further passes: gain, limiter, FLAC, and the result measured; again with a corrected
// gain or ceiling when the limiter took loudness away or left a peak.
#include "audio/master_make.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "audio/decode.hpp"
#include "audio/limiter.hpp"
#include "audio/loudness.hpp"
#include "audio/master_mix.hpp"
#include "audio/resample.hpp"

namespace loa::audio {
namespace {

constexpr int kRate = 48000;
constexpr double kMostGain = 30;        // dB
constexpr double kMostForLimiting = 9;  // dB that may be added to make up for what the limiter takes
constexpr double kCloseEnough = 0.3;    // LU
constexpr double kPeakSlack = 0.03;     // dB
constexpr double kCancelled = 12;       // LU that a mix loses when its channels work against each other
constexpr int kMostPasses = 4;

struct Levels {
  double gain;     // dB
  double ceiling;  // dBTP
};

struct FirstPass {
  Refusal refusal;
  Mix mix = Mix::all;
  std::optional<double> loudness;  // LUFS of the mix that is used
};

FirstPass listen(int source, int channels) {
  FirstPass pass;
  const auto decoder = Decoder::open(source, pass.refusal);
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
  pass.refusal = decoder->verdict();
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

struct Pass {
  MadeMaster made;
  std::optional<double> loudness;  // also of what is shorter than 400 ms
};

Pass write_pass(int source, int out, int channels, Mix mix, const Levels& levels) {
  Pass pass;
  const auto decoder = Decoder::open(source, pass.made.refusal);
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
  pass.made.refusal = decoder->verdict();
  pass.loudness = finisher.loudness();
  return pass;
}

/// The levels of the next pass; nothing when this one is right.
std::optional<Levels> corrected(const Pass& pass, const Levels& levels, std::optional<double> wanted, double peak,
                                double most_gain) {
  Levels next = levels;
  if (wanted && pass.loudness && *pass.loudness < *wanted - kCloseEnough) {
    next.gain = std::min(most_gain, levels.gain + (*wanted - *pass.loudness) * 1.2);  // the limiter takes of it again
  }
  if (pass.made.true_peak && *pass.made.true_peak > peak + kPeakSlack) {
    next.ceiling -= *pass.made.true_peak - peak;
  }
  if (next.gain <= levels.gain && next.ceiling >= levels.ceiling) return std::nullopt;
  return next;
}

}  // namespace

MadeMaster make_master(int source, int out, const MasterRecipe& recipe) {
  const auto first = listen(source, recipe.channels);
  if (first.refusal) return {first.refusal, false, 0, {}, {}};
  std::optional<double> wanted;
  Levels levels{std::min(kMostGain, recipe.gain), recipe.peak};
  if (recipe.target && first.loudness) {
    wanted = *recipe.target + recipe.gain;
    levels.gain = std::min(kMostGain, *wanted - *first.loudness);
  }
  const double most_gain = std::min(kMostGain, levels.gain + kMostForLimiting);
  Pass pass;
  for (int tries = 0; tries < kMostPasses; ++tries) {
    pass = write_pass(source, out, recipe.channels, first.mix, levels);
    if (pass.made.refusal || !pass.made.written) break;
    const auto next = corrected(pass, levels, wanted, recipe.peak, most_gain);
    if (!next) break;
    levels = *next;
  }
  return pass.made;
}

}  // namespace loa::audio
