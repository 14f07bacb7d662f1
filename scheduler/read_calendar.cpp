// `calendar`: lines that lie over the timetable on some days.
#include <algorithm>
#include <array>

#include "config/unicode.hpp"
#include "config/value_shape.hpp"
#include "scheduler/read_parts.hpp"

namespace loa::scheduler {

using config::Diagnostics;
using config::Fields;
using config::msg;
using config::Node;
using config::NodePtr;
using config::Text;

namespace {

constexpr std::array<std::string_view, 5> kActions{"mute", "replace", "add", "move", "shift"};
constexpr std::size_t kLongestTitle = 200;  // bytes
constexpr Duration kLongestShift = std::chrono::hours(24) - std::chrono::milliseconds(1);

/// The name of a programme. Words that are no id may be its title: whether there is such a one is looked up later.
std::optional<std::string> read_name(const Node& node, Diagnostics& diagnostics, bool list_too = false) {
  const bool words = node.is_scalar() && !config::id_like(node.scalar).empty() && node.scalar.size() <= kLongestTitle &&
                     node.scalar.find(',') == std::string::npos;
  return words && config::id_like(node.scalar) != node.scalar
             ? config::plain_word(node, diagnostics, msg("the name of a programme"))
             : config::read_id(node, diagnostics, list_too);
}

std::vector<NamedProgramme> read_list(const NodePtr& node, Diagnostics& diagnostics) {
  std::vector<NamedProgramme> names;
  const auto add = [&](const Node& each) {
    if (auto id = read_name(each, diagnostics, true)) names.push_back({std::move(*id), each.span});
  };
  if (!node->is_sequence()) {
    add(*node);
    return names;
  }
  for (const auto& item : node->items) add(*item);
  if (node->items.empty()) {
    diagnostics.warning("empty-list", node->span, msg("the list of programmes is empty"))
        .would(msg("the line changes nothing"));
  }
  return names;
}

std::optional<Duration> read_shift(const Node& node, Diagnostics& diagnostics) {
  auto bare = node;
  const bool earlier = bare.is_scalar() && bare.scalar.starts_with('-');
  if (bare.is_scalar() && (earlier || bare.scalar.starts_with('+'))) bare.scalar.erase(0, 1);
  const auto by = config::read_duration(bare, diagnostics);
  if (!by) return std::nullopt;
  if (*by <= kLongestShift && *by % std::chrono::seconds(1) == Duration(0)) return earlier ? -*by : *by;
  diagnostics.error("shift-range", node.span, msg("a programme is shifted by whole seconds, less than a day"))
      .would(msg("when it begins could not be planned"))
      .mend(msg("write for example -15min or 1h"));
  return std::nullopt;
}

/// {programme: value, …}: `read` for each value.
template <class Value, class Read>
void read_pairs(Fields& fields, std::string_view key, std::vector<std::pair<NamedProgramme, Value>>& pairs,
                config::Text hint, Read read) {
  const auto node = fields.find(key);
  if (!node) return;
  if (!node->is_mapping()) {
    fields.diagnostics()
        .error("wrong-type", node->span, msg("“{0}” takes programmes, each with a colon and what becomes of it", key))
        .would(msg("the line could not be applied"))
        .mend(std::move(hint));
    return;
  }
  for (const auto& [name, value] : node->entries) {
    auto id = read_name(*name, fields.diagnostics());
    std::optional<Value> made = read(*value);
    if (id && made) pairs.emplace_back(NamedProgramme{std::move(*id), name->span}, std::move(*made));
  }
}

void read_mute(Fields& fields, CalendarLine& line) {
  const auto node = fields.find("mute");
  if (!node) return;
  if (node->is_scalar() && node->scalar == "all") {
    line.mute_all = true;
    return;
  }
  const auto& one = node->is_sequence() && node->items.size() == 1 ? *node->items.front() : *node;
  // What could be the name of a programme is looked for among them first.
  const bool is_name = one.scalar.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string::npos;
  if (one.is_scalar() && !is_name && means_all(one.scalar)) {
    fields.diagnostics()
        .error("not-a-choice", node->span, msg("every programme is muted with the word “all”, without a list"))
        .would(msg("the line could not be applied"))
        .mend(config::write_this("mute: all"));
    return;
  }
  line.mute = read_list(node, fields.diagnostics());
}

/// A time of day; a span by which something is moved belongs below `shift`.
std::optional<TimeOfDay> read_moved(const Node& node, Diagnostics& diagnostics) {
  Diagnostics unsaid;
  const bool is_span = node.is_scalar() && config::read_duration(node, unsaid).has_value();
  if (!is_span) return config::read_time(node, diagnostics);
  diagnostics
      .error("not-a-time", node.span, msg("“{0}” is a length of time, and “move” takes a time of day", node.scalar))
      .would(msg("the line could not be applied"))
      .mend(msg("write the new time, as in move: {{chieu: \"16:45\"}}; by how much something is moved is said with "
                "“shift”"));
  return std::nullopt;
}

void read_actions(Fields& fields, CalendarLine& line) {
  auto& diagnostics = fields.diagnostics();
  read_mute(fields, line);
  if (const auto node = fields.find("add")) line.add = read_list(node, diagnostics);
  const auto stand_in = [&](const Node& node) -> std::optional<NamedProgramme> {
    auto id = read_name(node, diagnostics);
    return id ? std::optional(NamedProgramme{std::move(*id), node.span}) : std::nullopt;
  };
  const auto time = [&](const Node& node) { return read_moved(node, diagnostics); };
  const auto span = [&](const Node& node) { return read_shift(node, diagnostics); };
  read_pairs(fields, "replace", line.replace, msg("write for example replace: {{sang: sang-tet}}"), stand_in);
  read_pairs(fields, "move", line.move, msg("write for example move: {{chieu: \"16:45\"}}"), time);
  read_pairs(fields, "shift", line.shift, msg("write for example shift: {{chieu: -15min}}"), span);
  const bool any = std::any_of(kActions.begin(), kActions.end(),
                               [&](auto key) { return fields.has(key) || fields.is_mistyped(std::string(key)); });
  if (any) return;
  diagnostics.error("calendar-without-action", fields.span(), msg("the line does not say what becomes of whom"))
      .would(msg("it would change nothing"))
      .mend(msg("add mute, replace, add, move or shift, as in mute: [chieu]"));
}

Text days_hint() {
  return msg("write on which days, as in on: \"2026-12-01..2026-12-02\"");
}

/// The days of "from" and "until" as “on” says them; where one is open or no date, how days are written.
Text on_advice(const Node& node) {
  std::optional<Date> first, last;
  Diagnostics unsaid;
  for (const auto& [key, value] : node.entries) {
    if (key->scalar == "from") first = config::read_date(*value, unsaid);
    if (key->scalar == "until") last = config::read_date(*value, unsaid);
  }
  if (!first || !last || *last < *first) return days_hint();
  const auto both = config::to_string(*first) + (*first == *last ? "" : ".." + config::to_string(*last));
  return config::write_this("on: \"" + both + '"');
}

/// "from" and "until" in the place of "on": one mistake.
bool report_from_until(const Node& node, Fields& fields) {
  if (fields.has("on") || (!fields.has("from") && !fields.has("until"))) return false;
  fields.diagnostics()
      .error("unknown-key", fields.key_span(fields.has("from") ? "from" : "until"),
             msg("a line of the calendar says its days with “on”"))
      .would(msg("on which days it plays is not known, so it cannot be planned"))
      .mend(on_advice(node));
  fields.pass_over({"from", "until", "on"});
  return true;
}

std::optional<CalendarLine> read_line(const NodePtr& node, const DayContext& context, Diagnostics& diagnostics) {
  Fields fields(node, diagnostics, msg("a line of the calendar"));
  if (!node->is_mapping()) return std::nullopt;
  CalendarLine line;
  line.span = node->span;
  line.name = fields.words("name").value_or("");
  const bool spans = report_from_until(*node, fields);
  const auto on = spans ? nullptr : fields.require("on", days_hint());
  auto days = on ? config::read_days_or_dates(*on, diagnostics) : std::nullopt;
  read_actions(fields, line);
  fields.finish();
  if (!days) return std::nullopt;
  line.on = day_set(std::move(*days), context, diagnostics);
  return line;
}

void report_shape(const Node& node, config::Span key, Diagnostics& diagnostics) {
  if (node.reported) return;
  if (node.is_null()) {
    diagnostics.warning("empty-section", key, msg("there is nothing under “{0}”", "calendar"))
        .mend(msg("write something below it, or take the line away"));
    return;
  }
  diagnostics.error("wrong-type", node.span, msg("“calendar” takes a list"))
      .would(msg("the timetable would be played on every day as on any other"))
      .mend(msg("write one line with a dash for each, as in - {{on: 2026-12-01, mute: all}}"));
}

}  // namespace

bool means_all(std::string_view word) {
  auto plain = config::folded(word);
  std::erase_if(plain, [](char c) { return c == ' ' || c == '-' || c == '_'; });
  return plain == "tatca" || plain == "toanbo" || plain == "all" || plain == "everything" || plain == "*";
}

std::vector<CalendarLine> read_calendar(const std::vector<config::ScheduleFile>& files, const DayContext& context,
                                        Diagnostics& diagnostics) {
  std::vector<CalendarLine> calendar;
  for (const auto& file : files) {
    if (!file.root || !file.root->is_mapping()) continue;
    for (const auto& [key, section] : file.root->entries) {
      if (key->scalar != "calendar") continue;
      if (!section->is_sequence()) {
        report_shape(*section, key->span, diagnostics);
        continue;
      }
      for (const auto& item : section->items) {
        if (auto line = read_line(item, context, diagnostics)) calendar.push_back(std::move(*line));
      }
    }
  }
  return calendar;
}

}  // namespace loa::scheduler
