// Timetables of real communes (data/timetables), written as their operators would from docs/ alone, against what they
// give on the air, worked out by hand.
#include <gmock/gmock.h>

#include <filesystem>
#include <sstream>

#include "config/station_folder.hpp"
#include "scheduler/plan.hpp"
#include "tests/playlists/measured.hpp"
#include "tests/support/temp_dir.hpp"

namespace loa::scheduler {
namespace {

using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

const std::string kTimetables = LOA_SOURCE "/tests/scheduler/data/timetables/";

struct Station {
  config::Diagnostics diagnostics;
  config::StationFiles files;
  std::optional<Schedule> schedule;
  playlists::Catalogue library;
};

/// Each article's recording of each day is there and as long as it says.
void fill_library(Station& station, Date around) {
  for (const auto& [id, article] : station.schedule->repertoire.articles) {
    const auto facts = tests::measured(Frames(article.about.value_or(config::Duration(0))));
    for (int i = -8; i <= 8; ++i) {
      station.library.set(playlists::with_date(article.clip, day_after(around, i)), facts);
    }
  }
}

Station station_of(const std::string& name, Date around) {
  const auto own = kTimetables + name + ".station.yaml";
  const auto settings =
      std::filesystem::exists(own) ? test::read_file(own) : "station: {id: " + name + ", name: Xã " + name + "}\n";
  Station station;
  station.files = config::read_station_texts(
      {{"station.yaml", settings, 0}, {"schedule/lich.yaml", test::read_file(kTimetables + name + ".yaml"), 0}},
      station.diagnostics);
  station.schedule = read_schedule(station.files, station.diagnostics);
  if (station.schedule) fill_library(station, around);
  return station;
}

std::string time_words(Instant instant, const calendar::Zone& zone) {
  const auto local = zone.local(instant);
  const auto since = local - std::chrono::floor<std::chrono::days>(local);
  return config::to_string(config::TimeOfDay{std::chrono::floor<std::chrono::seconds>(since)});
}

/// The lines of sessions.txt for one day; items only of those sessions of which `items` tells.
std::vector<std::string> told(const Station& station, Date day, const std::vector<std::string>& expected) {
  const auto& zone = station.schedule->zone;
  const auto plan = make_plan(*station.schedule, station.library, day, day_after(day, 1));
  std::vector<std::string> lines;
  for (const auto& session : plan.sessions) {
    lines.push_back(time_words(session.start, zone) + "-" + time_words(session.end, zone) + " " + session.programme);
    const auto line = std::find(expected.begin(), expected.end(), lines.back());
    const bool with_items = line != expected.end() && line + 1 != expected.end() && (line + 1)->starts_with("= ");
    if (!with_items) continue;
    for (const auto& item : plan.items) {
      if (item.session != session.id) continue;
      auto words = "= " + time_words(item.start, zone) + " " + item.relay.str() + item.article.str();
      if (item.repeat_of) words += " " + repeat_mark(*item.repeat_of, item.day);
      lines.push_back(std::move(words));
    }
  }
  return lines;
}

struct Day {
  std::string timetable;
  Date date;
  std::vector<std::string> lines;
};

std::vector<Day> expected_days() {
  std::vector<Day> days;
  std::istringstream in(test::read_file(kTimetables + "sessions.txt"));
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    if (!line.starts_with('@')) {
      days.back().lines.push_back(line);
      continue;
    }
    const auto blank = line.find(' ');
    days.push_back({line.substr(1, blank - 1), calendar::parse_date(line.substr(blank + 1)).value(), {}});
  }
  return days;
}

TEST(RealTimetables, OfRealCommunesGiveWhatIsHeardThere) {
  const auto days = expected_days();
  ASSERT_GT(days.size(), 45u);
  for (const auto& day : days) {
    const auto station = station_of(day.timetable, day.date);
    EXPECT_EQ(to_text(station.diagnostics, config::Language::en, false), "") << day.timetable;
    ASSERT_TRUE(station.schedule) << day.timetable;
    EXPECT_THAT(told(station, day.date, day.lines), ElementsAreArray(day.lines))
        << day.timetable << ' ' << config::to_string(day.date);
  }
}

/// "error code" of what check finds on the days around.
std::vector<std::string> findings(const std::string& name, const char* today) {
  const auto date = calendar::parse_date(today).value();
  auto station = station_of(name, date);
  check(*station.schedule, station.library, date, 7, station.diagnostics);
  std::vector<std::string> codes;
  for (const auto& found : station.diagnostics.sorted()) {
    codes.push_back((found.severity == config::Severity::error ? "error " : "warning ") + found.code);
  }
  return codes;
}

TEST(RealTimetables, AreCheckedAgainstTheirRules) {
  EXPECT_THAT(findings("lien-chieu", "2026-11-23"), IsEmpty());
  EXPECT_THAT(findings("dai-mao", "2026-11-23"), IsEmpty());
  EXPECT_THAT(findings("thuc-phan", "2026-09-29"), ElementsAreArray({"warning silent-day"}));
  EXPECT_THAT(findings("sa-pa", "2026-09-06"), ElementsAreArray({"warning interrupted"}));
  EXPECT_THAT(findings("dien-ban-dong", "2026-11-23"), ElementsAreArray({"warning item-cut"}));
  // 18 minutes where 15 are allowed, and on Saturday and Sunday at all.
  EXPECT_THAT(findings("thanh-cong", "2026-11-23"), ElementsAreArray({"warning limit", "warning limit"}));
  // The week owes 9 plays of each of two articles, and has 18 places.
  EXPECT_THAT(findings("vinh-phuc", "2026-11-23"), IsEmpty());
}

/// The wrong time of Trung Lộc, 5 December 2025.
TEST(RealTimetables, RefuseTheNight) {
  Station station;
  station.files = config::read_station_texts({{"station.yaml", "station: {id: xa-trung-loc, name: Xã Trung Lộc}\n", 0},
                                              {"schedule/lich.yaml",
                                               "articles:\n  thoi-su: {clip: thoi-su.mp3, about: 20min}\nprogrammes:\n "
                                               " sang: {at: \"03:15\", items: [thoi-su]}\n",
                                               0}},
                                             station.diagnostics);
  station.schedule = read_schedule(station.files, station.diagnostics);
  ASSERT_TRUE(station.schedule);
  const auto today = calendar::parse_date("2025-12-04").value();
  fill_library(station, today);
  check(*station.schedule, station.library, today, 31, station.diagnostics);
  ASSERT_TRUE(station.diagnostics.has_errors());
  const auto first = station.diagnostics.sorted().front();
  EXPECT_EQ(first.code, "outside-hours");
  EXPECT_EQ(first.at.file_line(), "schedule/lich.yaml:4");
}

}  // namespace
}  // namespace loa::scheduler
