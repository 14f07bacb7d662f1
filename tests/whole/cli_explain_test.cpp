// `loa explain` with real files, and of the past by the ledger and the snapshot that a real `loa run` has left.
#include <signal.h>

#include <fstream>

#include "tests/whole/run_fixture.hpp"

namespace loa::test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class ExplainTest : public RunTest {
 protected:
  static std::vector<json::object> objects(const Finished& done) {
    std::vector<json::object> all;
    for (const auto& line : lines_of(done.out)) all.push_back(json::parse(line).as_object());
    return all;
  }
  /// "file:line" of the steps of one rule.
  static std::vector<std::string> places(const Finished& done, const char* rule) {
    std::vector<std::string> all;
    for (const auto& step : objects(done)) {
      if (text(step, "rule") != rule) continue;
      const auto* line = step.if_contains("line");
      all.push_back(text(step, "file") + ":" + (line == nullptr ? "" : std::to_string(line->to_number<int>())));
    }
    return all;
  }
  /// "verdict/reason" of the ledger's rows in an explanation.
  static std::vector<std::string> verdicts_in(const Finished& done) {
    std::vector<std::string> all;
    for (const auto& step : objects(done)) {
      if (text(step, "rule") == "ledger") all.push_back(text(step, "verdict") + "/" + text(step, "reason"));
    }
    return all;
  }
  std::string id_of(const std::string& article) {
    for (const auto& row : rows()) {
      if (text(row, "kind") == "item" && text(row, "article") == article) return text(row, "id");
    }
    return {};
  }
};

TEST_F(ExplainTest, TheFutureByTodaysFiles) {
  schedule(
      "  sang: {title: Sáng, at: \"05:30\", repeat: weekdays, items: [a, b]}\ncalendar:\n"
      "  - {name: Nghỉ, on: 2026-12-01, mute: [sang]}\n");
  const std::vector<std::string> monday{"explain", "2026-11-30T05:30:01.600", "--now", "2026-11-27T00:00"};
  const auto words = station_.loa(monday);
  EXPECT_EQ(words.code, 0) << words.err;
  EXPECT_THAT(words.out, StartsWith("Mon 30/11/2026: “B” (b.flac) sounds from 05:30:01 to 05:30:02\n"));
  EXPECT_THAT(words.out, HasSubstr("▲"));
  EXPECT_THAT(words.out, Not(HasSubstr("\x1b")));
  const auto lines = station_.loa({"explain", "xa-thu/2026-11-30T0530/sang/2", "--json", "--now", "2026-11-27T00:00"});
  EXPECT_THAT(places(lines, "answer"), ElementsAre("schedule/lich.yaml:6"));
  EXPECT_THAT(places(lines, "article"), ElementsAre("schedule/lich.yaml:3"));
  EXPECT_THAT(places(lines, "hours"), ElementsAre("station.yaml:2"));
  EXPECT_EQ(text(objects(lines).front(), "answer"), "sounds");
  const auto muted = station_.loa({"explain", "2026-12-01T05:30:01", "--now", "2026-11-27T00:00"});
  EXPECT_EQ(muted.code, 0);
  EXPECT_THAT(
      muted.out,
      HasSubstr(
          "schedule/lich.yaml:8  “sang” would begin at 05:30, but the calendar (“Nghỉ”, 2026-12-01): mutes “sang”"));
  EXPECT_THAT(station_.loa({"explain", "2026-12-01T05:30:01", "--lang", "vi"}).out,
              HasSubstr("lẽ ra bắt đầu lúc 05:30"));
}

TEST_F(ExplainTest, ANameByWhatAirsOfItNext) {
  schedule("  sang: {title: Sáng, at: \"05:30\", repeat: weekdays, items: [a]}\n");
  const auto airs = station_.loa({"explain", "a", "--json", "--now", "2026-11-27T00:00"});
  EXPECT_EQ(airs.code, 0) << airs.err;
  EXPECT_EQ(text(objects(airs).front(), "answer"), "name");
  EXPECT_EQ(text(objects(airs).at(1), "id"), "xa-thu/2026-11-27T0530/sang/1");
  const auto never = station_.loa({"explain", "b", "--now", "2026-11-27T00:00"});
  EXPECT_EQ(never.code, 0) << never.err;
  EXPECT_THAT(never.out, HasSubstr("no programme, playlist or campaign names “b”"));
  EXPECT_THAT(never.out, Not(HasSubstr("ledger"))) << "there is none yet";
}

TEST_F(ExplainTest, WhatIsNoIdOrNoInstantIsSaid) {
  schedule("  sang: {title: Sáng, at: \"05:30\", items: [a]}\n");
  EXPECT_EQ(station_.loa({"explain"}).code, 2);
  const auto neither = station_.loa({"explain", "5h30"});
  EXPECT_EQ(neither.code, 2);
  EXPECT_THAT(neither.err, HasSubstr("neither an instant, nor a day, nor an id, nor a name"));
  const auto mistyped = station_.loa({"explain", "sangg"});
  EXPECT_EQ(mistyped.code, 1);
  EXPECT_THAT(mistyped.out, HasSubstr("did you mean sang?"));
  EXPECT_EQ(station_.loa({"explain", "2026-11-30T05:30", "2026-12-01"}).code, 2);
  const auto unknown = station_.loa({"explain", "xa-thu/2026-11-30T0530/snag", "--now", "2026-11-27T00:00"});
  EXPECT_EQ(unknown.code, 1);
  EXPECT_THAT(unknown.out, HasSubstr("did you mean xa-thu/2026-11-30T0530/sang?"));
  station_.write("schedule/lich.yaml", "programmes:\n  sang: {at: 5h30, items: [a]}\n");
  const auto mistaken = station_.loa({"explain", "2026-11-30T05:30", "--now", "2026-11-27T00:00"});
  EXPECT_EQ(mistaken.code, 1);
  EXPECT_THAT(mistaken.out, IsEmpty());
  EXPECT_THAT(mistaken.err, HasSubstr("time-with-h"));
}

TEST_F(ExplainTest, ThePastByTheSnapshotOfThenAndWhatTheLedgerSays) {
  schedule(programme("sang", time_from_now(kSoon), "[a, dai]"));
  std::string aired;
  {
    Daemon daemon(station_);
    ASSERT_TRUE(daemon.answers("\"article\":\"dai\",\"clip\"")) << daemon.words();
    ASSERT_TRUE(daemon.says("a: aired")) << daemon.words();
    aired = id_of("a");
    EXPECT_THAT(verdicts_in(station_.loa({"explain", aired, "--json"})), ElementsAre("aired/none")) << "while it runs";
    daemon.signal(SIGKILL);
    daemon.wait();
  }
  {
    Daemon again(station_);
    ASSERT_TRUE(again.says("dai: partial/power")) << again.words();
    again.signal(SIGTERM);
    EXPECT_EQ(again.wait(), 0);
  }
  station_.write("schedule/lich.yaml",
                 "articles:\n  a: {title: Khác, clip: a.wav}\nprogrammes:\n  khac: {at: \"05:30\", items: [a]}\n");
  const auto item = station_.loa({"explain", aired, "--json"});
  EXPECT_EQ(item.code, 0) << item.err;
  EXPECT_THAT(verdicts_in(item), ElementsAre("aired/none"));
  EXPECT_THAT(places(item, "answer"), ElementsAre("schedule/lich.yaml:6"));
  EXPECT_THAT(text(objects(item).front(), "text"), HasSubstr("planned then: "));
  EXPECT_THAT(verdicts_in(station_.loa({"explain", id_of("dai"), "--json"})), ElementsAre("partial/power"));
  const auto session = station_.loa({"explain", aired.substr(0, aired.rfind('/')), "--json"});
  EXPECT_THAT(verdicts_in(session), ElementsAre("aired/none", "partial/power"));
  std::string begun;
  for (const auto& row : rows()) {
    if (text(row, "id") == aired && text(row, "kind") == "item") begun = text(row, "start");
  }
  const auto instant = station_.loa({"explain", begun});
  EXPECT_THAT(instant.out, HasSubstr("planned then"));
  EXPECT_THAT(instant.out, HasSubstr("by the plan that was in force since"));
  EXPECT_THAT(instant.out, HasSubstr("1: aired"));
  EXPECT_THAT(station_.loa({"explain", "2020-01-01T05:31"}).out, HasSubstr("no plan of that time is known"));
  fs::remove_all(station_.path() / "state/plans");
  const auto gone = station_.loa({"explain", aired});
  EXPECT_THAT(gone.out, HasSubstr("the plan in force then is no longer in state/plans"));
  EXPECT_THAT(gone.out, HasSubstr("1: aired"));
}

TEST_F(ExplainTest, MistakesOfTodayLeaveTheLastAcceptedPlan) {
  schedule(programme("sang", "05:30", "[a]"));
  {
    Daemon daemon(station_);
    ASSERT_TRUE(daemon.answers("\"next\"")) << daemon.words();
    daemon.signal(SIGTERM);
    EXPECT_EQ(daemon.wait(), 0);
  }
  station_.write("schedule/lich.yaml", "programmes: [");
  const auto told = station_.loa({"explain", "2040-01-02T05:30:00.500"});
  EXPECT_EQ(told.code, 0);
  EXPECT_THAT(told.out, HasSubstr("told by the last accepted plan: today's files have mistakes"));
  EXPECT_THAT(told.out, HasSubstr("“A” (a.wav) sounds"));
  EXPECT_THAT(told.err, HasSubstr("schedule/lich.yaml:1"));
}

}  // namespace
}  // namespace loa::test
