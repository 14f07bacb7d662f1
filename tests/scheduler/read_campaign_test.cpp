// `campaigns` as operators write them, and mistakes in them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scheduler/schedule.hpp"
#include "tests/playlists/station_texts.hpp"

namespace loa::scheduler {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct CampaignReading {
  config::Diagnostics diagnostics;
  config::StationFiles files;
  std::optional<Schedule> schedule;

  /// `campaign`: what stands behind `c:`, on line 6.
  explicit CampaignReading(const std::string& campaign)
      : files(tests::station_of({{"schedule/lich.yaml",
                                  "articles:\n  a: {clip: a.mp3}\n  b: {clip: b.mp3}\nplaylists: {p: [a, b]}\n"
                                  "campaigns:\n  c: " +
                                      campaign + "\nprogrammes:\n  s: {at: \"05:30\", items: [{campaign: c}]}\n",
                                  0}},
                                diagnostics)),
        schedule(read_schedule(files, diagnostics)) {}
  std::vector<std::string> findings() const { return tests::findings(diagnostics); }
};

TEST(ReadCampaign, TakesEveryKey) {
  const CampaignReading reading(
      "{title: Dịch vụ công, articles: [b, a], from: 2026-11-01, until: 2026-12-31, "
      "plays: {per_day: 2, total: 38, apart: 2h}}");
  EXPECT_THAT(reading.findings(), IsEmpty());
  const auto* campaign = reading.schedule->campaign("c");
  ASSERT_NE(campaign, nullptr);
  EXPECT_EQ(campaign->title, "Dịch vụ công");
  ASSERT_EQ(campaign->entries.size(), 2u);
  EXPECT_EQ(campaign->entries[0].id, "b");
  EXPECT_EQ(campaign->per_day, 2);
  EXPECT_EQ(campaign->total, 38);
  EXPECT_EQ(campaign->apart, std::chrono::hours(2));
  EXPECT_TRUE(campaign->owes_total());
}

TEST(ReadCampaign, TakesAPlaylistAndOwesNothingByItself) {
  const CampaignReading reading("{articles: p}");
  EXPECT_THAT(reading.findings(), IsEmpty());
  EXPECT_EQ(reading.schedule->campaign("c")->playlist, "p");
  EXPECT_FALSE(reading.schedule->campaign("c")->owes_total());
  EXPECT_EQ(std::get<CampaignItem>(reading.schedule->programmes[0].items[0].what).count, 1);
}

TEST(ReadCampaign, SaysWhatIsWrongAtItsPlace) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"{title: x}", "schedule/lich.yaml:6:3 error missing-key"},
      {"{articles: [a, c]}", "schedule/lich.yaml:6:21 error unknown-name"},
      {"{articles: q}", "schedule/lich.yaml:6:17 error unknown-name"},
      {"{articles: []}", "schedule/lich.yaml:6:17 warning empty-list"},
      {"{articles: [a, a]}", "schedule/lich.yaml:6:21 warning duplicate-article"},
      {"{articles: [a], plays: {total: 3}}", "schedule/lich.yaml:6:30 warning total-without-end"},
      {"{articles: [a], from: 2020-01-01, until: 2026-01-01, plays: {total: 3}}",
       "schedule/lich.yaml:6:67 warning total-without-end"},
      {"{articles: [a], plays: {total: 0}}", "schedule/lich.yaml:6:37 error out-of-range"},
      {"{articles: [a], plays: {per_dya: 2}}", "schedule/lich.yaml:6:30 error unknown-key"},
      {"{articles: [a], plays: {apart: 9000h}}", "schedule/lich.yaml:6:37 error out-of-range"},
      {"{articles: [a], plays: 2}", "schedule/lich.yaml:6:29 error wrong-type"},
      {"{articles: [a], from: 2026-12-01, until: 2026-11-01}", "schedule/lich.yaml:6:40 error from-after-until"},
  };
  for (const auto& [text, expected] : cases) {
    EXPECT_THAT(CampaignReading(text).findings(), ElementsAre(expected)) << text;
  }
}

TEST(ReadCampaign, NamesTheNearestCampaign) {
  config::Diagnostics diagnostics;
  const auto files = tests::station_of(
      {{"schedule/lich.yaml",
        "articles: {a: {clip: a.mp3}}\ncampaigns: {dich-vu-cong: {articles: [a]}}\n"
        "programmes: {s: {at: \"05:30\", items: [{campaign: dich-vu-cog, count: 2}, {campaign: dich-vu-cong}]}}\n",
        0}},
      diagnostics);
  read_schedule(files, diagnostics);
  EXPECT_THAT(tests::findings(diagnostics), ElementsAre("schedule/lich.yaml:3:50 error unknown-campaign"));
  EXPECT_THAT(tests::words_of(diagnostics, "unknown-campaign"), HasSubstr("did you mean “dich-vu-cong”?"));
}

TEST(ReadCampaign, StopsGuessingAfterVeryMany) {
  constexpr int campaigns = 500, unknown = 200;
  std::string text = "articles: {a: {clip: a.mp3}}\ncampaigns:\n";
  for (int i = 0; i < campaigns; ++i) text += "  dich-vu-" + std::to_string(i) + ": {articles: [a]}\n";
  text += "programmes:\n  s:\n    at: \"05:30\"\n    items:\n";
  for (int i = 0; i < unknown; ++i) text += "      - {campaign: dich-vuu-" + std::to_string(i) + "}\n";
  config::Diagnostics diagnostics;
  const auto files = tests::station_of({{"schedule/lich.yaml", text, 0}}, diagnostics);
  read_schedule(files, diagnostics);
  int told = 0, guessed = 0;
  for (const auto& found : diagnostics.all()) {
    if (found.code != "unknown-campaign") continue;
    ++told;
    guessed += found.hint.id() == std::string("did you mean “{0}”?") ? 1 : 0;
  }
  EXPECT_EQ(told, unknown);
  EXPECT_EQ(guessed, 30'000 / campaigns);
}

}  // namespace

}  // namespace loa::scheduler
