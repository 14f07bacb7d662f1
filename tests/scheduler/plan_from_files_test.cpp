// From an operator's text to the plan and to what check says of it: the whole way, in small.
#include <gmock/gmock.h>

#include "config/station_folder.hpp"
#include "tests/playlists/measured.hpp"
#include "tests/scheduler/made_up_station.hpp"

namespace loa::scheduler::testing {
namespace {

using config::Language;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kStation = R"(
station: {id: xa-vi-du, name: Đài truyền thanh xã Ví Dụ}
)";

constexpr const char* kWeek = R"(
articles:
  nhac-hieu: {title: Nhạc hiệu, clip: nhac/hieu.wav}
  nhac-a: {title: Nhạc A, clip: nhac/a.wav}
  khai-sinh: {title: Đăng ký khai sinh, clip: dvc/khai-sinh.mp3, gain: -2}
  ban-tin-xa: {title: Bản tin <dd>/<mm>, clip: ban-tin/<date>.mp3, about: 12min, missing: nhac-a}
playlists:
  mo-dau: [nhac-hieu, khai-sinh]
  thong-bao: {folder: thong-bao}
programmes:
  sang:
    at: "05:30"
    length: 45min
    items:
      - playlist: mo-dau
      - {article: ban-tin-xa, days: [mon, wed, fri]}
      - playlist: thong-bao
      - {fill: [nhac-a]}
      - nhac-hieu
  chieu:
    at: ["17:00", "17:30"]
    items: [nhac-hieu, {pause: 5s}, {article: ban-tin-xa, days_ago: 1, days: [tue]}]
)";

struct Read {
  config::Diagnostics diagnostics;
  config::StationFiles files;
  std::optional<Schedule> schedule;
};

Read read(const char* week) {
  Read result;
  result.files =
      config::read_station_texts({{"station.yaml", kStation, 0}, {"schedule/tuan.yaml", week, 0}}, result.diagnostics);
  result.schedule = read_schedule(result.files, result.diagnostics);
  return result;
}

playlists::Catalogue library() {
  playlists::Catalogue library;
  const auto add = [&](const char* clip, Frames length) { library.set(clip, tests::measured(length)); };
  add("nhac/hieu.wav", 15s);
  add("nhac/a.wav", 4min);
  add("dvc/khai-sinh.mp3", 6min);
  add("thong-bao/2026-11-23..2026-11-24/mat-nuoc.mp3", 1min);
  add("thong-bao/tiem-chung.mp3", 2min);
  return library;
}

std::vector<std::string> lines(const Schedule& schedule, const Plan& plan) {
  std::vector<std::string> result;
  for (const auto& item : plan.items) {
    const auto start = calendar::rfc3339(item.start, schedule.zone).substr(11, 8);
    result.push_back(item.programme + "/" + item.index + " " + start + " " + item.article);
  }
  return result;
}

TEST(PlanFromFiles, IsWhatTheOperatorWrote) {
  const auto station = read(kWeek);
  ASSERT_THAT(config::to_text(station.diagnostics, Language::en, false), IsEmpty());
  const auto plan = make_plan(*station.schedule, library(), date("2026-11-23"), date("2026-11-24"));
  EXPECT_THAT(lines(*station.schedule, plan),
              ElementsAre("sang/1.1 05:30:00 nhac-hieu", "sang/1.2 05:30:15 khai-sinh", "sang/2 05:36:15 ban-tin-xa",
                          "sang/3.1 05:48:15 thong-bao/2026-11-23..2026-11-24/mat-nuoc",
                          "sang/3.2 05:49:15 thong-bao/tiem-chung", "sang/4.1 05:51:15 nhac-a",
                          "sang/4.2 05:55:15 nhac-a", "sang/4.3 05:59:15 nhac-a", "sang/4.4 06:03:15 nhac-a",
                          "sang/4.5 06:07:15 nhac-a", "sang/5 06:11:15 nhac-hieu", "chieu/1 17:00:00 nhac-hieu",
                          "chieu/2 17:00:15 ", "chieu/1 17:30:00 nhac-hieu", "chieu/2 17:30:15 "));
  EXPECT_EQ(plan.items[2].title, "Bản tin 23/11");
  EXPECT_EQ(plan.items[2].why, "schedule/tuan.yaml:16");
}

TEST(PlanFromFiles, PlaysYesterdaysRecordingWhereItIsAskedFor) {
  const auto station = read(kWeek);
  const auto plan = make_plan(*station.schedule, library(), date("2026-11-24"), date("2026-11-25"));
  const auto& repeat = plan.items.back();
  EXPECT_EQ(repeat.index, "3");
  EXPECT_EQ(repeat.clip, "ban-tin/2026-11-23.mp3");
  EXPECT_EQ(repeat.title, "Bản tin 23/11");
}

TEST(PlanFromFiles, IsCheckedInTheOperatorsLanguage) {
  auto station = read(kWeek);
  auto clips = library();
  station.schedule->repertoire.articles["khai-sinh"].clip = "dvc/khai-sihn.mp3";
  check(*station.schedule, clips, date("2026-11-23"), 31, station.diagnostics);
  const auto text = config::to_text(station.diagnostics, Language::vi, false);
  EXPECT_THAT(text,
              HasSubstr("không có bản ghi “dvc/khai-sihn.mp3” (T2 23/11/2026, tất cả 31 ngày, đến T4 23/12/2026)"));
  EXPECT_THAT(text, HasSubstr("có phải"));
  EXPECT_FALSE(station.diagnostics.has_errors()) << text;
}

/// The codes that `check` gives for a station of one article, whose recording is missing.
std::vector<std::string> said_of(const std::string& article) {
  const auto week = "articles:\n  a: {title: A, clip: nhac/a.wav, " + article +
                    "}\nprogrammes:\n  sang: {title: S, at: \"05:30\", items: [a]}\n";
  auto station = read(week.c_str());
  if (station.schedule) check(*station.schedule, {}, date("2026-11-23"), 31, station.diagnostics);
  std::vector<std::string> codes;
  for (const auto& found : station.diagnostics.sorted()) codes.push_back(found.code);
  return codes;
}

TEST(PlanFromFiles, OneMistakeOfAnArticleIsSaidOnce) {
  EXPECT_THAT(said_of("from: 2026-10-02, until: 2026-10-01"), ElementsAre("missing-recording", "from-after-until"));
  EXPECT_THAT(said_of("missing: a"), ElementsAre("missing-recording", "missing-cycle"));
}

}  // namespace
}  // namespace loa::scheduler::testing
