// Applies the calendar's lines to a day, one after the other; `mute: all` last of all.
#include "scheduler/layers.hpp"

#include <algorithm>
#include <optional>

#include "scheduler/schedule.hpp"

namespace loa::scheduler {

namespace {

namespace chr = std::chrono;

constexpr std::size_t kNobody = static_cast<std::size_t>(-1);
constexpr chr::days kReadAhead{31};

std::size_t index_of(const std::vector<Programme>& programmes, const std::string& id) {
  const auto found =
      std::lower_bound(programmes.begin(), programmes.end(), id,
                       [](const Programme& each, const std::string& wanted) { return each.id < wanted; });
  if (found == programmes.end() || found->id != id) return kNobody;
  return static_cast<std::size_t>(found - programmes.begin());
}

}  // namespace

std::string cited(const CalendarLine& line) {
  const auto place = line.span.file_line();
  return line.name.empty() ? place : "“" + line.name + "” (" + place + ")";
}

/// One day: who plays, who stands in for whom, at which times.
class Timetable::Day {
 public:
  /// With `story` what each line does is written there.
  Day(const Timetable& timetable, Date date, DayStory* story = nullptr)
      : programmes_(timetable.schedule_.programmes), day_(date), states_(programmes_.size()), story_(story) {
    if (story_ != nullptr) story_->programmes.resize(programmes_.size());
    for (std::size_t i = 0; i < states_.size(); ++i) begin(timetable, i);
  }

  const CivilDay& civil() const { return day_; }

  void apply(const Line& line) {
    for (const auto i : line.mute) mute(i, line);
    replace(line);
    for (const auto i : line.add) add(i, line);
    for (const auto& [i, to] : line.move) {
      states_[i].change = {line.text, to, Duration(0)};
      tell(i, {.kind = LayerStep::Kind::moved, .line = line.text, .to = to});
    }
    for (const auto& [i, by] : line.shift) {
      states_[i].change = {line.text, std::nullopt, by};
      tell(i, {.kind = LayerStep::Kind::shifted, .line = line.text, .by = by});
    }
    if (!line.text->mute_all) return;
    for (std::size_t i = 0; story_ != nullptr && i < states_.size(); ++i) {
      tell(i, {.kind = LayerStep::Kind::muted_with_all, .line = line.text, .has_effect = is_held(i)});
    }
  }

  /// What stands at the end, after every line.
  void finish_story(bool silent) const {
    for (std::size_t i = 0; i < states_.size(); ++i) {
      auto& told = story_->programmes[i];
      told.programme = &programmes_[i];
      told.off = states_[i].off;
      told.times = times_of(i);
      told.plays = !silent && states_[i].plays;
      told.stands_in = !silent && std::any_of(states_.begin(), states_.end(),
                                              [&](const State& state) { return state.stand_in == i; });
      if (!silent && states_[i].stand_in != kNobody) told.stand_in = &programmes_[states_[i].stand_in];
    }
  }

  std::vector<Slot> slots() const {
    std::vector<std::pair<std::size_t, std::size_t>> held;  // who plays, in whose place
    held.reserve(states_.size());
    for (std::size_t i = 0; i < states_.size(); ++i) {
      if (states_[i].plays) held.emplace_back(i, i);
      if (states_[i].stand_in != kNobody) held.emplace_back(states_[i].stand_in, i);
    }
    if (has_stand_ins_) std::stable_sort(held.begin(), held.end());
    std::vector<Slot> slots;
    slots.reserve(held.size());
    for (const auto& [who, whose] : held) hold(who, whose, slots);
    return slots;
  }

 private:
  struct Change {
    const CalendarLine* by = nullptr;
    std::optional<TimeOfDay> to;
    Duration shift{0};
  };
  struct State {
    bool plays = false;
    Off off = Off::none;             // by its own rules
    std::vector<TimeOfDay> times;    // by its recurrence rule, in the place of `at`
    std::size_t stand_in = kNobody;  // who plays in its place
    std::size_t timed_as = kNobody;  // at whose times, where the stand-in has none of its own
    const CalendarLine* by = nullptr;
    Change change;
  };

  void begin(const Timetable& timetable, std::size_t i) {
    const auto& programme = programmes_[i];
    auto& state = states_[i];
    if (programme.repeat.rule == nullptr) {
      state.off = programme.off_on(day_);
    } else if (!programme.valid_on(day_.date)) {
      state.off = programme.off_on(day_);
    } else if (programme.except.contains(day_)) {
      state.off = Off::excepted;
    } else {
      state.times = timetable.times_by_rule(i, day_.date);
      state.off = state.times.empty() ? Off::not_repeated : Off::none;
    }
    state.plays = state.off == Off::none;
  }

  /// Whether it plays, or somebody in its place, or it in anybody's.
  bool is_held(std::size_t i) const {
    return states_[i].plays || states_[i].stand_in != kNobody ||
           std::any_of(states_.begin(), states_.end(), [&](const State& state) { return state.stand_in == i; });
  }

  void tell(std::size_t i, LayerStep step) {
    if (story_ != nullptr) story_->programmes[i].steps.push_back(step);
  }

  void mute(std::size_t i, const Line& line) {
    if (story_ != nullptr) tell(i, {.kind = LayerStep::Kind::muted, .line = line.text, .has_effect = is_held(i)});
    states_[i].plays = false;
    states_[i].stand_in = kNobody;
    states_[i].by = line.text;
    for (auto& state : states_) {
      if (state.stand_in == i) state.stand_in = kNobody;
    }
  }

  /// All of one line at once, so that two may change places.
  void replace(const Line& line) {
    if (line.replace.empty()) return;
    has_stand_ins_ = true;
    const auto before = states_;
    for (const auto& [who, by_whom] : line.replace) {
      tell_replaced(before, who, by_whom, line);
      for (std::size_t i = 0; i < states_.size(); ++i) {
        const bool is_meant = i == who ? before[i].plays || before[i].stand_in != kNobody : before[i].stand_in == who;
        if (!is_meant) continue;
        states_[i].plays = false;
        states_[i].stand_in = by_whom;
        states_[i].timed_as = i == who || !programmes_[who].at.empty() ? who : before[i].timed_as;
        states_[i].by = line.text;
      }
    }
  }

  void tell_replaced(const std::vector<State>& before, std::size_t who, std::size_t by_whom, const Line& line) {
    if (story_ == nullptr) return;
    const bool meant =
        before[who].plays || before[who].stand_in != kNobody ||
        std::any_of(before.begin(), before.end(), [&](const State& state) { return state.stand_in == who; });
    tell(who, {LayerStep::Kind::replaced, line.text, &programmes_[by_whom], {}, {}, meant});
    tell(by_whom, {LayerStep::Kind::standing_in, line.text, &programmes_[who], {}, {}, meant});
  }

  void add(std::size_t i, const Line& line) {
    auto& state = states_[i];
    const bool changes = !state.plays && programmes_[i].valid_on(day_.date);
    tell(i, {.kind = LayerStep::Kind::added, .line = line.text, .has_effect = changes});
    if (!changes) return;
    state.plays = true;
    state.stand_in = kNobody;
    state.by = line.text;
  }

  /// The sessions of `i`: its own, or those it holds in the place of `whose`.
  void hold(std::size_t i, std::size_t whose, std::vector<Slot>& slots) const {
    const auto& programme = programmes_[i];
    if (!programme.valid_on(day_.date)) return;
    const bool has_times = !programme.at.empty() || i == whose;
    const auto timed_as = has_times ? i : states_[whose].timed_as;
    const auto& times = times_of(timed_as);
    const auto& change = states_[states_[i].change.by != nullptr ? i : timed_as].change;
    for (const auto nominal : times) {
      if (holds(programme, nominal, slots)) continue;
      const auto at = change.to.value_or(nominal).since_midnight;
      slots.push_back(
          {&programme, nominal, chr::local_days(day_.date) + at + change.shift, states_[whose].by, change.by});
    }
  }

  const std::vector<TimeOfDay>& times_of(std::size_t i) const {
    return states_[i].times.empty() ? programmes_[i].at : states_[i].times;
  }

  /// Whether the last of `slots`, all of one programme together, have it at that time already.
  static bool holds(const Programme& programme, TimeOfDay nominal, const std::vector<Slot>& slots) {
    for (auto slot = slots.rbegin(); slot != slots.rend() && slot->programme == &programme; ++slot) {
      if (slot->nominal == nominal) return true;
    }
    return false;
  }

  const std::vector<Programme>& programmes_;
  CivilDay day_;
  std::vector<State> states_;
  DayStory* story_;  // null: nobody asks why
  bool has_stand_ins_ = false;
};

Timetable::Timetable(const Schedule& schedule) : schedule_(schedule), expanded_(schedule.programmes.size()) {
  for (const auto& line : schedule.calendar) {
    lines_.push_back(found(line));
    shifts_days_ = shifts_days_ || !line.shift.empty();
  }
}

Timetable::Line Timetable::found(const CalendarLine& line) const {
  Line made{&line, {}, {}, {}, {}, {}};
  const auto find = [&](const NamedProgramme& named) { return index_of(schedule_.programmes, named.id); };
  const auto list = [&](const std::vector<NamedProgramme>& names, std::vector<std::size_t>& indexes) {
    for (const auto& named : names) {
      if (const auto i = find(named); i != kNobody) indexes.push_back(i);
    }
  };
  list(line.mute, made.mute);
  list(line.add, made.add);
  for (const auto& [who, by_whom] : line.replace) {
    const auto i = find(who), j = find(by_whom);
    if (i != kNobody && j != kNobody) made.replace.emplace_back(i, j);
  }
  for (const auto& [who, to] : line.move) {
    if (const auto i = find(who); i != kNobody) made.move.emplace_back(i, to);
  }
  for (const auto& [who, by] : line.shift) {
    if (const auto i = find(who); i != kNobody) made.shift.emplace_back(i, by);
  }
  return made;
}

const CalendarLine* Timetable::silenced_by(Date date) const {
  const CivilDay day(date);
  for (const auto& line : lines_) {
    if (line.text->mute_all && line.text->on.contains(day)) return line.text;
  }
  return nullptr;
}

std::vector<TimeOfDay> Timetable::times_by_rule(std::size_t programme, Date date) const {
  auto& known = expanded_[programme];
  const chr::local_days day(date);
  if (day < known.from || known.until <= day) {
    known.from = day;
    known.until = day + kReadAhead;
    known.times = schedule_.programmes[programme].repeat.rule->between(known.from, known.until);
  }
  std::vector<TimeOfDay> times;
  const auto first = std::lower_bound(known.times.begin(), known.times.end(), calendar::LocalTime(day));
  for (auto time = first; time != known.times.end() && *time < day + chr::days(1); ++time) {
    times.push_back({chr::floor<chr::seconds>(*time - day)});
  }
  return times;
}

void Timetable::apply_lines(Day& day, bool& silent) const {
  for (const auto& line : lines_) {
    if (!line.text->on.contains(day.civil())) continue;
    silent = silent || line.text->mute_all;
    day.apply(line);
  }
}

std::vector<Slot> Timetable::on(Date date) const {
  Day day(*this, date);
  bool silent = false;
  apply_lines(day, silent);
  return silent ? std::vector<Slot>() : day.slots();
}

DayStory Timetable::story(Date date) const {
  DayStory story;
  Day day(*this, date, &story);
  bool silent = false;
  apply_lines(day, silent);
  day.finish_story(silent);
  if (!silent) story.slots = day.slots();
  return story;
}

}  // namespace loa::scheduler
