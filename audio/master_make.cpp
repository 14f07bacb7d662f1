// First pass: how loud is the mix? Further passes: gain, limiter, FLAC, and the result measured; again with a corrected
// gain or ceiling when the limiter took loudness away or left a peak.
#include "audio/master_make.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <vector>

#include "audio/decode.hpp"
#include "audio/flaws.hpp"
#include "audio/frames.hpp"
#include "audio/limiter.hpp"
#include "audio/loudness.hpp"
#include "audio/master_mix.hpp"
#include "audio/resample.hpp"

namespace loa::audio {
namespace {

constexpr double kMostGain = 40;         // dB
constexpr double kMostForLimiting = 15;  // dB that may be added to make up for what the limiter takes
constexpr double kCloseEnough = 0.2;     // LU
constexpr double kPeakMargin = 0.3;      // dB that a finer meter than ours may find above what ours finds
constexpr double kPeakSlack = 0.03;      // dB
constexpr double kMostOffset = 0.005;    // of full scale, after the gain
constexpr int kMostPasses = 9;
constexpr int kForPeaks = 3;  // of them the last, which lower peaks and raise nothing: the peak wins

struct Levels {
  double gain;     // dB
  double ceiling;  // dBTP
};

struct FirstPass {
  Refusal refusal;
  Mix mix = Mix::all;
  std::optional<double> loudness;  // LUFS of the mix that is used
  std::array<double, 2> offset{};  // of its channels: the mean
};

/// What is wrong with both channels together is played by one.
Mix mix_for(FlawFinder& finder) {
  for (const auto& flaw : finder.finish()) {
    if (flaw.until > flaw.from) continue;  // of a part only
    if (flaw.code == "left-only") return Mix::left;
    if (flaw.code == "right-only") return Mix::right;
    if (flaw.code == "antiphase") return finder.left_is_louder() ? Mix::left : Mix::right;
  }
  return Mix::all;
}

/// The loudness and the offset of one mix; `better`: the mix that the recording should have.
FirstPass listen(int source, int channels, const OpenSound& open, Mix mix, Mix& better) {
  FirstPass pass;
  const auto decoder = open(source, pass.refusal);
  if (!decoder) return pass;
  const auto [frames, rate, from, codec] = decoder->info();
  pass.mix = mix;
  Mixer mixer(from, channels, mix);
  LoudnessMeter meter(channels, rate, LoudnessMeter::Peak::no);
  const bool looks = from == 2 && mix == Mix::all;  // whether another mix is better; asked once
  FlawFinder finder(from, rate, false);
  const auto width = static_cast<std::size_t>(channels);
  std::size_t count = 0;
  for (auto block = decoder->next(); !block.empty(); block = decoder->next()) {
    if (looks) finder.add(block);
    const auto mixed = mixer.mix(block);
    meter.add(mixed);
    for (std::size_t at = 0; at < mixed.size(); ++at) pass.offset[at % width] += static_cast<double>(mixed[at]);
    count += mixed.size() / width;
  }
  pass.refusal = decoder->judge().refusal;
  pass.loudness = meter.loudness_repeated();
  for (auto& offset : pass.offset) offset /= static_cast<double>(std::max<std::size_t>(count, 1));
  better = looks ? mix_for(finder) : Mix::all;
  return pass;
}

FirstPass listen(int source, int channels, const OpenSound& open) {
  Mix better = Mix::all;
  auto pass = listen(source, channels, open, Mix::all, better);
  if (pass.refusal || better == Mix::all) return pass;
  return listen(source, channels, open, better, better);
}

/// The last stages: gain, limiter, file, meter.
class Finisher {
 public:
  /// `sink`: null where only the levels are asked for.
  Finisher(FlacSink* sink, int channels, const Levels& levels)
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
    made_.written = good_ && (sink_ == nullptr || sink_->close());
    made_.loudness = meter_.loudness();
    made_.true_peak = meter_.true_peak();
    return made_;
  }
  std::optional<double> loudness() const { return meter_.loudness_repeated(); }

 private:
  void put(std::span<const float> samples) {
    good_ = good_ && (sink_ == nullptr || sink_->write(samples));
    meter_.add(samples);
    made_.frames += static_cast<std::int64_t>(samples.size()) / channels_;
  }

  FlacSink* sink_;
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

/// An offset that nobody hears is left alone, so that what needs nothing is changed by nothing.
void take_out(const std::array<double, 2>& offset, std::span<float> samples, std::size_t channels) {
  for (std::size_t at = 0; at < samples.size(); ++at) samples[at] -= static_cast<float>(offset[at % channels]);
}

Pass run_pass(SoundStream& decoder, FlacSink* sink, int channels, const FirstPass& first, const Levels& levels) {
  Pass pass;
  Mixer mixer(decoder.info().channels, channels, first.mix);
  Resampler resampler(channels, decoder.info().sample_rate);
  Finisher finisher(sink, channels, levels);
  const double offset = std::max(std::abs(first.offset[0]), std::abs(first.offset[1]));
  const bool lies_aside = offset * std::pow(10.0, levels.gain / 20) > kMostOffset;
  std::vector<float> centred;
  for (auto block = decoder.next(); !block.empty(); block = decoder.next()) {
    auto mixed = mixer.mix(block);
    if (lies_aside) {
      centred.assign(mixed.begin(), mixed.end());
      take_out(first.offset, centred, static_cast<std::size_t>(channels));
      mixed = centred;
    }
    finisher.add(resampler.add(mixed));
  }
  finisher.add(resampler.finish());
  pass.made = finisher.finish();
  pass.made.refusal = decoder.judge().refusal;
  pass.loudness = finisher.loudness();
  return pass;
}

/// `out`: negative where nothing is to be written.
Pass run_pass(int source, int out, const OpenSound& open, int channels, const FirstPass& first, const Levels& levels) {
  Pass pass;
  const auto decoder = open(source, pass.made.refusal);
  if (!decoder) return pass;
  if (out < 0) return run_pass(*decoder, nullptr, channels, first, levels);
  const auto sink = ::ftruncate(out, 0) == 0 ? FlacSink::open(out, kRate, channels) : nullptr;
  return sink ? run_pass(*decoder, sink.get(), channels, first, levels) : pass;
}

/// Finds the levels that give the loudness wanted below the peak allowed.
class Aim {
 public:
  Aim(std::optional<double> wanted, double peak, double most_gain)
      : wanted_(wanted), peak_(peak), most_gain_(most_gain) {}

  /// The levels of the next pass; nothing when this one is right.
  /// `may_raise`: false when only peaks are still to be lowered.
  std::optional<Levels> corrected(const Pass& pass, const Levels& levels, bool may_raise) {
    Levels next = levels;
    if (may_raise && wanted_ && pass.loudness && std::abs(*pass.loudness - *wanted_) > kCloseEnough) {
      next.gain = std::min(most_gain_, levels.gain + (*wanted_ - *pass.loudness) / worth_of_gain(pass, levels));
    }
    if (pass.made.true_peak && *pass.made.true_peak > peak_ + kPeakSlack) {
      next.ceiling -= *pass.made.true_peak - peak_;
    }
    if (next.gain == levels.gain && next.ceiling >= levels.ceiling) return std::nullopt;
    return next;
  }

 private:
  /// How many LU another dB of gain brings: the limiter takes the rest.
  double worth_of_gain(const Pass& pass, const Levels& levels) {
    double worth = 0.8;
    if (again_ && levels.gain != gain_) worth = (*pass.loudness - loudness_) / (levels.gain - gain_);
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
  const bool low = wanted && *wanted - *first.loudness > kMostGain;  // raised as far as it is sensible
  Aim aim(wanted, peak, low ? levels.gain : levels.gain + kMostForLimiting);
  Pass pass;
  for (int tries = 0; tries < kMostPasses; ++tries) {
    pass = run_pass(source, out, open, recipe.channels, first, levels);
    if (pass.made.refusal || !pass.made.written) break;
    const auto next = aim.corrected(pass, levels, tries + 1 < kMostPasses - kForPeaks);
    if (!next) break;
    levels = *next;
  }
  return pass.made;
}

}  // namespace loa::audio
