// A master reads the same from any place.
#include "audio/master.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "tests/support/recordings.hpp"

namespace {

using namespace loa::audio;
using namespace loa::test;

std::unique_ptr<MasterReader> made_master(const Recordings& made, int channels) {
  made.wav("a.wav", "synth 5 pinknoise vol 0.4", 48000, channels, 24);
  made.run("flac -s -f a.wav -o a.flac");
  return MasterReader::open(made.path("a.flac"));
}

TEST(Master, ReadsFromAnyPlaceWhatItReadsInOneGo) {
  const Recordings made;
  const auto master = made_master(made, 2);
  ASSERT_NE(master, nullptr);
  std::vector<float> whole(2 * 240000);
  ASSERT_EQ(master->read(0, whole), 240000);
  for (const std::int64_t at : {239990LL, 5LL, 100000LL, 100100LL, 0LL, 77777LL, 4096LL}) {
    std::vector<float> some(2 * 10);
    ASSERT_EQ(master->read(at, some), 10) << at;
    const auto from = whole.begin() + 2 * at;
    EXPECT_TRUE(std::equal(some.begin(), some.end(), from)) << at;
  }
  EXPECT_EQ(master->fault(), "");
}

TEST(Master, TheEndIsShortAndNoFault) {
  const Recordings made;
  const auto master = made_master(made, 1);
  ASSERT_NE(master, nullptr);
  EXPECT_EQ(master->channels(), 1);
  EXPECT_EQ(master->frames(), 240000);
  std::vector<float> some(100);
  EXPECT_EQ(master->read(239940, some), 60);
  EXPECT_EQ(master->read(240000, some), 0);
  EXPECT_EQ(master->read(-1, some), 0);
  EXPECT_EQ(master->fault(), "");
}

TEST(Master, DamageIsAFaultAndAnEarlierPlaceStillReads) {
  const Recordings made;
  made_master(made, 1);
  const auto path = made.write("b.flac", overwritten(made.read("a.flac"), 0.5, 3000));
  const auto master = MasterReader::open(path);
  ASSERT_NE(master, nullptr);
  std::vector<float> whole(240000);
  EXPECT_LT(master->read(0, whole), 240000);
  EXPECT_NE(master->fault(), "");
  EXPECT_EQ(MasterReader::open(path)->read(1000, std::span(whole).first(100)), 100);
}

TEST(Master, WhatIsNoMasterDoesNotOpen) {
  const Recordings made;
  made.wav("b.wav", "synth 1 sine 440", 48000, 1);
  made.wav("a.wav", "synth 1 sine 440", 44100, 1);
  made.run("flac -s a.wav -o rate.flac");
  EXPECT_EQ(MasterReader::open(made.path("absent")), nullptr);
  EXPECT_EQ(MasterReader::open(made.path("b.wav")), nullptr);
  EXPECT_EQ(MasterReader::open(made.path("rate.flac")), nullptr);
  EXPECT_EQ(MasterReader::open(made.write("text", "fLaC but no more")), nullptr);
}

}  // namespace
