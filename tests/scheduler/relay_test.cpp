// `relays` as operators write them, their items in the plan, and what check says of both.
#include <gmock/gmock.h>

#include "config/station_folder.hpp"
#include "tests/playlists/measured.hpp"
#include "tests/playlists/station_texts.hpp"
#include "tests/scheduler/check_words.hpp"

namespace loa::scheduler::testing {
namespace {

using ::testing::Contains;
using ::testing::Not;

const std::string kVov =
    "  vov1: {title: Thời sự VOV, source: vov, url: \"https://vov.example/1.mp3\", fallback: nhac}\n";

struct RelayStation {
  config::Diagnostics diagnostics;
  config::StationFiles files;
  std::optional<Schedule> schedule;
  playlists::Catalogue library;

  /// `relays` and `programmes`: what stands below these keys; the first relay is on line 5.
  RelayStation(const std::string& relays, const std::string& programmes, const std::string& station = "") {
    files = config::read_station_texts({{"station.yaml", "station: {id: xa-vi-du, name: Ví Dụ}\n" + station, 0},
                                        {"schedule/lich.yaml",
                                         "articles:\n  nhac: {clip: nhac.wav}\n  tin: {clip: tin.wav}\nrelays:\n" +
                                             relays + "programmes:\n" + programmes,
                                         0}},
                                       diagnostics);
    schedule = read_schedule(files, diagnostics);
    library.set("nhac.wav", tests::measured(Frames(2min)));
    library.set("tin.wav", tests::measured(Frames(20min)));
  }

  std::vector<std::string> findings() const { return tests::findings(diagnostics); }

  /// "sang/2 06:00:00+900@60 relay vov1" for each item of the Wednesday.
  std::vector<std::string> items() const {
    std::vector<std::string> lines;
    const auto plan = make_plan(*schedule, library, date("2026-11-25"), date("2026-11-26"));
    for (const auto& item : plan.items) {
      const auto seconds = [](Frames frames) { return std::to_string(frames.count() / 48'000); };
      auto line = item.programme + "/" + item.index + ' ' +
                  calendar::rfc3339(item.start, schedule->zone).substr(11, 8) + '+' + seconds(item.frames);
      if (item.offset > Frames(0)) line += '@' + seconds(item.offset);
      line += item.what == What::relay ? " relay " + item.relay.str() : ' ' + item.article.str();
      lines.push_back(line + marks_of(item));
    }
    return lines;
  }

  std::vector<std::string> checked() {
    check(*schedule, library, date("2026-11-25"), 2, diagnostics);
    return codes(diagnostics.sorted());
  }
};

TEST(Relay, IsReadWithEveryKey) {
  const RelayStation station(kVov + "  mic: {input: USB}\n",
                             "  sang: {at: \"05:30\", items: [{relay: mic, for: 5min}]}\n");
  EXPECT_THAT(station.findings(), IsEmpty());
  const auto* vov = station.schedule->relay("vov1");
  ASSERT_NE(vov, nullptr);
  EXPECT_EQ(vov->title, "Thời sự VOV");
  EXPECT_EQ(vov->source, playlists::Source::vov);
  EXPECT_EQ(vov->url, "https://vov.example/1.mp3");
  EXPECT_EQ(vov->fallback, "nhac");
  const auto* mic = station.schedule->relay("mic");
  ASSERT_NE(mic, nullptr);
  EXPECT_EQ(mic->title, "mic");
  EXPECT_EQ(mic->source, playlists::Source::other);
  EXPECT_EQ(mic->taken_from(), "USB");
  EXPECT_EQ(station.schedule->relay("vov2"), nullptr);
}

TEST(Relay, MistakesAreAnsweredAtTheirPlaces) {
  const struct {
    std::string relay, finding;
  } cases[] = {
      {"{url: \"file:///etc/passwd\"}", "5:15 error relay-url"},
      {"{url: \"https://user:word@vov.example/\"}", "5:15 error relay-url"},
      {"{url: vov.vn}", "5:15 error relay-url"},
      {"{title: VOV}", "5:3 error missing-key"},
      {"{url: \"https://vov.example\", input: USB}", "5:38 error relay-source"},
      {"{input: USB, url: \"https://vov.example\"}", "5:22 error relay-source"},
      {"{input: USB, fallback: nhak}", "5:32 error unknown-name"},
      {"{input: USB, source: tv}", "5:30 error not-a-choice"},
      {"{input: USB, fallbak: nhac}", "5:22 error unknown-key"},
  };
  for (const auto& [relay, finding] : cases) {
    const RelayStation station("  vov1: " + relay + "\n",
                               "  sang: {at: \"05:30\", items: [{relay: vov1, for: 5min}]}\n");
    EXPECT_THAT(station.findings(), ElementsAre("schedule/lich.yaml:" + finding)) << relay;
  }
}

TEST(Relay, UnknownOnesHaveTheNearest) {
  const RelayStation station(kVov, "  sang: {at: \"05:30\", items: [{relay: vov2, for: 5min}]}\n");
  EXPECT_THAT(station.findings(), ElementsAre("schedule/lich.yaml:7:39 error unknown-relay"));
  EXPECT_EQ(station.diagnostics.all().front().hint.in(Language::en), "did you mean “vov1”?");
}

TEST(Relay, IsPlannedForItsTime) {
  const RelayStation station(
      kVov, "  sang: {at: \"05:30\", length: 1h, items: [tin, {relay: vov1, at: \"06:00\", for: 15min}, nhac]}\n");
  EXPECT_THAT(station.findings(), IsEmpty());
  EXPECT_THAT(station.items(),
              ElementsAre("sang/1 05:30:00+1200 tin", "sang/2 06:00:00+900 relay vov1", "sang/3 06:15:00+120 nhac"));
  const auto plan = make_plan(*station.schedule, station.library, date("2026-11-25"), date("2026-11-26"));
  EXPECT_EQ(plan.items[1].title, "Thời sự VOV");
  EXPECT_EQ(plan.items[1].taken_from, "https://vov.example/1.mp3");
  EXPECT_EQ(plan.items[1].substitute, "nhac");
  EXPECT_EQ(plan.items[1].article, "");
  EXPECT_EQ(plan.items[1].clip, "");
  EXPECT_TRUE(plan.items[1].pinned);
}

TEST(Relay, WithoutALengthLastsAsLongAsThereIsRoom) {
  const RelayStation station(kVov,
                             "  sang: {at: \"05:30\", length: 1h, items: [tin, {relay: vov1}, nhac]}\n"
                             "  trua: {at: \"11:00\", items: [{relay: vov1}, {article: nhac, at: \"11:10\"}]}\n");
  EXPECT_THAT(station.findings(), IsEmpty());
  EXPECT_THAT(station.items(),
              ElementsAre("sang/1 05:30:00+1200 tin", "sang/2 05:50:00+2280 relay vov1", "sang/3 06:28:00+120 nhac",
                          "trua/1 11:00:00+600 relay vov1", "trua/2 11:10:00+120 nhac"));
}

TEST(Relay, WithoutAnEndIsAnError) {
  const RelayStation station(kVov, "  sang: {at: \"05:30\", items: [{relay: vov1}]}\n");
  EXPECT_THAT(station.findings(), ElementsAre("schedule/lich.yaml:7:31 error relay-without-end"));
}

TEST(Relay, IsCutByThePinAndTheSlotAsAClipIs) {
  RelayStation station(kVov,
                       "  sang: {at: \"05:30\", length: 30min, items: [{relay: vov1, for: 15min}, "
                       "{relay: vov1, at: \"05:40\", for: 30min}]}\n");
  EXPECT_THAT(station.items(), ElementsAre("sang/1 05:30:00+600 relay vov1", "sang/2 05:40:00+1200 relay vov1"));
  EXPECT_THAT(station.checked(), ElementsAre("warning item-cut 7", "warning item-cut 7"));
}

TEST(Relay, WhatTheTextProvesUnreachedIsAnError) {
  RelayStation station(kVov, "  sang: {at: \"05:30\", length: 30min, items: [{relay: vov1, for: 30min}, nhac]}\n");
  EXPECT_THAT(station.findings(), ElementsAre("schedule/lich.yaml:7:73 error item-unreached"));
}

// A live programme goes on meanwhile: it is joined where it is, and ends when it would.
TEST(Relay, GoesOnWhereItIsBehindAHigherPriority) {
  const std::string storm = "  bao: {at: \"06:05\", priority: emergency, ordered_by: UBND, items: [nhac]}\n";
  for (const std::string rule : {"resume", "restart"}) {
    const RelayStation station(kVov, storm + "  sang: {at: \"06:00\", length: 30min, interrupted: " + rule +
                                         ", items: [{relay: vov1, for: 15min}, nhac]}\n");
    EXPECT_THAT(station.items(),
                ElementsAre("sang/1 06:00:00+300 relay vov1 continued", "bao/1 06:05:00+120 nhac",
                            "sang/1b 06:07:00+480@420 relay vov1 continued", "sang/2 06:15:00+120 nhac"))
        << rule;
  }
  const RelayStation dropped(kVov, storm +
                                       "  sang: {at: \"06:00\", length: 30min, interrupted: drop, "
                                       "items: [{relay: vov1, for: 15min}, nhac]}\n");
  EXPECT_THAT(dropped.items(), ElementsAre("sang/1 06:00:00+300 relay vov1 broken-off", "bao/1 06:05:00+120 nhac",
                                           "sang/2 06:07:00+120 nhac"));
}

TEST(Relay, WhosePinLiesInAnInterruptionIsJoined) {
  const RelayStation station(
      kVov,
      "  bao: {at: \"05:59\", priority: emergency, ordered_by: UBND, items: [nhac]}\n"
      "  sang: {at: \"05:30\", length: 1h, items: [tin, {relay: vov1, at: \"06:00\", for: 15min}]}\n");
  EXPECT_THAT(station.items(), ElementsAre("sang/1 05:30:00+1200 tin", "bao/1 05:59:00+120 nhac",
                                           "sang/2 06:01:00+840@60 relay vov1 broken-off"));
}

TEST(Relay, CountsAgainstTheLimits) {
  RelayStation station(kVov, "  sang: {at: \"05:30\", items: [{relay: vov1, for: 50min}]}\n",
                       "limits: [{name: Quyết định 29, minutes_per_session: 45}]\n");
  EXPECT_THAT(station.checked(), ElementsAre("warning limit 7"));
}

TEST(Relay, OutsideThePermittedHoursIsAnError) {
  RelayStation station(kVov, "  dem: {at: \"20:50\", items: [{relay: vov1, for: 15min}]}\n");
  EXPECT_THAT(station.checked(), Contains(HasSubstr("error outside-hours")));
}

TEST(Relay, WhoseFallbackCannotSoundIsWarnedOf) {
  RelayStation station("  vov1: {url: \"https://vov.example/1.mp3\", fallback: tin}\n",
                       "  sang: {at: \"05:30\", items: [{relay: vov1, for: 5min}]}\n");
  station.library = {};
  EXPECT_THAT(station.checked(), ElementsAre("warning missing-substitute 5"));
  RelayStation without("  vov1: {url: \"https://vov.example/1.mp3\"}\n",
                       "  sang: {at: \"05:30\", items: [{relay: vov1, for: 5min}]}\n");
  EXPECT_THAT(without.checked(), IsEmpty()) << "silence is the operator's choice";
}

// A relay is no recording: nobody could approve what is not made yet.
TEST(Relay, NeedsNoApproval) {
  RelayStation station("  vov1: {url: \"https://vov.example/1.mp3\"}\n",
                       "  sang: {at: \"05:30\", items: [{relay: vov1, for: 5min}]}\n", "approval: required\n");
  EXPECT_THAT(station.checked(), IsEmpty());
  EXPECT_THAT(station.items(), ElementsAre("sang/1 05:30:00+300 relay vov1"));
  RelayStation fallback(kVov, "  sang: {at: \"05:30\", items: [{relay: vov1, for: 5min}]}\n", "approval: required\n");
  EXPECT_THAT(fallback.checked(), ElementsAre("warning missing-substitute 5"));
}

// An article may bear the same name; it has nothing to do with the relay.
TEST(Relay, MayBearTheNameOfAnArticle) {
  RelayStation station("  tin: {url: \"https://vov.example/1.mp3\"}\n",
                       "  sang: {at: \"05:30\", items: [{relay: tin, for: 5min}, tin]}\n");
  EXPECT_THAT(station.items(), ElementsAre("sang/1 05:30:00+300 relay tin", "sang/2 05:35:00+1200 tin"));
}

}  // namespace
}  // namespace loa::scheduler::testing
