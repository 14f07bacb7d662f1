// What a person does to the running programme, and what the rows say of it.
#include <gmock/gmock.h>

#include "tests/support/scenario_station.hpp"

namespace {

using namespace std::chrono_literals;
using loa::sim::at;
using loa::sim::kSang;
using loa::sim::number;
using loa::sim::text;
using testing::IsEmpty;

class Operator : public testing::Test {
 protected:
  loa::sim::StationFixture station{at("2026-11-23T05:00")};

  void SetUp() override {
    loa::sim::write_commune(station);
    station.boot();
  }
};

TEST_F(Operator, StopSilencesTheSlotAndNamesWho) {
  station.run_until(at("2026-11-23T05:31:25"));
  const auto outcome = station.conductor().stop("Lan");
  EXPECT_TRUE(outcome.done);
  station.run_until(at("2026-11-23T12:00"));
  EXPECT_EQ(station.verdict(kSang + "3"), "partial/operator");
  EXPECT_EQ(station.verdict(kSang + "4"), "overridden/operator");
  EXPECT_EQ(text(station.ledger.verdict_of(kSang + "4"), "operator"), "Lan");
  EXPECT_NEAR(static_cast<double>(number(station.ledger.verdict_of(kSang + "3"), "frames_played")) / 48000, 60, 0.05);
  EXPECT_EQ(station.verdict("xa/2026-11-23T1130/trua/1"), "aired/none") << "only this slot";
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Operator, StopInAPauseSilencesTheRest) {
  station.run_until(at("2026-11-23T05:30:22"));
  EXPECT_TRUE(station.conductor().stop("Lan").done);
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kSang + "2"), "partial/operator");
  EXPECT_EQ(station.verdict(kSang + "3"), "overridden/operator");
  EXPECT_EQ(station.verdict(kSang + "4"), "overridden/operator");
  EXPECT_EQ(station.player.heard().size(), 1u);
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Operator, SkipBringsTheNextItemAtOnce) {
  station.run_until(at("2026-11-23T05:31:25"));
  EXPECT_TRUE(station.conductor().skip("Lan").done);
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kSang + "3"), "partial/operator");
  EXPECT_EQ(station.verdict(kSang + "4"), "aired/operator");
  const auto early = station.ledger.verdict_of(kSang + "4");
  EXPECT_EQ(text(early, "start"), "2026-11-23T05:31:25.500+07:00");
  EXPECT_EQ(text(early, "operator"), "Lan");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Operator, SkippingTwiceSkipsTwo) {
  station.run_until(at("2026-11-23T05:30:05"));
  EXPECT_TRUE(station.conductor().skip("Lan").done);
  station.run_for(1s);
  EXPECT_TRUE(station.conductor().skip("Lan").done);
  station.run_for(1s);
  EXPECT_TRUE(station.conductor().skip("Lan").done);
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kSang + "1"), "partial/operator");
  EXPECT_EQ(station.verdict(kSang + "2"), "partial/operator");
  EXPECT_EQ(station.verdict(kSang + "3"), "partial/operator");
  EXPECT_EQ(station.verdict(kSang + "4"), "aired/operator");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Operator, WhatASkipBroughtForwardIsNotTakenAwayByAnEdit) {
  station.run_until(at("2026-11-23T05:30:05"));
  // The tune, the pause and khai-sinh: can-cuoc was to come at 05:33:25.
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(station.conductor().skip("Lan").done);
    station.run_for(1s);
  }
  auto edited = loa::sim::commune_schedule();
  edited.replace(edited.find(", can-cuoc]"), 11, "]");
  station.write(edited);
  EXPECT_EQ(station.reload(), loa::station::Taken::accepted);
  const auto plan = station.ledger.of_kind("plan").back();
  for (const auto& id : plan.at("removed").as_array()) EXPECT_NE(id.as_string(), kSang + "4");
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kSang + "4"), "aired/operator");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Operator, SkippingTheLastItemSaysThatNothingFollows) {
  station.run_until(at("2026-11-23T05:34:00"));
  EXPECT_EQ(station.conductor().skip("Lan").message.in(loa::config::Language::en),
            "skipped xa/2026-11-23T0530/sang/4; nothing follows it in its session");
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kSang + "4"), "partial/operator");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Operator, NothingOnAirIsNothingToStopOrSkip) {
  station.run_until(at("2026-11-23T05:10"));
  EXPECT_FALSE(station.conductor().stop("Lan").done);
  EXPECT_FALSE(station.conductor().skip("Lan").done);
  EXPECT_FALSE(station.conductor().accept("Lan").done);
  EXPECT_EQ(station.conductor().skip("Lan").message.in(loa::config::Language::en),
            "nothing is on air; there is nothing to skip");
  EXPECT_EQ(station.conductor().skip("Lan").message.in(loa::config::Language::vi),
            "không có gì đang phát nên không có gì để bỏ qua");
}

TEST_F(Operator, AtAnyInstantStopAndSkipLeaveEveryItemWithOneVerdict) {
  for (int second = -15; second < 520; second += 5 * loa::sim::kSweep) {
    for (const bool stop : {true, false}) {
      loa::sim::StationFixture one{at("2026-11-23T05:28")};
      loa::sim::write_commune(one);
      one.boot();
      one.run_until(at("2026-11-23T05:30:00") + std::chrono::milliseconds(second * 1000 + (second * 29 + 435) % 1000));
      if (stop) {
        one.conductor().stop("Lan");
      } else {
        one.conductor().skip("Lan");
      }
      one.run_until(at("2026-11-23T06:00"));
      ASSERT_THAT(one.violations(), IsEmpty()) << (stop ? "stop" : "skip") << " at " << second;
    }
  }
}

TEST(Pins, AreNotMovedByASkip) {
  loa::sim::StationFixture station{at("2026-11-23T05:00")};
  loa::sim::write_commune(station);
  station.write(
      "articles:\n"
      "  ks: {title: Một, clip: ks.wav}\n"
      "  cc: {title: Hai, clip: can-cuoc.wav}\n"
      "programmes:\n"
      "  sang: {title: Sáng, at: \"05:30\", length: 20min, items: [ks, ks, {article: cc, at: \"05:40\"}]}\n");
  station.boot();
  station.run_until(at("2026-11-23T05:31:00"));
  EXPECT_TRUE(station.conductor().skip("Lan").done);
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kSang + "2"), "aired/operator");
  EXPECT_EQ(station.verdict(kSang + "3"), "aired/none");
  EXPECT_THAT(station.violations(), IsEmpty());
}

}  // namespace
