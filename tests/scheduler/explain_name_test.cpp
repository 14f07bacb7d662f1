// An article, a playlist, a campaign or a programme by its name: what airs of it next, or what keeps it off the air.
#include <gmock/gmock.h>

#include "scheduler/explain.hpp"
#include "tests/playlists/measured.hpp"
#include "tests/playlists/station_texts.hpp"

namespace loa::scheduler {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using Answer = Explanation::Answer;

const std::string kNamed = R"(articles:
  a: {title: Bài A, clip: a.wav}
  b: {title: Bài B, clip: b.wav, until: 2026-11-20}
  c: {title: Bài C, clip: c.wav}
  cho: {title: Nhạc chờ, clip: cho.wav}
  tin: {title: Tin <dd>, clip: tin/<date>.wav, about: 10min, missing: cho}
playlists:
  trong: [b, c]
  ngoai: [trong]
)";  // what follows begins on line 10

class AskedByName {
 public:
  explicit AskedByName(const std::string& schedule, const std::string& station = "")
      : files_(config::read_station_texts({{"station.yaml", "station: {id: xa, name: Xã}\n" + station, 0},
                                           {"schedule/lich.yaml", kNamed + schedule, 0}},
                                          diagnostics_)),
        schedule_(read_schedule(files_, diagnostics_)) {
    for (const std::string clip : {"a.wav", "b.wav", "cho.wav"}) {
      catalogue_.set(clip, tests::measured(std::chrono::minutes(5), std::string(64, clip[0])));
    }
  }

  Explanation of(const std::string& name, const std::string& now = "2026-11-27T12:00") const {
    return explain_name(*schedule_, catalogue_, name, calendar::parse_instant(now, schedule_->zone).value());
  }
  /// "10 words" for each step, in English.
  std::vector<std::string> told(const std::string& name) const {
    std::vector<std::string> all;
    for (const auto& step : of(name).steps) {
      const auto place = step.at.file_line();
      all.push_back(place.substr(place.find(':') + 1) + " " + step.words.in(config::Language::en));
    }
    return all;
  }

 private:
  config::Diagnostics diagnostics_;
  config::StationFiles files_;
  std::optional<Schedule> schedule_;
  playlists::Catalogue catalogue_;
};

TEST(ExplainName, AnArticleThatAirsHasItsNextTimesAndTheirCount) {
  const AskedByName station(
      "programmes:\n  sang: {at: \"05:30\", items: [c, a]}\n  trua: {at: \"11:00\", items: [a]}\n");
  EXPECT_EQ(station.of("a").answer, Answer::name);
  EXPECT_EQ(station.of("a").steps.at(1).id, "xa/2026-11-28T0530/sang/2");
  EXPECT_THAT(
      station.told("a"),
      ElementsAre("2 “a” (Bài A) airs 60 times in the next 31 days, next Sat 28/11/2026 at 05:30",
                  "11 Sat 28/11/2026 at 05:30, 5min, in “sang”", "12 Sat 28/11/2026 at 11:00, 5min, in “trua”",
                  "11 Sun 29/11/2026 at 05:30, 5min, in “sang”", "12 Sun 29/11/2026 at 11:00, 5min, in “trua”",
                  "11 Mon 30/11/2026 at 05:30, 5min, in “sang”", "12 55 more, the last Sun 27/12/2026 at 11:00"));
  EXPECT_EQ(station.told("Bài A"), station.told("a")) << "by its title too";
}

TEST(ExplainName, WhatSoundsNowCounts) {
  const AskedByName station("programmes:\n  sang: {at: \"05:30\", repeat: {dates: 2026-11-27}, items: [a]}\n");
  EXPECT_EQ(station.of("a", "2026-11-27T05:34").answer, Answer::name);
  EXPECT_EQ(station.of("a", "2026-11-27T05:35").answer, Answer::unplanned);
}

TEST(ExplainName, ARecordingThatIsMissingIsTheReason) {
  const AskedByName station("programmes:\n  sang: {at: \"05:30\", items: [c]}\n");
  EXPECT_EQ(station.of("c").answer, Answer::unplanned);
  const auto told = station.told("c");
  EXPECT_EQ(told.front(), "4 “c” (Bài C) is planned 30 times in the next 31 days and is not heard");
  EXPECT_THAT(told, Contains("4 the recording c.wav is not in library/"));
  EXPECT_THAT(told, Contains(HasSubstr("why the first is: loa explain xa/2026-11-28T0530/sang/1")));
}

TEST(ExplainName, NobodyUsesIt) {
  const AskedByName station("programmes:\n  sang: {at: \"05:30\", items: [c]}\n");
  EXPECT_THAT(station.told("a"), ElementsAre("2 “a” (Bài A) does not air in the next 31 days",
                                             "2 no programme, playlist or campaign names “a”"));
  EXPECT_THAT(station.told("cho"), Contains("6 “cho” is played only when the recording of “tin” is missing"));
  EXPECT_THAT(station.told("trong"), Contains("9 “trong” stands in the playlist “ngoai”"));
  EXPECT_THAT(station.told("c").front(), HasSubstr("is planned")) << "c is used by itself";
}

TEST(ExplainName, ItHasExpiredAndStandsInAPlaylistThatPlays) {
  const AskedByName station("programmes:\n  sang: {at: \"05:30\", items: [{playlist: ngoai}]}\n");
  EXPECT_THAT(
      station.told("b"),
      ElementsAre("3 “b” (Bài B) does not air in the next 31 days",
                  "3 “b” may be aired only until Fri 20/11/2026 (lunar 10-12)", "8 “b” stands in the playlist “trong”",
                  "9 “trong” stands in the playlist “ngoai”", "11 “ngoai” stands in item 1 of “sang”"));
  EXPECT_EQ(station.of("ngoai").answer, Answer::unplanned) << "of its clips one has expired, one is not there";
}

TEST(ExplainName, TheProgrammeIsOffOrTheItemIsForOtherDays) {
  const AskedByName station(
      "programmes:\n  sang: {at: \"05:30\", until: 2026-11-20, items: [a]}\n"
      "  trua: {at: \"11:00\", repeat: never, items: [a]}\n"
      "  toi: {at: \"19:00\", items: [c, {article: a, days: {dates: 2027-03-01}}]}\n"
      "  ram: {at: \"20:00\", repeat: {dates: 2026-12-05}, items: [cho]}\n"
      "calendar:\n  - {name: Tang, on: 2026-12-05, mute: [ram]}\n");
  const auto told = station.told("a");
  EXPECT_THAT(told, Contains("11 “sang” was valid only until Fri 20/11/2026 (lunar 10-12)"));
  EXPECT_THAT(told, Contains(HasSubstr("12 “trua” does not play on")));
  EXPECT_THAT(told, Contains(HasSubstr("is none of these days")));
  EXPECT_THAT(station.told("cho"), Contains(HasSubstr("“ram” is kept off: the calendar (“Tang”, 2026-12-05): mutes")));
  EXPECT_THAT(station.told("ram"), Contains(HasSubstr("“ram” is kept off: the calendar (“Tang”, 2026-12-05): mutes")));
}

TEST(ExplainName, AProgrammeHasItsSessionsAndACampaignItsPlaces) {
  const AskedByName station(
      "programmes:\n  sang: {title: Buổi sáng, at: \"05:30\", length: 30min, items: [{campaign: dvc}]}\n"
      "campaigns:\n  dvc: {title: Dịch vụ công, articles: [a], from: 2026-11-01, until: 2026-11-29, plays: {total: "
      "1}}\n"
      "  cu: {title: Cũ, articles: [cho], from: 2026-01-01, until: 2026-01-31, plays: {total: 1}}\n");
  EXPECT_THAT(station.told("sang").at(1), "11 Sat 28/11/2026 at 05:30, until 06:00");
  EXPECT_THAT(station.told("dvc"), ElementsAre("13 “dvc” (Dịch vụ công) airs 2 times in the next 31 days, next Sat "
                                               "28/11/2026 at 05:30",
                                               "11 Sat 28/11/2026 at 05:30, 5min, in “sang”",
                                               "11 Sun 29/11/2026 at 05:30, 5min, in “sang”"));
  EXPECT_THAT(station.told("cu"), Contains("14 the campaign “cu” ended on Sat 31/01/2026"));
  EXPECT_THAT(station.told("cho"), Contains("14 “cho” stands in the campaign “cu”"));
}

TEST(ExplainName, NobodyHasApprovedIt) {
  const AskedByName station("programmes:\n  sang: {at: \"05:30\", items: [a]}\n", "approval: required\n");
  EXPECT_EQ(station.of("a").answer, Answer::unplanned);
  EXPECT_THAT(station.told("a"), Contains(HasSubstr("nobody has approved the recording a.wav")));
}

TEST(ExplainName, AnUnknownOneHasTheNearest) {
  const AskedByName station("programmes:\n  sang: {at: \"05:30\", items: [a]}\n");
  const auto told = station.of("sangg");
  EXPECT_EQ(told.answer, Answer::unknown);
  EXPECT_EQ(told.steps.back().id, "sang");
  EXPECT_THAT(told.steps.front().words.in(config::Language::vi), HasSubstr("không có bài"));
}

}  // namespace
}  // namespace loa::scheduler
