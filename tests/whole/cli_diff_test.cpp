// `loa diff`: two real folders, and what the running station says of an edit is the same words (run_changes_test).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/support/station_folder.hpp"

namespace loa {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kArticles =
    "articles:\n  nhac: {title: Nhạc hiệu, clip: nhac.wav}\n  tin: {title: Tin, clip: tin.wav}\n";
const std::string kProgrammes =
    "programmes:\n  sang: {title: Sáng, at: \"05:30\", items: [nhac, tin]}\n"
    "  chieu: {title: Chiều, at: \"17:00\", repeat: [mon], items: [nhac]}\n";

class DiffTest : public ::testing::Test {
 protected:
  DiffTest() {
    for (const auto* station : {&here_, &there_}) {
      station->write("schedule/lich.yaml", kArticles + kProgrammes);
      station->recording("nhac.wav", 2);
      station->recording("tin.wav", 3);
    }
  }
  test::Finished diff(std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"diff", there_.path().string(), "--now", "2026-11-23T00:00"};
    words.insert(words.end(), more.begin(), more.end());
    return here_.loa(words);
  }

  test::StationFolder here_, there_;
};

TEST_F(DiffTest, OfTheSameFilesIsNothing) {
  const auto text = diff();
  EXPECT_EQ(text.code, 0) << text.err;
  EXPECT_EQ(text.out, "nothing changes on air\n");
  EXPECT_THAT(diff({"--json"}).out, IsEmpty());
}

TEST_F(DiffTest, SaysWhatComesBackFromDayToDayInOneLine) {
  there_.write("schedule/lich.yaml",
               kArticles + "programmes:\n  sang: {title: Sáng, at: \"05:30\", items: [tin, tin]}\n");
  const auto text = diff();
  EXPECT_EQ(text.code, 0) << text.err;
  EXPECT_THAT(test::lines_of(text.out),
              ElementsAre("  ~ Mon 23/11/2026  05:30–05:30:02 → 05:30–05:30:03  sang/1  Tin  (31 days until Wed "
                          "23/12/2026)",
                          "  * Mon 23/11/2026  05:30  sang/1  Tin  nhac.wav → tin.wav  (31 days until Wed 23/12/2026)",
                          "  ~ Mon 23/11/2026  05:30:02–05:30:05 → 05:30:03–05:30:06  sang/2  Tin  (31 days until Wed "
                          "23/12/2026)",
                          "  - Mon 23/11/2026  17:00–17:00:02  chieu/1  Nhạc hiệu  (5 days until Mon 21/12/2026)",
                          "on air: 0 items added, 5 taken away, 62 moved, 31 with another recording"));
}

TEST_F(DiffTest, JsonNamesEachItem) {
  there_.write("schedule/lich.yaml",
               kArticles + "programmes:\n  sang: {title: Sáng, at: \"05:30\", items: [nhac, tin]}\n");
  const auto lines = test::lines_of(diff({"--json"}).out);
  ASSERT_EQ(lines.size(), 5u);
  const auto first = boost::json::parse(lines[0]).as_object();
  EXPECT_EQ(first.at("change").as_string(), "removed");
  EXPECT_EQ(first.at("before").as_string(), "2026-11-23T17:00:00.000+07:00");
  EXPECT_FALSE(first.contains("after"));
}

TEST_F(DiffTest, OfFilesWithMistakesIsTheirMistakes) {
  there_.write("schedule/lich.yaml", kArticles + "programmes:\n  sang: {at: 5h30, items: [nhac]}\n");
  const auto text = diff();
  EXPECT_EQ(text.code, 1);
  EXPECT_THAT(text.err, HasSubstr("time-with-h"));
  EXPECT_THAT(text.out, IsEmpty());
  there_.write("schedule/lich.yaml", kArticles + "programmes:\n  sang: {at: \"03:15\", items: [nhac]}\n");
  EXPECT_EQ(diff().code, 1) << "what plan refuses";
  EXPECT_THAT(diff().err, HasSubstr("outside-hours"));
  EXPECT_EQ(here_.loa({"diff", "/nonexistent"}).code, 1);
  EXPECT_EQ(here_.loa({"diff"}).code, 2);
}

}  // namespace
}  // namespace loa
