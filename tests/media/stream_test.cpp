// A recording as it sounds while it is decoded: whole, as loud as asked for, from any place on.
#include "daemon/media/stream.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <cstring>
#include <future>

#include "audio/loudness.hpp"
#include "tests/support/recordings.hpp"

namespace {

using namespace loa;
using namespace loa::test;

struct Streamed {
  std::vector<wire::StreamNews> news;
  std::vector<float> sound;
};

Streamed streamed(const Recordings& folder, const std::string& recording, std::int64_t skip = 0,
                  std::optional<double> target = {}) {
  const auto pipe = folder.path("sound");
  ::unlink(pipe.c_str());
  EXPECT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const OpenFile file(recording);
  Streamed result;
  const int writer = ::open(pipe.c_str(), O_RDWR | O_CLOEXEC);
  media::StreamTask task{file.fd(), writer, 1, target, skip};
  // Open for both ends, so that neither a refusal nor an early end leaves anybody waiting.
  const int fd = ::open(pipe.c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK);
  auto writing = std::async(std::launch::async, [&] {
    media::stream_recording(task, [&](const wire::StreamNews& news) { result.news.push_back(news); });
  });
  std::vector<char> bytes;
  std::array<char, 65536> block{};
  for (bool over = false;;) {
    const auto got = ::read(fd, block.data(), block.size());
    if (got > 0) {
      bytes.insert(bytes.end(), block.begin(), block.begin() + got);
    } else if (over) {
      break;
    } else {
      over = writing.wait_for(std::chrono::milliseconds(1)) == std::future_status::ready;
    }
  }
  ::close(fd);
  ::close(writer);
  result.sound.resize(bytes.size() / sizeof(float));
  if (!result.sound.empty()) std::memcpy(result.sound.data(), bytes.data(), result.sound.size() * sizeof(float));
  return result;
}

double loudness_of(const std::vector<float>& sound) {
  audio::LoudnessMeter meter(1, 48000, audio::LoudnessMeter::Peak::no);
  meter.add(sound);
  return meter.loudness().value_or(-99);
}

TEST(Stream, EveryKindComesOutWhole) {
  const Recordings folder;
  folder.speech("a.wav", 30);
  folder.run(
      "flac -s a.wav -o a.flac && lame --quiet a.wav a.mp3 && oggenc -Q a.wav -o a.ogg && opusenc --quiet a.wav "
      "a.opus");
  for (const auto* name : {"a.wav", "a.flac", "a.mp3", "a.ogg", "a.opus"}) {
    const auto got = streamed(folder, folder.path(name));
    ASSERT_EQ(got.news.size(), 2u) << name;
    EXPECT_EQ(got.news[0].what, wire::StreamNews::What::ready) << name;
    EXPECT_EQ(got.news[1].problem, "") << name << got.news[1].detail;
    EXPECT_EQ(got.news[1].frames, static_cast<std::int64_t>(got.sound.size())) << name;
    EXPECT_NEAR(static_cast<double>(got.sound.size()), 30.0 * 48000, 48) << name;
  }
}

TEST(Stream, ItsLevelIsFoundFromWhatIsDecodedAhead) {
  const Recordings folder;
  for (const auto* volume : {"0.1", "0.3", "0.9"}) {
    folder.speech("a.wav", 60);
    folder.run(std::string("sox -v ") + volume + " a.wav b.wav");
    const auto got = streamed(folder, folder.path("b.wav"), 0, -16.0);
    ASSERT_EQ(got.news.size(), 2u);
    EXPECT_NEAR(loudness_of(got.sound), -16, 0.7) << volume;
    EXPECT_NEAR(got.news[0].loudness.value_or(-99), -16, 0.1);
  }
}

TEST(Stream, ItGoesOnAtAnyPlace) {
  const Recordings folder;
  folder.wav("a.wav", "synth 20 sine 200-2000 vol 0.5", 48000, 1);
  const auto whole = streamed(folder, folder.path("a.wav"));
  for (const std::int64_t skip : {1'000, 48'000, 400'000}) {
    const auto rest = streamed(folder, folder.path("a.wav"), skip);
    ASSERT_EQ(rest.news.size(), 2u);
    EXPECT_EQ(rest.news[1].frames, 960'000) << "counted from the first";
    ASSERT_EQ(rest.sound.size(), whole.sound.size() - static_cast<std::size_t>(skip));
    for (std::size_t i = 0; i < rest.sound.size(); ++i) {
      ASSERT_NEAR(rest.sound[i], whole.sound[i + static_cast<std::size_t>(skip)], 1e-6) << skip << " " << i;
    }
  }
}

TEST(Stream, WhatIsNoSoundIsRefusedBeforeAnythingIsOpened) {
  const Recordings folder;
  folder.write("a.mp3", "Chào bà con\n");
  folder.write("b.wav", "");
  for (const auto& [name, problem] : {std::pair{"a.mp3", "not-audio"}, std::pair{"b.wav", "empty"}}) {
    const auto got = streamed(folder, folder.path(name));
    ASSERT_EQ(got.news.size(), 1u) << name;
    EXPECT_EQ(got.news[0].what, wire::StreamNews::What::ended);
    EXPECT_EQ(got.news[0].problem, problem);
    EXPECT_TRUE(got.sound.empty());
  }
}

TEST(Stream, WhatIsDamagedSoundsAsFarAsItGoesAndIsTold) {
  const Recordings folder;
  folder.wav("a.wav", "synth 10 sine 440", 48000, 1);
  folder.write("b.wav", cut_at(folder.read("a.wav"), 0.6));
  const auto got = streamed(folder, folder.path("b.wav"));
  ASSERT_EQ(got.news.size(), 2u);
  EXPECT_NE(got.news[1].problem, "");
  EXPECT_NEAR(static_cast<double>(got.sound.size()), 6.0 * 48000, 480);
}

TEST(Stream, ABrokenNumberEndsItBeforeItLevelsAllTheRestAway) {
  const Recordings folder;
  folder.run("sox -n -r 48000 -c 1 -e floating-point -b 32 a.wav synth 10 sine 440 vol 0.3");
  auto bytes = folder.read("a.wav");
  const float broken = 1e30F;
  const auto at = bytes.size() - 5 * 48'000 * sizeof broken;
  bytes.replace(at, sizeof broken, reinterpret_cast<const char*>(&broken), sizeof broken);
  folder.write("b.wav", bytes);
  const auto got = streamed(folder, folder.path("b.wav"), 0, -16.0);
  ASSERT_EQ(got.news.size(), 2u);
  EXPECT_EQ(got.news[1].problem, "bad-samples");
  EXPECT_NEAR(static_cast<double>(got.sound.size()), 5.0 * 48'000, 4'096);
  EXPECT_NEAR(loudness_of(got.sound), -16, 0.7);
}

TEST(StreamNews, AreWhatTheyWereAfterTheWire) {
  const wire::StreamNews ready{wire::StreamNews::What::ready, "", "", 48'000, -16.25};
  const wire::StreamNews ended{wire::StreamNews::What::ended, "lost", "the “device” is gone", 1, {}};
  EXPECT_EQ(wire::stream_news_from(wire::to_line(ready)), ready);
  EXPECT_EQ(wire::stream_news_from(wire::to_line(ended)), ended);
  for (const auto* line : {"", "{}", "[]", "{\"stream\":\"ready\"}", "{\"stream\":\"ended\",\"frames\":-1}"}) {
    EXPECT_FALSE(wire::stream_news_from(line)) << line;
  }
}

}  // namespace
