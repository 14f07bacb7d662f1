// The device that only keeps time, and the file it keeps its frames in.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <filesystem>
#include <mutex>

#include "audio/paced_device.hpp"
#include "audio/sndfile.hpp"

namespace {

using namespace loa::audio;

class PacedTest : public testing::Test {
 protected:
  PacedTest() {
    std::string pattern = testing::TempDir() + "loa-paced-XXXXXX";
    folder = ::mkdtemp(pattern.data());
  }
  ~PacedTest() override { std::filesystem::remove_all(folder); }
  std::string file() const { return folder / "out.wav"; }

  std::vector<float> read() const {
    const int fd = ::open(file().c_str(), O_RDONLY | O_CLOEXEC);
    std::string error;
    const auto source = SoundSource::open(fd, error);
    EXPECT_TRUE(source != nullptr) << error;
    const auto count = source->info().frames * source->info().channels;
    std::vector<float> samples(static_cast<std::size_t>(count));
    EXPECT_EQ(source->read(samples), source->info().frames);
    ::close(fd);
    return samples;
  }

  std::filesystem::path folder;
};

/// Gives each buffer its own value and lets the test wait for some of them.
class Counting final : public FrameSink {
 public:
  void take(std::span<float> out, const Moment& asked) noexcept override {
    const std::lock_guard lock(mutex_);
    stamps.push_back({DeviceFrame{Frames{taken}}, {}, asked});
    std::fill(out.begin(), out.end(), static_cast<float>(stamps.size()) / 1024.0F);
    taken += static_cast<std::int64_t>(out.size());
    more_.notify_one();
  }
  void wait_for(std::size_t buffers) {
    std::unique_lock lock(mutex_);
    more_.wait(lock, [&] { return stamps.size() >= buffers; });
  }

  std::vector<Stamp> stamps;  // when the device is stopped
  std::int64_t taken = 0;

 private:
  std::mutex mutex_;
  std::condition_variable more_;
};

TEST_F(PacedTest, EveryFrameItTookIsInItsFile) {
  Counting sink;
  PacedDevice device(2, file());
  ASSERT_EQ(device.start(sink), "");
  EXPECT_TRUE(device.alive());
  sink.wait_for(5);
  device.stop();
  EXPECT_FALSE(device.alive());
  const auto samples = read();
  ASSERT_EQ(samples.size(), static_cast<std::size_t>(sink.taken));
  const auto buffer = samples_of(PacedDevice::kPeriod, 2);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    ASSERT_EQ(samples[i], static_cast<float>(i / buffer + 1) / 1024.0F) << i;
  }
}

// So that what is due at a whole second has one nearest frame, however the clocks are read: a session never begins a
// frame aside from where `render` puts it.
TEST_F(PacedTest, ItsFramesAreHeardAtWholeMilliseconds) {
  Counting sink;
  PacedDevice device(1, "");
  ASSERT_EQ(device.start(sink), "");
  sink.wait_for(15);
  device.stop();
  std::vector<std::int64_t> aside;  // ns
  for (const auto& stamp : sink.stamps) {
    const auto heard = stamp.asked.wall + stamp.asked.lead;
    aside.push_back(std::abs((heard - std::chrono::round<std::chrono::milliseconds>(heard)).count()));
  }
  std::nth_element(aside.begin(), aside.begin() + 7, aside.end());
  EXPECT_LE(aside[7], 5'000) << "a quarter of a frame, of the middle one";
}

TEST_F(PacedTest, AFileThatIsResumedKeepsWhatItHasAndTheSilenceBetween) {
  std::string error;
  const Wall begins = Wall{} + std::chrono::hours(24 * 20'000) + std::chrono::hours(5);
  const std::vector<float> first(1000, 0.25F), second(500, 0.5F);
  WavTap::open(file(), 1, begins, error)->keep(first);
  {
    // As a killed writer leaves it: the header knows nothing of the last samples, and half of one is torn.
    const int fd = ::open(file().c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    EXPECT_EQ(::write(fd, "x", 1), 1);
    ::close(fd);
  }
  WavTap::open(file(), 1, begins + std::chrono::milliseconds(250), error, true)->keep(second);
  const auto samples = read();
  ASSERT_EQ(samples.size(), 12'500u);
  EXPECT_EQ(samples[0], 0.25F);
  EXPECT_EQ(samples[999], 0.25F);
  EXPECT_EQ(samples[1000], 0);
  EXPECT_EQ(samples[11'999], 0);
  EXPECT_EQ(samples[12'000], 0.5F);
}

TEST_F(PacedTest, WhatIsNoSuchFileIsBegunAnew) {
  std::string error;
  const Wall begins = Wall{} + std::chrono::hours(5);
  for (const auto* bytes : {"", "no sound at all"}) {
    const int fd = ::open(file().c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    EXPECT_GE(::write(fd, bytes, std::strlen(bytes)), 0);
    ::close(fd);
    WavTap::open(file(), 1, begins, error, true)->keep(std::vector<float>(10, 0.25F));
    EXPECT_EQ(read().size(), 10u);
  }
  WavTap::open(file(), 2, begins, error)->keep(std::vector<float>(10, 0.25F));
  WavTap::open(file(), 1, begins, error, true)->keep(std::vector<float>(3, 0.25F));
  EXPECT_EQ(read().size(), 3u) << "other channels";
}

TEST_F(PacedTest, ItsStampsSayThatFramesAreHeardOnTheSteadyClock) {
  Counting sink;
  PacedDevice device(1, "");
  ASSERT_EQ(device.start(sink), "");
  sink.wait_for(4);
  device.stop();
  for (std::size_t i = 0; i < sink.stamps.size(); ++i) {
    EXPECT_EQ(sink.stamps[i].first, DeviceFrame{PacedDevice::kPeriod * static_cast<std::int64_t>(i)});
    EXPECT_LE(sink.stamps[i].asked.lead.count(), 0) << "heard when it was due, asked for when the thread woke";
  }
}

TEST_F(PacedTest, AFileThatCannotBeMadeIsSaidAtTheStart) {
  Counting sink;
  PacedDevice device(1, folder / "none" / "out.wav");
  EXPECT_NE(device.start(sink), "");
  EXPECT_FALSE(device.alive());
}

TEST_F(PacedTest, FramesForWhichADiskLeavesNoRoomAreKeptAsSilenceInTheirPlace) {
  std::string error;
  auto tap = WavTap::open(file(), 1, Wall{}, error, false, Frames{100});
  ASSERT_NE(tap, nullptr) << error;
  // Nothing is written before half a second is there: as if the disk were stuck.
  tap->keep(std::vector<float>(80, 0.5F));
  tap->keep(std::vector<float>(30'000, 0.25F));
  tap->keep(std::vector<float>(10, 0.25F));
  tap.reset();
  const auto samples = read();
  ASSERT_EQ(samples.size(), 30'090u);
  EXPECT_EQ(samples[79], 0.5F);
  EXPECT_EQ(std::count(samples.begin() + 80, samples.end(), 0.0F), 30'010);
}

}  // namespace
