// The whole page: what an operator reads who has no terminal.
#include "daemon/station/page/page_text.hpp"

#include "daemon/station/page/page_file.hpp"
#include "daemon/station/page/page_lines.hpp"
#include "tests/station/page_fixture.hpp"

namespace loa::station {
namespace {

using namespace std::chrono_literals;
using config::Language;
using sim::at;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using tests::facts_at;
using tests::snapshot_of;

const std::string kSchedule =
    "articles:\n  a: {title: Bản tin <dd>/<mm>, clip: a.wav}\n"
    "programmes:\n"
    "  sang: {title: Buổi sáng, at: \"05:30\", repeat: weekdays, items: [a]}\n"
    "  nhac: {title: Nhắc nhở, at: {every: 60min, from: \"08:00\", until: \"16:00\"}, repeat: [mon], items: [a]}\n"
    "calendar:\n  - {name: Giỗ Tổ, on: lunar 03-10, mute: [sang]}\n";

std::string page(const PageFacts& facts, const std::vector<DayVerdicts>& days = {}) {
  auto bytes = page_bytes(facts, days);
  std::erase(bytes, '\r');
  return bytes;
}

PageFacts friday(Language language = Language::en) {
  return facts_at("2026-11-27T09:00", snapshot_of(kSchedule, {{"a.wav", 60s}}), language);
}

TEST(PageText, SaysWhatItIsAndWhenItWasWritten) {
  EXPECT_THAT(page(friday(Language::vi)),
              StartsWith("\xEF\xBB\xBFTÌNH HÌNH ĐÀI: Đài xã Thử\nChương trình Loa tự ghi tệp này, không ai cần sửa. "
                         "Ghi lúc 09:00 T6 27/11/2026.\n"));
  EXPECT_THAT(page(friday()), HasSubstr("Loa writes this file by itself; nobody need edit it. Written at 09:00 on Fri "
                                        "27/11/2026.\n"));
}

TEST(PageText, TheNextSevenDaysSayWhenNothingPlays) {
  const auto words = page(friday());
  EXPECT_THAT(words, HasSubstr("  Fri 27/11/2026 (19/10 by the lunar calendar)\n    05:30–05:31  Buổi sáng\n"));
  EXPECT_THAT(words, HasSubstr("  Sat 28/11/2026 (20/10 by the lunar calendar)\n    no programme\n"));
  EXPECT_THAT(words, HasSubstr("    Nhắc nhở: 9 times, the first 08:00, the last 16:00\n"));
  EXPECT_THAT(words, HasSubstr("  Thu 03/12/2026"));
  EXPECT_THAT(words, Not(HasSubstr("  Fri 04/12/2026")));
}

TEST(PageText, DaysWithoutAYearAreSaidInWords) {
  EXPECT_THAT(page(friday(Language::vi)),
              HasSubstr("  lunar 03-10 = mùng 10 tháng Ba âm lịch; lần tới T6 16/04/2027 (schedule/lich.yaml:7)\n"));
}

TEST(PageText, MistakesAreNumberedWithPlaceAndMending) {
  auto facts = friday(Language::vi);
  config::Diagnostics found;
  config::Sources sources;
  const auto& text = sources.add("schedule/lich.yaml", "programmes:\n  sang: {at: 5h30}\n");
  found.error("time-with-h", {&text, 24, 28}, config::Text::verbatim("“5h30” không phải là giờ"))
      .mend(config::Text::verbatim("viết \"05:30\""));
  found.file_warning("library-missing", "library", config::Text::verbatim("thiếu thư mục library"));
  facts.edit.state = EditState::refused;
  facts.edit.findings = page_findings(found);
  const auto words = page(facts);
  EXPECT_THAT(words,
              HasSubstr("LẦN SỬA GẦN NHẤT: KHÔNG ĐƯỢC NHẬN, lúc 09:00 T6 27/11/2026: các tệp có lỗi; lịch đúng "));
  EXPECT_THAT(words, HasSubstr("  1 lỗi:\n  1. schedule/lich.yaml, dòng 2, cột 13: “5h30” không phải là giờ\n"
                               "     cách sửa: viết \"05:30\"\n"));
  EXPECT_THAT(words, HasSubstr("1 CẢNH BÁO (không cản trở việc phát)\n  1. library: thiếu thư mục library\n"));
}

TEST(PageText, AHeldEditSaysWhatToDo) {
  auto facts = friday(Language::vi);
  facts.edit.state = EditState::held;
  facts.status.held = Status::Held{"hash", 20, 3};
  const auto words = page(facts);
  EXPECT_THAT(words, HasSubstr("LẦN SỬA GẦN NHẤT: ĐANG BỊ GIỮ LẠI, CHƯA ÁP DỤNG, lúc 09:00"));
  EXPECT_THAT(words, HasSubstr("chỉ còn 3 trong số 20 mục"));
}

TEST(PageText, VerdictsAreCountedAndEachShortfallHasItsReason) {
  DayVerdicts day;
  day.day = std::chrono::year(2026) / 11 / 26;
  day.count = {{wire::Verdict::aired, 4}, {wire::Verdict::missed, 1}, {wire::Verdict::partial, 1}};
  day.shortfalls = {
      {at("2026-11-26T05:30"), "xa/2026-11-26T0530/sang", "a", "a.wav", wire::Verdict::missed, wire::Reason::file},
      {at("2026-11-26T05:40"), "xa/2026-11-26T0530/sang", "thong-bao/mat-nuoc", "thong-bao/mat-nuoc.mp3",
       wire::Verdict::aired, wire::Reason::file}};
  const auto words = page(friday(Language::vi), {day});
  EXPECT_THAT(words, HasSubstr("  T5 26/11/2026: 4 phát thành công, 1 phát một phần, 1 "));
  EXPECT_THAT(words, HasSubstr("    05:30 Bản tin 26/11: "));
  EXPECT_THAT(words, HasSubstr(", không có bản ghi âm nào phát được\n"));
  EXPECT_THAT(words, HasSubstr("    05:40 thong-bao/mat-nuoc: đã phát bài thay thế, không có"));
  EXPECT_THAT(words, HasSubstr("  T6 27/11/2026: không có mục nào đến giờ\n"));
}

TEST(PageText, AfterTheTimeThatThePcWasOffEveryDayOfItIsTold) {
  auto facts = friday();
  facts.before.last_life = at("2026-11-20T18:00");
  EXPECT_EQ(told_since(facts, zone_of(facts)), config::Date(std::chrono::year(2026) / 11 / 20));
  EXPECT_THAT(page(facts), HasSubstr("The PC or the program was off from 18:00 on Fri 20/11/2026 to 09:00 on Fri "));
  facts.before.last_life = at("2026-11-27T08:58");
  EXPECT_EQ(told_since(facts, zone_of(facts)), config::Date(std::chrono::year(2026) / 11 / 26)) << "a restart";
  facts.before.last_life = at("2020-01-01T08:58");
  EXPECT_EQ(told_since(facts, zone_of(facts)), config::Date(std::chrono::year(2026) / 10 / 27)) << "at the most";
  facts.before.last_life = at("2026-11-20T18:00");
  facts.now = at("2026-11-29T09:00");
  EXPECT_EQ(told_since(facts, zone_of(facts)), config::Date(std::chrono::year(2026) / 11 / 28)) << "that is past";
}

TEST(PageText, TheEndAndTheLackOfAnyPlanAreSaid) {
  auto facts = friday();
  facts.ended = true;
  EXPECT_THAT(page(facts), HasSubstr("\nTHE STATION IS OFF since 09:00 on Fri 27/11/2026: the program was ended\n"));
  auto nothing = facts_at("2026-11-27T09:00", nullptr);
  nothing.edit.state = EditState::refused;
  EXPECT_THAT(page(nothing), HasSubstr("\nTHE STATION IS SILENT: the files have mistakes"));
}

TEST(PageText, TroublesAreShown) {
  auto facts = friday();
  facts.status.device = "USB";
  facts.status.device_state = "lost";
  facts.status.disk_fault = "No space left on device";
  facts.status.on_air =
      Status::OnAir{"i", "s", "clip", "a", "Tin", "a.wav", at("2026-11-27T08:59"), at("2026-11-27T09:01")};
  facts.folders_hang = true;
  const auto words = page(facts);
  EXPECT_THAT(words, HasSubstr("  SOUND DEVICE LOST: USB\n"));
  EXPECT_THAT(words, HasSubstr("  DISK: No space left on device\n"));
  EXPECT_THAT(words, HasSubstr("  On air: Tin, 08:59–09:01\n"));
  EXPECT_THAT(words, HasSubstr("give no answer"));
  EXPECT_THAT(page_bytes(facts, {}, 12'000'000), HasSubstr("DISK: only 12 MB are left"));
}

TEST(PageText, TitlesOfASaboteurStayInTheirLine) {
  auto facts = friday();
  facts.status.next = Status::Next{"i", "a", "x\r\nTHE STATION IS OFF", at("2026-11-27T10:00")};
  EXPECT_THAT(page_bytes(facts, {}), Not(HasSubstr("\nTHE STATION IS OFF")));
}

}  // namespace
}  // namespace loa::station
