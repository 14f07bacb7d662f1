// The facts of a recording are those of its sound.
#include "audio/measure.hpp"

#include <gtest/gtest.h>

#include "tests/support/recordings.hpp"

namespace {

using namespace loa::audio;
using namespace loa::test;

Measurement measured(const std::string& path) {
  const OpenFile file(path);
  return measure(file.fd());
}

TEST(Measure, AToneHasItsFacts) {
  const Recordings made;
  const auto facts = measured(made.wav("a.wav", "synth 10 sine 1000 vol -20dB", 44100, 2));
  EXPECT_FALSE(facts.refusal);
  EXPECT_EQ(facts.frames, 441000);
  EXPECT_EQ(facts.sample_rate, 44100);
  EXPECT_EQ(facts.channels, 2);
  EXPECT_EQ(facts.codec, "wav");
  EXPECT_NEAR(facts.loudness.value(), -20.0, 0.2);
  EXPECT_NEAR(facts.true_peak.value(), -20.0, 0.2);
}

TEST(Measure, TheSameSoundIsAsLoudInEveryCoding) {
  const Recordings made;
  const auto wav = measured(made.speech("a.wav", 8));
  made.run(
      "lame --quiet -b 192 a.wav a.mp3; flac -s a.wav; oggenc -Q -q 6 a.wav; opusenc --quiet --bitrate 160 a.wav "
      "a.opus");
  for (const auto* name : {"a.mp3", "a.flac", "a.ogg", "a.opus"}) {
    const auto facts = measured(made.path(name));
    EXPECT_FALSE(facts.refusal) << name;
    EXPECT_NEAR(facts.loudness.value(), wav.loudness.value(), 0.3) << name;
  }
}

TEST(Measure, SilenceAndSnippetsHaveNoLoudness) {
  const Recordings made;
  EXPECT_FALSE(measured(made.wav("silence.wav", "trim 0 5")).loudness.has_value());
  const auto snippet = measured(made.wav("snippet.wav", "synth 0.2 sine 1000 vol 0.5"));
  EXPECT_FALSE(snippet.loudness.has_value());
  EXPECT_NEAR(snippet.true_peak.value(), -6.0, 0.2);
}

TEST(Measure, ARefusedRecordingSaysWhy) {
  const Recordings made;
  made.speech("a.wav", 5);
  made.run("lame --quiet -t -V 4 a.wav a.mp3");
  const auto facts = measured(made.path("a.mp3"));
  EXPECT_EQ(facts.refusal.code, "mp3-no-length");
  EXPECT_FALSE(facts.refusal.detail.empty());
  EXPECT_FALSE(facts.loudness.has_value());
}

}  // namespace
