// What the words of the operator mean, and what is said about those that mean nothing.
#include "config/values.hpp"

#include "tests/config/reading.hpp"

namespace loa::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const auto kReadTime = [](const Node& node, Diagnostics& diagnostics) { return read_time(node, diagnostics); };
const auto kReadId = [](const Node& node, Diagnostics& diagnostics) { return read_id(node, diagnostics); };

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
                {"11:30 trưa", "time-with-half-day", "\"11:30\""},
                {"12:30 trưa", "time-with-half-day", "\"12:30\""},
                {"2 giờ trưa", "time-with-half-day", "\"14:00\""},
                {"13:00 trưa", "time-with-half-day", "\"13:00\""},
                {"10:00 CH", "time-with-half-day", "\"22:00\""},
                {"12:15 SA", "time-with-half-day", "\"00:15\""},
                {"8 giờ tối", "time-with-half-day", "\"20:00\""},
                {"17:00 sáng", "time-with-half-day", "a time such as"},
                {"11 giờ chiều", "time-with-half-day", "a time such as"},
                {"12:15 am", "time-with-half-day", "\"00:15\""},
                {"6 giờ sáng", "time-with-half-day", "write \"06:00\""},
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
    EXPECT_TRUE(reading(written, kReadId).value.has_value()) << written;
  }
  EXPECT_TRUE(reading(std::string(64, 'a'), kReadId).value.has_value());
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
               kReadId);
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
                {"nhỏ dần", "not-a-choice", "write fade"},
                {"khẩn cấp", "not-a-choice", "write one of fade | cut | finish"},
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
