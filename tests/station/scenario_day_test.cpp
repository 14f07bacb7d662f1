// An ordinary day on simulated seams: what is planned sounds on its frame, and every item has its verdict.
#include <gmock/gmock.h>

#include "tests/support/scenario_station.hpp"

namespace {

using namespace std::chrono_literals;
using loa::sim::at;
using loa::sim::frames;
using loa::sim::number;
using loa::sim::text;
using testing::IsEmpty;

class Day : public testing::Test {
 protected:
  loa::sim::StationFixture station{at("2026-11-23T04:00")};

  void SetUp() override { loa::sim::write_commune(station); }
};

TEST_F(Day, EveryItemSoundsOnItsFrameAndIsAired) {
  station.boot();
  EXPECT_EQ(text(station.ledger.of_kind("boot").front(), "note"), "first start");
  station.run_until(at("2026-11-24T04:00"));
  EXPECT_THAT(station.violations(), IsEmpty());
  ASSERT_EQ(station.ledger.of_kind("item").size(), 9u);
  for (const auto& row : station.ledger.of_kind("item")) {
    EXPECT_EQ(text(row, "verdict"), "aired") << row;
    EXPECT_EQ(text(row, "reason"), "none") << row;
  }
  const auto row = station.ledger.verdict_of("xa/2026-11-23T0530/sang/3");
  EXPECT_EQ(text(row, "start"), "2026-11-23T05:30:25.000+07:00");
  EXPECT_EQ(text(row, "end"), "2026-11-23T05:33:25.000+07:00");
  EXPECT_EQ(number(row, "frames_played"), 180 * 48000);
}

/// The bulletin of the day in the morning and in the evening, with yesterday's behind it.
class Repeats : public testing::Test {
 protected:
  loa::sim::StationFixture station{at("2026-11-23T04:00")};

  void SetUp() override {
    station.recording("nhac.wav", 20s);
    station.recording("tin/2026-11-22.wav", 1min);
    station.recording("tin/2026-11-23.wav", 2min);
    station.write(
        "articles:\n"
        "  nhac: {title: Nhạc, clip: nhac.wav}\n"
        "  tin: {title: Bản tin, clip: tin/<date>.wav, about: 2min, missing: nhac}\n"
        "programmes:\n"
        "  sang: {title: Sáng, at: \"05:30\", items: [nhac, tin, {article: tin, days_ago: 1}]}\n"
        "  toi: {title: Tối, at: \"18:00\", items: [nhac, tin]}\n");
  }
  std::string mark(const std::string& id) const {
    const auto row = station.ledger.verdict_of(id);
    return text(row, "repeat_of") + ' ' + text(row, "note");
  }
};

TEST_F(Repeats, CarryTheirFirstAiringInTheirRows) {
  station.boot();
  station.run_until(at("2026-11-23T20:00"));
  EXPECT_THAT(station.violations(), IsEmpty());
  EXPECT_EQ(mark("xa/2026-11-23T0530/sang/1"), " ");
  EXPECT_EQ(mark("xa/2026-11-23T0530/sang/2"), " ");
  EXPECT_EQ(mark("xa/2026-11-23T0530/sang/3"), "2026-11-22 PL 22/11");
  EXPECT_EQ(mark("xa/2026-11-23T1800/toi/1"), " ");
  EXPECT_EQ(mark("xa/2026-11-23T1800/toi/2"), "2026-11-23 PL 23/11");
  for (const auto& row : station.ledger.of_kind("start")) {
    EXPECT_EQ(text(row, "repeat_of"), text(station.ledger.verdict_of(text(row, "id")), "repeat_of")) << row;
  }
}

TEST_F(Repeats, WhatSoundsInTheirPlaceIsNone) {
  station.boot();
  station.run_until(at("2026-11-24T07:00"));
  EXPECT_THAT(station.violations(), IsEmpty());
  EXPECT_EQ(mark("xa/2026-11-24T0530/sang/2"), " instead of tin");
  EXPECT_EQ(mark("xa/2026-11-24T0530/sang/3"), "2026-11-23 PL 23/11");
}

TEST_F(Repeats, SayWhoStoppedThemToo) {
  station.boot();
  station.run_until(at("2026-11-23T18:00:30"));
  EXPECT_TRUE(station.conductor().stop("Lan").done);
  station.run_until(at("2026-11-23T20:00"));
  EXPECT_EQ(text(station.ledger.verdict_of("xa/2026-11-23T1800/toi/2"), "repeat_of"), "2026-11-23");
}

TEST_F(Day, StartRowsAreWrittenTenSecondsAheadOrWhileTheOneBeforeSounds) {
  station.boot();
  station.run_until(at("2026-11-23T06:30"));
  std::map<std::string, std::string> written;
  for (const auto& row : station.ledger.of_kind("start")) written[text(row, "id")] = text(row, "at");
  EXPECT_EQ(written.at("xa/2026-11-23T0530/sang/1"), "2026-11-22T22:29:50.000+00:00");
  EXPECT_EQ(written.at("xa/2026-11-23T0530/sang/3"), "2026-11-22T22:30:15.000+00:00");
  EXPECT_EQ(written.at("xa/2026-11-23T0530/sang/4"), "2026-11-22T22:33:15.000+00:00");
  EXPECT_FALSE(written.contains("xa/2026-11-23T0530/sang/2")) << "a pause has an item row only";
}

TEST_F(Day, AnArticleRowComesBeforeItsFirstUseAndNotAgain) {
  station.boot();
  station.run_until(at("2026-11-24T04:00"));
  std::map<std::string, int> articles;
  std::set<std::string> known;
  for (const auto& row : station.ledger.rows()) {
    if (text(row, "kind") == "article") {
      ++articles[text(row, "article")];
      known.insert(text(row, "article"));
    }
    if (text(row, "kind") == "start") {
      EXPECT_TRUE(known.contains(text(row, "article"))) << row;
    }
  }
  EXPECT_EQ(articles["nhac-hieu"], 1);
  EXPECT_EQ(articles["khai-sinh"], 1);
}

TEST_F(Day, AStartThatTheDeviceMakesLateIsLateByTheDevice) {
  station.player.start_error = 80ms;
  station.boot();
  station.run_until(at("2026-11-23T06:30"));
  EXPECT_EQ(station.verdict("xa/2026-11-23T0530/sang/1"), "late/device");
  EXPECT_EQ(number(station.ledger.verdict_of("xa/2026-11-23T0530/sang/1"), "start_error_ms"), 80);
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Day, OutsideThePermittedHoursNothingSounds) {
  station.settings(
      "station: {id: xa, name: Xã}\naudio: {device: none}\n"
      "permitted_hours: [{from: \"05:31\", until: \"21:00\"}]\n");
  station.boot();
  station.run_until(at("2026-11-23T06:30"));
  EXPECT_EQ(station.verdict("xa/2026-11-23T0530/sang/1"), "withheld/hours");
  EXPECT_EQ(station.verdict("xa/2026-11-23T0530/sang/3"), "partial/hours");
  EXPECT_EQ(number(station.ledger.verdict_of("xa/2026-11-23T0530/sang/3"), "frames_played") / 48000, 145);
  EXPECT_EQ(station.verdict("xa/2026-11-23T0530/sang/4"), "aired/none");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Day, WhatAnEnforcedLimitForbidsIsWithheld) {
  station.settings(
      "station: {id: xa, name: Xã}\naudio: {device: none}\n"
      "limits: [{name: Quyết định 29, sessions_per_day: 2, enforce: true}]\n");
  station.boot();
  station.run_until(at("2026-11-24T04:00"));
  EXPECT_EQ(station.verdict("xa/2026-11-23T1130/trua/2"), "aired/none");
  EXPECT_EQ(station.verdict("xa/2026-11-23T1700/chieu/1"), "withheld/limit");
  EXPECT_EQ(station.verdict("xa/2026-11-23T1700/chieu/3"), "withheld/limit");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Day, ASlowDiskDelaysNoSound) {
  station.ledger.latency = 1h;
  station.boot();
  station.run_until(at("2026-11-23T06:30"));
  EXPECT_EQ(station.verdict("xa/2026-11-23T0530/sang/1"), "aired/none");
  EXPECT_EQ(station.verdict("xa/2026-11-23T0530/sang/4"), "aired/none");
}

TEST_F(Day, TheSignOfLifeSaysHowFarTheItemGot) {
  station.boot();
  station.run_until(at("2026-11-23T05:32:00"));
  const auto history = station.ledger.history();
  const auto begun = history.begun.at("xa/2026-11-23T0530/sang/3");
  EXPECT_NEAR(static_cast<double>(begun.frames.count()) / 48000, 94, 2.3);
}

TEST_F(Day, AShutdownCutsWhatSoundsAndSaysPower) {
  station.boot();
  station.run_until(at("2026-11-23T05:32:00"));
  station.conductor().shutdown();
  station.run_for(3s);
  ASSERT_TRUE(station.conductor().finished());
  EXPECT_EQ(station.verdict("xa/2026-11-23T0530/sang/3"), "partial/power");
  EXPECT_EQ(text(station.ledger.rows().back(), "kind"), "checkpoint");
  EXPECT_EQ(text(station.ledger.rows()[station.ledger.rows().size() - 2], "kind"), "shutdown");
  station.cut_power();
  station.run_until(at("2026-11-23T08:00"));
  station.boot();
  station.run_for(10s);
  EXPECT_EQ(station.verdict("xa/2026-11-23T0530/sang/4"), "missed/power");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Day, NowSaysWhatIsOnAirAndWhatComesNext) {
  station.boot();
  station.run_until(at("2026-11-23T05:32:00"));
  const auto status = station.conductor().status();
  ASSERT_TRUE(status.on_air && status.next);
  EXPECT_EQ(status.on_air->article, "khai-sinh");
  EXPECT_NEAR(static_cast<double>(status.on_air->played.count()) / 48000, 95, 0.3);
  EXPECT_EQ(status.next->id, "xa/2026-11-23T0530/sang/4");
  EXPECT_EQ(status.device, "none");
  EXPECT_EQ(status.device_state, "open");
  const auto json = loa::station::to_json(status);
  EXPECT_EQ(text(json.at("on_air").as_object(), "title"), "Đăng ký khai sinh");
  EXPECT_EQ(text(json, "hub"), "none");
  EXPECT_FALSE(json.contains("held"));
}

TEST_F(Day, TheShelfIsToldWhatTheComingMonthNeedsInTheOrderOfUse) {
  station.boot();
  const auto wanted = station.conductor().wanted();
  ASSERT_EQ(wanted.size(), 3u);
  EXPECT_EQ(wanted[0].clip, "nhac.wav");
  EXPECT_EQ(wanted[1].clip, "ks.wav");
  EXPECT_EQ(wanted[2].clip, "can-cuoc.wav");
}

TEST(Midnight, ASessionOverMidnightIsAiredWhole) {
  loa::sim::StationFixture station{at("2026-11-30T20:00")};
  station.settings(
      "station: {id: xa, name: Xã}\naudio: {device: none}\n"
      "permitted_hours: [{from: \"05:00\", until: \"01:00\"}]\n");
  station.recording("dem.wav", 20min);
  station.write(
      "articles: {dem: {title: Đêm, clip: dem.wav}}\n"
      "programmes: {dem-khuya: {title: Đêm khuya, at: \"23:50\", items: [dem]}}\n");
  station.boot();
  station.run_until(at("2026-12-02T12:00"));
  EXPECT_EQ(station.verdict("xa/2026-11-30T2350/dem-khuya/1"), "aired/none");
  EXPECT_EQ(station.verdict("xa/2026-12-01T2350/dem-khuya/1"), "aired/none");
  EXPECT_THAT(station.violations(), IsEmpty());
  int plans_in_december = 0;
  for (const auto& row : station.ledger.of_kind("plan")) plans_in_december += text(row, "at") > "2026-11-30T17";
  EXPECT_EQ(plans_in_december, 1) << "each month names the plan that it is about";
}

TEST(Midnight, AnArticleIsAiredFromItsFirstDaysFirstMinuteToItsLastDaysLast) {
  loa::sim::StationFixture station{at("2026-11-27T12:00")};
  station.settings(
      "station: {id: xa, name: Xã}\naudio: {device: none}\n"
      "permitted_hours: [{from: \"00:00\", until: \"24:00\"}]\n");
  station.recording("a.wav", 20s);
  station.recording("b.wav", 20s);
  station.write(
      "articles:\n"
      "  a: {title: A, clip: a.wav, from: 2026-11-29, until: 2026-11-29}\n"
      "  b: {title: B, clip: b.wav}\n"
      "programmes:\n"
      "  dau: {title: Đầu, at: \"00:00\", length: 1min, items: [a, b]}\n"
      "  cuoi: {title: Cuối, at: \"23:59\", length: 1min, items: [a, b]}\n");
  station.boot();
  station.run_until(at("2026-11-30T12:00"));
  EXPECT_EQ(station.verdict("xa/2026-11-28T2359/cuoi/1"), "") << "the day before: not planned";
  EXPECT_EQ(station.verdict("xa/2026-11-29T0000/dau/1"), "aired/none");
  EXPECT_EQ(station.verdict("xa/2026-11-29T2359/cuoi/1"), "aired/none");
  EXPECT_EQ(station.verdict("xa/2026-11-30T0000/dau/1"), "") << "the day after: not planned";
  EXPECT_EQ(station.verdict("xa/2026-11-30T0000/dau/2"), "aired/none");
  EXPECT_THAT(station.violations(), IsEmpty());
}

/// The day of a session is that of its start, for its items and their substitutes alike.
TEST(Midnight, ASubstituteBelongsToTheDayOfItsSession) {
  loa::sim::StationFixture station{at("2026-11-28T12:00")};
  station.settings(
      "station: {id: xa, name: Xã}\naudio: {device: none}\n"
      "permitted_hours: [{from: \"05:00\", until: \"01:00\"}]\n");
  station.recording("dem.wav", 20min);
  station.recording("thay/2026-11-29.wav", 1min);
  station.write(
      "articles:\n"
      "  dem: {title: Đêm, clip: dem.wav}\n"
      "  tin: {title: Tin, clip: \"tin/<date>.wav\", about: 1min, until: 2026-11-29, missing: thay}\n"
      "  thay: {title: Thay, clip: \"thay/<date>.wav\", until: 2026-11-29}\n"
      "programmes:\n"
      "  khuya: {title: Khuya, at: \"23:50\", length: 30min, items: [dem, tin]}\n");
  station.boot();
  station.run_until(at("2026-11-30T12:00"));
  EXPECT_EQ(station.verdict("xa/2026-11-29T2350/khuya/2"), "aired/file");
  EXPECT_EQ(text(station.ledger.verdict_of("xa/2026-11-29T2350/khuya/2"), "clip"), "thay/2026-11-29.wav");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST(Midnight, TheHourThatTheZoneSkipsAndTheOneThatItRepeatsAreEachPlayedOnce) {
  loa::sim::StationFixture station{at("2026-03-28T12:00:00+01:00")};
  station.settings(
      "station: {id: xa, name: Xã, timezone: Europe/Berlin}\naudio: {device: none}\n"
      "permitted_hours: [{from: \"00:00\", until: \"24:00\"}]\n");
  station.recording("tin.wav", 1min);
  station.write(
      "articles: {tin: {title: Tin, clip: tin.wav}}\n"
      "programmes: {dem: {title: Đêm, at: \"02:30\", items: [tin]}}\n");
  station.boot();
  station.run_until(at("2026-03-30T12:00:00+02:00"));
  EXPECT_EQ(text(station.ledger.verdict_of("xa/2026-03-29T0230/dem/1"), "start"), "2026-03-29T03:30:00.000+02:00");
  EXPECT_THAT(station.violations(), IsEmpty());
}

}  // namespace
