// What loa-media says is what the station reads.
#include "daemon/wire/media_messages.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace {

using namespace loa::wire;

Measured full() {
  Measured measured;
  measured.sha256 = std::string(64, 'a');
  measured.frames = 264600;
  measured.sample_rate = 44100;
  measured.channels = 2;
  measured.codec = "mp3";
  measured.loudness = -18.25;
  measured.true_peak = -0.5;
  measured.problem = "truncated";
  measured.detail = "half \"of\" it\nis there";
  measured.refused = true;
  measured.length = 288000;
  return measured;
}

TEST(MediaMessages, WhatIsMeasuredComesThrough) {
  EXPECT_EQ(measured_from(to_line(full())), full());
  EXPECT_EQ(measured_from(to_line(Measured{})), Measured{});
}

TEST(MediaMessages, WhatIsMasteredComesThrough) {
  const Mastered mastered{288000, -16.0, std::nullopt, "", std::string(64, 'b')};
  EXPECT_EQ(mastered_from(to_line(mastered)), mastered);
}

TEST(MediaMessages, AMessageIsOneLine) {
  const auto line = to_line(full());
  EXPECT_EQ(line.find('\n'), line.size() - 1);
}

TEST(MediaMessages, AnythingElseIsNoMessage) {
  const auto line = to_line(full());
  auto wrong_type = line;
  wrong_type.replace(wrong_type.find("44100"), 5, "\"44\"");
  auto negative = line;
  negative.replace(negative.find("264600"), 6, "-1");
  const std::vector<std::string> wrong = {"",          "{}",
                                          "[]",        "null",
                                          "loa",       line.substr(0, line.size() / 2),
                                          line + line, wrong_type,
                                          negative,    to_line(Mastered{})};
  for (const auto& one : wrong) EXPECT_EQ(measured_from(one), std::nullopt) << one;
  EXPECT_EQ(mastered_from("{\"frames\":1}"), std::nullopt);
}

}  // namespace
