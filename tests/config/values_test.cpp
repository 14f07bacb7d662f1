// What the words of the operator mean, and what is said about those that mean nothing.
#include "config/values.hpp"

#include <gmock/gmock.h>

#include "config/fields.hpp"
#include "tests/config/said.hpp"

namespace loa::config {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;
using testing::ElementsAre;
using testing::IsEmpty;

Date date(int y, unsigned m, unsigned d) {
  return year(y) / month(m) / day(d);
}

// One value read by `read`: what it gives, and what is said.
template <class Read>
auto reading(const std::string& written, Read read) {
  Said said("k: " + written + "\n");
  EXPECT_THAT(said.places(), IsEmpty()) << written << '\n' << said.text();
  const auto value = read(*said.value("k"), said.diagnostics);
  const auto& all = said.diagnostics.all();
  struct Result {
    decltype(read(*said.value("k"), said.diagnostics)) value;
    std::string code, hint;
    std::size_t count;
  };
  return Result{value, all.empty() ? "" : all[0].code, all.empty() ? "" : all[0].hint.in(Language::en), all.size()};
}

struct Wrong {
  const char* written;
  const char* code;
  const char* hint;
};

template <class Read>
void expect_wrong(const std::vector<Wrong>& cases, Read read) {
  for (const auto& [written, code, hint] : cases) {
    const auto result = reading(written, read);
    EXPECT_FALSE(result.value.has_value()) << written;
    EXPECT_EQ(result.code, code) << written;
    EXPECT_THAT(result.hint, testing::HasSubstr(hint)) << written;
    EXPECT_EQ(result.count, 1u) << written;
  }
}

const auto kReadTime = [](const Node& node, Diagnostics& diagnostics) { return read_time(node, diagnostics); };

TEST(Times, AreReadQuotedOrNotNeverSexagesimal) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"5:30", "05:30"},  {"05:30", "05:30"},       {"\"05:30\"", "05:30"},   {"'5:30'", "05:30"},
      {"00:00", "00:00"}, {"05:30:15", "05:30:15"}, {"23:59:59", "23:59:59"}, {"08:09", "08:09"}};
  for (const auto& [written, time] : cases) {
    const auto result = reading(written, kReadTime);
    ASSERT_TRUE(result.value) << written << ' ' << result.code;
    EXPECT_EQ(to_string(*result.value), time);
  }
}

TEST(Times, ThatAreWrittenOtherwiseAreExplained) {
  expect_wrong({{"5h30", "time-with-h", "\"05:30\""},
                {"17h", "time-with-h", "\"17:00\""},
                {"5 giờ 30", "time-with-h", "\"05:30\""},
                {"5g30p", "time-with-h", "\"05:30\""},
                {"5.30", "time-with-dot", "\"05:30\""},
                {"5-30", "time-with-dot", "\"05:30\""},
                {"\"5,30\"", "time-with-dot", "\"05:30\""},
                {"5:30 PM", "time-with-half-day", "\"17:30\""},
                {"5:30 chiều", "time-with-half-day", "\"17:30\""},
                {"12:15 am", "time-with-half-day", "\"00:15\""},
                {"6 giờ sáng", "not-a-time", "a time such as"},
                {"1730", "time-as-number", "\"17:30\""},
                {"330", "time-as-number", "\"03:30\""},
                {"5", "time-as-number", "\"05:00\""},
                {"99999", "time-as-number", "a time such as"},
                {"24:00", "time-24", "\"00:00\""},
                {"25:00", "time-out-of-range", "a time such as"},
                {"5:60", "time-out-of-range", "a time such as"},
                {"5:3", "not-a-time", "a time such as"},
                {"\"5: 30\"", "not-a-time", "\"05:30\""},
                {"05:30:5", "not-a-time", "a time such as"},
                {"“05:30”", "curly-quotes", "05:30"},
                {"05\u00A0:30", "non-breaking-space", "05:30"},
                {"[5:30]", "wrong-type", "a time such as"},
                {"{a: b}", "wrong-type", "a time such as"},
                {"~", "empty-value", "a time such as"},
                {"sáng sớm", "not-a-time", "a time such as"}},
               kReadTime);
}

TEST(Times, OfADaysEndAreValidOnlyWhereARangeEnds) {
  const auto end = [](const Node& node, Diagnostics& diagnostics) { return read_time(node, diagnostics, true); };
  EXPECT_EQ(reading("24:00", end).value, TimeOfDay{std::chrono::hours(24)});
  EXPECT_EQ(to_string(*reading("\"24:00\"", end).value), "24:00");
  EXPECT_EQ(reading("24:01", end).code, "time-out-of-range");
}

TEST(Durations, AreNumbersWithUnits) {
  const std::vector<std::pair<std::string, std::int64_t>> cases = {
      {"500ms", 500},         {"45s", 45'000},   {"30min", 1'800'000},
      {"1h30min", 5'400'000}, {"2h", 7'200'000}, {"1h1min1s1ms", 3'661'001},
      {"90min", 5'400'000},   {"0ms", 0},        {"0s", 0}};
  for (const auto& [written, length] : cases) {
    const auto result = reading(written, read_duration);
    ASSERT_TRUE(result.value) << written;
    EXPECT_EQ(result.value->count(), length) << written;
  }
}

TEST(Durations, ThatAreWrittenOtherwiseAreExplained) {
  expect_wrong({{"45", "duration-without-unit", "45min for minutes or 45s"},
                {"45 min", "duration-unit", "write 45min"},
                {"45p", "duration-unit", "write 45min"},
                {"45 phút", "duration-unit", "write 45min"},
                {"30 giây", "duration-unit", "write 30s"},
                {"1h30", "duration-unit", "write 1h30min"},
                {"1 giờ 30 phút", "duration-unit", "write 1h30min"},
                {"1:30", "duration-with-colon", "1h30min or 1min30s"},
                {"00:45", "duration-with-colon", "write 45min or 45s"},
                {"1.5h", "duration-fraction", "1h30min"},
                {"-5min", "duration-negative", "a duration such as"},
                {"30s1h", "not-a-duration", "a duration such as"},
                {"1h1h", "not-a-duration", "a duration such as"},
                {"9000h", "out-of-range", "a duration such as"},
                {"99999999999999999999h", "not-a-duration", "a duration such as"},
                {"lâu", "not-a-duration", "a duration such as"},
                {"\"\"", "not-a-duration", "a duration such as"}},
               read_duration);
}

TEST(Durations, AreWrittenBackTheSameWay) {
  for (const auto* written : {"500ms", "45s", "30min", "1h30min", "2h", "1h1min1s1ms"}) {
    EXPECT_EQ(to_string(*reading(written, read_duration).value), written);
  }
  EXPECT_EQ(to_string(Duration(0)), "0s");
  EXPECT_EQ(to_string(Duration(-90'000)), "-1min30s");
}

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
                {"12-01", "not-a-date", "a date such as"},
                {"2026-12-01..2026-12-02", "not-a-date", "a date such as"},
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
                {"lunar 13-01", "lunar-day", "lunar 01-15"},
                {"lunar 01-31", "lunar-day", "lunar 01-15"},
                {"lunar 1-1", "lunar-day", "lunar 01-15"},
                {"lunar 01-01..13-01", "lunar-day", "lunar 01-15"},
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
                {"[2026-12-01, mon]", "not-a-date", "a date such as"}},
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
                {"{lunar: []}", "empty-list", ""},
                {"{date: 2026-12-01}", "unknown-key", "did you mean “dates”?"},
                {"mon, wed", "weekday-name", "write [mon, wed]"},
                {"thứ 2, thứ tư", "weekday-name", "write [mon, wed]"},
                {"mon-fri", "not-days", "write weekdays"},
                {"[mon..fri]", "weekday-name", "write a day of the week"}},
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

const auto kReadGain = [](const Node& node, Diagnostics& diagnostics) {
  return read_number(node, diagnostics, -24, 6);
};

TEST(Numbers, AreDecimal) {
  const std::vector<std::pair<std::string, double>> cases = {
      {"0", 0}, {"-16", -16}, {"+6", 6}, {"-0.5", -0.5}, {"\"1.25\"", 1.25}};
  for (const auto& [written, value] : cases) EXPECT_EQ(reading(written, kReadGain).value, value) << written;
}

TEST(Numbers, ThatAreWrittenOtherwiseAreExplained) {
  expect_wrong({{"017", "octal-number", "write 17"},
                {"-05", "octal-number", "write -5"},
                {"0o17", "not-a-number", "write 0"},
                {"0x1F", "not-a-number", "a number from"},
                {"-1,5", "not-a-number", "write -1.5"},
                {"-3 dB", "not-a-number", "write -3"},
                {"1e1", "not-a-number", "a number from"},
                {".5", "not-a-number", "a number from -24 to 6"},
                {".inf", "not-a-number", "a number from"},
                {"to", "not-a-number", "a number from"},
                {"7", "out-of-range", "a number from -24 to 6"},
                {"-24.1", "out-of-range", "a number from -24 to 6"}},
               kReadGain);
}

TEST(WholeNumbers, HaveNoFraction) {
  const auto read = [](const Node& node, Diagnostics& diagnostics) { return read_whole(node, diagnostics, 1, 2); };
  EXPECT_EQ(reading("2", read).value, 2);
  expect_wrong({{"1.5", "not-whole", "a whole number from 1 to 2"}, {"3", "out-of-range", "a whole number"}}, read);
}

TEST(Flags, AreTrueOrFalseOnly) {
  EXPECT_EQ(reading("true", read_flag).value, true);
  EXPECT_EQ(reading("false", read_flag).value, false);
  expect_wrong({{"yes", "not-true-or-false", "write true"},
                {"có", "not-true-or-false", "write true"},
                {"True", "not-true-or-false", "write true"},
                {"off", "not-true-or-false", "write false"},
                {"không", "not-true-or-false", "write false"},
                {"maybe", "not-true-or-false", "true or false"}},
               read_flag);
}

TEST(Ids, AreLowerCaseLettersDigitsAndDashes) {
  for (const auto* written : {"khai-sinh", "7", "\"2026\"", "a"}) {
    EXPECT_TRUE(reading(written, read_id).value.has_value()) << written;
  }
  EXPECT_TRUE(reading(std::string(64, 'a'), read_id).value.has_value());
}

TEST(Ids, ThatAreWrittenOtherwiseAreExplained) {
  const auto longer = std::string(65, 'a');
  expect_wrong({{"khai-sính", "id-with-marks", "write khai-sinh"},
                {"Đăng ký", "id-with-marks", "write dang-ky"},
                {"Khai-Sinh", "id-with-capitals", "write khai-sinh"},
                {"khai_sinh", "bad-id", "write khai-sinh"},
                {"khai sinh", "bad-id", "write khai-sinh"},
                {"../a", "bad-id", "write a"},
                {"\"\"", "bad-id", "a-z"},
                {longer.c_str(), "id-too-long", std::string(64, 'a').c_str()}},
               read_id);
}

TEST(Titles, AreAnyTextOfOneLine) {
  EXPECT_EQ(reading("Bản tin xã <dd>/<mm>", read_words).value, "Bản tin xã <dd>/<mm>");
  expect_wrong({{"\"\"", "empty-value", "a text"},
                {"\"  \"", "empty-value", "a text"},
                {"\"a\\nb\"", "several-lines", "one line"},
                {"[a]", "wrong-type", "a text"}},
               read_words);
}

TEST(Titles, ThatLookCutOrMistypedAreWarnedAbout) {
  const std::vector<std::pair<std::string, std::string>> cases = {{"Bài #1 của xã", "hash-cuts"},
                                                                  {"Bản tin số # 5", "hash-cuts"},
                                                                  {"Tin  # chú thích", ""},
                                                                  {"Tin # chú thích", ""},
                                                                  {"\"Bài #1\"", ""},
                                                                  {"“Tết này con về”", "curly-quotes"},
                                                                  {"Chào buổi sáng\"", "lone-quote"},

                                                                  {"§µi ph¸t thanh x· VÝ Dô", "tcvn3-letters"}};
  for (const auto& [written, code] : cases) {
    const auto result = reading(written, read_words);
    EXPECT_TRUE(result.value.has_value()) << written;
    EXPECT_EQ(result.code, code) << written;
  }
}

TEST(Choices, NameTheNearest) {
  const auto read = [](const Node& node, Diagnostics& diagnostics) {
    return read_choice(node, diagnostics, {"fade", "cut", "finish"});
  };
  EXPECT_EQ(reading("cut", read).value, "cut");
  expect_wrong({{"fad", "not-a-choice", "write fade"},
                {"Finish", "not-a-choice", "write finish"},
                {"xyz", "not-a-choice", "write one of fade | cut | finish"}},
               read);
}

TEST(Values, OfAnyLengthHaveAnAnswer) {
  for (const auto& word : {std::string(101, '7'), std::string(5000, 'x'), std::string("1a2b3c4d5e6f7g8h9i10k11")}) {
    EXPECT_EQ(reading(word, kReadTime).code, "not-a-time");
    EXPECT_EQ(reading(word, read_duration).code, "not-a-duration");
    EXPECT_EQ(reading(word, read_date).code, "not-a-date");
    EXPECT_EQ(reading(word, read_days).code, "not-days");
  }
}

TEST(Values, ThatHaveBeenReportedSayNoMore) {
  Node node;
  node.reported = true;
  Diagnostics diagnostics;
  EXPECT_FALSE(read_time(node, diagnostics));
  EXPECT_FALSE(read_duration(node, diagnostics));
  EXPECT_FALSE(read_date(node, diagnostics));
  EXPECT_FALSE(read_dates(node, diagnostics));
  EXPECT_FALSE(read_days(node, diagnostics));
  EXPECT_FALSE(read_id(node, diagnostics));
  EXPECT_FALSE(read_words(node, diagnostics));
  EXPECT_FALSE(read_flag(node, diagnostics));
  EXPECT_TRUE(diagnostics.all().empty());
}

}  // namespace
}  // namespace loa::config
