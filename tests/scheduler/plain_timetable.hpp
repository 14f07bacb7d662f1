// A timetable as plain values, for the plain planner and for the text that the real reader reads. Nothing of it is
// taken from the scheduler: the two meet in the YAML text alone.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace loa::scheduler::plain {

using Day = int;            // days since 1970-01-01
using Seconds = long;       // of a day, or a span
using Time = std::int64_t;  // instants and spans, in frames of 1/48000 s; instants since 1970-01-01T00:00Z
constexpr Time kSecond = 48'000;

Day day_of(int year, int month, int day);
std::string date_text(Day day);  // "2026-11-23"

/// Days as an operator names them.
struct DayWords {
  enum class Form { daily, weekdays, weekends, never, list, dates } form = Form::daily;
  std::vector<int> list;                   // 0 = Monday
  std::vector<std::pair<Day, Day>> dates;  // both ends included
  /// "11-24..11-26", both ends included, as {1124, 1126}; the second may be the smaller one.
  std::vector<std::pair<int, int>> yearly;

  bool has(Day day) const;
  std::string yaml() const;        // as `repeat`, `days` and `on` take it
  std::string dates_yaml() const;  // as `except` takes it: a list of dates
};

struct Article {
  std::string clip;                       // may hold "<date>"
  std::map<std::string, Time> recording;  // length of what is in the library, by its clip's name
  std::optional<Seconds> about;
  std::optional<Day> from, until;
};

struct Item {
  enum class Kind { article, playlist, pause, fill, relay } kind = Kind::article;
  std::string name;                // of an article or playlist; of a fill's playlist
  std::vector<std::string> names;  // of a fill without a playlist
  Time pause = 0;
  int days_ago = 0;
  std::optional<DayWords> days;
  std::optional<Seconds> pin;
  std::optional<Seconds> relayed{};  // how long a relay is
};

enum class Overrun { fade, cut, finish };
enum class Late { join, start, skip };
enum class Interrupted { resume, restart, drop };

struct Programme {
  std::vector<Seconds> at;
  bool every = false;  // `at` is written as {every, from, until}: two times or more, evenly apart
  DayWords repeat;
  DayWords except{DayWords::Form::never, {}, {}, {}};
  std::optional<Day> from, until;
  std::optional<Seconds> length;
  Overrun overrun = Overrun::fade;
  Late late = Late::join;
  Seconds grace = 600;
  int rank = 2;  // 0 emergency, 1 priority, 2 ordinary
  Interrupted interrupted = Interrupted::resume;
  std::vector<Item> items;
};

struct Line {
  DayWords on;
  bool mute_all = false;
  std::vector<std::string> mute, add;
  std::map<std::string, std::string> replace;
  std::map<std::string, Seconds> move;   // to this time
  std::map<std::string, Seconds> shift;  // by this span
};

struct Hours {
  DayWords days;
  Seconds from = 0, until = 0;  // until <= from: of the next day
};

/// Each enforced.
struct Limit {
  std::optional<int> sessions_per_day, minutes_per_session, minutes_per_day;
  DayWords days;
  DayWords except{DayWords::Form::never, {}, {}, {}};
  std::optional<Day> from, until;
};

struct Timetable {
  std::string zone = "Asia/Ho_Chi_Minh";
  std::map<std::string, Article> articles;
  std::map<std::string, std::vector<std::string>> playlists;  // of articles and playlists
  std::vector<std::string> relays;
  std::map<std::string, Programme> programmes;
  std::vector<Line> calendar;
  std::vector<Hours> hours;
  std::vector<Limit> limits;

  std::string station_yaml() const;
  /// Each top-level key with what stands under it; `order`: of the keys and of the programmes, 0 is the usual one.
  std::vector<std::string> blocks(unsigned order = 0) const;
  std::string schedule_yaml(unsigned order = 0) const;
};

}  // namespace loa::scheduler::plain
