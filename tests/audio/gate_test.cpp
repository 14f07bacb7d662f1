// The gate: exact zeros outside, at every place an edge can have in a buffer.
#include "audio/gate.hpp"

#include <gtest/gtest.h>

#include "tests/audio/counted.hpp"

namespace {

using namespace loa::audio;
using test::at;
using test::frame;

constexpr auto kNever = DeviceFrame::max();

Gate gate_of(std::vector<Permitted> permitted, std::int64_t now = 0, std::int64_t expires = 1'000'000) {
  return make_gate(permitted, frame(now), frame(expires),
                   [](Instant instant) { return DeviceFrame{instant.time_since_epoch()}; });
}

/// "10..20 30..40"
std::string drawing(const Gate& gate) {
  std::string text;
  for (std::size_t i = 0; i < gate.count; ++i) {
    if (i > 0) text += ' ';
    text += std::to_string(gate.open[i].from.time_since_epoch().count()) + ".." +
            std::to_string(gate.open[i].until.time_since_epoch().count());
  }
  return text;
}

TEST(Gate, MadeOfInstantsItHasSortedRangesThatDoNotTouch) {
  struct Case {
    const char* why;
    std::vector<Permitted> permitted;
    const char* ranges;
  };
  const std::vector<Case> cases = {
      {"nothing permitted", {}, ""},
      {"one", {{at(10), at(20)}}, "10..20"},
      {"unsorted", {{at(30), at(40)}, {at(10), at(20)}}, "10..20 30..40"},
      {"touching ones are joined: no ramp between them", {{at(10), at(20)}, {at(20), at(40)}}, "10..40"},
      {"overlapping ones are joined", {{at(10), at(30)}, {at(20), at(25)}}, "10..30"},
      {"what is over is left out", {{at(0), at(5)}, {at(10), at(20)}}, "10..20"},
      {"the one that is on stays", {{at(-10), at(6)}}, "-10..6"},
      {"empty and reversed ones are none", {{at(10), at(10)}, {at(30), at(20)}}, ""},
  };
  for (const auto& one : cases) EXPECT_EQ(drawing(gate_of(one.permitted, 5)), one.ranges) << one.why;
}

TEST(Gate, OfManyRangesTheNearestAreKept) {
  std::vector<Permitted> permitted;
  for (int i = 20; i > 0; --i) permitted.push_back({at(i * 100), at(i * 100 + 50)});
  const auto gate = gate_of(permitted);
  EXPECT_EQ(gate.count, Gate::kMostRanges);
  EXPECT_EQ(gate.open.front().from, frame(100));
  EXPECT_EQ(gate.open.back().from, frame(800));
}

TEST(Gate, ClosesByItselfWhenItIsNotRefreshed) {
  const auto gate = gate_of({{at(0), at(1000)}}, 0, 500);
  EXPECT_TRUE(gate.is_open(frame(499)));
  EXPECT_FALSE(gate.is_open(frame(500)));
  EXPECT_EQ(gate.next_edge(frame(0)), frame(500));
  EXPECT_EQ(gate.next_edge(frame(500)), kNever);
}

TEST(Gate, AsMadeByDefaultItIsClosed) {
  EXPECT_FALSE(Gate{}.is_open(frame(0)));
  EXPECT_EQ(Gate{}.next_edge(frame(0)), kNever);
}

TEST(Gate, ItsEdgesFollowEachOther) {
  const auto gate = gate_of({{at(10), at(20)}, {at(30), at(40)}});
  EXPECT_EQ(gate.next_edge(frame(0)), frame(10));
  EXPECT_EQ(gate.next_edge(frame(10)), frame(20));
  EXPECT_EQ(gate.next_edge(frame(19)), frame(20));
  EXPECT_EQ(gate.next_edge(frame(20)), frame(30));
  EXPECT_EQ(gate.next_edge(frame(40)), kNever);
}

std::vector<float> shaped(const Gate& gate, std::int64_t frames, std::int64_t buffer, int channels,
                          std::int64_t* closed = nullptr) {
  std::vector<float> samples(static_cast<std::size_t>(frames * channels), 1.0F);
  GateShaper shaper(channels);
  for (std::int64_t first = 0; first < frames; first += buffer) {
    const auto count = std::min(buffer, frames - first);
    const auto part = std::span(samples).subspan(static_cast<std::size_t>(first * channels),
                                                 static_cast<std::size_t>(count * channels));
    const auto ranges = shaper.apply(gate, frame(first), part);
    for (std::size_t i = 0; closed != nullptr && i < ranges.count; ++i) {
      *closed += (ranges.ranges[i].until - ranges.ranges[i].from).count();
    }
  }
  return samples;
}

TEST(GateShaper, OutsideThereAreExactZerosAtEveryOffset) {
  constexpr std::int64_t kBuffer = 7;
  for (std::int64_t from = 1; from < 2 * kBuffer; ++from) {
    for (std::int64_t until = from + 1; until < from + 2 * kBuffer; ++until) {
      std::int64_t closed = 0;
      const auto samples = shaped(gate_of({{at(from), at(until)}}), 40, kBuffer, 1, &closed);
      for (std::int64_t i = 0; i < 40; ++i) {
        const bool open = i >= from && i < until;
        EXPECT_EQ(samples[static_cast<std::size_t>(i)] != 0.0F, open) << from << ".." << until << " at " << i;
      }
      EXPECT_EQ(closed, 40 - (until - from));
    }
  }
}

TEST(GateShaper, EdgesAreRampsWithinThePermittedSide) {
  for (const std::int64_t buffer : {1, 64, 100, 5000}) {
    for (const int channels : {1, 2}) {
      const auto samples = shaped(gate_of({{at(1000), at(3000)}}), 4000, buffer, channels);
      const auto gain = [&](std::int64_t i) { return samples[static_cast<std::size_t>(i * channels + channels - 1)]; };
      EXPECT_EQ(gain(999), 0.0F);
      EXPECT_EQ(gain(1239), 240.0F / 241.0F);
      EXPECT_EQ(gain(1240), 1.0F);
      EXPECT_EQ(gain(2759), 1.0F);
      EXPECT_EQ(gain(2760), 240.0F / 241.0F);
      EXPECT_EQ(gain(2999), 1.0F / 241.0F);
      EXPECT_EQ(gain(3000), 0.0F);
      for (std::int64_t i = 1; i < 4000; ++i) EXPECT_LT(std::abs(gain(i) - gain(i - 1)), 0.005F) << buffer << ' ' << i;
    }
  }
}

TEST(GateShaper, WhatBeginsAtTheOpeningEdgeBeginsWhole) {
  std::vector<float> samples(2000, 0.0F);
  std::fill(samples.begin() + 1000, samples.end(), 1.0F);
  GateShaper shaper(1);
  shaper.apply(gate_of({{at(1000), at(100'000)}}), frame(0), samples);
  EXPECT_EQ(samples[999], 0.0F);
  EXPECT_EQ(samples[1000], 1.0F);
}

TEST(GateShaper, ARangeShorterThanItsRampsStaysBelowFullLevel) {
  const auto samples = shaped(gate_of({{at(100), at(200)}}), 300, 300, 1);
  for (const float sample : samples) EXPECT_LT(sample, 0.5F);
}

TEST(ClosedRanges, AreWhatTheShaperSilences) {
  const auto closed = closed_ranges(gate_of({{at(10), at(20)}, {at(30), at(40)}}), frame(5), Frames{30});
  ASSERT_EQ(closed.count, 2u);
  EXPECT_EQ(closed.ranges[0], (FrameRange{frame(5), frame(10)}));
  EXPECT_EQ(closed.ranges[1], (FrameRange{frame(20), frame(30)}));
}

}  // namespace
