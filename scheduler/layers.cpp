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
  Day(const Timetable& timetable, Date date)
      : programmes_(timetable.schedule_.programmes), day_(date), states_(programmes_.size()) {
    for (std::size_t i = 0; i < states_.size(); ++i) begin(timetable, i);
  }

  const CivilDay& civil() const { return day_; }

  void apply(const Line& line) {
    for (const auto i : line.mute) mute(i, line);
    replace(line);
    for (const auto i : line.add) add(i, line);
    for (const auto& [i, to] : line.move) states_[i].change = {line.text, to, Duration(0)};
    for (const auto& [i, by] : line.shift) states_[i].change = {line.text, std::nullopt, by};
  }

  std::vector<Slot> slots() const {
    std::vector<std::pair<std::size_t, std::size_t>> held;  // who plays, in whose place
    for (std::size_t i = 0; i < states_.size(); ++i) {
      if (states_[i].plays) held.emplace_back(i, i);
      if (states_[i].stand_in != kNobody) held.emplace_back(states_[i].stand_in, i);
    }
    if (has_stand_ins_) std::stable_sort(held.begin(), held.end());
    std::vector<Slot> slots;
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
    std::vector<TimeOfDay> times;    // by its recurrence rule, in the place of `at`
    std::size_t stand_in = kNobody;  // who plays in its place
    const CalendarLine* by = nullptr;
    Change change;
  };

  void begin(const Timetable& timetable, std::size_t i) {
    const auto& programme = programmes_[i];
    if (programme.repeat.rule == nullptr) {
      states_[i].plays = programme.plays_on(day_);
    } else if (programme.valid_on(day_.date) && !programme.except.contains(day_)) {
      states_[i].times = timetable.times_by_rule(i, day_.date);
      states_[i].plays = !states_[i].times.empty();
    }
  }

  void mute(std::size_t i, const Line& line) {
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
      for (std::size_t i = 0; i < states_.size(); ++i) {
        const bool is_meant = i == who ? before[i].plays || before[i].stand_in != kNobody : before[i].stand_in == who;
        if (!is_meant) continue;
        states_[i].plays = false;
        states_[i].stand_in = by_whom;
        states_[i].by = line.text;
      }
    }
  }

  void add(std::size_t i, const Line& line) {
    auto& state = states_[i];
    if (state.plays || !programmes_[i].valid_on(day_.date)) return;
    state.plays = true;
    state.stand_in = kNobody;
    state.by = line.text;
  }

  /// The sessions of `i`: its own, or those it holds in the place of `whose`.
  void hold(std::size_t i, std::size_t whose, std::vector<Slot>& slots) const {
    const auto& programme = programmes_[i];
    if (!programme.valid_on(day_.date)) return;
    const bool has_times = !programme.at.empty();
    const auto& times = times_of(has_times ? i : whose);
    const auto& change = states_[i].change.by != nullptr || has_times ? states_[i].change : states_[whose].change;
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

std::vector<Slot> Timetable::on(Date date) const {
  Day day(*this, date);
  bool silent = false;
  for (const auto& line : lines_) {
    if (!line.text->on.contains(day.civil())) continue;
    silent = silent || line.text->mute_all;
    day.apply(line);
  }
  return silent ? std::vector<Slot>() : day.slots();
}

}  // namespace loa::scheduler
