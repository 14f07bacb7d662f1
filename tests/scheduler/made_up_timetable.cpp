#include "tests/scheduler/made_up_timetable.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "tests/scheduler/plain_plan.hpp"

namespace loa::scheduler::plain {

namespace {

class Maker {
 public:
  explicit Maker(unsigned seed) : chance_(seed) {
    // The clocks of New York go forward at 02:00 on 14 March 2027 and back on 1 November 2026.
    if (chance_.one_in(5)) {
      made_.timetable.zone = "America/New_York";
      first_ = chance_.one_in(2) ? day_of(2027, 3, 12) : day_of(2026, 10, 30);
      hour_ = chance_.within(0, 2);
    } else {
      first_ = chance_.one_in(3) ? day_of(2026, 12, 29) : day_of(2026, 11, 23);
      hour_ = chance_.one_in(4) ? 22 : chance_.within(4, 18);
    }
    made_.from = first_;
    made_.to = first_ + 4;
  }

  MadeUpTimetable make(Overlaps overlaps) {
    add_hours();
    if (chance_.one_in(3)) add_limits();
    for (const auto* id : {"a", "b", "c", "d", "e"}) made_.timetable.articles[id] = article(id);
    if (chance_.one_in(2)) made_.timetable.articles["f"] = article_of_the_day();
    made_.timetable.playlists["list"] = {"a", "d"};
    made_.timetable.playlists["lists"] = {"list", "b"};
    const int count = chance_.within(2, 6);
    for (int i = 0; i < count; ++i) made_.timetable.programmes['p' + std::to_string(i)] = programme();
    if (chance_.one_in(2)) add_stand_in();
    for (int i = chance_.one_in(2) ? 0 : chance_.within(1, 4); i > 0; --i) made_.timetable.calendar.push_back(line());
    const auto no_action = [](const Line& line) {
      return !line.mute_all && line.mute.empty() && line.add.empty() && line.replace.empty() && line.move.empty() &&
             line.shift.empty();
    };
    while (overlaps == Overlaps::removed) {
      const auto late_comer = overlapping(made_.timetable, made_.from, made_.to);
      if (!late_comer) break;
      remove(*late_comer);
    }
    auto& lines = made_.timetable.calendar;
    lines.erase(std::remove_if(lines.begin(), lines.end(), no_action), lines.end());
    return made_;
  }

 private:
  void remove(const std::string& id) {
    made_.timetable.programmes.erase(id);
    for (auto& line : made_.timetable.calendar) {
      for (auto* list : {&line.mute, &line.add}) list->erase(std::remove(list->begin(), list->end(), id), list->end());
      line.replace.erase(id);
      for (auto it = line.replace.begin(); it != line.replace.end();) {
        it = it->second == id ? line.replace.erase(it) : std::next(it);
      }
      line.move.erase(id);
      line.shift.erase(id);
    }
  }

  void add_hours() {
    if (chance_.one_in(2)) {
      made_.timetable.hours = {{{}, 0, 86'400}};
    } else if (chance_.one_in(2)) {
      made_.timetable.hours = {{{}, 4 * 3600, 12 * 3600}, {{}, 12 * 3600, 21 * 3600}};
    } else {
      made_.timetable.hours = {{words(), 5 * 3600, 19 * 3600}, {words(), 18 * 3600, 1800}, {words(), 0, 6 * 3600}};
    }
  }

  void add_limits() {
    for (int i = chance_.within(1, 3); i > 0; --i) {
      auto& limit = made_.timetable.limits.emplace_back();
      if (chance_.one_in(2)) limit.sessions_per_day = chance_.within(1, 5);
      if (chance_.one_in(2)) limit.minutes_per_session = chance_.within(1, 40);
      if (chance_.one_in(2)) limit.minutes_per_day = chance_.within(1, 120);
      if (!limit.sessions_per_day && !limit.minutes_per_session) limit.minutes_per_day = 30;
      if (chance_.one_in(2)) limit.days = words();
      if (chance_.one_in(4)) limit.except = dates();
      if (chance_.one_in(4)) limit.from = first_ + chance_.below(3);
      if (chance_.one_in(4)) limit.until = limit.from.value_or(first_) + chance_.below(3);
    }
  }

  Time length() {
    if (chance_.one_in(4)) return chance_.within(20 * 48'000, 900 * 48'000);
    return chance_.within(1, 20) * 30 * kSecond;
  }

  Article article(const std::string& id) {
    Article article;
    article.clip = id + ".wav";
    if (!chance_.one_in(8)) article.recording[article.clip] = length();
    if (chance_.one_in(3)) article.about = chance_.within(0, 400);
    if (chance_.one_in(8)) article.from = first_ + chance_.within(-1, 3);
    if (chance_.one_in(8)) article.until = article.from.value_or(first_) + chance_.within(0, 3);
    return article;
  }

  Article article_of_the_day() {
    Article article;
    article.clip = "tin/<date>.wav";
    for (Day day = first_ - 6; day < first_ + 8; ++day) {
      if (!chance_.one_in(5)) article.recording["tin/" + date_text(day) + ".wav"] = length();
    }
    if (chance_.one_in(2)) article.about = chance_.within(10, 400);
    return article;
  }

  /// Mostly some of the days that are asked for.
  DayWords words() {
    DayWords words;
    words.form = static_cast<DayWords::Form>(std::max(0, chance_.within(-6, 5)));
    if (words.form == DayWords::Form::never) words.form = DayWords::Form::list;
    if (words.form == DayWords::Form::list) {
      std::set<int> days;
      for (int i = chance_.within(2, 5); i > 0; --i) days.insert(chance_.below(7));
      words.list.assign(days.begin(), days.end());
    }
    if (words.form == DayWords::Form::dates) words = dates();
    return words;
  }

  DayWords dates() {
    DayWords words;
    words.form = DayWords::Form::dates;
    const Day first = first_ + chance_.within(-1, 3);
    if (chance_.one_in(4)) {
      words.yearly = {{1231, 102}};
    } else {
      words.dates = {{first, first + (chance_.one_in(2) ? 0 : chance_.within(1, 3))}};
    }
    return words;
  }

  Seconds time() {
    const int minute = chance_.one_in(6) ? chance_.below(120) : chance_.below(24) * 5;
    const int second = chance_.one_in(12) ? chance_.below(60) : 0;
    return (hour_ * 3600 + minute * 60 + second) % 86'400;
  }

  std::string some_article() {
    std::vector<std::string> ids;
    for (const auto& [id, article] : made_.timetable.articles) ids.push_back(id);
    return chance_.one_of(ids);
  }

  Item item() {
    Item item;
    const int kind = chance_.below(11);
    if (kind < 5) {
      item.name = some_article();
      if (item.name == "f") item.days_ago = chance_.below(3);
    } else if (kind < 6) {
      item.kind = Item::Kind::pause;
      item.pause = chance_.within(1, 600) * kSecond / 2;
    } else if (kind < 8) {
      item.kind = Item::Kind::playlist;
      item.name = chance_.one_in(3) ? "lists" : "list";
    } else if (kind == 10) {
      item.kind = Item::Kind::relay;
      item.name = "vov1";
      made_.timetable.relays = {"vov1"};
      if (!chance_.one_in(3)) item.relayed = chance_.within(1, 40) * 30;
    } else {
      item.kind = Item::Kind::fill;
      if (chance_.one_in(4)) {
        item.name = "lists";
      } else {
        for (int i = chance_.within(1, 4); i > 0; --i) item.names.push_back(some_article());
      }
    }
    if (chance_.one_in(6)) item.days = words();
    return item;
  }

  Programme programme() {
    Programme programme;
    std::set<Seconds> times;
    for (int i = std::max(1, chance_.within(-1, 3)); i > 0; --i) times.insert(time());
    programme.at.assign(times.begin(), times.end());
    if (chance_.one_in(8)) programme.at = {hour_ * 3600L, hour_ * 3600L + 2400, hour_ * 3600L + 4800};
    programme.every =
        programme.at.size() == 3 && programme.at[2] - programme.at[1] == programme.at[1] - programme.at[0];
    if (chance_.one_in(3)) programme.repeat = words();
    if (chance_.one_in(6)) programme.except = dates();
    if (chance_.one_in(8)) programme.from = first_ + chance_.within(-1, 2);
    if (chance_.one_in(8)) programme.until = programme.from.value_or(first_) + chance_.within(0, 3);
    if (!chance_.one_in(3))
      programme.length = chance_.one_in(6) ? chance_.within(30, 3000) : chance_.within(1, 12) * 300;
    programme.overrun = static_cast<Overrun>(std::max(0, chance_.within(-2, 2)));
    programme.late = static_cast<Late>(std::max(0, chance_.within(-1, 2)));
    programme.grace = chance_.one_in(2) ? 600 : chance_.within(1, 40) * 60;
    programme.rank = std::min(2, chance_.below(5));
    programme.interrupted = static_cast<Interrupted>(std::max(0, chance_.within(-1, 2)));
    for (int i = chance_.within(1, 5); i > 0; --i) programme.items.push_back(item());
    pin_some(programme);
    return programme;
  }

  /// In the order of their times, behind the start, within the slot: else the reader refuses the text.
  void pin_some(Programme& programme) {
    if (programme.at.size() > 1 || chance_.one_in(2)) return drop_endless_fills(programme);
    const auto room = programme.length.value_or(3000);
    Seconds behind = 0;
    for (auto& item : programme.items) {
      if (!chance_.one_in(3)) continue;
      behind += chance_.within(1, 12) * (chance_.one_in(4) ? 61 : 300);
      if (behind >= room) break;
      item.pin = (programme.at[0] + behind) % 86'400;
    }
    drop_endless_fills(programme);
  }

  void drop_endless_fills(Programme& programme) const {
    // What fills beyond the permitted hours is a mistake, and no timetable to compare.
    const bool gated = programme.overrun == Overrun::finish && made_.timetable.hours.front().until != 86'400;
    bool has_end = programme.length.has_value() && !gated;
    for (auto item = programme.items.rbegin(); item != programme.items.rend(); ++item) {
      if (item->kind == Item::Kind::relay && !item->relayed && !has_end) item->relayed = 300;
      if (item->kind == Item::Kind::fill && !has_end) {
        item->kind = Item::Kind::article;
        item->name = "a";
        item->names.clear();
      }
      has_end = has_end || (item->pin && !item->days && !gated);
    }
  }

  void add_stand_in() {
    auto stand_in = programme();
    if (chance_.one_in(2)) stand_in.at.clear();
    stand_in.repeat = {DayWords::Form::never, {}, {}, {}};
    for (auto& item : stand_in.items) item.pin.reset();
    drop_endless_fills(stand_in);
    made_.timetable.programmes["q"] = stand_in;
  }

  Line line() {
    Line line;
    line.on = chance_.one_in(2) ? dates() : words();
    if (line.on.form == DayWords::Form::never) line.on.form = DayWords::Form::daily;
    std::vector<std::string> ids;
    for (const auto& [id, programme] : made_.timetable.programmes) ids.push_back(id);
    const auto& programmes = made_.timetable.programmes;
    const bool stand_in = programmes.contains("q") && chance_.one_in(2);
    const auto id = chance_.one_of(ids), other = stand_in ? "q" : chance_.one_of(ids);
    const int action = chance_.below(12);
    if (action == 0) line.mute_all = true;
    if (action == 1 || action == 2) line.mute = {id};
    if ((action == 2 || action == 3 || action == 4) && id != other) line.replace[id] = other;
    if (action == 5 || action == 6) {
      if (!programmes.at(other).at.empty()) line.add = {other};
    }
    // Not of pinned ones: a pin that comes to lie before the start would be the next day's.
    const auto is_free = [&](const std::string& each) {
      const auto& items = programmes.at(each).items;
      return std::none_of(items.begin(), items.end(), [](const Item& item) { return item.pin.has_value(); });
    };
    const bool moves = action == 7 || action == 8;
    if (moves && programmes.at(other).at.size() == 1 && is_free(other)) line.move[other] = time();
    if (action >= 9 && is_free(id)) line.shift[id] = chance_.within(-12, 12) * (chance_.one_in(4) ? 1800 : 300) + 60;
    return line;
  }

  Chance chance_;
  MadeUpTimetable made_;
  Day first_;
  int hour_;
};

}  // namespace

MadeUpTimetable made_up_timetable(unsigned seed, Overlaps overlaps) {
  return Maker(seed).make(overlaps);
}

}  // namespace loa::scheduler::plain
