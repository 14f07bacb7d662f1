// The conductor's small parts: which plan is in force, what the clock did, how the player is.
#include <gmock/gmock.h>

#include <memory>
#include <utility>

#include "daemon/station/conductor/conductor_clock.hpp"
#include "daemon/station/conductor/conductor_watch.hpp"
#include "tests/support/scenario_station.hpp"

namespace {

using namespace std::chrono_literals;
using loa::sim::at;
using loa::sim::StationFixture;
using loa::station::PlayerWatch;
using loa::station::Timetable;

std::vector<std::string> ids(const std::vector<loa::station::DueSession>& sessions) {
  std::vector<std::string> found;
  for (const auto& session : sessions) {
    for (const auto& due : session.items) found.push_back(due.item.id.substr(std::string("xa/2026-11-").size()));
  }
  return found;
}

class TimetableOf : public testing::Test {
 protected:
  StationFixture station{at("2026-11-23T05:00")};
  loa::station::SnapshotPtr two, one;

  void SetUp() override {
    station.recording("a.wav", 10min);
    two = plan_of("[a, a]");
    one = plan_of("[a]");
  }
  loa::station::SnapshotPtr plan_of(const std::string& items) {
    station.write(
        "articles: {a: {title: A, clip: a.wav}}\n"
        "programmes: {p: {title: P, at: \"06:00\", length: 30min, items: " +
        items + "}}\n");
    return station.snapshot();
  }
};

TEST_F(TimetableOf, TwoReignsIsSplitAtTheInstantOfTheChange) {
  Timetable table;
  table.begin(two, at("2026-11-22T00:00"));
  table.begin(one, at("2026-11-23T06:05"));
  EXPECT_THAT(ids(table.between(at("2026-11-22T00:00"), at("2026-11-25T00:00"))),
              testing::ElementsAre("22T0600/p/1", "22T0600/p/2", "23T0600/p/1", "24T0600/p/1"));
  EXPECT_EQ(table.at(at("2026-11-22T12:00")), two);
  EXPECT_EQ(table.at(at("2026-11-23T06:05")), one);
  EXPECT_EQ(table.at(at("2026-11-21T12:00")), nullptr);
}

TEST_F(TimetableOf, AReignThatNeverBeganOwesNothing) {
  Timetable table;
  table.begin(one, at("2026-11-22T00:00"));
  table.begin(two, at("2026-11-23T00:00"));
  table.begin(one, at("2026-11-22T23:00"));
  EXPECT_THAT(ids(table.between(at("2026-11-23T00:00"), at("2026-11-24T00:00"))), testing::ElementsAre("23T0600/p/1"));
}

TEST_F(TimetableOf, ManyEditsLetsGoOfThoseThatEndedLongAgo) {
  Timetable table;
  const std::weak_ptr<const loa::station::Snapshot> first = two, second = one;
  table.begin(std::exchange(two, nullptr), at("2026-11-20T00:00"));
  table.begin(std::exchange(one, nullptr), at("2026-11-21T00:00"));
  table.begin(plan_of("[a, a, a]"), at("2026-11-22T00:00"));
  table.forget(at("2026-11-22T00:00"));
  EXPECT_TRUE(first.expired());
  EXPECT_FALSE(second.expired()) << "it ended only then";
  table.forget(at("2026-12-22T00:00"));
  EXPECT_TRUE(second.expired());
  EXPECT_THAT(ids(table.between(at("2026-11-22T00:00"), at("2026-11-23T00:00"))), testing::SizeIs(3))
      << "the newest stays";
}

TEST_F(TimetableOf, AnIdIsOwedOnceByTheEarlierReign) {
  const auto pinned = plan_of("[{article: a, at: \"06:15\"}]");
  Timetable table;
  table.begin(one, at("2026-11-22T00:00"));
  table.begin(pinned, at("2026-11-23T06:10"));
  const auto sessions = table.between(at("2026-11-23T00:00"), at("2026-11-24T00:00"));
  ASSERT_THAT(ids(sessions), testing::ElementsAre("23T0600/p/1"));
  EXPECT_EQ(sessions[0].items[0].item.start, at("2026-11-23T06:00"));
  EXPECT_THAT(ids(table.between(at("2026-11-23T06:10"), at("2026-11-24T00:00"))), testing::IsEmpty());
}

TEST_F(TimetableOf, AChangeNamesWhatGoesAndCountsAWeek) {
  const auto change = compare(*two, *one, at("2026-11-23T06:05"));
  EXPECT_EQ(change.before, 14u - 1u + 1u);
  EXPECT_EQ(change.after, 7u);
  EXPECT_FALSE(change.drastic()) << "half is not less than half";
  EXPECT_EQ(change.removed.size(), 7u);
  EXPECT_EQ(change.removed.front(), "xa/2026-11-23T0600/p/2");
}

TEST(StepWatch, TellsSettingFromNothing) {
  loa::sim::SimClock clock(at("2026-11-23T05:00"));
  loa::station::StepWatch watch;
  EXPECT_FALSE(watch.look(clock));
  clock.advance_to(clock.steady() + 10s);
  EXPECT_FALSE(watch.look(clock));
  clock.step(5ms);
  EXPECT_FALSE(watch.look(clock));
  clock.step(-3s);
  EXPECT_EQ(watch.look(clock), -3s);
  clock.step(100ms);
  EXPECT_EQ(watch.look(clock), 100ms);
  EXPECT_FALSE(watch.look(clock)) << "once";
}

/// Put aside for `gap` between the readings of its two clocks, the first `times` times.
class StarvedClock final : public loa::station::Clock {
 public:
  std::chrono::sys_time<std::chrono::nanoseconds> wall() const override {
    const auto read = std::chrono::sys_time<std::chrono::nanoseconds>(now);
    if (times-- > 0) now += gap;
    return read;
  }
  loa::station::Steady steady() const override { return now; }
  loa::station::Trust trust() const override { return loa::station::Trust::virtual_; }
  mutable loa::station::Steady now = 1000s;
  mutable int times = 0;
  loa::station::Steady gap = 300ms;
};

TEST(StepWatch, AProcessThatIsPutAsideBetweenTheTwoClocksSeesNoStep) {
  StarvedClock clock;
  loa::station::StepWatch watch;
  EXPECT_FALSE(watch.look(clock));
  for (const int times : {1, 2, 3, 50}) {
    clock.times = times;
    EXPECT_FALSE(watch.look(clock)) << times;
    clock.times = 0;
    EXPECT_FALSE(watch.look(clock)) << times;
  }
}

TEST(PlayerWatch, ABeatWhoseCountStandsStillIsNoSignOfLife) {
  PlayerWatch watch;
  watch.expect(0s);
  watch.on(loa::wire::DeviceEvent{"open", "USB", "", 0}, 1s);
  loa::wire::BeatEvent beat;
  beat.taken = 100;
  watch.on(beat, 2s);
  watch.on(beat, 3s);
  EXPECT_FALSE(watch.hung(3999ms));
  EXPECT_TRUE(watch.hung(4s)) << "two seconds after the count last moved";
}

TEST(PlayerWatch, AProcessWhoseDeviceHasToProveItselfLivesByItsBeats) {
  PlayerWatch watch;
  watch.on(loa::wire::DeviceEvent{"lost", "USB", "", 0}, 0s);
  watch.gone("", 1s);
  for (std::chrono::nanoseconds now = 2s; now < 30s; now += 1s) {
    watch.on(loa::wire::BeatEvent{}, now);
    EXPECT_FALSE(watch.hung(now + 1s));
  }
  EXPECT_EQ(watch.device(), PlayerWatch::Device::lost) << "not open before it says so";
  EXPECT_TRUE(watch.hung(31s));
}

TEST(PlayerWatch, AFreshProcessHasLongerToSayItsFirstWord) {
  PlayerWatch watch;
  watch.expect(0s);
  EXPECT_FALSE(watch.hung(14s));
  EXPECT_TRUE(watch.hung(15s));
}

TEST(PlayerWatch, RemembersWhatTheDeviceWasWhenThePlayerEnds) {
  PlayerWatch watch;
  watch.expect(0s);
  watch.on(loa::wire::DeviceEvent{"absent", "", "no such device", 0}, 1s);
  watch.gone("exit 0", 1s);
  EXPECT_EQ(watch.device(), PlayerWatch::Device::absent);
  watch.on(loa::wire::DeviceEvent{"open", "USB", "", 0}, 2s);
  watch.gone("killed", 3s);
  EXPECT_EQ(watch.device(), PlayerWatch::Device::gone);
  EXPECT_EQ(watch.note(), "killed");
}

}  // namespace
