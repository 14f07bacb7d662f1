// Laws of every timetable that an operator could write, from its text to its plan: what is the same, what an edit
// leaves alone, what is never planned.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "tests/scheduler/made_up_station.hpp"
#include "tests/scheduler/plain_plan.hpp"
#include "tests/scheduler/read_timetable.hpp"

namespace loa::scheduler::timetables {
namespace {

constexpr unsigned kTimetables = testing::tried(80u);

struct Station {
  plain::MadeUpTimetable made;
  ReadTimetable read;
  playlists::Catalogue library;

  Plan plan(plain::Day from, plain::Day to) const {
    return make_plan(*read.schedule, library, date_of(from), date_of(to));
  }
  Plan plan() const { return plan(made.from, made.to); }
};

Station station_of(const plain::MadeUpTimetable& made, unsigned order = 0) {
  return {made, read_timetable(made.timetable, order), library_of(made.timetable)};
}

class TimetableLaws : public ::testing::Test {
 protected:
  /// `law` for every timetable, with its seed and text in the failure's.
  void for_all(const std::function<void(const Station&)>& law) {
    for (unsigned seed = 0; seed < kTimetables && !HasFailure(); ++seed) {
      const auto station = station_of(plain::made_up_timetable(seed));
      SCOPED_TRACE("seed " + std::to_string(seed) + '\n' + station.made.timetable.schedule_yaml());
      if (!station.read.is_unreached()) law(station);
    }
  }
};

bool says(const config::Diagnostics& found, const std::string& code) {
  const auto all = found.all();
  return std::any_of(all.begin(), all.end(), [&](const auto& each) { return each.code == code; });
}

/// Without the places of the rules in the file, which an edit of other lines moves.
Plan without_places(Plan plan) {
  for (auto& session : plan.sessions) session.why = session.by = "";
  for (auto& item : plan.items) item.why = "";
  return plan;
}

TEST_F(TimetableLaws, APlanIsItsPartsOneAfterTheOther) {
  for_all([](const Station& station) {
    const auto whole = station.plan();
    for (auto day = station.made.from + 1; day < station.made.to; ++day) {
      const auto first = station.plan(station.made.from, day), second = station.plan(day, station.made.to);
      auto sessions = first.sessions;
      sessions.insert(sessions.end(), second.sessions.begin(), second.sessions.end());
      EXPECT_TRUE(sessions == whole.sessions) << plain::date_text(day);
      auto items = first.items;
      items.insert(items.end(), second.items.begin(), second.items.end());
      std::stable_sort(items.begin(), items.end(), [](const PlannedItem& a, const PlannedItem& b) {
        return std::tie(a.start, a.session) < std::tie(b.start, b.session);
      });
      EXPECT_TRUE(items == whole.items) << plain::date_text(day);
    }
  });
}

TEST_F(TimetableLaws, TheOrderOfTheFilesKeysChangesNothing) {
  for_all([](const Station& station) {
    const auto plan = without_places(station.plan());
    for (unsigned order = 1; order < 4; ++order) {
      EXPECT_TRUE(without_places(station_of(station.made, order).plan()) == plan) << "order " << order;
    }
  });
}

TEST_F(TimetableLaws, AFileForEachKeyChangesNothing) {
  for_all([](const Station& station) {
    const Station in_files{station.made, read_in_files(station.made.timetable), station.library};
    EXPECT_TRUE(without_places(in_files.plan()) == without_places(station.plan()));
  });
}

/// An edit of whatever plays from two days after the window on: everybody is muted, a new programme comes, recordings
/// and articles end.
TEST_F(TimetableLaws, AnEditAheadLeavesThePastAlone) {
  for_all([](const Station& station) {
    auto made = station.made;
    const auto ahead = made.to + 2;
    plain::Line line;
    line.on = {plain::DayWords::Form::dates, {}, {{ahead, ahead + 400}}, {}};
    line.mute_all = true;
    made.timetable.calendar.push_back(line);
    plain::Programme emergency;
    emergency.at = {0, 12 * 3600, 23 * 3600};
    emergency.from = ahead;
    emergency.rank = 0;
    emergency.length = 1800;
    emergency.items = {{plain::Item::Kind::article, "a", {}, 0, 0, {}, {}}};
    made.timetable.programmes["z"] = emergency;
    for (auto& [id, article] : made.timetable.articles) article.until = std::min(ahead, article.until.value_or(ahead));
    const auto edited = station_of(made);
    ASSERT_EQ(edited.read.errors(), "");
    // What runs over midnight on the window's last day is not yet the past.
    EXPECT_TRUE(without_places(edited.plan(made.from, made.to - 1)) ==
                without_places(station.plan(made.from, made.to - 1)));
  });
}

TEST_F(TimetableLaws, AnUnrelatedProgrammeLeavesAllOthersAlone) {
  for_all([](const Station& station) {
    auto made = station.made;
    plain::Programme unrelated;
    unrelated.at = {13 * 3600};
    unrelated.repeat = {plain::DayWords::Form::never, {}, {}, {}};
    unrelated.items = {{plain::Item::Kind::article, "a", {}, 0, 0, {}, {}}};
    made.timetable.programmes["aa"] = made.timetable.programmes["zz"] = unrelated;
    made.timetable.articles["aa"] = made.timetable.articles["a"];
    EXPECT_TRUE(without_places(station_of(made).plan()) == without_places(station.plan()));
  });
}

TEST_F(TimetableLaws, ThePermittedHoursAreThoseOfTheText) {
  for_all([](const Station& station) {
    const auto at = [&](plain::Day day) { return plain::instant_of(station.made.timetable, day, 0); };
    const auto from = at(station.made.from), until = at(station.made.to);
    const auto intervals = permitted(*station.read.schedule, Instant(Frames(from)), Instant(Frames(until)));
    for (std::size_t i = 1; i < intervals.size(); ++i) EXPECT_LT(intervals[i - 1].until, intervals[i].from);
    for (auto time = from; time < until; time += 450 * plain::kSecond) {
      const Instant instant{Frames(time)};
      const bool open = std::any_of(intervals.begin(), intervals.end(),
                                    [&](const Interval& each) { return each.from <= instant && instant < each.until; });
      EXPECT_EQ(open, plain::may_sound(station.made.timetable, time))
          << calendar::rfc3339(instant, station.read.schedule->zone);
    }
  });
}

/// What `check` has nothing against is planned within the permitted hours and, of one priority, one after the other.
TEST_F(TimetableLaws, WhatCheckLetsPassIsPlannedWithinTheHoursAndWithoutOverlap) {
  int passed = 0;
  for_all([&](const Station& station) {
    config::Diagnostics found;
    check(*station.read.schedule, station.library, date_of(station.made.from), station.made.to - station.made.from,
          found);
    if (found.has_errors() || says(found, "outside-hours")) return;
    ++passed;
    const auto plan = station.plan();
    for (const auto& item : plan.items) {
      if (item.what == What::pause || item.frames == Frames(0)) continue;
      const auto hours = permitted(*station.read.schedule, item.start, item.end());
      const bool within = std::any_of(hours.begin(), hours.end(), [&](const Interval& each) {
        return each.from <= item.start && item.end() <= each.until;
      });
      EXPECT_TRUE(within) << item.id;
    }
    for (const auto& one : plan.sessions) {
      for (const auto& other : plan.sessions) {
        if (&one >= &other || one.priority != other.priority || one.overridden || other.overridden) continue;
        EXPECT_TRUE(one.end <= other.start || other.end <= one.start) << one.id << " with " << other.id;
      }
    }
  });
  EXPECT_GT(passed, static_cast<int>(kTimetables) / 4);
}

/// `finish` is left out: how far that goes, the recordings say.
bool is_plain(const plain::Timetable& timetable) {
  return timetable.zone == "Asia/Ho_Chi_Minh" &&
         std::none_of(timetable.programmes.begin(), timetable.programmes.end(),
                      [](const auto& each) { return each.second.overrun == plain::Overrun::finish; });
}

TEST(TimetableLaw, CheckRefusesEveryOverlapThatTheTextProves) {
  int proven = 0;
  for (unsigned seed = 0; seed < 3 * kTimetables; ++seed) {
    const auto made = plain::made_up_timetable(seed, plain::Overlaps::kept);
    if (!is_plain(made.timetable) || !plain::overlapping(made.timetable, made.from, made.to)) continue;
    const auto station = station_of(made);
    if (station.read.is_unreached()) continue;
    ++proven;
    config::Diagnostics found;
    check(*station.read.schedule, station.library, date_of(made.from - 5), made.to - made.from + 10, found);
    const auto all = found.all();
    EXPECT_TRUE(std::any_of(
        all.begin(), all.end(),
        [](const auto& each) { return each.severity == config::Severity::error && each.code == "slots-overlap"; }))
        << "seed " << seed << '\n'
        << made.timetable.schedule_yaml();
  }
  EXPECT_GT(proven, static_cast<int>(kTimetables) / 4);
}

}  // namespace
}  // namespace loa::scheduler::timetables
