// Plain values as the text that an operator would write.
#include "tests/scheduler/plain_timetable.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace loa::scheduler::plain {

namespace {

namespace chr = std::chrono;

constexpr const char* kWeek[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

chr::year_month_day civil(Day day) {
  return chr::year_month_day(chr::sys_days(chr::days(day)));
}

int month_and_day(Day day) {
  const auto date = civil(day);
  return static_cast<int>(static_cast<unsigned>(date.month()) * 100 + static_cast<unsigned>(date.day()));
}

std::string two(long number) {
  char text[8];
  std::snprintf(text, sizeof text, "%02ld", number);
  return text;
}

std::string yearly_text(int day) {
  return two(day / 100) + '-' + two(day % 100);
}

std::string time_text(Seconds time) {
  auto text = two(time / 3600) + ':' + two(time / 60 % 60);
  if (time % 60 != 0) text += ':' + two(time % 60);
  return '"' + text + '"';
}

std::string span_text(Seconds span) {
  return (span < 0 ? "-" : "") + std::to_string(std::abs(span)) + 's';
}

std::string list_text(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return '[' + text + ']';
}

std::string pairs_text(const std::map<std::string, std::string>& pairs) {
  std::string text;
  for (const auto& [key, value] : pairs) text += (text.empty() ? "" : ", ") + key + ": " + value;
  return '{' + text + '}';
}

template <class Value, class Text>
std::string map_text(const std::map<std::string, Value>& map, Text text) {
  std::map<std::string, std::string> pairs;
  for (const auto& [key, value] : map) pairs[key] = text(value);
  return pairs_text(pairs);
}

void key(std::string& text, const std::string& name, const std::string& value) {
  text += (text.empty() ? "" : ", ") + name + ": " + value;
}

std::string what_of(const Item& item) {
  if (item.kind == Item::Kind::pause) return "pause: " + std::to_string(item.pause * 1000 / kSecond) + "ms";
  if (item.kind == Item::Kind::fill) return "fill: " + (item.name.empty() ? list_text(item.names) : item.name);
  if (item.kind == Item::Kind::relay) {
    return "relay: " + item.name + (item.relayed ? ", for: " + span_text(*item.relayed) : "");
  }
  return (item.kind == Item::Kind::playlist ? "playlist: " : "article: ") + item.name;
}

std::string yaml_of(const Item& item) {
  auto text = what_of(item);
  if (item.days_ago != 0) key(text, "days_ago", std::to_string(item.days_ago));
  if (item.days) key(text, "days", item.days->yaml());
  if (item.pin) key(text, "at", time_text(*item.pin));
  return '{' + text + '}';
}

std::string yaml_of(const Article& article) {
  std::string text;
  key(text, "title", "T");
  key(text, "clip", '"' + article.clip + '"');
  if (article.about) key(text, "about", span_text(*article.about));
  if (article.from) key(text, "from", date_text(*article.from));
  if (article.until) key(text, "until", date_text(*article.until));
  return '{' + text + '}';
}

std::string times_text(const Programme& programme) {
  const auto& at = programme.at;
  if (programme.every) {
    return "{every: " + span_text(at[1] - at[0]) + ", from: " + time_text(at.front()) +
           ", until: " + time_text(at.back()) + '}';
  }
  std::vector<std::string> times;
  for (const auto time : at) times.push_back(time_text(time));
  return times.size() == 1 ? times[0] : list_text(times);
}

std::string yaml_of(const Programme& programme) {
  constexpr const char* kOverrun[] = {"fade", "cut", "finish"};
  constexpr const char* kLate[] = {"join", "start", "skip"};
  constexpr const char* kRank[] = {"emergency", "priority", "ordinary"};
  constexpr const char* kInterrupted[] = {"resume", "restart", "drop"};
  std::string text = "title: T";
  if (!programme.at.empty()) key(text, "at", times_text(programme));
  key(text, "repeat", programme.repeat.yaml());
  if (!programme.except.dates.empty() || !programme.except.yearly.empty())
    key(text, "except", programme.except.dates_yaml());
  if (programme.from) key(text, "from", date_text(*programme.from));
  if (programme.until) key(text, "until", date_text(*programme.until));
  if (programme.length) key(text, "length", span_text(*programme.length));
  key(text, "overrun", kOverrun[static_cast<int>(programme.overrun)]);
  key(text, "late", kLate[static_cast<int>(programme.late)]);
  key(text, "grace", span_text(programme.grace));
  key(text, "priority", kRank[programme.rank]);
  if (programme.rank == 0) key(text, "ordered_by", "UBND");
  key(text, "interrupted", kInterrupted[static_cast<int>(programme.interrupted)]);
  text = "    {" + text + ",\n     items: [";
  for (std::size_t i = 0; i < programme.items.size(); ++i) text += (i == 0 ? "" : ", ") + yaml_of(programme.items[i]);
  return text + "]}";
}

std::string yaml_of(const Limit& limit) {
  std::string text = "name: L, enforce: true";
  if (limit.sessions_per_day) key(text, "sessions_per_day", std::to_string(*limit.sessions_per_day));
  if (limit.minutes_per_session) key(text, "minutes_per_session", std::to_string(*limit.minutes_per_session));
  if (limit.minutes_per_day) key(text, "minutes_per_day", std::to_string(*limit.minutes_per_day));
  key(text, "days", limit.days.yaml());
  if (!limit.except.dates.empty() || !limit.except.yearly.empty()) key(text, "except", limit.except.dates_yaml());
  if (limit.from) key(text, "from", date_text(*limit.from));
  if (limit.until) key(text, "until", date_text(*limit.until));
  return "  - {" + text + "}\n";
}

std::string yaml_of(const Line& line) {
  auto text = "on: " + line.on.yaml();
  if (line.mute_all) key(text, "mute", "all");
  if (!line.mute.empty()) key(text, "mute", list_text(line.mute));
  if (!line.replace.empty()) key(text, "replace", pairs_text(line.replace));
  if (!line.add.empty()) key(text, "add", list_text(line.add));
  if (!line.move.empty()) key(text, "move", map_text(line.move, time_text));
  if (!line.shift.empty()) key(text, "shift", map_text(line.shift, span_text));
  return "  - {" + text + "}\n";
}

}  // namespace

Day day_of(int year, int month, int day) {
  const auto date = chr::year(year) / month / day;
  return static_cast<Day>(chr::sys_days(date).time_since_epoch().count());
}

std::string date_text(Day day) {
  return std::to_string(static_cast<int>(civil(day).year())) + '-' + yearly_text(month_and_day(day));
}

bool DayWords::has(Day day) const {
  const int weekday = ((day + 3) % 7 + 7) % 7;  // 1970-01-01 was a Thursday
  if (form == Form::daily) return true;
  if (form == Form::weekdays) return weekday < 5;
  if (form == Form::weekends) return weekday >= 5;
  for (const int each : list) {
    if (each == weekday) return true;
  }
  for (const auto& [first, last] : dates) {
    if (first <= day && day <= last) return true;
  }
  const int now = month_and_day(day);
  for (const auto& [first, last] : yearly) {
    if (first <= last ? first <= now && now <= last : first <= now || now <= last) return true;
  }
  return false;
}

std::string DayWords::dates_yaml() const {
  std::vector<std::string> words;
  for (const auto& [first, last] : dates) {
    words.push_back(first == last ? date_text(first) : '"' + date_text(first) + ".." + date_text(last) + '"');
  }
  for (const auto& [first, last] : yearly) {
    words.push_back(first == last ? yearly_text(first) : '"' + yearly_text(first) + ".." + yearly_text(last) + '"');
  }
  return list_text(words);
}

std::string DayWords::yaml() const {
  constexpr const char* kForms[] = {"daily", "weekdays", "weekends", "never"};
  if (form == Form::dates) return "{dates: " + dates_yaml() + '}';
  if (form != Form::list) return kForms[static_cast<int>(form)];
  std::vector<std::string> words;
  for (const int day : list) words.emplace_back(kWeek[day]);
  return list_text(words);
}

std::string Timetable::station_yaml() const {
  std::string text = "station: {id: xa-vi-du, name: Ví Dụ, timezone: " + zone + "}\npermitted_hours:\n";
  for (const auto& each : hours) {
    text += "  - {days: " + each.days.yaml() + ", from: " + time_text(each.from) + ", until: " + time_text(each.until) +
            "}\n";
  }
  if (!limits.empty()) text += "limits:\n";
  for (const auto& each : limits) text += yaml_of(each);
  return text;
}

std::vector<std::string> Timetable::blocks(unsigned order) const {
  std::vector<std::string> blocks(5);
  blocks[0] = "articles:\n";
  for (const auto& [id, article] : articles) blocks[0] += "  " + id + ": " + yaml_of(article) + '\n';
  blocks[1] = playlists.empty() ? "" : "playlists:\n";
  for (const auto& [id, entries] : playlists) blocks[1] += "  " + id + ": " + list_text(entries) + '\n';
  std::vector<std::string> each;
  for (const auto& [id, programme] : programmes) each.push_back("  " + id + ":\n" + yaml_of(programme) + '\n');
  if (order % 2 == 1) std::reverse(each.begin(), each.end());
  blocks[2] = "programmes:\n";
  for (const auto& one : each) blocks[2] += one;
  blocks[3] = calendar.empty() ? "" : "calendar:\n";
  for (const auto& line : calendar) blocks[3] += yaml_of(line);
  blocks[4] = relays.empty() ? "" : "relays:\n";
  for (const auto& id : relays) blocks[4] += "  " + id + ": {url: \"https://dai.example/" + id + "\"}\n";
  std::rotate(blocks.begin(), blocks.begin() + order % 4, blocks.end());
  return blocks;
}

std::string Timetable::schedule_yaml(unsigned order) const {
  std::string text;
  for (const auto& block : blocks(order)) text += block;
  return text;
}

}  // namespace loa::scheduler::plain
