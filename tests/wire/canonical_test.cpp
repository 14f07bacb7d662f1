// RFC 8785 by its own vectors (sections 3.2.2, 3.2.3, appendix B), and what a row's fields go through before.
#include <gtest/gtest.h>

#include <bit>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <limits>

#include "daemon/wire/clean.hpp"
#include "daemon/wire/row.hpp"

namespace loa::wire {
namespace {

namespace json = boost::json;

struct NumberCase {
  std::uint64_t bits;
  const char* text;
};

constexpr NumberCase kNumbers[] = {
    {0x0000000000000000, "0"},
    {0x8000000000000000, "0"},
    {0x0000000000000001, "5e-324"},
    {0x8000000000000001, "-5e-324"},
    {0x7fefffffffffffff, "1.7976931348623157e+308"},
    {0xffefffffffffffff, "-1.7976931348623157e+308"},
    {0x4340000000000000, "9007199254740992"},
    {0xc340000000000000, "-9007199254740992"},
    {0x4430000000000000, "295147905179352830000"},
    {0x44b52d02c7e14af5, "9.999999999999997e+22"},
    {0x44b52d02c7e14af6, "1e+23"},
    {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
    {0x444b1ae4d6e2ef4e, "999999999999999700000"},
    {0x444b1ae4d6e2ef4f, "999999999999999900000"},
    {0x444b1ae4d6e2ef50, "1e+21"},
    {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
    {0x3eb0c6f7a0b5ed8d, "0.000001"},
    {0x41b3de4355555553, "333333333.3333332"},
    {0x41b3de4355555554, "333333333.33333325"},
    {0x41b3de4355555555, "333333333.3333333"},
    {0x41b3de4355555556, "333333333.3333334"},
    {0x41b3de4355555557, "333333333.33333343"},
    {0xbecbf647612f3696, "-0.0000033333333333333333"},
    {0x43143ff3c1cb0959, "1424953923781206.2"},
};

TEST(Canonical, NumbersAreThoseOfAppendixB) {
  for (const auto& [bits, text] : kNumbers) EXPECT_EQ(canonical(std::bit_cast<double>(bits)), text);
}

TEST(Canonical, IntegersAreNumbersLikeOthers) {
  EXPECT_EQ(canonical(std::int64_t{-12}), "-12");
  EXPECT_EQ(canonical(std::uint64_t{1440000}), "1440000");
  EXPECT_EQ(canonical(100.0), "100");
}

TEST(Canonical, TextsAreEscapedAsLittleAsPossible) {
  const auto value =
      json::parse(R"({"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]})");
  EXPECT_EQ(canonical(value), R"({"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"})");
  EXPECT_EQ(canonical(json::parse(R"("\u0008\u000c\u000d\u0009\u001f\u007f")")), "\"\\b\\f\\r\\t\\u001f\x7f\"");
  EXPECT_EQ(canonical(json::value("Đài truyền thanh xã Ví Dụ")), "\"Đài truyền thanh xã Ví Dụ\"");
}

TEST(Canonical, KeysAreSortedByTheirUtf16) {
  const auto value = json::parse(
      R"({"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",)"
      R"("\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"})");
  EXPECT_EQ(canonical(value),
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
            "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
            "\"\U0001F600\":\"Emoji: Grinning Face\",\"\uFB33\":\"Hebrew Letter Dalet With Dagesh\"}");
}

TEST(Canonical, AKeyComesBeforeALongerOneThatBeginsWithIt) {
  EXPECT_EQ(canonical(json::parse(R"({"ab":1,"a":2,"":3,"b":[{"d":4,"c":5}]})")),
            R"({"":3,"a":2,"ab":1,"b":[{"c":5,"d":4}]})");
}

TEST(Clean, NumbersKeepThreeDecimalsHalfToEven) {
  const std::pair<double, double> cases[] = {
      {0.0005, 0},       {0.0015, 0.002}, {0.0025, 0.002}, {0.00250001, 0.003},       {-0.0005, 0},
      {-0.0015, -0.002}, {1.2344, 1.234}, {1.2346, 1.235}, {-16.04, -16.04},          {99.9999, 100},
      {1e-300, 0},       {-0.0, 0},       {0.5, 0.5},      {123456.7891, 123456.789}, {5e15 + 0.5, 5e15},
  };
  for (const auto& [value, expected] : cases) {
    EXPECT_EQ(rounded(value), expected) << value;
    EXPECT_FALSE(std::signbit(rounded(value)) && expected == 0) << value;
  }
}

TEST(Clean, EveryNumberOfThreeDecimalsReadsBackAsItself) {
  for (int thousandths = -200000; thousandths <= 200000; thousandths += 7) {
    const auto text = canonical(rounded(thousandths / 1000.0));
    ASSERT_EQ(canonical(json::parse(text)), text);
  }
}

TEST(Clean, WhatDoesNotApplyIsLeftOut) {
  const json::object fields{{"a", nullptr},
                            {"b", std::numeric_limits<double>::quiet_NaN()},
                            {"c", std::numeric_limits<double>::infinity()},
                            {"d", 1e300},
                            {"e", json::object{{"f", nullptr}, {"g", 0.12345}}},
                            {"h", std::numeric_limits<std::int64_t>::max()},
                            {"i", json::array{0.12345, "x"}}};
  EXPECT_EQ(canonical(cleaned(fields)), R"({"e":{"g":0.123},"i":[0.123,"x"]})");
}

TEST(Clean, BrokenUtf8BecomesReplacementCharacters) {
  const std::pair<const char*, const char*> cases[] = {
      {"tiếng Việt 🎵", "tiếng Việt 🎵"},
      {"T\xD5ng", "T\uFFFDng"},                          // TCVN3
      {"\xC0\xAF", "\uFFFD\uFFFD"},                      // too long a form
      {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},            // a surrogate
      {"\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"},  // beyond U+10FFFF
      {"a\xE1\xBA", "a\uFFFD\uFFFD"},                    // cut
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(valid_utf8(text), expected);
}

}  // namespace
}  // namespace loa::wire
