// What is written is what others read: checked by sox and by libsndfile.
#include "audio/wav_writer.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "audio/sndfile.hpp"
#include "tests/support/recordings.hpp"

namespace {

using namespace loa::audio;
using namespace loa::test;

std::vector<float> read_all(const std::string& path, SoundInfo& info) {
  const OpenFile file(path);
  std::string error;
  const auto source = SoundSource::open(file.fd(), error);
  if (!source) return {};
  info = source->info();
  std::vector<float> samples(static_cast<std::size_t>(info.frames * info.channels));
  source->read(samples);
  return samples;
}

std::unique_ptr<WavWriter> created(const Recordings& made, const WavFormat& format) {
  std::string error;
  auto writer = WavWriter::create(made.path("out.wav"), format, error);
  EXPECT_EQ(error, "");
  return writer;
}

TEST(WavWriter, FloatSamplesComeBackAsTheyWere) {
  const Recordings made;
  const auto writer = created(made, {2, 44100, WavFormat::Sample::float32, {}});
  const std::vector<float> samples = {0.1F, -0.2F, 1.5F, -1.5F, 1e-9F, 0};
  EXPECT_TRUE(writer->append(samples));
  EXPECT_EQ(writer->frames(), 3);
  EXPECT_EQ(writer->close(), "");
  SoundInfo info;
  EXPECT_EQ(read_all(made.path("out.wav"), info), samples);
  EXPECT_EQ(info.sample_rate, 44100);
  EXPECT_EQ(info.channels, 2);
}

TEST(WavWriter, SixteenBitsAreRoundedAndClipped) {
  const Recordings made;
  const auto writer = created(made, {});
  EXPECT_TRUE(writer->append(
      std::vector<float>{0.5F, 2, -2, 0.4F / 32768, 0.6F / 32768, std::numeric_limits<float>::quiet_NaN()}));
  EXPECT_EQ(writer->close(), "");
  SoundInfo info;
  const std::vector<float> expected = {0.5F, 32767.0F / 32768, -1, 0, 1.0F / 32768, 0};
  EXPECT_EQ(read_all(made.path("out.wav"), info), expected);
  EXPECT_EQ(info.codec, "wav");
}

TEST(WavWriter, SoxReadsItsLength) {
  const Recordings made;
  const auto writer = created(made, {});
  EXPECT_TRUE(writer->append(std::vector<float>(12345, 0.25F)));
  EXPECT_EQ(writer->close(), "");
  made.run("test $(soxi -s out.wav) = 12345");
}

TEST(WavWriter, AKilledWriterLeavesAReadableFile) {
  const Recordings made;
  const auto writer = created(made, {});
  EXPECT_TRUE(writer->append(std::vector<float>(50000, 0.25F)));
  made.run("cp out.wav killed.wav");  // as it lies on the disk before close
  SoundInfo info;
  const auto samples = read_all(made.path("killed.wav"), info);
  ASSERT_GE(samples.size(), 48000U);
  EXPECT_EQ(samples[47999], 0.25F);
}

TEST(WavWriter, TheStartInstantStandsInItsBextChunk) {
  using namespace std::chrono;
  const Recordings made;
  WavFormat format;
  format.begins = sys_days{2026y / November / 23} + 5h + 30min + 1s + 500ms;
  const auto writer = created(made, format);
  EXPECT_TRUE(writer->append(std::vector<float>(480, 0.0F)));
  EXPECT_EQ(writer->close(), "");
  const auto bytes = made.read("out.wav");
  const auto at = bytes.find("bext");
  ASSERT_NE(at, Bytes::npos);
  EXPECT_EQ(bytes.substr(at + 8 + 320, 18), "2026-11-2305:30:01");
  std::uint64_t samples = 0;
  for (std::size_t i = 8; i-- > 0;) samples = samples << 8 | static_cast<unsigned char>(bytes[at + 8 + 338 + i]);
  EXPECT_EQ(samples, 48000ULL * (5 * 3600 + 30 * 60 + 1) + 24000);
  made.run("test $(soxi -s out.wav) = 480");
}

TEST(WavWriter, BeyondFourGibibytesItIsRf64) {
  const Recordings made;
  const WavFormat format{2, 48000, WavFormat::Sample::float32, std::chrono::sys_seconds{}};
  for (const std::int64_t frames : {(std::int64_t{1} << 29) - 1000, (std::int64_t{1} << 29) + 1000}) {
    const auto header = wav_header(format, frames * 8);
    const auto path = made.write("large.wav", Bytes(header.begin(), header.end()));
    std::filesystem::resize_file(path, header.size() + static_cast<std::uintmax_t>(frames) * 8);  // without its blocks
    EXPECT_EQ(Bytes(header.begin(), header.begin() + 4), frames < (1 << 29) ? "RIFF" : "RF64");
    const OpenFile file(path);
    std::string error;
    const auto source = SoundSource::open(file.fd(), error);
    ASSERT_NE(source, nullptr) << error;
    EXPECT_EQ(source->info().frames, frames);
  }
}

TEST(WavWriter, WhatCannotBeWrittenIsSaid) {
  std::string error;
  EXPECT_EQ(WavWriter::create("/nowhere/out.wav", {}, error), nullptr);
  EXPECT_NE(error, "");
  error.clear();
  EXPECT_EQ(WavWriter::create("/dev/full", {}, error), nullptr);
  EXPECT_NE(error, "");
}

}  // namespace
