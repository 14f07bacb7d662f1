// The plan as a calendar file, read back line by line as RFC 5545 says.
#include "daemon/station/commands/plan_ics.hpp"

#include <gmock/gmock.h>
#include <libical/ical.h>

#include <memory>
#include <string>
#include <vector>

#include "config/unicode.hpp"

namespace loa::station {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;

class PlanIcs : public testing::Test {
 protected:
  PlanIcs() {
    session_.id = "xa-vi-du/2026-11-23T0530/sang";
    session_.programme = "sang";
    session_.title = "Buổi sáng; tin, nhạc \\ và nhiều nội dung khác nữa của Đài truyền thanh xã Ví Dụ trong tuần này";
    session_.start = at("2026-11-23T05:30");
    session_.end = at("2026-11-23T06:15");
    add("1", "Nhạc hiệu", "2026-11-23T05:30:00");
    add("2", "Đăng ký khai sinh\nphần 1", "2026-11-23T05:30:12");
    plan_.sessions.push_back(session_);
  }

  scheduler::Instant at(const char* local) const { return calendar::parse_instant(local, zone_).value(); }
  void add(const char* index, const char* title, const char* start) {
    auto& item = plan_.items.emplace_back();
    item.session = session_.id;
    item.id = session_.id + "/" + index;
    item.title = title;
    item.start = at(start);
  }
  std::string text() const { return plan_ics(plan_, zone_, "Đài xã Ví Dụ"); }

  /// The content lines, unfolded.
  std::vector<std::string> lines() const {
    std::vector<std::string> lines;
    const auto all = text();
    for (std::size_t begin = 0; begin < all.size();) {
      const auto end = all.find("\r\n", begin);
      const auto line = all.substr(begin, end - begin);
      if (line.starts_with(' ')) {
        lines.back() += line.substr(1);
      } else {
        lines.push_back(line);
      }
      begin = end + 2;
    }
    return lines;
  }

  const calendar::Zone zone_ = *calendar::Zone::find("Asia/Ho_Chi_Minh");
  scheduler::PlannedSession session_;
  scheduler::Plan plan_;
};

TEST_F(PlanIcs, HasAnEventForEachSession) {
  const auto all = lines();
  EXPECT_EQ(all.front(), "BEGIN:VCALENDAR");
  EXPECT_EQ(all.back(), "END:VCALENDAR");
  EXPECT_THAT(all, Contains("VERSION:2.0"));
  EXPECT_THAT(all, Contains("X-WR-CALNAME:Đài xã Ví Dụ"));
  EXPECT_THAT(all, Contains("BEGIN:VEVENT").Times(1));
  EXPECT_THAT(all, Contains("UID:xa-vi-du/2026-11-23T0530/sang"));
  EXPECT_THAT(all, Contains("DTSTART:20261122T223000Z"));
  EXPECT_THAT(all, Contains("DTEND:20261122T231500Z"));
}

TEST_F(PlanIcs, EscapesWhatTheFormatUses) {
  EXPECT_THAT(lines(),
              Contains("SUMMARY:Buổi sáng\\; tin\\, nhạc \\\\ và nhiều nội dung khác nữa của Đài truyền thanh xã Ví "
                       "Dụ trong tuần này"));
  EXPECT_THAT(lines(), Contains("DESCRIPTION:05:30:00 Nhạc hiệu\\n05:30:12 Đăng ký khai sinh\\nphần 1"));
}

TEST_F(PlanIcs, MarksRepeats) {
  session_.title = "Buổi tối";
  plan_.sessions = {session_};
  auto& repeat = plan_.items[1];
  repeat.title = "Bản tin 22/11";
  repeat.day = *calendar::parse_date("2026-11-23");
  repeat.repeat_of = calendar::parse_date("2026-11-22");
  repeat.of_the_day = true;
  EXPECT_THAT(lines(), Contains("DESCRIPTION:05:30:00 Nhạc hiệu\\n05:30:12 Bản tin 22/11 (PL 22/11)"));
  EXPECT_THAT(lines(), Contains("SUMMARY:Buổi tối (PL 22/11)"));
  plan_.items[0].of_the_day = true;
  EXPECT_THAT(lines(), Contains("SUMMARY:Buổi tối")) << "something in it is new";
}

TEST_F(PlanIcs, FoldsLongLinesBetweenLetters) {
  const auto all = text();
  std::size_t folds = 0;
  for (std::size_t begin = 0; begin < all.size();) {
    const auto end = all.find("\r\n", begin);
    ASSERT_NE(end, std::string::npos);
    const auto line = all.substr(begin, end - begin);
    EXPECT_LE(line.size(), 75u) << line;
    EXPECT_TRUE(config::valid_utf8(line)) << line;
    folds += line.starts_with(' ') ? 1 : 0;
    begin = end + 2;
  }
  EXPECT_GE(folds, 1u);
}

TEST_F(PlanIcs, IsReadByLibicalWithoutAComplaint) {
  const auto read = std::unique_ptr<icalcomponent, decltype(&icalcomponent_free)>(
      icalparser_parse_string(text().c_str()), &icalcomponent_free);
  ASSERT_NE(read, nullptr);
  EXPECT_EQ(icalcomponent_count_errors(read.get()), 0);
  EXPECT_TRUE(icalrestriction_check(read.get()));
  auto* event = icalcomponent_get_first_component(read.get(), ICAL_VEVENT_COMPONENT);
  ASSERT_NE(event, nullptr);
  EXPECT_EQ(icalcomponent_get_summary(event), session_.title);
  EXPECT_EQ(icaltime_as_timet(icalcomponent_get_dtend(event)) - icaltime_as_timet(icalcomponent_get_dtstart(event)),
            45 * 60);
}

TEST_F(PlanIcs, IsTheSameForTheSamePlanAndEmptyForNone) {
  EXPECT_EQ(text(), text());
  EXPECT_THAT(plan_ics({}, zone_, "xa"), AllOf(HasSubstr("END:VCALENDAR\r\n"), testing::Not(HasSubstr("VEVENT"))));
}

}  // namespace
}  // namespace loa::station
