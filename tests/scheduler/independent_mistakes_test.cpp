// What goes wrong on air is told beside a mistake that has nothing to do with it; what may follow from it is not.
#include <gmock/gmock.h>

#include <algorithm>

#include "config/station_folder.hpp"
#include "scheduler/plan.hpp"
#include "tests/playlists/measured.hpp"
#include "tests/playlists/station_texts.hpp"

namespace loa::scheduler {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

/// Codes of all findings of a week, with what is behind `programmes:` (and other sections) after the articles a, b.
std::vector<std::string> codes(const std::string& text, const std::string& settings = tests::kStationYaml) {
  config::Diagnostics diagnostics;
  const auto files = config::read_station_texts(
      {{"station.yaml", settings, 0},
       {"schedule/lich.yaml", "articles:\n  a: {clip: a.mp3}\n  b: {clip: b.mp3}\n" + text, 0}},
      diagnostics);
  playlists::Catalogue library;
  library.set("a.mp3", tests::measured(20min));
  library.set("b.mp3", tests::measured(1min));
  const auto schedule = read_schedule(files, diagnostics);
  EXPECT_TRUE(schedule);
  if (schedule) check(*schedule, library, Date(std::chrono::year(2026) / 11 / 27), 7, diagnostics);
  std::vector<std::string> codes;
  for (const auto& found : diagnostics.all()) codes.emplace_back(found.code);
  return codes;
}

const std::string kCampaign =
    "campaigns:\n  c: {articles: [a, b], from: 2026-11-01, until: 2026-12-31, plays: {total: 300}}\n";
const std::string kOffer = "  s: {at: \"05:30\", items: [{campaign: c}]}\n";

TEST(IndependentMistakes, ACampaignThatFallsShortIsToldBesideThem) {
  ASSERT_THAT(codes(kCampaign + "programmes:\n" + kOffer), Contains("campaign-short"));
  EXPECT_THAT(codes(kCampaign + "programmes:\n" + kOffer + "  t: {at: \"17:00\", colour: 1, items: [a]}\n"),
              AllOf(Contains("campaign-short"), Contains("unknown-key")));
  EXPECT_THAT(codes(kCampaign + "programmes:\n" + kOffer, tests::kStationYaml + "colour: 1\n"),
              AllOf(Contains("campaign-short"), Contains("unknown-key")));
}

TEST(IndependentMistakes, ACampaignThatMayFallShortByThemIsNot) {
  const std::vector<std::string> mistakes = {
      kCampaign + "programmes:\n" + kOffer + "  t: {at: \"5h\", items: [{campaign: c}]}\n",
      kCampaign + "programmes:\n" + kOffer + "  t: {at: \"17:00\", items: [{campain: c}]}\n",
      kCampaign + "programmes:\n" + kOffer + "  t: {at: \"17:00\"}\n",
      kCampaign + "programmes:\n" + kOffer + "calendar:\n  - {on: 2026-12-32, add: s}\n",
      "campaigns:\n  c: {articles: [a, bb], from: 2026-11-01, until: 2026-12-31, plays: {total: 300}}\nprogrammes:\n" +
          kOffer,
  };
  for (const auto& mistake : mistakes) EXPECT_THAT(codes(mistake), Not(Contains(HasSubstr("campaign-")))) << mistake;
}

TEST(IndependentMistakes, SilentDaysAreToldBesideThem) {
  const std::string weekdays = "programmes:\n  s: {at: \"05:30\", repeat: weekdays, items: [b]}\n";
  EXPECT_THAT(codes(weekdays, tests::kStationYaml + "colour: 1\n"), Contains("silent-day"));
  EXPECT_THAT(codes(weekdays + "  t: {at: \"17:00\", colour: 1, repeat: [sat], items: [b]}\n"),
              Not(Contains("silent-day")));
}

TEST(IndependentMistakes, LimitsThatOthersBreakAreTold) {
  const auto limited = tests::kStationYaml +
                       "limits:\n  - {name: \"Công văn 1\", minutes_per_session: 10, minutes_per_day: 30, "
                       "sessions_per_day: 1, enforce: true}\n";
  const std::string sang = "programmes:\n  sang: {at: \"05:30\", items: [a]}\n";
  const std::string wrong = "  chieu: {at: \"17:00\", colour: 1, items: [b]}\n";
  EXPECT_THAT(codes(sang + wrong, limited), Contains("limit")) << "sang alone breaks it";
  EXPECT_THAT(codes("programmes:\n  sang: {at: \"05:30\", items: [b]}\n" + wrong, limited), Not(Contains("limit")))
      << "the second session of the day is the one with the mistake";
}

TEST(IndependentMistakes, AnItemThatOthersKeepFromBeginningIsToldBesideOneWhoseTimeIsWrong) {
  const std::string items =
      "programmes:\n  s:\n    at: \"05:30\"\n    length: 20min\n    items:\n      - a\n      - b\n";
  const auto unreached = [](const std::vector<std::string>& codes) {
    return std::count(codes.begin(), codes.end(), "item-unreached");
  };
  EXPECT_EQ(unreached(codes(items)), 1);
  EXPECT_EQ(unreached(codes(items + "      - {article: b, at: \"05:10\"}\n")), 2);
}

/// Of the programme `t`: findings about its keys.
std::vector<std::string> missing_beside(const std::string& keys) {
  return codes("programmes:\n  s: {at: \"05:30\", items: [a]}\n  t:\n" + keys);
}

TEST(IndependentMistakes, AMissingKeyIsToldBesideAWordWithoutAColonThatIsAnother) {
  for (const std::string word :
       {"repeat never", "title Buổi trưa", "lặp hằng ngày", "ghi chú", "length 45min", "length = 45min"}) {
    EXPECT_THAT(missing_beside("    at: \"11:00\"\n    " + word + "\n"),
                AllOf(Contains("no-colon"), Contains("missing-key")))
        << word;
  }
  EXPECT_THAT(missing_beside("    repeat: daily\n    title: Trưa\n    ghi gì đó\n"),
              AllOf(Contains("no-colon"), Contains("missing-key")))
      << "one word cannot be both keys that are missing";
}

TEST(IndependentMistakes, AMissingKeyIsNotToldBesideTheWordThatItMayBe) {
  for (const std::string word : {"at 11:00", "at = \"11:00\"", "giờ phát 11h", "at", "11:00", "lúc mười một giờ"}) {
    const auto told = missing_beside("    items: [a]\n    " + word + "\n");
    EXPECT_THAT(told, Not(Contains("missing-key"))) << word;
    EXPECT_THAT(told, Contains("no-colon")) << word;
  }
  EXPECT_THAT(missing_beside("    <<: *x\n    title: Trưa\n"), Not(Contains("missing-key")));
}

}  // namespace
}  // namespace loa::scheduler
