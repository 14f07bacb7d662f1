// Changes in words: few lines, days counted, what is left out said.
#include "daemon/station/run/run_changes.hpp"

#include <gmock/gmock.h>

namespace loa::station {
namespace {

using config::Language;
using testing::HasSubstr;

class Changes : public testing::Test {
 protected:
  scheduler::PlannedItem item(const char* index, const char* start) const {
    scheduler::PlannedItem made;
    made.programme = "sang";
    made.index = index;
    made.session = "xa/" + std::string(start, 10) + "T0530/sang";
    made.id = made.session + "/" + index;
    made.title = "Tin";
    made.clip = "tin.wav";
    made.start = calendar::parse_instant(start, zone_).value();
    made.frames = std::chrono::minutes(1);
    return made;
  }
  std::string text(std::size_t most = 10) const {
    return changes_text(scheduler::differences(before_, after_), zone_, Language::vi, most, false);
  }

  const calendar::Zone zone_ = *calendar::Zone::find("Asia/Ho_Chi_Minh");
  scheduler::Plan before_, after_;
};

TEST_F(Changes, SayThatThereAreNone) {
  EXPECT_EQ(text(), "không có gì thay đổi khi phát\n");
}

TEST_F(Changes, OfSeveralDaysAreOneLine) {
  for (const auto* day : {"2026-11-23T05:30", "2026-11-24T05:30", "2026-11-25T05:30"}) {
    after_.items.push_back(item("1", day));
  }
  EXPECT_EQ(text(),
            "  + T2 23/11/2026  05:30–05:31  sang/1  Tin  (3 ngày, đến T4 25/11/2026)\n"
            "khi phát: thêm 3 mục, bớt 0, dời giờ 0, thay bản ghi 0\n");
}

TEST_F(Changes, OfARecordingWithTheSameNameSayThatItsContentIsAnother) {
  before_.items.push_back(item("1", "2026-11-23T05:30"));
  before_.items[0].sha256 = "a";
  after_.items = before_.items;
  after_.items[0].sha256 = "b";
  EXPECT_THAT(text(), HasSubstr("  * T2 23/11/2026  05:30  sang/1  Tin  tin.wav có nội dung khác\n"));
  before_.items[0].sha256 = "";
  EXPECT_THAT(text(), HasSubstr("  * T2 23/11/2026  05:30  sang/1  Tin  nay đã có tin.wav\n"));
  std::swap(before_, after_);
  EXPECT_THAT(text(), HasSubstr("  * T2 23/11/2026  05:30  sang/1  Tin  không còn tin.wav\n"));
}

TEST_F(Changes, BeyondTheMostAreCounted) {
  for (const auto* index : {"1", "2", "3"}) before_.items.push_back(item(index, "2026-11-23T05:30"));
  EXPECT_THAT(text(1), HasSubstr("  … còn 2 dòng nữa\n"));
}

}  // namespace
}  // namespace loa::station
