// The law of broken recordings, for every coding: what is played short or holed is told with its place, and what is
// mostly gone is refused. Nothing crashes, whatever the bytes.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "tests/media/brought.hpp"

namespace {

using namespace loa;
using namespace loa::test;

struct Base {
  const char* name;
  const char* command;
  bool has_length;  // what is cut off can be told
};

struct Harm {
  const char* name;
  std::function<Bytes(const Bytes&)> to;
  bool cuts = false;
};

Bytes with_flips(Bytes bytes) {
  std::minstd_rand random(11);
  for (int i = 0; i < 12; ++i)
    bytes[bytes.size() / 10 + random() % (bytes.size() * 9 / 10)] ^= static_cast<char>(1 << (random() % 8));
  return bytes;
}

/// Whether it plays.
bool expect_told(const Base& base, const Harm& harm) {
  SCOPED_TRACE(std::string(base.name) + ", " + harm.name);
  const auto& shelf = brought_shelf();
  const auto whole = measured_there(base.name);
  EXPECT_EQ(whole.problem, "") << whole.detail;
  shelf.write("broken", harm.to(shelf.read(base.name)));
  const auto facts = measured_there("broken");
  if (facts.refused) {
    EXPECT_NE(facts.problem, "");
    return false;
  }
  EXPECT_GT(seconds_of(facts), 0.5);
  if (harm.cuts && !base.has_length) return true;
  if (facts.problem.empty()) {
    EXPECT_NEAR(seconds_of(facts), seconds_of(whole), 0.05);
  }
  if (facts.problem == "damaged") {
    EXPECT_NE(facts.places, "");
  }
  return true;
}

#define FF "ffmpeg -y -v error -i a.wav "

const std::vector<Harm>& harms() {
  static const std::vector<Harm> all = {{"half", [](const Bytes& b) { return cut_at(b, 0.503); }, true},
                                        {"most", [](const Bytes& b) { return cut_at(b, 0.961); }, true},
                                        {"a hole", [](const Bytes& b) { return without(b, 0.5, 1500); }},
                                        {"junk", [](const Bytes& b) { return with_junk(b, 0.5, 1500); }},
                                        {"overwritten", [](const Bytes& b) { return overwritten(b, 0.5, 1500); }},
                                        {"flips", [](const Bytes& b) { return with_flips(b); }}};
  return all;
}

/// How many of the broken ones play; a decoder that refuses whatever is broken would fulfil the law as well.
int expect_all_told(const std::vector<Base>& bases) {
  int play = 0;
  for (const auto& base : bases) {
    brought_shelf().run("rm -f out; " + std::string(base.command) + "; test ! -e out || mv out " + base.name);
    for (const auto& harm : harms()) play += expect_told(base, harm) ? 1 : 0;
  }
  return play;
}

TEST(Damaged, OurOwnKindsAreNeverShortInSilence) {
  const int play = expect_all_told({{"cbr.mp3", ":", true},
                                    {"vbr.mp3", ":", true},
                                    {"plain.mp3", ":", true},
                                    {"vbr-plain.mp3", ":", true},
                                    {"a.ogg", ":", true},
                                    {"a.opus", ":", true},
                                    {"a.flac", ":", true},
                                    {"a.wav", ":", true}});
  EXPECT_GE(play, 30);
}

TEST(Damaged, OtherKindsAreNeverShortInSilence) {
  const int play = expect_all_told({{"adts", FF "-c:a aac -f adts out", false},
                                    {"m4a", FF "-c:a aac -f ipod out", true},
                                    {"fast", FF "-c:a aac -movflags +faststart -f mp4 out", true},
                                    {"wma", FF "-c:a wmav2 -f asf out", true},
                                    {"mkv", FF "-c:a ac3 -f matroska out", true},
                                    {"webm", FF "-c:a libopus -f webm out", true},
                                    {"mp2", FF "-c:a mp2 -f mp2 out", false},
                                    {"ts", FF "-c:a aac -f mpegts out", false},
                                    {"aiff", FF "-f aiff out", true},
                                    {"amr", "sox tel.wav -t amr-nb out", false}});
  EXPECT_GE(play, 30);
}

TEST(DamagedPlaces, AreToldWithTheirTime) {
  const auto& shelf = brought_shelf();
  shelf.run("sox -D a.wav long.wav repeat 39; lame --quiet -b 64 long.wav long.mp3");  // 2 minutes
  auto bytes = overwritten(shelf.read("long.mp3"), 0.25, 1500);
  shelf.write("broken", overwritten(bytes, 0.75, 1500));
  const auto facts = measured_there("broken");
  EXPECT_EQ(facts.problem, "damaged") << facts.detail;
  EXPECT_FALSE(facts.refused);
  const auto second = facts.places.find(", 01:");
  EXPECT_TRUE(facts.places.starts_with("00:29") || facts.places.starts_with("00:30")) << facts.places;
  EXPECT_TRUE(facts.places.size() == 12 && second == 5) << facts.places;
  EXPECT_NEAR(seconds_of(facts), 120, 0.0001);  // what is lost is silence: the rest keeps its time
}

/// Where a frame of MPEG 1, layer III, 44.1 kHz and 128 kbit/s begins.
std::size_t frame_behind(const std::string& bytes, std::size_t from) {
  const auto begins = [&](std::size_t at) { return bytes[at] == '\xFF' && (bytes[at + 1] & '\xFE') == '\xFA'; };
  for (; from + 1000 < bytes.size(); ++from) {
    if (begins(from) && (begins(from + 417) || begins(from + 418))) return from;
  }
  return 0;
}

TEST(DamagedPlaces, ForeignBytesBetweenTwoWholeMp3FramesTakeNoTime) {
  const auto& shelf = brought_shelf();
  shelf.run("lame --quiet -b 128 a.wav whole.mp3");
  auto bytes = shelf.read("whole.mp3");
  const auto at = frame_behind(bytes, bytes.size() / 2);
  ASSERT_GT(at, 0u);
  bytes.insert(at, 100, 'x');
  shelf.write("broken", bytes);
  const auto facts = measured_there("broken");
  EXPECT_FALSE(facts.refused) << facts.problem;
  EXPECT_NEAR(seconds_of(facts), seconds_of(measured_there("whole.mp3")), 0.001);
}

TEST(DamagedPlaces, MoreThanATenthLostIsRefused) {
  const auto& shelf = brought_shelf();
  auto bytes = shelf.read("cbr.mp3");
  for (int i = 1; i < 10; ++i) bytes = overwritten(bytes, i / 10.0, 1500);
  shelf.write("broken", bytes);
  const auto facts = measured_there("broken");
  EXPECT_TRUE(facts.refused);
  EXPECT_EQ(facts.problem, "damaged");
}

}  // namespace
