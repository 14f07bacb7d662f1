// What a session that is come to at some instant still sounds: the contract's late rules as a table.
#include "scheduler/step.hpp"

#include <gmock/gmock.h>

#include "tests/scheduler/made_up_station.hpp"

namespace loa::scheduler::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

/// A session of one hour from 05:30: two clips, a pause, a clip, silence, a pinned clip at 06:00, another one.
MadeUpStation morning(Late late) {
  MadeUpStation station;
  station.article("tune", 1min);
  station.article("news", 5min);
  station.article("talk", 20min);
  station.article("absent");
  auto& programme = station.programme(
      "sang", {time_of(5, 30)},
      {play("tune"), play("news"), pause(1min), play("absent"), play("news"), play("talk").pinned(6), play("news")});
  programme.length = 30min + 22min;
  programme.late = late;
  programme.grace = 10min;
  return station;
}

struct Asked {
  MadeUpStation station;
  Plan plan;
  std::vector<const PlannedItem*> items;

  explicit Asked(MadeUpStation from) : station(std::move(from)), plan(station.plan_of("2026-11-23")) {
    for (const auto& item : plan.items) items.push_back(&item);
  }
  const PlannedSession& session() const { return plan.sessions.at(0); }
  Instant at(const std::string& time) const { return station.at(("2026-11-23T" + time).c_str()); }

  /// "2 05:33:00+240s@120": index, start, frames, offset; "1 miss".
  std::vector<std::string> words(const std::vector<Placed>& placed) const {
    std::vector<std::string> result;
    const auto seconds = [](Frames frames) { return std::to_string(chr::duration_cast<chr::seconds>(frames).count()); };
    for (const auto& each : placed) {
      auto line = each.item->index + " ";
      if (each.action == Action::miss) {
        line += "miss";
      } else {
        line += station.local(each.start).substr(11, 8) + "+" + seconds(each.frames);
        if (each.offset != Frames(0)) line += "@" + seconds(each.offset);
      }
      result.push_back(line);
    }
    return result;
  }
};

struct Case {
  const char* what;
  Late late;
  const char* now;
  std::vector<std::string> placed;
};

void PrintTo(const Case& each, std::ostream* out) {
  *out << each.what;
}

class ComingToASession : public ::testing::TestWithParam<Case> {};

TEST_P(ComingToASession, PlacesWhatStillSounds) {
  const Asked asked(morning(GetParam().late));
  const auto placed = place_session(asked.session(), asked.items, asked.at(GetParam().now));
  EXPECT_THAT(asked.words(placed), ElementsAreArray(GetParam().placed)) << GetParam().what;
}

const std::vector<std::string> kAsPlanned{"1 05:30:00+60",  "2 05:31:00+300",  "3 05:36:00+60", "4 miss",
                                          "5 05:37:00+300", "6 06:00:00+1200", "7 06:20:00+120"};
const std::vector<std::string> kAllMissed{"1 miss", "2 miss", "3 miss", "4 miss", "5 miss", "6 miss", "7 miss"};

INSTANTIATE_TEST_SUITE_P(
    Rules, ComingToASession,
    ::testing::Values(Case{"before the start: as planned", Late::join, "05:29", kAsPlanned},
                      Case{"at the start: as planned", Late::skip, "05:30", kAsPlanned},
                      Case{"join inside the first",
                           Late::join,
                           "05:30:20",
                           {"1 05:30:20+40@20", "2 05:31:00+300", "3 05:36:00+60", "4 miss", "5 05:37:00+300",
                            "6 06:00:00+1200", "7 06:20:00+120"}},
                      Case{"join at the frame between two",
                           Late::join,
                           "05:31",
                           {"1 miss", "2 05:31:00+300", "3 05:36:00+60", "4 miss", "5 05:37:00+300", "6 06:00:00+1200",
                            "7 06:20:00+120"}},
                      Case{"join inside a pause",
                           Late::join,
                           "05:36:30",
                           {"1 miss", "2 miss", "3 05:36:30+30@30", "4 miss", "5 05:37:00+300", "6 06:00:00+1200",
                            "7 06:20:00+120"}},
                      Case{"join in the silence before a pin",
                           Late::join,
                           "05:50",
                           {"1 miss", "2 miss", "3 miss", "4 miss", "5 miss", "6 06:00:00+1200", "7 06:20:00+120"}},
                      Case{"join inside the pinned one",
                           Late::join,
                           "06:10",
                           {"1 miss", "2 miss", "3 miss", "4 miss", "5 miss", "6 06:10:00+600@600", "7 06:20:00+120"}},
                      Case{"join behind the last", Late::join, "06:22", kAllMissed},
                      Case{"start a little late: shifted, the pin stands",
                           Late::start,
                           "05:33",
                           {"1 05:33:00+60", "2 05:34:00+300", "3 05:39:00+60", "4 miss", "5 05:40:00+300",
                            "6 06:00:00+1200", "7 06:20:00+120"}},
                      Case{"start at the last instant of grace",
                           Late::start,
                           "05:40",
                           {"1 05:40:00+60", "2 05:41:00+300", "3 05:46:00+60", "4 miss", "5 05:47:00+300",
                            "6 06:00:00+1200", "7 06:20:00+120"}},
                      Case{"start beyond grace", Late::start, "05:40:01", kAllMissed},
                      Case{"skip once begun", Late::skip, "05:30:01", kAllMissed}));

TEST(PlaceSession, KeepsTheFramesOfAJoinedItemExact) {
  const Asked asked(morning(Late::join));
  const auto placed = place_session(asked.session(), asked.items, asked.session().start + Frames(7));
  EXPECT_EQ(placed[0].offset, Frames(7));
  EXPECT_EQ(placed[0].frames, Frames(1min) - Frames(7));
  EXPECT_EQ(placed[0].start + placed[0].frames, placed[1].start);
}

TEST(PlaceSession, CountsWhatFollowsAJoinedItemFromTheSameInstantUntilAPin) {
  const Asked asked(morning(Late::join));
  const auto now = asked.at("05:30:20");
  const auto placed = place_session(asked.session(), asked.items, now);
  EXPECT_EQ(placed[0].anchor, now);
  EXPECT_EQ(placed[4].anchor, now);
  EXPECT_EQ(placed[5].anchor, asked.at("06:00"));
}

TEST(PlaceSession, FadesOnlyWhatIsLeftOfAJoinedItem) {
  MadeUpStation station;
  station.article("talk", 20min);
  station.programme("sang", {time_of(5, 30)}, {play("talk")}).length = 10min;
  const Asked asked(std::move(station));
  const auto placed = place_session(asked.session(), asked.items, asked.at("05:39:59"));
  EXPECT_EQ(placed[0].frames, Frames(1s));
  EXPECT_EQ(placed[0].fade, Frames(1s));
}

struct LateStart {
  const char* what;
  Overrun overrun;
  Frames frames, fade;
};

class StartingLate : public ::testing::TestWithParam<LateStart> {};

TEST_P(StartingLate, LeavesTheSlotsEndWhereItIs) {
  MadeUpStation station;
  station.article("talk", 9min);
  auto& programme = station.programme("sang", {time_of(5, 30)}, {play("talk"), play("talk")});
  programme.length = 20min;
  programme.late = Late::start;
  programme.overrun = GetParam().overrun;
  const Asked asked(std::move(station));
  const auto placed = place_session(asked.session(), asked.items, asked.at("05:35"));
  EXPECT_EQ(placed[1].start, asked.at("05:44")) << GetParam().what;
  EXPECT_EQ(placed[1].frames, GetParam().frames) << GetParam().what;
  EXPECT_EQ(placed[1].fade, GetParam().fade) << GetParam().what;
}

INSTANTIATE_TEST_SUITE_P(Overruns, StartingLate,
                         ::testing::Values(LateStart{"fade", Overrun::fade, 6min, 2s},
                                           LateStart{"cut", Overrun::cut, 6min, 0s},
                                           LateStart{"finish", Overrun::finish, 9min, 0s}));

TEST(PlaceSession, MissesWhatAPassedPinLeavesNoRoomFor) {
  MadeUpStation station;
  station.article("tune", 30s);
  station.article("news", 5min);
  auto& programme = station.programme("sang", {time_of(5, 58)}, {play("tune"), play("news").pinned(6), play("tune")});
  programme.length = 20min;
  programme.late = Late::start;
  const Asked asked(std::move(station));
  EXPECT_THAT(asked.words(place_session(asked.session(), asked.items, asked.at("06:03"))),
              ElementsAre("1 miss", "2 06:03:00+300", "3 06:08:00+30"));
}

TEST(PlaceSession, FadesAtAPinWhatALateStartPushesIntoIt) {
  MadeUpStation station;
  station.article("talk", 8min);
  auto& programme = station.programme("sang", {time_of(5, 50)}, {play("talk"), play("talk").pinned(6)});
  programme.length = 20min;
  programme.late = Late::start;
  programme.overrun = Overrun::cut;
  const Asked asked(std::move(station));
  const auto placed = place_session(asked.session(), asked.items, asked.at("05:55"));
  EXPECT_THAT(asked.words(placed), ElementsAre("1 05:55:00+300", "2 06:00:00+480"));
  EXPECT_EQ(placed[0].fade, Frames(2s));
}

TEST(PlaceSession, DoesNotBringForwardWhatIsStillToCome) {
  const Asked asked(morning(Late::start));
  const std::vector<const PlannedItem*> rest(asked.items.begin() + 4, asked.items.end());
  EXPECT_THAT(asked.words(place_session(asked.session(), rest, asked.at("05:33"))),
              ElementsAre("5 05:37:00+300", "6 06:00:00+1200", "7 06:20:00+120"));
}

TEST(PlaceAfterSkip, BringsTheRestForwardUntilAPin) {
  const Asked asked(morning(Late::join));
  const std::vector<const PlannedItem*> rest(asked.items.begin() + 2, asked.items.end());
  EXPECT_THAT(asked.words(place_after_skip(asked.session(), rest, asked.at("05:32"))),
              ElementsAre("3 05:32:00+60", "4 miss", "5 05:33:00+300", "6 06:00:00+1200", "7 06:20:00+120"));
}

TEST(PlaceAfterSkip, WaitsForAPinnedItem) {
  const Asked asked(morning(Late::join));
  const std::vector<const PlannedItem*> rest(asked.items.begin() + 5, asked.items.end());
  EXPECT_THAT(asked.words(place_after_skip(asked.session(), rest, asked.at("05:40"))),
              ElementsAre("6 06:00:00+1200", "7 06:20:00+120"));
}

TEST(PlaceAfterSkip, NeverPassesTheSlotsEnd) {
  const Asked asked(morning(Late::join));
  const std::vector<const PlannedItem*> rest(asked.items.begin() + 6, asked.items.end());
  EXPECT_THAT(asked.words(place_after_skip(asked.session(), rest, asked.at("06:21"))), ElementsAre("7 06:21:00+60"));
}

TEST(PlaceAfterSkip, OfNothingIsNothing) {
  const Asked asked(morning(Late::join));
  EXPECT_TRUE(place_after_skip(asked.session(), {}, asked.at("06:21")).empty());
}

}  // namespace
}  // namespace loa::scheduler::testing
