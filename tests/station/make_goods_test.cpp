// Missed plays of campaigns in the ledger's rows, and the places that are found for them.
#include "daemon/station/conductor/make_goods.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/station/library/snapshot.hpp"
#include "tests/support/scenario_station.hpp"

namespace {

using namespace loa::station;
using loa::sim::at;
using testing::ElementsAre;
using testing::IsEmpty;
using Rows = std::vector<boost::json::object>;

const char* kSchedule = R"(articles:
  a: {title: A, clip: a.wav}
  b: {title: B, clip: b.wav}
campaigns:
  c: {articles: [a, b], from: 2026-11-01, until: 2026-11-30}
programmes:
  s: {at: ["06:00", "17:00"], items: [{campaign: c}]}
)";

boost::json::object missed(const std::string& id, const std::string& planned, const std::string& article = "a") {
  return {{"kind", "item"},  {"id", id},           {"verdict", "missed"},
          {"campaign", "c"}, {"article", article}, {"planned_start", planned}};
}

boost::json::object made_good(const std::string& place, const std::string& planned, const std::string& missed) {
  return {{"kind", "make-good"},  {"id", place},     {"planned_start", planned},
          {"makes_good", missed}, {"campaign", "c"}, {"article", "a"}};
}

class MakeGoods : public testing::Test {
 protected:
  MakeGoods() {
    station.settings("station: {id: xa, name: Xã Ví Dụ}\naudio: {device: none}\n");
    station.write(kSchedule);
    station.recording("a.wav", std::chrono::minutes(1));
    station.recording("b.wav", std::chrono::minutes(1));
  }

  MakingGood settled(const Rows& rows, const char* from = "2026-11-10T08:00") {
    const auto snapshot = station.snapshot();
    auto schedule = snapshot->schedule;
    schedule.make_goods = make_goods_in(rows);
    return make_good(schedule, snapshot->catalogue, rows, at(from));
  }
  static std::vector<std::string> places(const MakingGood& made) {
    std::vector<std::string> places;
    for (const auto& chosen : made.chosen) places.push_back(chosen.place + " for " + chosen.missed.missed);
    return places;
  }

  loa::sim::StationFixture station{at("2026-11-10T08:00")};
};

// Each day a plays in the morning, b in the afternoon.
const std::string kMissed = "xa/2026-11-10T0600/s/1.1";

TEST_F(MakeGoods, EachMissedPlayHasAPlaceOfItsOwn) {
  const Rows rows{missed(kMissed, "2026-11-10T06:00:00.000+07:00"),
                  missed("xa/2026-11-09T0600/s/1.1", "2026-11-09T06:00:00.000+07:00")};
  EXPECT_THAT(places(settled(rows)), ElementsAre("xa/2026-11-10T1700/s/1.1 for " + kMissed,
                                                 "xa/2026-11-11T0600/s/1.1 for xa/2026-11-09T0600/s/1.1"));
}

TEST_F(MakeGoods, WhatHasAPlaceIsOwedNoMore) {
  const Rows rows{missed(kMissed, "2026-11-10T06:00:00.000+07:00"),
                  made_good("xa/2026-11-10T1700/s/1.1", "2026-11-10T17:00:00.000+07:00", kMissed)};
  EXPECT_THAT(places(settled(rows)), IsEmpty());
  EXPECT_THAT(places(settled(rows, "2026-11-20T08:00")), IsEmpty()) << "long afterwards";
}

TEST_F(MakeGoods, APlaceThatIsPlannedNoMoreIsReplaced) {
  const Rows rows{missed(kMissed, "2026-11-10T06:00:00.000+07:00"),
                  made_good("xa/2026-11-12T1200/gone/1.1", "2026-11-12T12:00:00.000+07:00", kMissed)};
  EXPECT_THAT(places(settled(rows)), ElementsAre("xa/2026-11-10T1700/s/1.1 for " + kMissed));
}

TEST_F(MakeGoods, AfterItsTimeAPlaceStandsWhateverBecomesOfTheFiles) {
  const Rows rows{missed(kMissed, "2026-11-10T06:00:00.000+07:00"),
                  made_good("xa/2026-11-10T0700/gone/1.1", "2026-11-10T07:00:00.000+07:00", kMissed)};
  EXPECT_THAT(places(settled(rows)), IsEmpty()) << "it has been heard; its programme was taken away since";
}

TEST_F(MakeGoods, WhatWasHeardInItsPlaceIsOwedNoMoreThoughTheRowThatGaveItIsLost) {
  const Rows rows{missed(kMissed, "2026-11-10T06:00:00.000+07:00"),
                  {{"kind", "item"},
                   {"id", "xa/2026-11-10T0700/gone/1.1"},
                   {"planned_start", "2026-11-10T07:00:00.000+07:00"},
                   {"verdict", "aired"},
                   {"makes_good", kMissed}}};
  EXPECT_THAT(places(settled(rows)), IsEmpty());
}

TEST_F(MakeGoods, VeryManyTakeSeveralTurns) {
  Rows rows;
  for (int i = 0; i < 250; ++i) {
    rows.push_back(missed("xa/2026-11-0" + std::to_string(1 + i % 9) + "T0600/x/" + std::to_string(i),
                          "2026-11-09T06:00:00.000+07:00"));
  }
  const auto few = settled(rows);
  EXPECT_FALSE(few.more) << "until the campaign's end there are fewer places than that";
  ASSERT_EQ(few.without_place.size(), 1u);
  EXPECT_EQ(few.chosen.size() + few.without_place.begin()->second, 250u);
  station.write(std::string(kSchedule) +
                "  t: {at: {every: 60min, from: \"05:10\", until: \"20:10\"}, length: 3min, items: [{fill: [b]}]}\n");
  const auto many = settled(rows);
  EXPECT_TRUE(many.more);
  EXPECT_EQ(many.chosen.size(), 200u);
}

TEST_F(MakeGoods, WhatIsMissedAgainIsOwedAgain) {
  const std::string place = "xa/2026-11-10T1700/s/1.1";
  const Rows rows{missed(kMissed, "2026-11-10T06:00:00.000+07:00"),
                  made_good(place, "2026-11-10T17:00:00.000+07:00", kMissed),
                  missed(place, "2026-11-10T17:00:00.000+07:00")};
  EXPECT_THAT(places(settled(rows, "2026-11-10T18:00")), ElementsAre("xa/2026-11-11T0600/s/1.1 for " + place));
}

TEST_F(MakeGoods, OtherVerdictsAndOldDebtsAndWhatHasNoPlaceGetNone) {
  auto partial = missed(kMissed, "2026-11-10T06:00:00.000+07:00");
  partial["verdict"] = "partial";
  EXPECT_THAT(places(settled({partial})), IsEmpty());
  EXPECT_THAT(places(settled({missed(kMissed, "2026-10-01T06:00:00.000+07:00")})), IsEmpty());
  const auto unknown = settled({missed(kMissed, "2026-11-10T06:00:00.000+07:00", "gone")});
  EXPECT_THAT(places(unknown), IsEmpty());
  EXPECT_THAT(unknown.without_place, IsEmpty()) << "the files know it no more";
}

TEST_F(MakeGoods, AreReadFromTheRowsThatWereWritten) {
  const ChosenPlace chosen{"xa/2026-11-10T1700/s/1.1", at("2026-11-10T17:00"), {kMissed, "c", "a"}};
  const auto row = make_good_row(chosen, station.snapshot()->schedule.zone);
  EXPECT_EQ(loa::sim::text(row, "planned_start"), "2026-11-10T17:00:00.000+07:00");
  const auto read = make_goods_in({row});
  ASSERT_TRUE(read.contains(chosen.place));
  EXPECT_EQ(read.at(chosen.place), chosen.missed);
}

TEST_F(MakeGoods, ArePartOfTheSnapshot) {
  const auto read = station.snapshot();
  loa::config::Diagnostics diagnostics;
  const auto files = loa::config::read_station_texts(
      {{"station.yaml", "station: {id: xa, name: Xã}\n", 0}, {"schedule/lich.yaml", kSchedule, 0}}, diagnostics);
  const loa::scheduler::MakeGoods make_goods{{"xa/2026-11-10T1700/s/1.1", {kMissed, "c", "a"}},
                                             {"xa/2026-11-11T1700/s/1.1", {"x", "over", "a"}}};
  const auto made = make_snapshot(files, read->catalogue, make_goods);
  ASSERT_NE(made, nullptr);
  EXPECT_EQ(made->schedule.make_goods.size(), 1u) << "of campaigns that the files know";
  const auto again = read_snapshot(made->hash, made->bytes);
  ASSERT_NE(again, nullptr);
  EXPECT_EQ(again->schedule.make_goods, made->schedule.make_goods);
  EXPECT_NE(made->hash, make_snapshot(files, read->catalogue)->hash);
}

}  // namespace
