// A plan as people and programs read it.
#include "daemon/station/commands/plan_text.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <sstream>

#include "config/unicode.hpp"
#include "daemon/station/commands/plan_lines.hpp"

namespace loa::station {
namespace {

using namespace std::chrono_literals;
using config::Date;
using config::Language;
using scheduler::Fault;
using scheduler::Frames;

class PlanTextTest : public ::testing::Test {
 protected:
  PlanTextTest() {
    add_session("sang", "Buổi sáng", 5h + 30min, 15min);
    auto& tune = add_item("sang", "1", "Nhạc hiệu", "nhac-hieu.wav", 5h + 30min, 12s);
    tune.sha256 = "aa";
    auto& cut = add_item("sang", "2", "Bản tin", "tin/2026-11-23.mp3", 5h + 30min + 12s, 60s);
    cut.clip_frames = Frames(90s);
    auto& missing = add_item("sang", "3", "Thông báo", "thong-bao.mp3", 5h + 31min + 12s, 0s);
    missing.fault = Fault::missing;
  }

  scheduler::Instant at(std::chrono::seconds time) const {
    return zone_.instant(calendar::LocalTime(std::chrono::local_days(monday_) + time));
  }
  void add_session(const std::string& id, const std::string& title, std::chrono::seconds start,
                   std::chrono::seconds length) {
    scheduler::PlannedSession session;
    session.id = "xa/2026-11-23T0530/" + id;
    session.programme = id;
    session.title = title;
    session.start = at(start);
    session.end = at(start + length);
    plan_.sessions.push_back(session);
  }
  scheduler::PlannedItem& add_item(const std::string& programme, const std::string& index, const std::string& title,
                                   const std::string& clip, std::chrono::seconds start, std::chrono::seconds length) {
    scheduler::PlannedItem item;
    item.session = "xa/2026-11-23T0530/" + programme;
    item.id = item.session + "/" + index;
    item.programme = programme;
    item.index = index;
    item.article = "bai-" + index;
    item.title = title;
    item.clip = clip;
    item.start = at(start);
    item.frames = item.clip_frames = Frames(length);
    item.why = "schedule/lich.yaml:12";
    plan_.items.push_back(item);
    return plan_.items.back();
  }
  std::string text(Language language, Date to) const {
    const std::vector<scheduler::Interval> permitted{{at(5h), at(21h)}};
    return PlanText{plan_, permitted, zone_, language, false}.in(monday_, to);
  }
  std::vector<std::string> lines(Language language) const {
    std::vector<std::string> all;
    std::istringstream words(text(language, Date(std::chrono::sys_days(monday_) + std::chrono::days(2))));
    for (std::string line; std::getline(words, line);) all.push_back(line);
    return all;
  }

  const Date monday_{std::chrono::year(2026) / 11 / 23};
  const calendar::Zone zone_ = *calendar::Zone::find("Asia/Ho_Chi_Minh");
  scheduler::Plan plan_;
};

TEST_F(PlanTextTest, ADayIsHeadedByItsDateAndWhatItHolds) {
  EXPECT_EQ(lines(Language::vi)[0], "T2 23/11/2026 (15/10 âm lịch)  1 buổi phát, thời lượng 1:12");
  EXPECT_EQ(lines(Language::en)[0], "Mon 2026-11-23 (lunar 10-15)  1 session, 1:12 of sound");
}

TEST_F(PlanTextTest, ABarShowsTheDay) {
  const std::string bar = lines(Language::vi)[2];
  EXPECT_EQ(config::count_cells(bar), 2u + 63u)
      << "24 hours, three cells each; the last ones after 21:00 are empty" << bar;
  const auto all = config::clusters(bar);
  const auto cell = [&](std::size_t number) {
    return bar.substr(all[2 + number].begin, all[2 + number].end - all[2 + number].begin);
  };
  EXPECT_EQ(cell(14), " ") << "04:40 is outside the permitted hours";
  EXPECT_EQ(cell(15), "·") << "05:00 is permitted and silent";
  EXPECT_EQ(cell(16), "█") << "05:20 to 05:40 sounds";
  EXPECT_EQ(cell(17), "·");
}

TEST_F(PlanTextTest, EachItemHasItsTimeItsLengthAndItsFault) {
  const auto all = lines(Language::vi);
  EXPECT_EQ(all[3], "  05:30–05:45  Buổi sáng (sang)  15:00");
  EXPECT_EQ(all[4], "      05:30:00      0:12  Nhạc hiệu                                 nhac-hieu.wav");
  EXPECT_EQ(all[5],
            "    ! 05:30:12      1:00  Bản tin                                   "
            "tin/2026-11-23.mp3: bị cắt, bản ghi âm dài 1:30");
  EXPECT_EQ(all[6],
            "    ! 05:31:12      0:00  Thông báo                                 "
            "thong-bao.mp3: chưa có bản ghi âm");
}

TEST_F(PlanTextTest, ADayWithoutASessionIsShownToo) {
  EXPECT_EQ(lines(Language::vi)[8], "T3 24/11/2026 (16/10 âm lịch)  không có buổi phát nào");
}

TEST_F(PlanTextTest, ATitleCannotDrawOverTheScreen) {
  plan_.items[0].title = "a\nb\x1b[31mc";
  plan_.items[0].clip = "x\ny.mp3";
  EXPECT_EQ(lines(Language::vi).size(), 10u);
  EXPECT_EQ(text(Language::vi, monday_).find('\x1b'), std::string::npos);
}

TEST_F(PlanTextTest, JsonSaysWhatTheContractSays) {
  std::istringstream words(plan_json(plan_, zone_));
  std::string line;
  std::getline(words, line);
  EXPECT_EQ(
      line,
      "{\"id\":\"xa/2026-11-23T0530/sang/1\",\"session\":\"xa/2026-11-23T0530/sang\",\"programme\":\"sang\","
      "\"index\":\"1\",\"what\":\"clip\",\"article\":\"bai-1\",\"title\":\"Nhạc hiệu\",\"clip\":\"nhac-hieu.wav\","
      "\"sha256\":\"aa\",\"start\":\"2026-11-23T05:30:00.000+07:00\",\"end\":\"2026-11-23T05:30:12.000+07:00\","
      "\"frames\":576000,\"priority\":\"ordinary\",\"why\":\"schedule/lich.yaml:12\"}");
  std::getline(words, line);
  EXPECT_TRUE(boost::json::parse(line).at("cut").as_bool());
  std::getline(words, line);
  EXPECT_EQ(boost::json::parse(line).at("fault").as_string(), "missing");
}

TEST_F(PlanTextTest, ARepeatNamesItsFirstAiringInEveryForm) {
  plan_.items[0].day = monday_;
  plan_.items[0].repeat_of = Date(std::chrono::sys_days(monday_) - std::chrono::days(1));
  for (const auto language : {Language::vi, Language::en}) {
    EXPECT_EQ(lines(language)[4],
              "      05:30:00      0:12  Nhạc hiệu                                 PL 22/11  "
              "nhac-hieu.wav");
  }
  const auto json = plan_json(plan_, zone_);
  const auto first = boost::json::parse(json.substr(0, json.find('\n')));
  EXPECT_EQ(first.at("repeat_of").as_string(), "2026-11-22");
  EXPECT_EQ(first.at("note").as_string(), "PL 22/11");
  EXPECT_NE(plan_csv(plan_, zone_).find("schedule/lich.yaml:12,,2026-11-22,\r\n"), std::string::npos);
}

TEST_F(PlanTextTest, CsvOpensInASpreadsheet) {
  plan_.items[0].title = "=HYPERLINK(\"x\")";
  const std::string csv = plan_csv(plan_, zone_);
  EXPECT_TRUE(csv.starts_with("\xEF\xBB\xBFid,session,programme,"));
  EXPECT_NE(csv.find(",\"'=HYPERLINK(\"\"x\"\")\","), std::string::npos);
}

TEST(LengthWords, AreMinutesAndSeconds) {
  EXPECT_EQ(length_words(Frames(0)), "0:00");
  EXPECT_EQ(length_words(Frames(59s)), "0:59");
  EXPECT_EQ(length_words(Frames(12min + 30s)), "12:30");
  EXPECT_EQ(length_words(Frames(1h + 2min + 5s)), "1:02:05");
}

TEST(DayWords, NameEveryWeekdayAsPeopleDo) {
  const std::vector<std::string> names{"T2", "T3", "T4", "T5", "T6", "T7", "CN"};
  for (unsigned day = 0; day < names.size(); ++day) {
    const Date date = std::chrono::year(2026) / 11 / std::chrono::day(23 + day);
    EXPECT_EQ(day_words(date, Language::vi).substr(0, 2), names[day]);
  }
}

TEST_F(PlanTextTest, JsonNamesTheLinesOfTheCalendarBehindASession) {
  EXPECT_EQ(plan_json(plan_, zone_).find("\"calendar\""), std::string::npos);
  plan_.sessions.front().by = "Tết, schedule/lich.yaml:12";
  std::istringstream lines(plan_json(plan_, zone_));
  for (std::string line; std::getline(lines, line);) {
    EXPECT_EQ(boost::json::parse(line).as_object().at("calendar").as_string(), "Tết, schedule/lich.yaml:12");
  }
}

}  // namespace
}  // namespace loa::station
