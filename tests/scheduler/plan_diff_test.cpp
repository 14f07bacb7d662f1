// What two plans do differently.
#include "scheduler/plan_diff.hpp"

#include <gmock/gmock.h>

#include "tests/scheduler/made_up_station.hpp"

namespace loa::scheduler::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kFrom = "2026-11-23";
constexpr const char* kTo = "2026-11-25";

MadeUpStation week() {
  MadeUpStation station;
  station.article("tune", 1min);
  station.article("talk", 5min);
  station.programme("sang", {time_of(5, 30)}, {play("tune"), play("talk")});
  return station;
}

std::vector<std::string> told(const MadeUpStation& before, const MadeUpStation& after) {
  const auto one = before.plan(kFrom, kTo), other = after.plan(kFrom, kTo);
  std::vector<std::string> lines;
  for (const auto& change : differences(one, other)) {
    const auto at = [&](const PlannedItem* item) {
      return item == nullptr ? std::string("-") : before.local(item->start).substr(8, 8);
    };
    constexpr const char* kKinds = "+-~*";
    lines.push_back(kKinds[static_cast<int>(change.kind)] + std::string(" ") + change.item().programme + '/' +
                    change.item().index + ' ' + at(change.before) + ' ' + at(change.after));
  }
  return lines;
}

TEST(Differences, AreNoneBetweenTheSame) {
  EXPECT_THAT(told(week(), week()), IsEmpty());
}

TEST(Differences, AreWhatIsAddedAndTakenAway) {
  auto edited = week();
  edited.schedule().programmes[0].items.pop_back();
  EXPECT_THAT(told(week(), edited), ElementsAre("- sang/2 23T05:31 -", "- sang/2 24T05:31 -"));
  EXPECT_THAT(told(edited, week()), ElementsAre("+ sang/2 - 23T05:31", "+ sang/2 - 24T05:31"));
}

TEST(Differences, AreWhatBeginsAtAnotherInstantOrIsAnotherRecording) {
  auto edited = week();
  edited.recording("tune.wav", 2min);
  EXPECT_THAT(told(week(), edited), ElementsAre("~ sang/1 23T05:30 23T05:30", "~ sang/2 23T05:31 23T05:32",
                                                "~ sang/1 24T05:30 24T05:30", "~ sang/2 24T05:31 24T05:32"));
  auto other = week();
  other.schedule().repertoire.articles["tune"].clip = "talk.wav";
  EXPECT_THAT(told(week(), other),
              ElementsAre("~ sang/1 23T05:30 23T05:30", "* sang/1 23T05:30 23T05:30", "~ sang/2 23T05:31 23T05:35",
                          "~ sang/1 24T05:30 24T05:30", "* sang/1 24T05:30 24T05:30", "~ sang/2 24T05:31 24T05:35"));
}

TEST(Differences, AreWhatIsApproved) {
  auto silent = week();
  silent.schedule().approval_required = true;
  silent.schedule().repertoire.articles["talk"].approval = playlists::ApprovalRule::off;
  EXPECT_THAT(told(silent, week()), ElementsAre("* sang/1 23T05:30 23T05:30", "* sang/1 24T05:30 24T05:30"));
  EXPECT_THAT(told(week(), silent), ElementsAre("* sang/1 23T05:30 23T05:30", "* sang/1 24T05:30 24T05:30"));
}

TEST(Differences, DoNotComeFromTheStationsName) {
  auto copy = week();
  copy.schedule().station = "xa-khac";
  EXPECT_THAT(told(week(), copy), IsEmpty());
}

}  // namespace
}  // namespace loa::scheduler::testing
