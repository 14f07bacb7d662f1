// Campaigns whose best is known by hand: `loa check` says by how many plays they fall short, and its advice, followed
// to the letter, mends them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <regex>
#include <sstream>

#include "tests/support/station_folder.hpp"

namespace loa {
namespace {

namespace json = boost::json;
using ::testing::HasSubstr;
using ::testing::Not;

class CampaignAdviceTest : public ::testing::Test {
 protected:
  CampaignAdviceTest() {
    station_.recording("a.flac", 6);
    station_.recording("b.flac", 6);
  }

  void schedule(const std::string& rest) {
    text_ = "articles: {a: {title: A, clip: a.flac}, b: {title: B, clip: b.flac}}\n" + rest;
    station_.write("schedule/lich.yaml", text_);
  }
  /// The findings about campaigns, message and hint.
  std::string check() const {
    const auto done = station_.loa({"check", "--json", "--lang", "en", "--now", "2026-11-27T08:00"});
    EXPECT_EQ(done.code, 0) << done.out << done.err;
    std::string words;
    for (const auto& line : test::lines_of(done.out)) {
      const auto found = json::parse(line).as_object();
      if (!found.at("code").as_string().starts_with("campaign")) continue;
      words += std::string(found.at("message").as_string()) + " | " + std::string(found.at("hint").as_string()) + "\n";
    }
    return words;
  }
  /// Writes the count that `words` advise, at the line that they name.
  void follow(const std::string& words) {
    std::smatch advice;
    ASSERT_TRUE(std::regex_search(words, advice, std::regex("write “(count: \\d+)” at schedule/lich.yaml:(\\d+)")));
    std::istringstream in(text_);
    std::string mended;
    int number = 0;
    for (std::string line; std::getline(in, line);) {
      if (++number == std::stoi(advice[2])) line = std::regex_replace(line, std::regex("count: \\d+"), advice[1].str());
      mended += line + "\n";
    }
    station_.write("schedule/lich.yaml", mended);
  }

  test::StationFolder station_;
  std::string text_;
};

/// Four weekdays, five plays owed.
TEST_F(CampaignAdviceTest, ATightWindowIsOneShortAndMended) {
  schedule(
      "campaigns:\n  d: {articles: [a], from: 2026-12-01, until: 2026-12-05, plays: {total: 5}}\n"
      "programmes:\n"
      "  sang: {at: \"06:00\", repeat: weekdays, items: [{campaign: d, count: 1}]}\n  khac: {at: \"08:00\", items: "
      "[a]}\n");
  const auto words = check();
  EXPECT_THAT(words, HasSubstr("1 plays short: “a” 4/5; its programmes offer 4 places, 5 are needed"));
  follow(words);
  EXPECT_EQ(check(), "");
}

/// 06:00, 07:00 and 17:00 on three days are nine places: a has at most 5 of them, b the other 4.
TEST_F(CampaignAdviceTest, NinePlacesApartAreEnoughForFourAndOneTooFewForFive) {
  const std::string sessions =
      "programmes:\n  s6: {at: \"06:00\", items: [{campaign: d, count: 1}]}\n"
      "  s7: {at: \"07:00\", items: [{campaign: d, count: 1}]}\n  s17: {at: \"17:00\", items: [{campaign: d, count: "
      "1}]}\n";
  const auto owing = [&](int total) {
    return "campaigns:\n  d: {articles: [a, b], from: 2026-12-01, until: 2026-12-03, plays: {total: " +
           std::to_string(total) + ", apart: 2h}}\n" + sessions;
  };
  schedule(owing(4));
  EXPECT_EQ(check(), "");
  schedule(owing(5));
  const auto words = check();
  EXPECT_THAT(words, HasSubstr("1 plays short: “b” 4/5"));
  follow(words);
  EXPECT_EQ(check(), "");
  schedule(owing(6));  // both at each session but one that is too near: 06:00 or 07:00, and 17:00, on three days
  EXPECT_THAT(check(), HasSubstr("3 plays short"));
  follow(check());
  EXPECT_EQ(check(), "");
}

/// With 12 hours between them 06:00 and 17:00 hold one play a day: three in three days, whatever the count.
TEST_F(CampaignAdviceTest, WhatCannotBeMetSaysSoAndAdvisesNoCount) {
  schedule(
      "campaigns:\n  d: {articles: [a], from: 2026-12-01, until: 2026-12-03, plays: {total: 5, apart: 12h}}\n"
      "programmes:\n  s6: {at: \"06:00\", items: [{campaign: d, count: 1}]}\n"
      "  s17: {at: \"17:00\", items: [{campaign: d, count: 1}]}\n");
  const auto words = check();
  EXPECT_THAT(words, HasSubstr("2 plays short: “a” 3/5"));
  EXPECT_THAT(words, Not(HasSubstr("write “count")));
  EXPECT_THAT(words, HasSubstr("no single programme could offer enough"));
}

/// In ten seconds only the first of two campaigns is heard whole: the second has the four weekday evenings alone.
TEST_F(CampaignAdviceTest, OneOfTwoThatCompeteForASlotIsShort) {
  schedule(
      "campaigns:\n  x: {articles: [a], from: 2026-12-01, until: 2026-12-05, plays: {total: 5}}\n"
      "  y: {articles: [b], from: 2026-12-01, until: 2026-12-05, plays: {total: 5}}\n"
      "programmes:\n  sang: {at: \"06:00\", length: 10s, items: [{campaign: x, count: 1}, {campaign: y, count: 1}]}\n"
      "  toi: {at: \"18:00\", repeat: weekdays, items: [{campaign: y, count: 1}]}\n");
  const auto words = check();
  EXPECT_THAT(words, HasSubstr("“y” will be 1 plays short: “b” 4/5; 5 of its places are cut"));
  EXPECT_THAT(words, Not(HasSubstr("“x” will be")));
  follow(words);
  EXPECT_EQ(check(), "");
}

}  // namespace
}  // namespace loa
