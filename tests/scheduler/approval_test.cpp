// What nobody approved keeps its time and stays silent; what somebody approved is that very content and no other.
#include <algorithm>

#include "scheduler/taken_off.hpp"
#include "tests/scheduler/check_words.hpp"

namespace loa::scheduler::testing {
namespace {

using playlists::ApprovalRule;

const std::string kTalk(64, 'b'), kOther(64, 'c');

/// "tune" says `approval: off`; "talk" is under the station's rule, which requires it.
MadeUpStation careful() {
  MadeUpStation station;
  station.schedule().approval_required = true;
  station.article("tune", 10s).approval = ApprovalRule::off;
  station.article("talk").about = 1min;
  station.recording("talk.wav", 5min, kTalk);
  station.programme("a", {time_of(5, 30)}, {play("tune"), play("talk"), play("tune")});
  return station;
}

std::vector<Fault> faults(const Plan& plan) {
  std::vector<Fault> found;
  for (const auto& item : plan.items) found.push_back(item.fault);
  return found;
}

TEST(Approval, WhatNobodyApprovedKeepsItsTimeAndStaysSilent) {
  const auto plan = careful().plan_of(kToday);
  EXPECT_THAT(faults(plan), ElementsAre(Fault::none, Fault::unapproved, Fault::none));
  EXPECT_EQ(plan.items[1].frames, Frames(5min)) << "its own length, not `about`";
  EXPECT_EQ(plan.items[1].sha256, kTalk);
  EXPECT_TRUE(plan.items[1].needs_approval);
  EXPECT_FALSE(plan.items[0].needs_approval);
}

TEST(Approval, ChangesNothingOfThePlanButTheSilence) {
  auto station = careful();
  const auto before = station.plan_of(kToday);
  station.approve(kTalk);
  auto after = station.plan_of(kToday);
  EXPECT_THAT(faults(after), ElementsAre(Fault::none, Fault::none, Fault::none));
  after.items[1].fault = Fault::unapproved;
  EXPECT_EQ(after, before);
}

TEST(Approval, IsOfTheContentAndNotOfTheName) {
  auto station = careful();
  station.approve(kTalk);
  station.recording("talk.wav", 5min, kOther);
  EXPECT_EQ(station.plan_of(kToday).items[1].fault, Fault::unapproved);
  station.article("copy").clip = "elsewhere.wav";
  station.recording("elsewhere.wav", 5min, kTalk);
  station.programme("b", {time_of(17)}, {play("copy")});
  EXPECT_EQ(station.plan_of(kToday).items.back().fault, Fault::none) << "the same content under another name";
}

TEST(Approval, IsAskedForByOneArticleWhereTheStationDoesNot) {
  auto station = careful();
  station.schedule().approval_required = false;
  EXPECT_FALSE(station.schedule().asks_for_approval());
  EXPECT_EQ(station.plan_of(kToday).items[1].fault, Fault::none);
  station.schedule().repertoire.articles["talk"].approval = ApprovalRule::required;
  EXPECT_TRUE(station.schedule().asks_for_approval());
  EXPECT_EQ(station.plan_of(kToday).items[1].fault, Fault::unapproved);
}

TEST(Approval, ARecordingThatIsMissingOrRefusedIsThatFirst) {
  auto station = careful();
  station.article("absent");
  station.article("bad");
  station.refuse("bad.wav", "damaged");
  station.programme("b", {time_of(17)}, {play("absent"), play("bad")});
  const auto plan = station.plan_of(kToday);
  EXPECT_EQ(plan.items[3].fault, Fault::missing);
  EXPECT_EQ(plan.items[4].fault, Fault::refused);
}

TEST(Approval, AFolderMayBeLeftOut) {
  auto station = careful();
  station.playlist("notices", {}).folder = "notices";
  station.recording("notices/a.wav", 1min, kOther);
  station.programme("b", {time_of(17)}, {list("notices")});
  EXPECT_EQ(station.plan_of(kToday).items.back().fault, Fault::unapproved);
  station.schedule().repertoire.playlists["notices"].approval = ApprovalRule::off;
  EXPECT_EQ(station.plan_of(kToday).items.back().fault, Fault::none);
  station.article("the-same").clip = "notices/a.wav";
  station.programme("c", {time_of(18)}, {play("the-same")});
  EXPECT_EQ(station.plan_of(kToday).items.back().fault, Fault::unapproved) << "only through that playlist";
}

TEST(Approval, AFillChoosesOnlyWhatIsApproved) {
  auto station = careful();
  station.article("song");
  station.recording("song.wav", 2min, kOther);
  station.programme("b", {time_of(17)}, {fill({"talk", "song"})}).length = 6min;
  const auto chosen = [&] {
    std::vector<std::string> ids;
    for (const auto& item : station.plan_of(kToday).items) {
      if (item.programme == "b") ids.push_back(item.article);
    }
    return ids;
  };
  EXPECT_THAT(chosen(), IsEmpty());
  station.approve(kOther);
  EXPECT_THAT(chosen(), ElementsAre("song", "song", "song"));
}

TEST(Approval, OfADayIsItsRepeatsTooLater) {
  auto station = careful();
  station.article("news").clip = "news/<date>.wav";
  station.recording("news/2026-11-23.wav", 3min, kOther);
  station.programme("b", {time_of(17)}, {play("news", 1)});
  station.approve(kOther);
  EXPECT_EQ(station.plan_of("2026-11-24").items.back().fault, Fault::none);
}

TEST(CheckApproval, SaysWhatIsNearInOtherWords) {
  auto station = careful();
  station.article("news").clip = "news/<date>.wav";
  for (const int day : {23, 24, 25}) {
    const auto name = "2026-11-" + std::to_string(day);
    station.recording("news/" + name + ".wav", 3min, std::string(62, 'd') + std::to_string(day));
  }
  station.article("talk").approval = ApprovalRule::off;
  station.programme("b", {time_of(17)}, {play("news")});
  const auto found = station.check(kToday);
  std::vector<std::string> said;
  for (const auto& each : found) {
    if (each.code == "unapproved-recording") said.push_back(words(each));
  }
  EXPECT_THAT(said, ElementsAre(HasSubstr("“news/2026-11-23.wav”, and it is due TODAY, in the session of 17:00"),
                                HasSubstr("“news/2026-11-24.wav”, and it is due TOMORROW"),
                                HasSubstr("“news/2026-11-25.wav” (Wed 25/11/2026)")));
  const auto first =
      std::find_if(found.begin(), found.end(), [](const auto& each) { return each.code == "unapproved-recording"; });
  EXPECT_EQ(first->severity, Severity::warning);
  EXPECT_EQ(first->on_air.in(Language::en), "3min of silence");
  EXPECT_THAT(first->hint.in(Language::en), HasSubstr("loa approve \"news/2026-11-23.wav\" --by \"NAME\""));
}

TEST(CheckApproval, NamesAnArticleOnceForAllItsDays) {
  const auto found = careful().check(kToday);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].code, "unapproved-recording");
  EXPECT_THAT(found[0].hint.in(Language::en), HasSubstr("loa approve talk --by"));
}

TEST(CheckApproval, SaysThatAFillCannotChooseIt) {
  auto station = careful();
  station.article("talk").approval = ApprovalRule::off;
  station.article("song");
  station.recording("song.wav", 2min, kOther);
  station.programme("b", {time_of(17)}, {fill({"tune", "song"})}).length = 6min;
  const auto found = station.check(kToday);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].on_air.in(Language::en), "it would not be chosen to fill the time");
}

TEST(CheckApproval, ASubstituteThatNobodyApprovedStandsInForNobody) {
  auto station = careful();
  station.article("absent").missing = "talk";
  station.schedule().programmes.clear();
  station.programme("b", {time_of(17)}, {play("absent")});
  const auto found = station.check(kToday);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].code, "missing-recording");
  EXPECT_EQ(found[1].code, "missing-substitute");
  EXPECT_THAT(words(found[1]), HasSubstr("nobody has approved the recording of the substitute “talk”"));
  EXPECT_THAT(found[1].hint.in(Language::en), HasSubstr("loa approve talk --by"));
  station.approve(kTalk);
  EXPECT_EQ(station.check(kToday).size(), 1u);
}

/// What an item of Monday is by the rules of an edited station.
class TakenOffBy : public ::testing::Test {
 protected:
  TakenOffBy() {
    station.programme("b", {time_of(17)}, {play("tune")});
    item = station.plan_of(kToday).items.back();
  }
  TakenOff asked() { return taken_off(station.schedule(), item); }
  CalendarLine& line() {
    auto& added = station.schedule().calendar.emplace_back();
    added.on = DaySet{};
    return added;
  }
  MadeUpStation station = careful();
  PlannedItem item;
};

TEST_F(TakenOffBy, NothingAsLongAsTheFilesPlanIt) {
  EXPECT_EQ(asked(), TakenOff::no);
  station.schedule().programmes.pop_back();
  EXPECT_EQ(asked(), TakenOff::no) << "what is simply gone from the files stays planned for its last minute";
}

TEST_F(TakenOffBy, TheValidityOfItsArticleOrProgramme) {
  station.schedule().programmes.back().until = date("2026-11-22");
  EXPECT_EQ(asked(), TakenOff::expired);
  station.schedule().programmes.back().until = date("2026-11-23");
  EXPECT_EQ(asked(), TakenOff::no);
  station.article("tune").until = date("2026-11-22");
  EXPECT_EQ(asked(), TakenOff::expired);
}

TEST_F(TakenOffBy, ALineOfTheCalendar) {
  line().mute.push_back({"b", {}});
  EXPECT_EQ(asked(), TakenOff::calendar);
  line().add.push_back({"b", {}});
  EXPECT_EQ(asked(), TakenOff::no) << "a later line has it back";
  line().replace.push_back({{"b", {}}, {"a", {}}});
  EXPECT_EQ(asked(), TakenOff::calendar);
  station.schedule().calendar.clear();
  line().mute_all = true;
  EXPECT_EQ(asked(), TakenOff::calendar);
}

}  // namespace
}  // namespace loa::scheduler::testing
