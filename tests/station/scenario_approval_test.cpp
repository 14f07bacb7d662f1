// What nobody approved stays silent in its time; an approval, an end of validity and the calendar count as edits do.
#include <gmock/gmock.h>

#include "tests/support/scenario_station.hpp"

namespace {

using namespace std::chrono_literals;
using loa::sim::at;
using loa::sim::number;
using loa::sim::StationFixture;
using loa::sim::text;
using loa::station::Taken;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string kTrua = "xa/2026-11-23T1130/trua/";

std::string replaced_in(std::string words, std::string_view what, std::string_view with) {
  const auto at_byte = words.find(what);
  EXPECT_NE(at_byte, std::string::npos) << what;
  return words.replace(at_byte, what.size(), with);
}

/// trua: 1 tune 20 s, 2 khai-sinh 3 min, at 11:30. The tune needs no approval.
class Approval : public testing::Test {
 protected:
  Approval() {
    loa::sim::write_commune(station);
    station.settings("station: {id: xa, name: Xã Ví Dụ}\naudio: {device: none}\napproval: required\n");
    schedule_ = replaced_in(loa::sim::commune_schedule(), "clip: nhac.wav", "clip: nhac.wav, approval: off");
    station.write(schedule_);
  }
  void until(const char* when) { station.run_until(at(std::string("2026-11-23T") + when)); }
  void edit(std::string_view what, std::string_view with) {
    station.write(replaced_in(schedule_, what, with));
    EXPECT_EQ(station.reload(), Taken::accepted);
  }
  std::vector<std::string> verdicts() { return {station.verdict(kTrua + "1"), station.verdict(kTrua + "2")}; }
  /// `approval` of each article row of khai-sinh.
  std::vector<std::string> said_of_approval(std::string_view article = "khai-sinh") {
    std::vector<std::string> said;
    for (const auto& row : station.ledger.of_kind("article")) {
      if (text(row, "article") == article) said.push_back(text(row, "approval"));
    }
    return said;
  }
  StationFixture station{at("2026-11-23T11:00")};
  std::string schedule_;
};

TEST_F(Approval, WithoutItAnItemIsWithheldInItsTime) {
  station.boot();
  until("12:00");
  EXPECT_THAT(verdicts(), ElementsAre("aired/none", "withheld/approval"));
  const auto row = station.ledger.verdict_of(kTrua + "2");
  EXPECT_EQ(number(row, "frames_planned"), 180 * 48000);
  EXPECT_EQ(number(row, "frames_played"), 0);
  EXPECT_EQ(text(row, "sha256"), StationFixture::sha("ks.wav"));
  EXPECT_EQ(text(row, "at").substr(11, 8), "04:30:20") << "at its planned start";
  EXPECT_THAT(said_of_approval(), ElementsAre("required"));
  EXPECT_THAT(said_of_approval("nhac-hieu"), ElementsAre("off"));
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Approval, InTimeItIsAired) {
  station.boot();
  until("11:28:00");
  station.approve("ks.wav");
  EXPECT_EQ(station.reload(), Taken::accepted);
  until("12:00");
  EXPECT_THAT(verdicts(), ElementsAre("aired/none", "aired/none"));
  EXPECT_THAT(said_of_approval(), ElementsAre("Lan 2026-11-23T04:00:00.000+07:00"));
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Approval, InTheLastMinuteItComesTooLate) {
  station.boot();
  until("11:29:30");
  station.approve("ks.wav");
  EXPECT_EQ(station.reload(), Taken::accepted);
  until("17:30");
  EXPECT_THAT(verdicts(), ElementsAre("aired/none", "withheld/approval"));
  station.run_until(at("2026-11-24T12:00"));
  EXPECT_EQ(station.verdict("xa/2026-11-24T1130/trua/2"), "aired/none");
  EXPECT_THAT(said_of_approval(), ElementsAre("required", "Lan 2026-11-23T04:00:00.000+07:00"));
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Approval, ARecordingThatWasReplacedAfterItNeedsItAgain) {
  station.approve("ks.wav");
  station.boot();
  until("11:05");
  station.rewrite("ks.wav");
  EXPECT_EQ(station.reload(), Taken::accepted);
  until("12:00");
  EXPECT_THAT(verdicts(), ElementsAre("aired/none", "withheld/approval"));
  station.approve("ks.wav");
  EXPECT_EQ(station.reload(), Taken::accepted);
  station.run_until(at("2026-11-24T12:00"));
  EXPECT_EQ(station.verdict("xa/2026-11-24T1130/trua/2"), "aired/none");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Approval, ReplacedInTheLastMinuteTheApprovedOneSounds) {
  station.approve("ks.wav");
  station.boot();
  until("11:29:30");
  station.rewrite("ks.wav");
  EXPECT_EQ(station.reload(), Taken::accepted);
  until("12:00");
  EXPECT_THAT(verdicts(), ElementsAre("aired/none", "aired/none"));
  EXPECT_EQ(text(station.ledger.verdict_of(kTrua + "2"), "sha256"), StationFixture::sha("ks.wav"));
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Approval, SurvivesAPowerCutWithThePlan) {
  station.approve("ks.wav");
  station.boot();
  until("11:31");
  station.cut_power();
  until("11:32");
  station.boot();
  until("12:00");
  EXPECT_THAT(verdicts(), ElementsAre("aired/none", "partial/power"));
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Approval, OfASubstituteIsAskedForToo) {
  schedule_ = replaced_in(schedule_, "clip: ks.wav", "clip: \"ks/<date>.wav\", about: 1min, missing: can-cuoc");
  station.write(schedule_);
  station.boot();
  until("11:25");
  EXPECT_THAT(verdicts(), ElementsAre("", ""));
  until("12:00");
  EXPECT_THAT(verdicts(), ElementsAre("aired/none", "missed/file"));
  station.approve("can-cuoc.wav");
  EXPECT_EQ(station.reload(), Taken::accepted);
  station.run_until(at("2026-11-24T12:00"));
  EXPECT_EQ(station.verdict("xa/2026-11-24T1130/trua/2"), "aired/file");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(Approval, AnUnapprovedItemHasNoSubstitute) {
  schedule_ = replaced_in(schedule_, "clip: ks.wav", "clip: ks.wav, missing: nhac-hieu");
  station.write(schedule_);
  station.boot();
  until("12:00");
  EXPECT_THAT(verdicts(), ElementsAre("aired/none", "withheld/approval"));
  EXPECT_THAT(station.violations(), IsEmpty());
}

/// Edits that take something off the air in the minute before it would sound.
class LastMinute : public Approval {
 protected:
  LastMinute() { station.approve("ks.wav"); }
  void edit_at(const char* when, std::string_view what, std::string_view with) {
    station.boot();
    until(when);
    edit(what, with);
    until("12:00");
    EXPECT_THAT(station.violations(), IsEmpty());
  }
};

TEST_F(LastMinute, AnArticleThatExpiredIsWithheld) {
  edit_at("11:29:30", "clip: ks.wav", "clip: ks.wav, until: 2026-11-22");
  EXPECT_THAT(verdicts(), ElementsAre("aired/none", "withheld/expired"));
}

TEST_F(LastMinute, AProgrammeThatExpiredIsWithheld) {
  edit_at("11:29:30", "trua: {title: Trưa,", "trua: {title: Trưa, until: 2026-11-22,");
  EXPECT_THAT(verdicts(), ElementsAre("withheld/expired", "withheld/expired"));
}

TEST_F(LastMinute, WhatTheCalendarMutesIsWithheld) {
  edit_at("11:29:30", "programmes:\n", "calendar:\n  - {name: Quốc tang, on: 2026-11-23, mute: all}\nprogrammes:\n");
  EXPECT_THAT(verdicts(), ElementsAre("withheld/calendar", "withheld/calendar"));
}

TEST_F(LastMinute, WhatTheCalendarReplacesIsWithheld) {
  edit_at("11:29:30", "programmes:\n", "calendar:\n  - {on: 2026-11-23, replace: {trua: chieu}}\nprogrammes:\n");
  EXPECT_THAT(verdicts(), ElementsAre("withheld/calendar", "withheld/calendar"));
}

TEST_F(LastMinute, WhatIsMerelyGoneFromTheFilesIsAired) {
  edit_at("11:29:30", "items: [nhac-hieu, khai-sinh]", "items: [nhac-hieu]");
  EXPECT_THAT(verdicts(), ElementsAre("aired/none", "aired/none"));
}

TEST_F(LastMinute, EarlierItIsNotPlannedAtAll) {
  edit_at("11:28:00", "programmes:\n", "calendar:\n  - {name: Quốc tang, on: 2026-11-23, mute: all}\nprogrammes:\n");
  EXPECT_THAT(verdicts(), ElementsAre("", ""));
  const auto row = station.ledger.of_kind("plan").back();
  EXPECT_EQ(row.at("removed").as_array().size(), 5u) << "2 of noon, 3 of the afternoon";
}

TEST_F(LastMinute, WhatSoundsGoesOnAndTheRestOfItsSessionIsNotPlannedAnyMore) {
  edit_at("11:30:30", "programmes:\n", "calendar:\n  - {name: Quốc tang, on: 2026-11-23, mute: all}\nprogrammes:\n");
  EXPECT_THAT(verdicts(), ElementsAre("aired/none", "aired/none"));
}

}  // namespace
