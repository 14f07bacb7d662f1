// A master has the length of its recording, the loudness that was asked for, and no true peak above the limit.
#include "audio/master_make.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "audio/loudness.hpp"
#include "audio/master.hpp"
#include "audio/master_mix.hpp"
#include "audio/resample.hpp"
#include "tests/audio/reference_peak.hpp"
#include "tests/support/recordings.hpp"

namespace {

using namespace loa::audio;
using namespace loa::test;

struct Result {
  MadeMaster made;
  std::unique_ptr<MasterReader> reader;
  std::optional<double> loudness;
  double true_peak = 0;  // dBTP, by libebur128
  std::vector<float> samples;
};

/// The master read back and measured by a meter of its own.
Result master_of(const Recordings& made, const std::string& path, const MasterRecipe& recipe) {
  Result result;
  const OpenFile source(path);
  const int out = ::open(made.path("master.flac").c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  result.made = make_master(source.fd(), out, recipe);
  ::close(out);
  result.reader = MasterReader::open(made.path("master.flac"));
  if (!result.reader) return result;
  result.samples.resize(static_cast<std::size_t>(result.reader->frames() * result.reader->channels()));
  EXPECT_EQ(result.reader->read(0, result.samples), result.reader->frames());
  LoudnessMeter meter(result.reader->channels(), 48000, LoudnessMeter::Peak::no);
  meter.add(result.samples);
  result.loudness = meter.loudness_repeated();
  result.true_peak = reference_peak(result.samples, result.reader->channels());
  return result;
}

MasterRecipe levelled(double target, int channels = 1, double gain = 0, double peak = -1) {
  return {channels, target, gain, peak};
}

TEST(MakeMaster, ReachesTheTargetFromAnyLevel) {
  struct Case {
    const char* what;
    const char* effects;
    int rate;
    int channels;
    int to;
  };
  const std::vector<Case> cases = {
      {"speech", "synth 5 brownnoise tremolo 2.5 95 highpass 120 norm -3", 44100, 2, 1},
      {"whispered speech", "synth 5 brownnoise tremolo 2.5 95 highpass 120 norm -28", 22050, 1, 2},
      {"spiky speech", "synth 5 pinknoise tremolo 1.3 100 overdrive 30 norm 0", 48000, 2, 2},
      {"loud music", "synth 5 saw 220 sine 331 square 442 norm 0", 44100, 2, 1},
      {"a soft tone", "synth 5 sine 300 vol -30dB", 32000, 1, 1},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.what);
    const Recordings made;
    const auto path = made.wav("a.wav", one.effects, one.rate, one.channels);
    const auto result = master_of(made, path, levelled(-16, one.to));
    ASSERT_TRUE(result.made.written);
    EXPECT_EQ(result.reader->channels(), one.to);
    EXPECT_EQ(result.made.frames, 5 * 48000);
    EXPECT_EQ(result.reader->frames(), 5 * 48000);
    EXPECT_NEAR(result.loudness.value(), -16, 0.5);
    EXPECT_LE(result.true_peak, -1);
    EXPECT_NEAR(result.made.loudness.value(), result.loudness.value(), 0.05);
    EXPECT_GE(result.made.true_peak.value(), result.true_peak - 0.1) << "ours looks closer";
    EXPECT_LE(result.made.true_peak.value(), result.true_peak + 1) << "of the highest crest, between samples";
  }
}

TEST(MakeMaster, PeaksStayBelowTheLimitEvenWhenThatCostsLoudness) {
  const Recordings made;
  const auto path = made.wav("a.wav", "synth 4 pinknoise tremolo 2 95 norm -1");
  for (const double peak : {-1.0, -3.0, -9.0}) {
    const auto result = master_of(made, path, levelled(-9, 2, 6, peak));
    EXPECT_LE(result.true_peak, peak);
  }
}

TEST(MakeMaster, ItIsTheLoudnessOfTheMixThatCounts) {
  const Recordings made;
  made.wav("l.wav", "synth 8 pinknoise vol 0.3", 44100, 1);
  made.run("sox -n -r 44100 -c 1 -b 16 r.wav trim 0 8; sox -M l.wav r.wav one-sided.wav");
  const auto result = master_of(made, made.path("one-sided.wav"), levelled(-18));
  EXPECT_NEAR(result.loudness.value(), -18, 0.5);
}

TEST(MakeMaster, ChannelsThatCancelEachOtherStillSound) {
  const Recordings made;
  made.wav("l.wav", "synth 8 pinknoise vol 0.3", 44100, 1);
  made.run("sox l.wav r.wav vol -1; sox -M l.wav r.wav inverted.wav");
  const auto result = master_of(made, made.path("inverted.wav"), levelled(-18));
  EXPECT_NEAR(result.loudness.value(), -18, 0.5);
}

TEST(MakeMaster, FiveOneIsMixedWithItsCentre) {
  const Recordings made;
  const auto path = made.wav("six.wav", "synth 6 sine 0 sine 0 sine 500 sine 0 sine 0 sine 0 vol 0.5", 48000, 6);
  const auto result = master_of(made, path, levelled(-20, 2));
  EXPECT_NEAR(result.loudness.value(), -20, 0.5);
}

/// What each of a file's channels gives to left and right; the LFE gives nothing.
TEST(MakeMaster, EveryLayoutIsMixedBySides) {
  const std::vector<std::vector<std::pair<bool, bool>>> layouts = {
      {{true, false}, {false, true}, {true, true}},
      {{true, false}, {false, true}, {true, false}, {false, true}},
      {{true, false}, {false, true}, {true, true}, {true, false}, {false, true}},
      {{true, false}, {false, true}, {true, true}, {false, false}, {true, false}, {false, true}},
      {{true, false}, {false, true}, {true, true}, {false, false}, {true, true}, {true, false}, {false, true}},
      {{true, false},
       {false, true},
       {true, true},
       {false, false},
       {true, false},
       {false, true},
       {true, false},
       {false, true}}};
  for (const auto& layout : layouts) {
    const auto channels = layout.size();
    Mixer mixer(static_cast<int>(channels), 2, Mix::all);
    for (std::size_t channel = 0; channel < channels; ++channel) {
      std::vector<float> frame(channels, 0.0F);
      frame[channel] = 1;
      const auto mixed = mixer.mix(frame);
      EXPECT_EQ(mixed[0] > 0, layout[channel].first) << channels << " channels, channel " << channel;
      EXPECT_EQ(mixed[1] > 0, layout[channel].second) << channels << " channels, channel " << channel;
    }
    std::vector<float> full(channels, 1.0F);
    EXPECT_LE(mixer.mix(full)[0], 1.0001F);
  }
}

/// The share of a tone of `hz` in the left channel of a stereo master.
double tone(const std::vector<float>& samples, double hz) {
  double sine = 0;
  double cosine = 0;
  for (std::size_t frame = 0; frame < 48000; ++frame) {
    const double angle = 2 * 3.14159265358979 * hz * static_cast<double>(frame) / 48000;
    sine += std::sin(angle) * static_cast<double>(samples[2 * frame]);
    cosine += std::cos(angle) * static_cast<double>(samples[2 * frame]);
  }
  return std::hypot(sine, cosine) / 24000;
}

TEST(MakeMaster, ChannelsOfEveryCodingAreWhatTheySay) {
  const Recordings made;
  made.wav("a.wav", "synth 3 sine 300 sine 500 sine 700 sine 50 sine 900 sine 1100 vol 0.3", 48000, 6);
  made.run("oggenc -Q -q 8 a.wav -o a.ogg; opusenc --quiet --bitrate 400 a.wav a.opus; flac -s a.wav -o a.flac");
  for (const char* name : {"a.wav", "a.flac", "a.ogg", "a.opus"}) {
    SCOPED_TRACE(name);
    const auto result = master_of(made, made.path(name), {2, std::nullopt, 0, -1});
    ASSERT_TRUE(result.made.written);
    for (const double hz : {300.0, 700.0, 900.0}) EXPECT_GT(tone(result.samples, hz), 0.05) << hz;
    for (const double hz : {500.0, 50.0, 1100.0}) EXPECT_LT(tone(result.samples, hz), 0.005) << hz;
  }
}

TEST(MakeMaster, TheArticlesGainComesOnTop) {
  const Recordings made;
  const auto path = made.speech("a.wav", 5);
  EXPECT_NEAR(master_of(made, path, levelled(-20, 1, 4)).loudness.value(), -16, 0.5);
  EXPECT_NEAR(master_of(made, path, levelled(-16, 1, -24)).loudness.value(), -40, 0.5);
}

TEST(MakeMaster, TheHighestGainIsReachedAgainstTheLimiter) {
  const Recordings made;
  const auto path = made.wav("a.wav", "synth 6 pinknoise tremolo 0.7 80 norm -6");
  const auto result = master_of(made, path, levelled(-16, 1, 6));
  EXPECT_NEAR(result.loudness.value(), -10, 0.5);
  EXPECT_LE(result.true_peak, -1);
}

TEST(MakeMaster, WithoutATargetTheLoudnessStays) {
  const Recordings made;
  const auto path = made.wav("a.wav", "synth 5 sine 1000 vol -20dB", 44100, 1);
  EXPECT_NEAR(master_of(made, path, {1, std::nullopt, 0, -1}).loudness.value(), -23, 0.2);
}

TEST(MakeMaster, AShortTuneIsLevelledAsIfRepeated) {
  const Recordings made;
  const auto result = master_of(made, made.wav("tune.wav", "synth 0.3 sine 800 vol -30dB"), levelled(-16));
  EXPECT_EQ(result.made.frames, 14400);
  EXPECT_NEAR(result.loudness.value(), -16, 0.5);
  EXPECT_FALSE(result.made.loudness.has_value());
}

TEST(MakeMaster, SilenceStaysSilence) {
  const Recordings made;
  const auto result = master_of(made, made.wav("silence.wav", "trim 0 3"), levelled(-16));
  ASSERT_TRUE(result.made.written);
  EXPECT_EQ(result.reader->frames(), 3 * 48000);
  for (const float sample : result.samples) ASSERT_EQ(sample, 0.0F);
}

TEST(MakeMaster, NothingIsRaisedByMoreThan40Db) {
  const Recordings made;
  const auto result = master_of(made, made.wav("hiss.wav", "synth 5 sine 1000 vol -63dB", 48000, 1), levelled(-16));
  EXPECT_NEAR(result.loudness.value(), -66 + 40, 0.5);
}

TEST(MakeMaster, EveryRateGivesTheExactLengthAndPlace) {
  const Recordings made;
  for (const int rate : {8000, 11025, 22050, 44100, 96000}) {
    // Silence, then a tone from second 2 on.
    const auto path = made.wav("a.wav", "synth 1.5 sine 700 vol 0.5 pad 2 0.123", rate, 1);
    const auto result = master_of(made, path, levelled(-16));
    const OpenFile source(path);
    EXPECT_EQ(result.made.frames, master_length(static_cast<std::int64_t>(std::lround(3.623 * rate)), rate)) << rate;
    const auto first =
        std::find_if(result.samples.begin(), result.samples.end(), [](float x) { return std::abs(x) > 0.05F; });
    EXPECT_NEAR(static_cast<double>(first - result.samples.begin()), 2 * 48000, 48) << rate;
  }
}

TEST(MakeMaster, ARefusedRecordingMakesNone) {
  const Recordings made;
  made.speech("a.wav", 3);
  made.write("b.wav", cut_at(made.read("a.wav"), 0.5));
  const auto result = master_of(made, made.path("b.wav"), levelled(-16));
  EXPECT_EQ(result.made.refusal.code, "truncated");
  EXPECT_FALSE(result.made.written);
}

TEST(MakeMaster, AFullDiskIsSaid) {
  const Recordings made;
  const OpenFile source(made.speech("a.wav", 5));
  const int out = ::open("/dev/full", O_RDWR | O_CLOEXEC);
  ASSERT_GE(out, 0);
  const auto result = make_master(source.fd(), out, levelled(-16));
  ::close(out);
  EXPECT_FALSE(result.refusal);
  EXPECT_FALSE(result.written);
}

}  // namespace
