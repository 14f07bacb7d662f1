// Why something is on air, or why nothing is: in the words that people read, with the lines of the files.
#include "scheduler/explain.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "tests/playlists/measured.hpp"
#include "tests/playlists/station_texts.hpp"

namespace loa::scheduler {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using Answer = Explanation::Answer;

const std::string kArticles = R"(articles:
  a: {title: Bài A, clip: a.wav}
  b: {title: Bài B, clip: b.wav, until: 2026-12-31}
  tin: {title: Tin <dd>, clip: tin/<date>.wav, about: 10min, missing: a}
playlists:
  trong: [a, b]
  ngoai: [trong]
programmes:
)";  // the first programme stands on line 9

class Explained {
 public:
  explicit Explained(const std::string& schedule, const std::string& station = "")
      : files_(config::read_station_texts(
            {{"station.yaml", "station: {id: xa, name: Xã}\n" + station, 0}, {"schedule/lich.yaml", schedule, 0}},
            diagnostics_)),
        schedule_(read_schedule(files_, diagnostics_)) {
    add("a.wav", std::chrono::minutes(5));
    add("b.wav", std::chrono::minutes(8));
  }

  void add(const std::string& clip, Frames length) {
    catalogue_.set(clip, tests::measured(length, std::string(64, 'a')));
  }
  Explanation at(const std::string& local) const {
    return explain(*schedule_, catalogue_, calendar::parse_instant(local, schedule_->zone).value());
  }
  Explanation of(const std::string& id) const { return explain(*schedule_, catalogue_, parse_id("xa/" + id).value()); }
  const Schedule& schedule() const { return *schedule_; }
  const config::Diagnostics& diagnostics() const { return diagnostics_; }

 private:
  config::Diagnostics diagnostics_;
  config::StationFiles files_;
  std::optional<Schedule> schedule_;
  playlists::Catalogue catalogue_;
};

/// "schedule/lich.yaml:9 words" for each step.
std::vector<std::string> lines(const Explanation& told, config::Language language = config::Language::en) {
  std::vector<std::string> all;
  for (const auto& step : told.steps) {
    const auto place = step.at.file_line();
    all.push_back((place.empty() ? "-" : place) + " " + step.words.in(language));
  }
  return all;
}

TEST(Explain, AnItemByItsWholeChainFromTheItemOutward) {
  const Explained station(
      kArticles + "  sang: {title: Sáng, at: \"05:30\", repeat: weekdays, items: [a, {playlist: ngoai}]}\n",
      "permitted_hours:\n  - {from: \"05:00\", until: \"20:00\"}\n");
  EXPECT_THAT(lines(station.of("2026-12-01T0530/sang/2.2")),
              ElementsAre("schedule/lich.yaml:9 Tue 01/12/2026: “Bài B” (b.wav) sounds from 05:40 to 05:48",
                          "schedule/lich.yaml:9 item 2 of “sang”: {playlist: ngoai}",
                          "schedule/lich.yaml:9 clip 2 of 2 that “ngoai” has on this day",
                          "schedule/lich.yaml:6 “b” stands in the playlist “trong”",
                          "schedule/lich.yaml:7 “trong” stands in the playlist “ngoai”",
                          "schedule/lich.yaml:9 it follows “Bài A” (a.wav) directly, at 05:40",
                          "schedule/lich.yaml:3 article “b”: Bài B",
                          "schedule/lich.yaml:3 it may be aired until Thu 31/12/2026 (lunar 11-23)",
                          "schedule/lich.yaml:3 the recording b.wav is 8min long",
                          "schedule/lich.yaml:9 programme “sang”: Sáng", "schedule/lich.yaml:9 it begins at 05:30",
                          "schedule/lich.yaml:9 “repeat: weekdays”, so it plays on Tue 01/12/2026 (lunar 10-23)",
                          "station.yaml:3 within the permitted hours, 05:00 to 20:00"));
  EXPECT_EQ(station.at("2026-12-01T05:41").item->id, "xa/2026-12-01T0530/sang/2.2");
}

TEST(Explain, InVietnameseToo) {
  const Explained station(kArticles + "  sang: {title: Sáng, at: \"05:30\", items: [a]}\n");
  EXPECT_THAT(lines(station.at("2026-12-01T05:31"), config::Language::vi).front(),
              HasSubstr("T3 01/12/2026: phát “Bài A” (a.wav) từ 05:30 đến 05:35"));
}

TEST(Explain, ARecordingThatIsNotThereAndWhatIsPlayedInItsPlace) {
  const Explained station(kArticles + "  sang: {at: \"05:30\", items: [{article: tin, days_ago: 1, days: [tue]}]}\n");
  const auto told = station.at("2026-12-01T05:31");
  EXPECT_EQ(told.answer, Answer::sounds);
  EXPECT_THAT(lines(told), Contains("schedule/lich.yaml:4 the recording tin/2026-11-30.wav is not in library/"));
  EXPECT_THAT(lines(told), Contains("schedule/lich.yaml:4 if it is still so at its time, “a” is played in its place"));
  EXPECT_THAT(lines(told), Contains(HasSubstr("with the recording of Mon 30/11/2026")));
}

TEST(Explain, WhatEndsAnItemBeforeItsTime) {
  const Explained station(kArticles +
                          "  sang:\n    at: \"05:30\"\n    length: 12min\n    items:\n      - a\n"
                          "      - {article: b, at: \"05:32\"}\n      - a\n      - a\n"
                          "  chieu: {at: \"17:00\", items: [b]}\n  toi: {at: \"17:05\", items: [a]}\n");
  EXPECT_THAT(lines(station.of("2026-12-01T0530/sang/1")),
              Contains("schedule/lich.yaml:14 its last 3min are cut: an item with a time of its own begins at 05:32"));
  EXPECT_THAT(lines(station.of("2026-12-01T0530/sang/2")),
              Contains("schedule/lich.yaml:14 it has a time of its own, 05:32"));
  EXPECT_THAT(lines(station.of("2026-12-01T0530/sang/3")),
              Contains("schedule/lich.yaml:11 its last 3min are cut: the slot ends at 05:42"));
  EXPECT_THAT(lines(station.of("2026-12-01T0530/sang/4")),
              Contains("schedule/lich.yaml:11 it is not reached: the slot ends at 05:42"));
  EXPECT_THAT(lines(station.of("2026-12-01T1700/chieu/1")),
              Contains("schedule/lich.yaml:18 its last 3min are cut: “toi” begins at 17:05"));
}

TEST(Explain, AFillAndItsRotation) {
  const Explained station(kArticles + "  sang: {at: \"05:30\", length: 12min, items: [{fill: [a, b]}, {pause: 1s}]}\n");
  // 2026-12-01 is day 20,788: even, so the first of two.
  EXPECT_THAT(lines(station.of("2026-12-01T0530/sang/1.1")),
              Contains(HasSubstr("of 2 recordings the list begins with number 1 on this day")));
  const auto second = lines(station.of("2026-12-01T0530/sang/1.2"));
  EXPECT_THAT(second, Contains(HasSubstr("of 2 recordings number 2 is next")));
  EXPECT_THAT(second, Contains(StartsWith("schedule/lich.yaml:9 “b” is passed over: it is 8min long")));
  EXPECT_THAT(
      lines(station.at("2026-12-01T05:41")),
      Contains("schedule/lich.yaml:9 of the recordings that fill none fits whole into the 1min59s that are left"));
}

TEST(Explain, AFillHasNothingToDoWithAGapBeforeThePinAheadOfIt) {
  const Explained station(
      kArticles + "  sang: {at: \"05:30\", length: 1h, items: [a, {article: a, at: \"06:00\"}, {fill: [b]}]}\n");
  EXPECT_THAT(lines(station.at("2026-12-01T05:40")), Not(Contains(HasSubstr("that fill"))));
}

TEST(Explain, AMutedProgrammeOfCampaignPlacesIsNamed) {
  const Explained station(
      "articles:\n  a: {clip: a.wav}\ncampaigns:\n  c: {articles: [a], from: 2026-11-01}\nprogrammes:\n"
      "  sang: {at: \"05:30\", items: [{campaign: c}]}\ncalendar:\n  - {name: Nghỉ, on: 2026-12-01, mute: [sang]}\n");
  EXPECT_THAT(lines(station.at("2026-12-01T05:30:30")), Contains(HasSubstr("Nghỉ")));
}

TEST(Explain, WhyAPlaceOfACampaignIsEmpty) {
  const Explained station(kArticles +
                          "  sang: {at: \"05:30\", items: [a, {campaign: c, count: 3}]}\n"
                          "campaigns:\n  c: {articles: [a, b], from: 2026-12-01, plays: {apart: 2h}}\n");
  EXPECT_THAT(lines(station.of("2026-12-01T0530/sang/2.3")),
              Contains(HasSubstr("each article of the campaign “c” plays less than 2h before it or behind it")));
  EXPECT_THAT(lines(station.of("2026-11-30T0530/sang/2.1")), Contains(HasSubstr("“c” has no places on")));
}

TEST(Explain, WhoBreaksInAndWhoIsBrokenInto) {
  const Explained station(kArticles +
                          "  bao: {at: \"05:32\", priority: emergency, ordered_by: Chủ tịch, items: [a]}\n"
                          "  sang: {at: \"05:30\", items: [b]}\n");
  const auto first = lines(station.of("2026-12-01T0530/sang/1"));
  EXPECT_THAT(first, Contains(HasSubstr("a higher priority breaks into it at 05:32; it goes on afterwards")));
  EXPECT_THAT(
      first,
      Contains(
          "schedule/lich.yaml:9 “bao” has a higher priority and the air from 05:32 to 05:37, ordered by Chủ tịch"));
  EXPECT_THAT(lines(station.of("2026-12-01T0530/sang/1b")), Contains(HasSubstr("it goes on at 05:37")));
  EXPECT_THAT(lines(station.at("2026-12-01T05:33")), Contains(HasSubstr("it has a higher priority than “sang”")));
}

TEST(Explain, LimitsByTheirName) {
  const auto limited = [](const char* enforce) {
    return Explained(kArticles + "  sang: {at: \"05:30\", items: [b]}\n  trua: {at: \"11:00\", items: [a]}\n",
                     std::string("limits: [{name: QĐ 29, sessions_per_day: 1, enforce: ") + enforce + "}]\n");
  };
  const auto enforced = limited("true"), warned = limited("false");
  const auto told = enforced.of("2026-12-01T1100/trua/1");
  EXPECT_EQ(told.answer, Answer::silent);
  EXPECT_THAT(lines(told), Contains(HasSubstr("station.yaml:2 “trua” at 11:00 is session 2 of the day; “QĐ 29” allows "
                                              "1 (station.yaml:2); what is beyond it stays silent")));
  EXPECT_THAT(lines(warned.of("2026-12-01T1100/trua/1")), Contains(HasSubstr("it is played all the same")));
}

TEST(Explain, SilenceOutsideThePermittedHoursWhateverIsPlanned) {
  const Explained station(kArticles + "  dem: {at: \"03:15\", items: [a]}\n");
  const auto told = station.at("2026-12-01T03:16");
  EXPECT_EQ(told.answer, Answer::silent);
  EXPECT_THAT(lines(told)[1], HasSubstr("outside the permitted hours, which begin at 05:00"));
  EXPECT_THAT(lines(told),
              Contains("schedule/lich.yaml:9 “Bài A” (a.wav) is planned from 03:15 to 03:20 and is not heard"));
  EXPECT_EQ(station.of("2026-12-01T0315/dem/1").answer, Answer::silent);
}

TEST(Explain, SilenceBetweenItemsAndBehindThem) {
  const Explained station(kArticles +
                          "  sang: {at: \"05:30\", length: 20min, items: [a, {article: a, at: \"05:40\"}]}\n");
  EXPECT_THAT(lines(station.at("2026-12-01T05:37")),
              Contains("schedule/lich.yaml:9 “sang” pauses from 05:35: its next item begins at 05:40"));
  EXPECT_THAT(
      lines(station.at("2026-12-01T05:46")),
      Contains("schedule/lich.yaml:9 the items of “sang” end at 05:45; the rest of its slot, until 05:50, is silence"));
  EXPECT_THAT(lines(station.at("2026-12-01T12:00")),
              ElementsAre("- Tue 01/12/2026 (lunar 10-23) at 12:00: silence", "- no programme has this time",
                          "schedule/lich.yaml:9 before it “sang” ended at 05:50",
                          "schedule/lich.yaml:9 after it “sang” begins at 05:30, Wed 02/12/2026"));
}

TEST(Explain, WhatKeepsAProgrammeOffItsTime) {
  const Explained station(kArticles + R"(  chieu: {at: "17:00", items: [a]}
  cu: {at: "06:00", until: 2026-11-30, items: [a]}
  hop: {at: "18:00", repeat: [mon], items: [a]}
  nghi: {at: "19:00", except: [2026-12-01], items: [a]}
  sang: {at: "05:30", items: [a]}
  tet: {repeat: never, items: [b]}
calendar:
  - {name: Nghỉ, on: 2026-12-01, mute: [chieu]}
  - {name: Muộn, on: 2026-12-01, move: {sang: "05:50"}}
  - {name: Thay, on: 2026-12-02, replace: {chieu: tet}}
  - {name: Quốc tang, on: 2026-12-03, mute: all}
)");
  EXPECT_THAT(
      lines(station.at("2026-12-01T17:01"))[1],
      "schedule/lich.yaml:16 “chieu” would begin at 17:00, but the calendar (“Nghỉ”, 2026-12-01): mutes “chieu”");
  EXPECT_THAT(lines(station.at("2026-12-01T06:01"))[1],
              HasSubstr("schedule/lich.yaml:10 at 06:00: “cu” was valid only until"));
  EXPECT_THAT(lines(station.at("2026-12-01T18:01"))[1],
              HasSubstr("schedule/lich.yaml:11 at 18:00: “hop” does not play on Tue"));
  EXPECT_THAT(lines(station.at("2026-12-01T19:01"))[1],
              HasSubstr("schedule/lich.yaml:12 at 19:00: “nghi” does not play on Tue 01/12/2026 (lunar 10-23): "
                        "“except” names that day"));
  EXPECT_THAT(lines(station.at("2026-12-01T05:31"))[1],
              "schedule/lich.yaml:17 “sang” would begin at 05:30, but the calendar lets it begin at 05:50: “Muộn” "
              "(schedule/lich.yaml:17)");
  EXPECT_THAT(lines(station.at("2026-12-03T17:01"))[1],
              HasSubstr("schedule/lich.yaml:19 “chieu” would begin at 17:00, but the calendar (“Quốc tang”, "
                        "2026-12-03): mutes everything"));
  EXPECT_THAT(lines(station.at("2026-12-03T12:00"))[1],
              "schedule/lich.yaml:19 the calendar mutes the whole day: “Quốc tang” (schedule/lich.yaml:19)");
  const auto stand_in = lines(station.at("2026-12-02T17:01"));
  EXPECT_THAT(stand_in,
              Contains("schedule/lich.yaml:18 the calendar (“Thay”, 2026-12-02): “tet” plays in the place of “chieu”"));
  EXPECT_THAT(stand_in, Contains(HasSubstr("“chieu” would begin at 17:00, but")));
}

TEST(Explain, AnIdThatIsNotPlannedSaysWhy) {
  const Explained station(kArticles + R"(  chieu: {at: "17:00", items: [a, {article: a, days: [mon]}, b]}
  rong: {at: "18:00", items: [{article: a, days: [mon]}]}
  sang: {at: "05:30", items: [a]}
calendar:
  - {name: Thêm, on: 2026-12-01, add: [sang]}
  - {name: Nghỉ, on: 2026-12-01, mute: [sang]}
)");
  const auto muted = station.of("2026-12-01T0530/sang");
  EXPECT_EQ(muted.answer, Answer::unplanned);
  EXPECT_THAT(lines(muted),
              Contains("schedule/lich.yaml:14 “sang” is kept off: the calendar (“Nghỉ”, 2026-12-01): mutes “sang”"));
  EXPECT_THAT(
      lines(muted),
      Contains(
          "schedule/lich.yaml:13 the calendar (“Thêm”, 2026-12-01): adds “sang”, which changes nothing on this day"));
  EXPECT_THAT(lines(station.of("2026-12-02T1701/chieu")), Contains(HasSubstr("“chieu” begins at 17:00, not at 17:01")));
  EXPECT_THAT(lines(station.of("2026-12-01T1700/chieu/2")), Contains(HasSubstr("is for [mon] only")));
  EXPECT_THAT(lines(station.of("2027-01-05T1700/chieu/3")),
              Contains(HasSubstr("“b” may be aired only until Thu 31/12/2026")));
  EXPECT_THAT(lines(station.of("2026-12-01T1800/rong")), Contains(HasSubstr("is for [mon] only")));
  const auto beyond = station.of("2026-12-01T1700/chieu/9");
  EXPECT_EQ(beyond.answer, Answer::unknown);
  EXPECT_THAT(lines(beyond), Contains(HasSubstr("“chieu” has 3 items")));
  const auto unknown = station.of("2026-12-02T0530/sagn");
  EXPECT_EQ(unknown.answer, Answer::unknown);
  EXPECT_EQ(unknown.steps[1].id, "xa/2026-12-02T0530/sang");
  EXPECT_EQ(explain(station.schedule(), playlists::Catalogue(), parse_id("khac/2026-12-02T0530/sang").value()).answer,
            Answer::unknown);
}

TEST(Explain, IdsByTheirForm) {
  EXPECT_EQ(parse_id("xa/2026-12-01T053015/sang/3.1b")->index, "3.1b");
  EXPECT_EQ(parse_id("xa/2026-12-01T053015/sang")->time.since_midnight, std::chrono::seconds(5 * 3600 + 30 * 60 + 15));
  for (const auto* wrong :
       {"", "sang", "xa/2026-12-01/sang", "xa/2026-13-01T0530/sang", "xa/2026-12-01T2530/sang", "xa/2026-12-01T0530/",
        "xa/2026-12-01T0530/sang/1/2", "xa/2026-12-01T530/sang", "play/7.2/2026-12-01T05:30:00+07:00"}) {
    EXPECT_FALSE(parse_id(wrong).has_value()) << wrong;
  }
}

TEST(Explain, ADayByWhoPlaysAndWhoIsKeptOff) {
  const Explained station(kArticles + R"(  chieu: {at: "17:00", items: [a]}
  hop: {at: "18:00", repeat: [mon], items: [a]}
  sang: {at: "05:30", items: [a]}
  tet: {repeat: never, items: [b]}
calendar:
  - {name: Nghỉ, on: 2026-12-01, mute: [chieu]}
)");
  const auto told = explain(station.schedule(), playlists::Catalogue(), calendar::parse_date("2026-12-01").value());
  EXPECT_EQ(told.answer, Answer::day);
  EXPECT_THAT(
      lines(told),
      ElementsAre("- Tue 01/12/2026 (lunar 10-23): 1 session", "schedule/lich.yaml:11 “sang” from 05:30 to 05:30",
                  "schedule/lich.yaml:14 “chieu” is kept off: the calendar (“Nghỉ”, 2026-12-01): mutes “chieu”",
                  "schedule/lich.yaml:10 “hop” does not play on Tue 01/12/2026 (lunar 10-23): “repeat: [mon]”"));
}

TEST(Explain, WhoStandsInForAnotherIsNotKeptOff) {
  const Explained station(kArticles + R"(  chieu: {at: "17:00", items: [a]}
  hop: {at: "18:00", repeat: [mon], items: [a]}
calendar:
  - {on: 2026-12-01, replace: {chieu: hop}}
)");
  const auto told = explain(station.schedule(), playlists::Catalogue(), calendar::parse_date("2026-12-01").value());
  EXPECT_THAT(lines(told), Contains("schedule/lich.yaml:10 “hop” from 18:00 to 18:00"));
  EXPECT_THAT(lines(told), Not(Contains(HasSubstr("“hop” does not play"))));
}

TEST(Explain, NothingIsSaidOfLunarDaysOutsideTheirTable) {
  const Explained station(kArticles + "  ram: {at: \"06:00\", repeat: {lunar: [\"15\"]}, items: [a]}\n");
  const auto told = station.at("2061-06-01T06:01");
  EXPECT_EQ(told.answer, Answer::unknown);
  EXPECT_THAT(lines(told), ElementsAre(HasSubstr("the lunar calendar is known from 2000-01-07 to 2060-12-22 only")));
}

TEST(Explain, ARecordingThatNobodyApproved) {
  const Explained station(
      "articles:\n  a: {clip: a.wav, approval: required, missing: b}\n  b: {clip: b.wav}\n"
      "programmes:\n  sang: {at: \"05:30\", items: [a]}\n");
  const auto told = station.at("2026-12-01T05:31");
  EXPECT_EQ(told.answer, Answer::silent);
  EXPECT_THAT(lines(told), Contains("schedule/lich.yaml:2 nobody has approved the recording a.wav as it is now: it "
                                    "stays silent in its time"));
  EXPECT_THAT(lines(told), Not(Contains(HasSubstr("in its place"))));
}

TEST(Explain, APlaceOfACampaign) {
  const Explained station(
      "articles:\n  a: {clip: a.wav}\ncampaigns:\n  dvc: {title: Dịch vụ công, articles: [a], from: 2026-11-01, until: "
      "2026-12-31, plays: {per_day: 1}}\nprogrammes:\n  sang: {at: \"05:30\", items: [{campaign: dvc, count: 1}]}\n");
  EXPECT_THAT(lines(station.of("2026-12-01T0530/sang/1.1")),
              Contains(StartsWith("schedule/lich.yaml:4 place 1 of 1 of the campaign “dvc”")));
}

TEST(Explain, TheExampleOfTheCalendarPage) {
  std::ifstream in(LOA_SOURCE "/docs/calendar.md");
  std::stringstream page;
  page << in.rdbuf();
  const auto text = page.str();
  const auto begin = text.rfind("```yaml\n") + 8;
  Explained station(text.substr(begin, text.find("```", begin) - begin));
  station.add("nhac/nhac-hieu.flac", std::chrono::seconds(30));
  station.add("chuc-tet.mp3", std::chrono::minutes(2));
  EXPECT_THAT(lines(station.of("2026-02-17T0530/sang-tet")),
              Contains(HasSubstr(
                  "the calendar (“Tết Nguyên đán”, lunar 01-01..01-03): “sang-tet” plays in the place of “sang”")));
  EXPECT_THAT(lines(station.at("2026-02-17T17:00:10"))[1], HasSubstr("mutes “chieu”"));
  EXPECT_THAT(lines(station.at("2026-06-01T17:00:10"))[1], HasSubstr("lets it begin at 16:45: “Giờ mùa hè”"));
  EXPECT_THAT(lines(station.at("2026-12-02T11:00:10"))[1], HasSubstr("“Quốc tang”"));
  EXPECT_THAT(lines(station.of("2026-11-25T1100/trua")), Contains(HasSubstr("adds “trua”")));
}

TEST(Explain, TheExampleOfItsPage) {
  std::ifstream in(LOA_SOURCE "/docs/explain.md");
  std::stringstream page;
  page << in.rdbuf();
  const auto text = page.str();
  const auto begin = text.find("```yaml\n") + 8;
  Explained station(text.substr(begin, text.find("```", begin) - begin));
  EXPECT_EQ(config::to_text(station.diagnostics(), config::Language::en, false), "");
  station.add("nhac/nhac-hieu.flac", std::chrono::seconds(30));
  for (const auto& line : lines(station.at("2027-02-08T17:00"))) {
    EXPECT_THAT(text, HasSubstr(line.substr(line.find(' ') + 1))) << "what the page shows";
  }
}

}  // namespace
}  // namespace loa::scheduler
