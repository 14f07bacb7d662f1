// What two of our decoders can decode is the same sound in both, frame by frame.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "audio/decode.hpp"
#include "daemon/media/ffmpeg_sound.hpp"
#include "daemon/media/mp3_sound.hpp"
#include "tests/media/brought.hpp"

namespace {

using namespace loa;
using namespace loa::test;

std::vector<float> sound_of(const audio::OpenSound& open, const std::string& name) {
  const OpenFile file(brought_shelf().path(name));
  audio::Refusal why;
  const auto stream = open(file.fd(), why);
  EXPECT_NE(stream, nullptr) << name << ": " << why.code << ", " << why.detail;
  std::vector<float> samples;
  if (!stream) return samples;
  for (auto block = stream->next(); !block.empty(); block = stream->next()) {
    samples.insert(samples.end(), block.begin(), block.end());
  }
  EXPECT_FALSE(stream->judge().refusal) << name << ": " << stream->judge().refusal.detail;
  EXPECT_FALSE(stream->judge().warning) << name << ": " << stream->judge().warning.detail;
  return samples;
}

double worst_difference(const std::vector<float>& one, const std::vector<float>& other) {
  double worst = 0;
  for (std::size_t i = 0; i < std::min(one.size(), other.size()); ++i) {
    worst = std::max(worst, std::abs(static_cast<double>(one[i]) - static_cast<double>(other[i])));
  }
  return worst;
}

void expect_same(const std::string& name, const audio::OpenSound& other, double tolerance) {
  const auto ours = sound_of(audio::Decoder::open, name);
  const auto theirs = sound_of(other, name);
  EXPECT_EQ(ours.size(), theirs.size()) << name;
  EXPECT_LT(worst_difference(ours, theirs), tolerance) << name;
}

TEST(Agreement, Mp3FrameByFrame) {
  for (const auto* name : {"cbr.mp3", "vbr.mp3", "plain.mp3", "tel.mp3"}) {
    expect_same(name, media::Mp3Sound::open, 1e-4);
  }
}

TEST(Agreement, ContainersFrameByFrame) {
  const auto& shelf = brought_shelf();
  shelf.run("sox -D a.wav -b 24 -t wav deep.wav; sox -D a.wav -e floating-point -b 32 -t wav float.wav");
  shelf.run("ffmpeg -y -v error -i a.wav -f w64 a.w64; ffmpeg -y -v error -i tel.wav -c:a pcm_alaw tel-a.wav");
  for (const auto* name : {"a.wav", "deep.wav", "float.wav", "a.w64", "tel-a.wav", "a.flac", "a.ogg", "tel.ogg"}) {
    expect_same(name, media::FfmpegSound::open, 1e-4);
  }
}

/// Two decoders of Opus round differently; they stay together all the same.
TEST(Agreement, Opus) {
  expect_same("a.opus", media::FfmpegSound::open, 0.02);
}

}  // namespace
