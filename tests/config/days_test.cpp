// Dates and forms of days: what they mean, and what is said about those that mean nothing.
#include "tests/config/reading.hpp"

namespace loa::config {
namespace {

using testing::ElementsAre;

TEST(Dates, AreIso) {
  EXPECT_EQ(reading("2026-12-01", read_date).value, date(2026, 12, 1));
  EXPECT_EQ(reading("\"2028-02-29\"", read_date).value, date(2028, 2, 29));
}

TEST(Dates, ThatAreWrittenOtherwiseAreExplained) {
  expect_wrong({{"01/12/2026", "date-day-first", "write 2026-12-01"},
                {"1-12-2026", "date-day-first", "write 2026-12-01"},
                {"1.12.2026", "date-day-first", "write 2026-12-01"},
                {"ngày 1 tháng 12 năm 2026", "date-day-first", "write 2026-12-01"},
                {"2026/12/01", "date-separators", "write 2026-12-01"},
                {"2026-12-1", "date-separators", "write 2026-12-01"},
                {"01/12/26", "date-short-year", "write 2026-12-01"},
                {"2026-02-30", "no-such-day", "a date such as"},
                {"2026-13-01", "no-such-day", "a date such as"},
                {"2027-02-29", "no-such-day", "a date such as"},
                {"0206-12-01", "out-of-range", "a year from 1970 to 2199"},
                {"12-01", "not-a-date", "with its year in front"},
                {"2026-12-01..2026-12-02", "not-a-date", "“from” and “until”"},
                {"mai", "not-a-date", "a date such as"},
                {"[2026-12-01]", "wrong-type", "a date such as"},
                {"lunar 01-01", "not-a-date", "a date such as"}},
               read_date);
}

TEST(DateLists, HoldDaysRangesAndYearlyDays) {
  using Kind = DateSpan::Kind;
  const auto spans = *reading("[2026-12-05, 2026-12-24..2026-12-26, 04-30, 12-28..01-03]", read_dates).value;
  ASSERT_EQ(spans.size(), 4u);
  const auto holds = [&](std::size_t i, Kind kind, Date first, Date last) {
    return spans[i].kind == kind && spans[i].first == first && spans[i].last == last;
  };
  EXPECT_TRUE(holds(0, Kind::dates, date(2026, 12, 5), date(2026, 12, 5)));
  EXPECT_TRUE(holds(1, Kind::dates, date(2026, 12, 24), date(2026, 12, 26)));
  EXPECT_TRUE(holds(2, Kind::yearly, date(2000, 4, 30), date(2000, 4, 30)));
  EXPECT_TRUE(holds(3, Kind::yearly, date(2000, 12, 28), date(2000, 1, 3)));
  EXPECT_EQ(reading("2026-12-05", read_dates).value->size(), 1u) << "one may stand without a list";
}

TEST(DateLists, HoldLunarDaysAndHolidays) {
  const auto spans =
      *reading("[lunar 01-15, \"lunar 12-23..01-07\", lunar 12-last, holiday:quoc-khanh]", read_dates).value;
  ASSERT_EQ(spans.size(), 4u);
  EXPECT_EQ(spans[0].lunar_first, (LunarDay{1, 15}));
  EXPECT_EQ(spans[0].lunar_last, (LunarDay{1, 15}));
  EXPECT_EQ(spans[1].lunar_first, (LunarDay{12, 23}));
  EXPECT_EQ(spans[1].lunar_last, (LunarDay{1, 7}));
  EXPECT_EQ(spans[2].lunar_first, (LunarDay{12, LunarDay::kLastDay}));
  EXPECT_EQ(spans[3].kind, DateSpan::Kind::holiday);
  EXPECT_EQ(spans[3].holiday, "quoc-khanh");
}

TEST(DateLists, ThatAreWrittenOtherwiseAreExplained) {
  expect_wrong({{"2026-12-05..2026-12-01", "dates-reversed", "2026-12-01..2026-12-05"},
                {"2026-12-05..12-08", "dates-mixed", "one form"},
                {"25-12", "no-such-day", "write 12-25"},
                {"1/12", "date-day-first", "write 12-01"},
                {"[]", "empty-list", "2026-12-01"},
                {"[2026-12-05, 01/12/2026]", "date-day-first", "2026-12-01"},
                {"lunar 15", "lunar-day", "lunar 01-15"},
                {"lunar 13-01", "lunar-day", "write lunar 01-13"},
                {"lunar 01-31", "lunar-day", "lunar 01-15"},
                {"lunar 1-1", "lunar-day", "write lunar 01-01"},
                {"lunar 1-1..3-2", "lunar-day", "write lunar 01-01..03-02"},
                {"lunar 1/15", "lunar-day", "write lunar 01-15"},
                {"lunar 15/1", "lunar-day", "write lunar 01-15"},
                {"lunar 1/5", "lunar-day", "write month and day"},
                {"quoc-khanh", "not-a-date", "write holiday:quoc-khanh"},
                {"Quốc khánh", "not-a-date", "write holiday:quoc-khanh"},
                {"[tết]", "not-a-date", "write holiday:tet-nguyen-dan"},
                {"weekends", "not-a-date", "repeat: weekdays"},
                {"[sat]", "not-a-date", "repeat: weekdays"},
                {"lunar 01-01..13-01", "lunar-day", "write lunar 01-01..01-13"},
                {"lunar 01-01..31-31", "lunar-day", "lunar 01-15"},
                {"âm lịch 15-01", "lunar-day", "lunar 01-15"},
                {"lễ Quốc khánh", "not-a-date", "holiday:quoc-khanh"}},
               read_dates);
}

TEST(DaysForms, SayOnWhichDays) {
  using Form = Days::Form;
  const std::vector<std::pair<std::string, Form>> cases = {{"daily", Form::daily},
                                                           {"weekdays", Form::weekdays},
                                                           {"weekends", Form::weekends},
                                                           {"never", Form::never},
                                                           {"[sat, sun]", Form::list},
                                                           {"{dates: 2026-11-28}", Form::dates},
                                                           {"{lunar: [\"01\", \"15\"]}", Form::lunar},
                                                           {"{lunar: 12-last, leap: true}", Form::lunar},
                                                           {"{rrule: \"FREQ=DAILY\"}", Form::rrule}};
  for (const auto& [written, form] : cases) {
    const auto result = reading(written, read_days);
    ASSERT_TRUE(result.value) << written << ' ' << result.code;
    EXPECT_EQ(result.value->form, form) << written;
  }
  EXPECT_THAT(reading("{lunar: [\"01\", \"12-last\"]}", read_days).value->lunar,
              ElementsAre(LunarDay{0, 1}, LunarDay{12, LunarDay::kLastDay}));
}

TEST(DaysForms, MayBeDatesAsTheyAreWhereDaysAreNamed) {
  for (const auto* written : {"2026-12-01", "[2026-12-01, lunar 01-01]", "holiday:quoc-khanh", "12-01..12-03"}) {
    const auto result = reading(written, read_days_or_dates);
    ASSERT_TRUE(result.value) << written << ' ' << result.code;
    EXPECT_EQ(result.value->form, Days::Form::dates) << written;
  }
  EXPECT_EQ(reading("weekends", read_days_or_dates).value->form, Days::Form::weekends);
  EXPECT_EQ(reading("[mon, sun]", read_days_or_dates).value->form, Days::Form::list);
  EXPECT_EQ(reading("{lunar: 15}", read_days_or_dates).value->form, Days::Form::lunar);
  expect_wrong({{"01/12/2026", "date-day-first", "write 2026-12-01"},
                {"T2, T4", "weekday-name", "write [mon, wed]"},
                {"hằng ngày", "not-days", "write daily"},
                {"[2026-12-01, mon]", "not-a-date", "repeat: weekdays"}},
               [](const Node& node, Diagnostics& diagnostics) { return read_days_or_dates(node, diagnostics); });
}

TEST(DaysForms, ThatAreWrittenOtherwiseAreExplained) {
  expect_wrong({{"[T2]", "weekday-name", "write mon"},
                {"[CN]", "weekday-name", "write sun"},
                {"[thứ 2]", "weekday-name", "write mon"},
                {"[thứ bảy]", "weekday-name", "write sat"},
                {"[Monday]", "weekday-name", "write mon"},
                {"[Thu]", "weekday-name", "write thu"},
                {"[3]", "weekday-name", "write tue"},
                {"[ngày chẵn]", "weekday-name", "a day of the week"},
                {"mon", "weekday-name", "write [mon]"},
                {"chủ nhật", "weekday-name", "write [sun]"},
                {"hằng ngày", "not-days", "write daily"},
                {"daly", "not-days", "write daily"},
                {"T2-T6", "not-days", "write weekdays"},
                {"lúc nào cũng được", "not-days", "{dates:"},
                {"[]", "empty-list", "daily"},
                {"{rrule: \"FREQ=DAILY\", dates: 2026-12-01}", "several-kinds", "daily"},
                {"{lunar: [\"32\"]}", "lunar-day", "01-15"},
                {"{lunar: [\"1-15\"]}", "lunar-day", "write \"01-15\""},
                {"{lunar: []}", "empty-list", ""},
                {"{date: 2026-12-01}", "unknown-key", "did you mean “dates”?"},
                {"mon, wed", "weekday-name", "write [mon, wed]"},
                {"thứ 2, thứ tư", "weekday-name", "write [mon, wed]"},
                {"mon-fri", "not-days", "write weekdays"},
                {"[mon..fri]", "weekday-name", "without a list: weekdays"},
                {"thu 2 4 6", "weekday-name", "write [mon, wed, fri]"},
                {"thứ hai và thứ tư", "weekday-name", "write [mon, wed]"},
                {"thứ 2 2", "not-days", "{dates:"},
                {"thứ", "not-days", "{dates:"},
                {"[mòn]", "weekday-name", "a day of the week"},
                {"mùng 1 đến rằm", "not-days", "write {lunar: [\"01\", \"02\", \"03\""},
                {"lunar 01-01 .. 01-03", "not-days", "write {dates: [\"lunar 01-01..01-03\"]}"},
                {"lunar 01-05", "not-days", "write {dates: [lunar 01-05]}"},
                {"5-3 âm lịch", "not-days", "write {dates: [\"lunar 03-05\"]}"},
                {"05-03 âm lịch", "not-days", "write daily"},
                {"mùng 1, mùng 2 Tết", "not-days", "write daily"},
                {"từ 20/12 đến 5/1", "not-days", "write {dates: [\"12-20..01-05\"]}"},
                {"2026-12-05 đến 2026-12-01", "not-days", "write daily"}},
               [](const Node& node, Diagnostics& diagnostics) { return read_days(node, diagnostics); });
}

TEST(DaysForms, HaveNoKeysOfOtherForms) {
  EXPECT_EQ(reading("{dates: 2026-12-01, leap: true}", read_days).code, "unknown-key");
  EXPECT_EQ(reading("{lunar: 15, from: 2026-12-01}", read_days).code, "unknown-key");
}

TEST(DaysForms, ADayTwiceIsAWarning) {
  const auto result = reading("[mon, mon]", read_days);
  EXPECT_TRUE(result.value.has_value());
  EXPECT_EQ(result.code, "weekday-twice");
}

}  // namespace
}  // namespace loa::config
