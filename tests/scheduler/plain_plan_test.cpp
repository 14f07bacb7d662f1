// The whole way from an operator's text to the plan, held against the plainest planner, on timetables made up by
// chance. LOA_TIMETABLES=20000 tries so many; LOA_TIMETABLE=17 tries and shows this one.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <sstream>

#include "tests/scheduler/made_up_station.hpp"
#include "tests/scheduler/plain_plan.hpp"
#include "tests/scheduler/read_timetable.hpp"

namespace loa::scheduler::timetables {
namespace {

using plain::Time;

Instant instant(Time time) {
  return Instant(Frames(time));
}

std::string time_text(Instant instant, const calendar::Zone& zone) {
  const auto text = calendar::rfc3339(instant, zone);
  const auto rest = instant.time_since_epoch().count() % 48;
  return text.substr(5, 18) + (rest == 0 ? "" : '+' + std::to_string(rest));
}

std::string number(Frames frames) {
  const auto count = frames.count();
  return count % 48'000 == 0 ? std::to_string(count / 48'000) + 's' : std::to_string(count);
}

struct Line {
  std::string id;
  Instant start;
  Frames frames, offset, fade, clip_frames;
  std::string clip, fault, broken;
  bool pinned;
};

std::string text(const Line& line, const calendar::Zone& zone) {
  auto text = "  " + line.id.substr(line.id.find('/') + 1) + ' ' + time_text(line.start, zone) + " +" +
              number(line.frames) + " of " + number(line.clip_frames) + ' ' + line.clip;
  if (line.frames == Frames(0)) return text + ' ' + line.fault;
  if (line.offset != Frames(0)) text += " @" + number(line.offset);
  if (line.fade != Frames(0)) text += " fade " + number(line.fade);
  if (!line.fault.empty()) text += ' ' + line.fault;
  if (!line.broken.empty()) text += ' ' + line.broken;
  if (line.pinned) text += " pinned";
  return text;
}

std::string session_line(const std::string& id, Instant start, Instant end, bool overridden,
                         const calendar::Zone& zone) {
  const auto from = id.substr(id.find('/') + 1) + ' ' + time_text(start, zone);
  return from + (overridden ? " overridden" : " until " + time_text(end, zone));
}

std::string text(const Plan& plan, const calendar::Zone& zone) {
  constexpr const char* kFaults[] = {"",          "missing",    "unmeasured", "refused",
                                     "unreached", "overridden", "limited",    "unapproved"};
  constexpr const char* kBroken[] = {"", "continued", "broken-off", "delayed"};
  std::string all;
  for (const auto& session : plan.sessions) {
    all += session_line(session.id, session.start, session.end, session.overridden, zone) + '\n';
    for (const auto& item : plan.items) {
      if (item.session != session.id) continue;
      all += text(Line{item.id, item.start, item.frames, item.offset, item.fade, item.clip_frames,
                       item.relay.str() + item.clip.str(), kFaults[static_cast<int>(item.fault)],
                       kBroken[static_cast<int>(item.interruption)], item.pinned},
                  zone) +
             '\n';
    }
  }
  return all;
}

std::string text(const std::vector<plain::PlainSession>& plan, const calendar::Zone& zone) {
  std::string all;
  for (const auto& session : plan) {
    all += session_line(session.id, instant(session.start), instant(session.end), session.overridden, zone) + '\n';
    for (const auto& item : session.items) {
      all += text(Line{item.id, instant(item.start), Frames(item.frames), Frames(item.offset), Frames(item.fade),
                       Frames(item.clip_frames), item.clip, item.fault, item.broken, item.pinned},
                  zone) +
             '\n';
    }
  }
  return all;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// The lines that only one of them has, "-" before those of the first.
std::string difference(const std::string& one, const std::string& other) {
  std::string all;
  const auto only_in = [&](const std::string& mine, const std::string& theirs, const char* sign) {
    const auto known = lines_of(theirs);
    for (const auto& line : lines_of(mine)) {
      if (std::find(known.begin(), known.end(), line) == known.end()) all += sign + line + '\n';
    }
  };
  only_in(one, other, "-");
  only_in(other, one, "+");
  return all;
}

int wanted(const char* name, int usual) {
  const char* text = std::getenv(name);
  return text == nullptr ? usual : std::atoi(text);
}

TEST(PlainPlan, SaysTheSameOfEveryMadeUpTimetable) {
  const int only = wanted("LOA_TIMETABLE", -1);
  const int first = std::max(only, 0), count = only >= 0 ? 1 : wanted("LOA_TIMETABLES", testing::tried(400));
  int differ = 0, items = 0, refused = 0;
  for (int seed = first; seed < first + count; ++seed) {
    const auto made = plain::made_up_timetable(static_cast<unsigned>(seed));
    const auto station = read_timetable(made.timetable);
    if (station.is_unreached()) {
      ++refused;
      continue;
    }
    ASSERT_EQ(station.errors(), "") << "seed " << seed << '\n' << made.timetable.schedule_yaml();
    ASSERT_TRUE(station.schedule.has_value());
    const auto& zone = station.schedule->zone;
    const auto plan = make_plan(*station.schedule, library_of(made.timetable), date_of(made.from), date_of(made.to));
    const auto expected = text(plain::plain_plan(made.timetable, made.from, made.to), zone);
    items += static_cast<int>(plan.items.size());
    if (only >= 0) std::printf("By the plain planner:\n%s\nBy Loa:\n%s\n", expected.c_str(), text(plan, zone).c_str());
    if (text(plan, zone) == expected) continue;
    ++differ;
    if (differ > wanted("LOA_SHOWN", 3)) continue;
    ADD_FAILURE() << "seed " << seed << ": - by the plain planner, + by Loa\n"
                  << difference(expected, text(plan, zone)) << made.timetable.station_yaml()
                  << made.timetable.schedule_yaml();
  }
  EXPECT_LE(refused, count / 10);
  EXPECT_EQ(differ, 0) << "of " << count << " timetables with " << items << " items";
}

}  // namespace
}  // namespace loa::scheduler::timetables
