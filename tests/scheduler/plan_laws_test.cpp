// Laws that hold for every plan, tried on stations made up by chance from a seed.
#include <gtest/gtest.h>

#include <cctype>
#include <functional>
#include <map>
#include <random>
#include <set>

#include "scheduler/explain.hpp"
#include "tests/scheduler/made_up_station.hpp"

namespace loa::scheduler::testing {
namespace {

constexpr int kStations = tried(60);

/// Chance that is the same everywhere (the standard's distributions are not).
class Chance {
 public:
  explicit Chance(unsigned seed) : engine_(seed) {}
  int below(int limit) { return static_cast<int>(engine_() % static_cast<unsigned>(limit)); }
  bool one_in(int n) { return below(n) == 0; }

 private:
  std::mt19937 engine_;
};

constexpr std::array<const char*, 6> kArticles{"a", "b", "c", "d", "e", "f"};
constexpr std::array<const char*, 3> kZones{"Asia/Ho_Chi_Minh", "America/New_York", "Australia/Lord_Howe"};

void add_articles(MadeUpStation& station, Chance& chance) {
  for (const char* id : kArticles) {
    const auto length = Frames(1 + chance.below(48'000 * 900));
    auto& article = chance.one_in(6) ? station.article(id) : station.article(id, length);
    if (chance.one_in(3)) article.about = chr::seconds(chance.below(300));
    if (chance.one_in(5)) article.from = date("2027-03-13");
    if (chance.one_in(5)) article.until = date("2027-03-15");
  }
  station.playlist("list", {"a", "c", "e"});
}

MadeUpItem some_item(Chance& chance) {
  const char* article = kArticles.at(static_cast<std::size_t>(chance.below(6)));
  switch (chance.below(6)) {
    case 0:
      return pause(chr::milliseconds(1 + chance.below(60'000)));
    case 1:
      return list("list");
    case 2:
      return fill({"b", "d", article});
    default:
      return play(article);
  }
}

void add_programme(MadeUpStation& station, Chance& chance, int number) {
  std::vector<MadeUpItem> items;
  for (int i = 1 + chance.below(6); i > 0; --i) {
    auto item = some_item(chance);
    if (chance.one_in(5)) item = item.pinned(chance.below(24), chance.below(4) * 15);
    if (chance.one_in(6)) item = item.on(chr::weekday(static_cast<unsigned>(chance.below(7))));
    items.push_back(item);
  }
  std::set<TimeOfDay> times;
  for (int i = 1 + chance.below(4); i > 0; --i) times.insert(time_of(chance.below(24), chance.below(12) * 5));
  auto& programme = station.programme("p" + std::to_string(number), {times.begin(), times.end()}, items);
  if (!chance.one_in(3)) programme.length = chr::minutes(1 + chance.below(120));
  programme.overrun = static_cast<Overrun>(chance.below(3));
  programme.priority = static_cast<playlists::Priority>(chance.below(3));
}

MadeUpStation some_station(unsigned seed) {
  Chance chance(seed);
  MadeUpStation station(kZones.at(seed % kZones.size()));
  station.permit_only(time_of(4), time_of(22));
  add_articles(station, chance);
  for (int i = 0; i < 6; ++i) add_programme(station, chance, i);
  return station;
}

/// The part of a plan that belongs to sessions of one date, by their ids.
Plan of_date(const Plan& plan, const std::string& day) {
  const auto belongs = [&](const std::string& id) { return id.find("/" + day + "T") != std::string::npos; };
  Plan part;
  for (const auto& session : plan.sessions) {
    if (belongs(session.id)) part.sessions.push_back(session);
  }
  for (const auto& item : plan.items) {
    if (belongs(item.session)) part.items.push_back(item);
  }
  return part;
}

class PlanLaws : public ::testing::Test {
 protected:
  /// `law` for every station, with its seed in the failure's text.
  template <class Law>
  void for_all(Law law) {
    for (unsigned seed = 0; seed < kStations && !HasFailure(); ++seed) {
      SCOPED_TRACE("seed " + std::to_string(seed));
      const auto station = some_station(seed);
      law(station, station.plan("2027-03-10", "2027-03-18"));
    }
  }

  static std::map<std::string, std::vector<const PlannedItem*>> by_session(const Plan& plan) {
    std::map<std::string, std::vector<const PlannedItem*>> sessions;
    for (const auto& item : plan.items) sessions[item.session].push_back(&item);
    return sessions;
  }
};

TEST_F(PlanLaws, ASessionIsTheSameInEveryWindow) {
  for_all([](const MadeUpStation& station, const Plan& wide) {
    for (const char* day : {"2027-03-10", "2027-03-14", "2027-03-17"}) {
      EXPECT_TRUE(station.plan_of(day) == of_date(wide, day)) << day;
    }
  });
}

TEST_F(PlanLaws, TheSameFilesGiveTheSamePlan) {
  for_all([](const MadeUpStation& station, const Plan& plan) {
    EXPECT_TRUE(plan == station.plan("2027-03-10", "2027-03-18"));
  });
}

TEST_F(PlanLaws, ItemsAndSessionsAreInOrderOfTimeAndIdsAreUnique) {
  for_all([](const MadeUpStation&, const Plan& plan) {
    std::set<std::string> ids;
    for (std::size_t i = 0; i < plan.items.size(); ++i) {
      EXPECT_LE(plan.items[i == 0 ? 0 : i - 1].start, plan.items[i].start);
      EXPECT_TRUE(ids.insert(plan.items[i].id).second) << plan.items[i].id;
      EXPECT_EQ(plan.items[i].id, plan.items[i].session + "/" + plan.items[i].index);
    }
    for (std::size_t i = 1; i < plan.sessions.size(); ++i) {
      EXPECT_LE(plan.sessions[i - 1].start, plan.sessions[i].start);
    }
  });
}

TEST_F(PlanLaws, SessionsOfEqualPriorityNeverSoundTogether) {
  for_all([](const MadeUpStation&, const Plan& plan) {
    std::map<playlists::Priority, Instant> free_from;
    for (const auto& session : plan.sessions) {
      if (session.overridden) continue;
      const auto [until, is_first] = free_from.try_emplace(session.priority, session.start);
      EXPECT_LE(until->second, session.start) << session.id;
      until->second = std::max(until->second, session.end);
    }
  });
}

TEST_F(PlanLaws, NothingSoundsWhileAHigherPriorityHasTheAir) {
  for_all([&](const MadeUpStation&, const Plan& plan) {
    std::map<std::string, const PlannedSession*> of;
    for (const auto& session : plan.sessions) of[session.id] = &session;
    for (const auto& item : plan.items) {
      const auto& own = *of.at(item.session);
      if (item.frames == Frames(0)) continue;
      for (const auto& higher : plan.sessions) {
        if (higher.priority >= own.priority || higher.start == higher.end || higher.overridden) continue;
        EXPECT_TRUE(item.end() <= higher.start || higher.end <= item.start) << item.id << " within " << higher.id;
      }
    }
  });
}

TEST_F(PlanLaws, PiecesGoOnOnTheNextFrame) {
  std::size_t pieces = 0;
  for_all([&](const MadeUpStation&, const Plan& plan) {
    for (const auto& [id, items] : by_session(plan)) {
      for (std::size_t i = 1; i < items.size(); ++i) {
        if (items[i]->offset == Frames(0) || items[i]->index != items[i - 1]->index + 'b') continue;
        ++pieces;
        EXPECT_EQ(items[i]->offset, items[i - 1]->offset + items[i - 1]->frames) << items[i]->id;
        EXPECT_EQ(items[i]->clip, items[i - 1]->clip) << items[i]->id;
        EXPECT_NE(items[i - 1]->interruption, Interruption::none) << items[i]->id;  // broken off: joined late
      }
    }
  });
  EXPECT_GT(pieces, tried(10u));
}

TEST_F(PlanLaws, ItemsAbutExceptBeforePins) {
  for_all([&](const MadeUpStation&, const Plan& plan) {
    for (const auto& [id, items] : by_session(plan)) {
      for (std::size_t i = 1; i < items.size(); ++i) {
        if (items[i]->pinned) {
          EXPECT_LE(items[i - 1]->end(), items[i]->start) << items[i]->id;
          EXPECT_EQ(items[i]->anchor, items[i]->start) << items[i]->id;
        } else if (items[i]->anchor == items[i - 1]->anchor && items[i - 1]->fault != Fault::overridden) {
          EXPECT_EQ(items[i - 1]->end(), items[i]->start) << items[i]->id;
        }
      }
    }
  });
}

TEST_F(PlanLaws, NoItemLeavesItsSlotAndNoneLastsLongerThanItsClip) {
  for_all([&](const MadeUpStation&, const Plan& plan) {
    std::map<std::string, const PlannedSession*> sessions;
    for (const auto& session : plan.sessions) sessions[session.id] = &session;
    for (const auto& item : plan.items) {
      const auto& session = *sessions.at(item.session);
      EXPECT_GE(item.start, session.start) << item.id;
      EXPECT_LE(item.end(), session.end) << item.id;
      EXPECT_LE(session.end, session.limit) << item.id;
      EXPECT_GE(item.frames, Frames(0)) << item.id;
      EXPECT_LE(item.frames, item.clip_frames) << item.id;
      EXPECT_LE(item.fade, item.frames) << item.id;
      EXPECT_LE(item.anchor, item.start) << item.id;
    }
  });
}

TEST_F(PlanLaws, AnItemWithoutFramesSaysWhy) {
  for_all([&](const MadeUpStation&, const Plan& plan) {
    for (const auto& item : plan.items) {
      EXPECT_TRUE(item.frames > Frames(0) || item.fault != Fault::none) << item.id;
      EXPECT_TRUE(item.frames == Frames(0) || item.fault != Fault::unreached) << item.id;
    }
  });
}

TEST_F(PlanLaws, AnUnrelatedProgrammeChangesNoIdAndNoInstantOfAnotherRank) {
  for_all([&](const MadeUpStation& station, const Plan& plan) {
    auto edited = station;
    auto& added = edited.programme("zz", {time_of(12)}, {play("a"), play("b")});
    added.length = 10min;
    std::map<std::string, std::pair<Instant, Frames>> before;
    for (const auto& item : plan.items) before[item.id] = {item.start, item.frames};
    // A piece behind an interruption may be lost to a neighbour of its own rank, as any end of a session is.
    const auto is_piece = [](const PlannedItem& item) { return std::isalpha(item.index.back()) != 0; };
    std::ptrdiff_t same = 0;
    for (const auto& item : edited.plan("2027-03-10", "2027-03-18").items) {
      if (item.programme == "zz") continue;
      ASSERT_TRUE(before.contains(item.id)) << item.id;
      same += is_piece(item) ? 0 : 1;
      if (item.priority == playlists::Priority::ordinary) continue;
      EXPECT_EQ(before[item.id].first, item.start) << item.id;
      EXPECT_EQ(before[item.id].second, item.frames) << item.id;
    }
    EXPECT_EQ(same, std::count_if(plan.items.begin(), plan.items.end(), std::not_fn(is_piece)));
  });
}

TEST_F(PlanLaws, AFillNeverTakesTheClosingTunesRoom) {
  for (unsigned seed = 0; seed < kStations; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Chance chance(seed);
    MadeUpStation station;
    station.article("x", Frames(1 + chance.below(48'000 * 120)));
    station.article("y", Frames(1 + chance.below(48'000 * 120)));
    station.article("tune", Frames(1 + chance.below(48'000 * 30)));
    auto& programme = station.programme("p", {time_of(5)}, {play("x"), fill({"x", "y"}), pause(5s), play("tune")});
    programme.length = chr::minutes(4 + chance.below(30));
    const auto plan = station.plan_of("2026-11-23");
    const auto& tune = plan.items.back();
    ASSERT_EQ(tune.article, "tune");
    EXPECT_EQ(tune.frames, tune.clip_frames);
    EXPECT_LE(tune.end(), plan.sessions[0].end);
    // Nothing more would have fitted.
    const auto left = plan.sessions[0].end - tune.end();
    EXPECT_LT(left, std::min(station.catalogue().facts("x.wav")->length, station.catalogue().facts("y.wav")->length));
  }
}

bool names(const Explanation& told, const std::string& place) {
  return std::any_of(told.steps.begin(), told.steps.end(),
                     [&](const Step& step) { return step.at.file_line() == place; });
}

TEST_F(PlanLaws, EveryPlannedItemAndSessionIsExplainedByTheRulesThatThePlanNames) {
  for_all([](const MadeUpStation& station, const Plan& plan) {
    std::size_t asked = 0;
    for (const auto& item : plan.items) {
      if (asked++ % 97 != 0) continue;
      const auto told = explain(station.schedule(), station.catalogue(), parse_id(item.id).value());
      ASSERT_TRUE(told.item.has_value()) << item.id;
      EXPECT_TRUE(*told.item == item) << item.id;
      EXPECT_TRUE(names(told, item.why)) << item.id;
    }
    for (const auto& session : plan.sessions) {
      if (asked++ % 83 != 0) continue;
      const auto told = explain(station.schedule(), station.catalogue(), parse_id(session.id).value());
      ASSERT_TRUE(told.session.has_value()) << session.id;
      EXPECT_EQ(told.answer, Explanation::Answer::session);
      EXPECT_TRUE(names(told, session.why)) << session.id;
    }
  });
}

TEST_F(PlanLaws, EveryInstantHasAnAnswerAndItIsThePlans) {
  for_all([](const MadeUpStation& station, const Plan& plan) {
    Chance chance(static_cast<unsigned>(plan.items.size()));
    for (int i = 0; i < 12; ++i) {
      const auto instant = station.at("2027-03-11T00:00") + Frames(48'000LL * chance.below(6 * 86'400));
      const auto told = explain(station.schedule(), station.catalogue(), instant);
      ASSERT_GE(told.steps.size(), 2u) << station.local(instant);
      for (const auto& step : told.steps) EXPECT_FALSE(step.words.in(config::Language::vi).empty());
      const bool heard = std::any_of(plan.items.begin(), plan.items.end(), [&](const PlannedItem& item) {
        return item.what == What::clip && item.fault == Fault::none && item.start <= instant && instant < item.end();
      });
      const bool open = !permitted(station.schedule(), instant, instant + Frames(1)).empty();
      EXPECT_EQ(told.answer == Explanation::Answer::sounds, heard && open) << station.local(instant);
    }
  });
}

}  // namespace
}  // namespace loa::scheduler::testing
