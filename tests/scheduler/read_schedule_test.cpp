// Whole stations: top-level keys, the zone, several files and folders, and a commune's typical week.
#include <gmock/gmock.h>

#include "scheduler/schedule.hpp"
#include "tests/playlists/station_texts.hpp"

namespace loa::scheduler {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct ScheduleReading {
  config::Diagnostics diagnostics;
  config::StationFiles files;  // owns what the spans point to
  std::optional<Schedule> schedule;

  explicit ScheduleReading(config::StationFiles (*make)(config::Diagnostics&))
      : files(make(diagnostics)), schedule(read_schedule(files, diagnostics)) {}
  explicit ScheduleReading(std::vector<config::StationText> texts)
      : files(tests::station_of(std::move(texts), diagnostics)), schedule(read_schedule(files, diagnostics)) {}
  explicit ScheduleReading(const std::string& text)
      : ScheduleReading(std::vector<config::StationText>{{"schedule/lich.yaml", text, 0}}) {}
  std::vector<std::string> findings() const { return tests::findings(diagnostics); }
  std::string words(const std::string& code) const { return tests::words_of(diagnostics, code); }
};

// domain/typical-week.yaml without its relay, campaign and season, which come later.
const std::string kTypicalWeek = R"(articles:
  nhac-hieu: {title: Nhạc hiệu, clip: nhac/hieu.flac, author: Ban biên tập}
  loi-xuong:
    title: Lời xướng
    clip: loi/xuong.wav
    approval: off
  ban-tin-xa:
    title: Bản tin xã <dd>/<mm>
    clip: ban-tin/<date>.mp3
    field: general
    about: 12min
    missing: nhac-cho
  bai-tuyen-truyen: {title: Bài tuyên truyền, clip: tuyen-truyen/<yyyy>-<mm>.mp3, field: policy, about: 6min}
  loi-nhac: {title: "Tiếng loa học bài: lời nhắc", clip: loi/hoc-bai.ogg}
  nhac-cat: {title: Nhạc cắt, clip: nhac/cat.opus, gain: -3}
  nhac-ket: {title: Nhạc kết, clip: nhac/ket.flac}
  nhac-cho: {title: Nhạc chờ, clip: nhac/cho.mp3, gain: -6}
playlists:
  mo-dau: [nhac-hieu, loi-xuong]
  thong-bao: {folder: thong-bao}
programmes:
  sang:
    title: Buổi sáng
    at: "05:30"
    length: 45min
    items:
      - playlist: mo-dau
      - {article: ban-tin-xa, days: [mon, wed, fri]}
      - {article: ban-tin-xa, days_ago: 1, days: [tue, thu]}
      - playlist: thong-bao
      - {fill: [nhac-cho]}
      - {article: nhac-ket, at: "06:10"}
  trua:
    title: Buổi trưa
    at: "11:00"
    repeat: {dates: [2026-11-25, "2026-12-02..2026-12-04"]}
    items: [nhac-hieu, {playlist: thong-bao}]
  chieu:
    title: Buổi chiều
    at: "17:00"
    repeat: weekdays
    except: [2026-12-31]
    late: start
    grace: 5min
    items:
      - playlist: mo-dau
      - bai-tuyen-truyen
      - {article: ban-tin-xa, days: [mon, wed, fri]}
      - nhac-cat
      - playlist: thong-bao
      - {pause: 2s}
      - nhac-ket
  hoc-bai:
    title: Tiếng loa học bài
    at: ["19:00"]
    repeat: [mon, tue, wed, thu, fri]
    items: [nhac-hieu, loi-nhac]
)";

TEST(ReadSchedule, ReadsACommunesTypicalWeekWithoutAFinding) {
  const ScheduleReading reading(kTypicalWeek);
  EXPECT_THAT(reading.findings(), IsEmpty());
  ASSERT_TRUE(reading.schedule);
  EXPECT_EQ(reading.schedule->station, "xa-vi-du");
  EXPECT_EQ(reading.schedule->zone.name(), "Asia/Ho_Chi_Minh");
  EXPECT_EQ(reading.schedule->repertoire.articles.size(), 8u);
  std::vector<std::string> ids;
  for (const auto& programme : reading.schedule->programmes) ids.push_back(programme.id);
  EXPECT_THAT(ids, ElementsAre("chieu", "hoc-bai", "sang", "trua"));
}

TEST(ReadSchedule, AnswersTopLevelKeys) {
  const ScheduleReading reading("programs: {}\narticles: {}\ncampaigns: {}\nrelays: {}\ncalendar: []\n");
  EXPECT_THAT(reading.findings(), ElementsAre("schedule/lich.yaml:1:1 error unknown-key"));
  EXPECT_THAT(reading.words("unknown-key"), HasSubstr("did you mean “programmes”?"));
}

TEST(ReadSchedule, WarnsOfEmptySectionsOnce) {
  const ScheduleReading reading("articles:\nplaylists:\nprogrammes:\n");
  EXPECT_THAT(reading.findings(), ElementsAre("schedule/lich.yaml:1:1 warning empty-section",
                                              "schedule/lich.yaml:2:1 warning empty-section",
                                              "schedule/lich.yaml:3:1 warning empty-section"));
}

TEST(ReadSchedule, MergesTheFilesOfAFolder) {
  const ScheduleReading reading({{"schedule/1-bai.yaml", "articles:\n  a: {clip: a.mp3}\n", 0},
                                 {"schedule/2-ct.yaml", "programmes:\n  sang: {at: 05:30, items: [a]}\n", 0},
                                 {"schedule/3-ct.yaml", "programmes:\n  toi: {at: 18:30, items: [a]}\n", 0}});
  EXPECT_THAT(reading.findings(), IsEmpty());
  EXPECT_EQ(reading.schedule->programmes.size(), 2u);
}

TEST(ReadSchedule, RefusesAProgrammeGivenTwiceInOneFolder) {
  const ScheduleReading reading(
      {{"schedule/1.yaml", "articles:\n  a: {clip: a.mp3}\nprogrammes:\n  sang: {at: 05:30, items: [a]}\n", 0},
       {"schedule/2.yaml", "programmes:\n  sang: {at: 06:30, items: [a]}\n", 0}});
  EXPECT_THAT(reading.findings(), ElementsAre("schedule/2.yaml:2:3 error duplicate-id"));
  EXPECT_THAT(reading.words("duplicate-id"), HasSubstr("“sang” is already named at schedule/1.yaml:4"));
}

TEST(ReadSchedule, LetsTheStationReplaceASharedProgramme) {
  const ScheduleReading reading(
      {{"../chung/schedule/c.yaml", "articles:\n  a: {clip: a.mp3}\nprogrammes:\n  sang: {at: 05:30, items: [a]}\n", 0},
       {"schedule/lich.yaml", "programmes:\n  sang: {at: 06:30, items: [a]}\n", 1}});
  EXPECT_THAT(reading.findings(), IsEmpty());
  ASSERT_EQ(reading.schedule->programmes.size(), 1u);
  EXPECT_THAT(reading.schedule->programmes[0].at, ElementsAre(TimeOfDay{std::chrono::minutes(390)}));
}

TEST(ReadSchedule, LetsAProgrammeBearTheNameOfAnArticle) {
  const ScheduleReading reading("articles:\n  sang: {clip: a.mp3}\nprogrammes:\n  sang: {at: 05:30, items: [sang]}\n");
  EXPECT_THAT(reading.findings(), IsEmpty());
}

TEST(ReadSchedule, NeedsAZoneThatExists) {
  const ScheduleReading reading(+[](config::Diagnostics& diagnostics) {
    return config::read_station_texts(
        {{"station.yaml", "station:\n  id: xa-vi-du\n  name: Xã\n  timezone: Asia/Ho_Chi_Min\n", 0}}, diagnostics);
  });
  EXPECT_FALSE(reading.schedule);
  EXPECT_THAT(reading.findings(), ::testing::Contains("station.yaml:4:13 error unknown-zone"));
  EXPECT_THAT(reading.words("unknown-zone"), HasSubstr("did you mean “Asia/Ho_Chi_Minh”?"));
}

TEST(ReadSchedule, KnowsWhichZoneWasMeant) {
  const std::vector<std::pair<std::string, std::string>> cases = {{"Asia/Hanoi", "Asia/Ho_Chi_Minh"},
                                                                  {"UTC+7", "Asia/Ho_Chi_Minh"},
                                                                  {"+07:00", "Asia/Ho_Chi_Minh"},
                                                                  {"Việt Nam", "Asia/Ho_Chi_Minh"},
                                                                  {"Europe/Londn", "Europe/London"},
                                                                  {"america/new_york", "America/New_York"},
                                                                  {"Australia/Lord Howe", "Australia/Lord_Howe"}};
  for (const auto& [written, meant] : cases) {
    config::Diagnostics diagnostics;
    const auto files = config::read_station_texts(
        {{"station.yaml", "station: {id: xa, name: Xã, timezone: \"" + written + "\"}\n", 0}}, diagnostics);
    EXPECT_FALSE(read_schedule(files, diagnostics)) << written;
    EXPECT_THAT(tests::words_of(diagnostics, "unknown-zone"), HasSubstr("did you mean “" + meant + "”?")) << written;
  }
}

TEST(ReadSchedule, RefusesMoreThanADayCanHold) {
  std::string text = "articles:\n  a: {clip: a.mp3}\nprogrammes:\n";
  const std::string every = ": {at: {every: 1min, from: 00:00, until: 23:59}, length: 30s, items: [a, a, a, a]}\n";
  text += "  p1" + every;
  EXPECT_THAT(ScheduleReading(text).findings(), IsEmpty());
  const ScheduleReading reading(text + "  p2" + every);
  EXPECT_THAT(reading.findings(), ElementsAre("schedule/lich.yaml:5:3 error too-many-items"));
}

TEST(ReadSchedule, MakesNoScheduleOfMoreSessionsThanCanBePlannedInTime) {
  std::string text = "articles:\n  a: {clip: a.mp3}\nprogrammes:\n";
  const std::string every = ": {at: {every: 1min, from: 00:00, until: 23:59}, items: [a]}\n";
  EXPECT_TRUE(ScheduleReading(text + "  p1" + every).schedule);
  const ScheduleReading reading(text + "  p1" + every + "  p2" + every);
  EXPECT_FALSE(reading.schedule);
  EXPECT_THAT(reading.findings(), ElementsAre("schedule/lich.yaml:5:3 error too-many-items"));
  EXPECT_THAT(reading.words("too-many-items"), HasSubstr("more than 1500 sessions a day"));
}

// One mistake, one finding: the names stand in what could not be read.
TEST(ReadSchedule, MissesNoNamesWhileASectionIsBroken) {
  const std::string use =
      "programmes:\n  sang: {at: 05:30, items: [tin, {playlist: ds}, {fill: [tin]}], length: 5min}\n";
  for (const auto* const broken : {"articles:\n  tin:\n    title: Tin: mới\n    clip: a.mp3\n",
                                   "articles:\n   tin: {clip: a.mp3}\n  t2: {clip: b.mp3}\n",
                                   "artcles:\n  tin: {clip: a.mp3}\n", "articles: [tin]\n"}) {
    const ScheduleReading reading(
        std::vector<config::StationText>{{"schedule/a.yaml", broken, 0}, {"schedule/b.yaml", use, 0}});
    EXPECT_THAT(reading.findings(), ::testing::SizeIs(1)) << broken;
    ASSERT_TRUE(reading.schedule);
    EXPECT_TRUE(reading.schedule->repertoire.mistaken);
  }
  const ScheduleReading tcvn3(std::vector<config::StationText>{
      {"schedule/a.yaml", "articles:\n  tin: {title: \"B\xb6n tin x\xb7\", clip: a}\n", 0},
      {"schedule/b.yaml", use, 0}});
  EXPECT_THAT(tcvn3.findings(), ElementsAre("schedule/a.yaml:2:18 error tcvn3-encoding"));
}

TEST(ReadSchedule, MissesNamesBesideAnEmptySectionOrAnotherBrokenOne) {
  const ScheduleReading reading("articles:\ncalendar: {a: [}\nprogrammes:\n  sang: {at: 05:30, items: [tin]}\n");
  EXPECT_THAT(reading.findings(), ::testing::Contains("schedule/lich.yaml:4:29 error unknown-name"));
}

TEST(ReadSchedule, KnowsWhichProgrammesHaveBeenComplainedOf) {
  const ScheduleReading reading(
      "articles:\n  a: {clip: a.mp3}\nprogrammes:\n  p: {at: 05:30, items: [a]}\n  q: {at: 06:30, items: [{pause: "
      "5}]}\n"
      "  r: {at: 07:30, items: [b]}\n");
  ASSERT_TRUE(reading.schedule);
  std::string mistaken;
  for (const auto& each : reading.schedule->programmes) mistaken += each.mistaken ? each.id : "";
  EXPECT_EQ(mistaken, "qr");
}

TEST(ReadSchedule, CountsWhatPlaylistsHold) {
  std::string list;
  for (int i = 0; i < 300; ++i) list += "\n  - a";
  const ScheduleReading reading(
      "articles:\n  a: {clip: a.mp3}\nprogrammes:\n  p: {at: {every: 30min, from: 00:00, until: 23:30}, "
      "length: 5min, items: [{playlist: ds}]}\nplaylists:\n  ds:" +
      list + "\n");
  EXPECT_THAT(reading.findings(), ElementsAre("schedule/lich.yaml:4:3 error too-many-items"));
}

TEST(ReadSchedule, CountsProgrammesOfSingleDatesByTheirShare) {
  std::string text = "articles:\n  a: {clip: a.mp3}\nprogrammes:\n";
  for (int i = 0; i < 200; ++i) {
    text += "  p" + std::to_string(i) +
            ": {at: {every: 5min, from: 06:00, until: 12:00}, repeat: {dates: 2027-01-01}, items: [a]}\n";
  }
  EXPECT_THAT(ScheduleReading(text).findings(), IsEmpty());
}

}  // namespace
}  // namespace loa::scheduler
