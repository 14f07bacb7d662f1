// One entry under `programmes`, and all of them from all files.
#include <algorithm>
#include <set>

#include "config/value_shape.hpp"
#include "playlists/readers.hpp"
#include "scheduler/read_parts.hpp"

namespace loa::scheduler {

using config::Diagnostics;
using config::Fields;
using config::msg;
using playlists::NamedNode;

namespace {

constexpr Duration kLongestSlot = std::chrono::hours(24);
constexpr std::size_t kReachWork = 20'000'000;  // steps of check_reach over all files: about a tenth of a second

void read_times(Fields& fields, Programme& programme) {
  const bool stands_in = programme.repeat.is_empty();  // may play only where another one stood
  const auto node =
      stands_in ? fields.find("at") : fields.require("at", msg("write when it begins, as in “at: \"05:30\"”"));
  if (!node) return;
  programme.at_span = node->span;
  programme.at = read_at(node, fields.diagnostics());
}

void read_length(Fields& fields, Programme& programme) {
  const auto node = fields.find("length");
  const auto length = node ? config::read_duration(*node, fields.diagnostics()) : std::nullopt;
  if (!length) return;
  if (*length > Duration(0) && *length <= kLongestSlot) {
    programme.length = length;
    return;
  }
  fields.diagnostics()
      .error("length-range", node->span, msg("a slot lasts more than nothing and at most 24 hours"))
      .would(msg("its sessions cannot be planned"))
      .mend(msg("write for example 45min; without “length” it is as long as its items"));
}

void read_overrun(Fields& fields, Programme& programme) {
  const auto word = fields.choice("overrun", {"fade", "cut", "finish"}).value_or("fade");
  programme.overrun = word == "fade" ? Overrun::fade : word == "cut" ? Overrun::cut : Overrun::finish;
}

void read_late(Fields& fields, Programme& programme) {
  const auto read = fields.choice("late", {"join", "start", "skip"});
  const auto word = read.value_or("join");
  programme.late = word == "join" ? Late::join : word == "start" ? Late::start : Late::skip;
  const auto grace = fields.duration("grace");
  if (!grace) return;
  programme.grace = *grace;
  if (programme.late == Late::start || (!read && fields.has("late"))) return;
  fields.diagnostics()
      .warning("grace-unused", fields.key_span("grace"), msg("“grace” counts only with “late: start”"))
      .would(msg("it changes nothing here"))
      .mend(msg("add “late: start”, or take “grace” away"));
}

/// Nobody may break into the programme in nobody's name (contract 1.2).
void report_unordered(Fields& fields) {
  fields.diagnostics()
      .error("emergency-unordered", fields.key_span("priority"), msg("an emergency says who ordered it"))
      .would(msg("it would interrupt every other programme in nobody's name"))
      .mend(msg("add “ordered_by: Chủ tịch UBND xã, Công điện 12”, or make it “priority: priority”"));
}

/// "1", "mức 2": in one list the highest comes first, in another the lowest, and a wrong guess breaks into everything.
void report_numbered(const config::Node& node, Diagnostics& diagnostics) {
  diagnostics
      .error("not-a-choice", node.span,
             msg("“{0}” is none of {1}", config::shown(node.scalar), "ordinary | priority | emergency"))
      .would(msg("what is meant is not known, so it cannot take effect"))
      .mend(msg("write a word: ordinary (the default) breaks into nothing, priority breaks into ordinary programmes, "
                "emergency into all others and needs “ordered_by”"));
}

std::optional<std::string> priority_word(Fields& fields) {
  const auto node = fields.find("priority");
  if (!node) return std::nullopt;
  const bool numbered = node->is_scalar() && node->scalar.find_first_of("0123456789") != std::string::npos;
  if (!numbered) return config::read_choice(*node, fields.diagnostics(), {"ordinary", "priority", "emergency"});
  report_numbered(*node, fields.diagnostics());
  return std::nullopt;
}

void read_priority(Fields& fields, Programme& programme) {
  const auto read = priority_word(fields);
  const auto word = read.value_or("ordinary");
  programme.priority_known = read || !fields.has("priority");
  programme.priority = word == "emergency"  ? playlists::Priority::emergency
                       : word == "priority" ? playlists::Priority::priority
                                            : playlists::Priority::ordinary;
  programme.ordered_by = fields.words("ordered_by").value_or("");
  const bool said = fields.has("ordered_by") || fields.is_mistyped("ordered_by");
  if (programme.priority == playlists::Priority::emergency && !said) report_unordered(fields);
  const auto then = fields.choice("interrupted", {"resume", "restart", "drop"}).value_or("resume");
  programme.interrupted = then == "resume"    ? Interrupted::resume
                          : then == "restart" ? Interrupted::restart
                                              : Interrupted::drop;
}

void read_items(Fields& fields, Programme& programme, const DayContext& context) {
  auto& diagnostics = fields.diagnostics();
  const auto node = fields.require("items", msg("write what it plays, one line with a dash for each"));
  if (!node) return;
  if (!node->is_sequence()) {
    diagnostics.error("wrong-type", node->span, msg("“items” takes a list"))
        .would(msg("nothing would sound"))
        .mend(msg("write one line with a dash for each item"));
    return;
  }
  for (const auto& item : node->items) {
    if (auto rule = read_item(item, context, diagnostics)) programme.items.push_back(std::move(*rule));
  }
  if (!node->items.empty()) return;
  diagnostics.warning("empty-list", node->span, msg("the programme “{0}” has no items", programme.id))
      .would(msg("nothing would sound"));
}

/// DTSTART of a programme's rule is `from` + `at` (contract 2).
void read_rule(Fields& fields, Programme& programme, const DayContext& context) {
  auto& diagnostics = fields.diagnostics();
  auto own = context;
  const auto& words = programme.repeat.words;
  if (words.form == Days::Form::rrule) {
    if (words.rule_from) own.from = words.rule_from;
    if (programme.at.size() > 1) {
      diagnostics
          .error("rule-times", programme.at_span,
                 msg("a recurrence rule goes with one time, here are {0}",
                     static_cast<unsigned long>(programme.at.size())))
          .would(msg("which of them the rule counts from is not known"))
          .mend(msg("write one time, or make it several programmes; a rule may have BYHOUR and BYMINUTE"))
          .with(words.rule_at);
      programme.repeat.words.form = Days::Form::never;
      return;
    }
    if (own.from && !programme.at.empty()) {
      own.start = std::chrono::local_days(*own.from) + programme.at.front().since_midnight;
    }
  }
  programme.repeat = day_set(std::move(programme.repeat.words), own, diagnostics);
}

ProgrammePlaces read_places(Fields& fields) {
  const auto place = [&](std::string_view key) { return fields.has(key) ? fields.key_span(key) : config::Span{}; };
  return {place("repeat"),  place("from"), place("until"),       place("length"),
          place("overrun"), place("late"), place("interrupted"), place("priority")};
}

/// What a programme's key may be named, and no id can.
constexpr std::string_view kOrderedBy = "ordered_by";

/// A key of a programme that stands beside it, spelt right: each stands there once at most, for one copy of its keys.
bool is_misplaced_key(const NamedNode& named) {
  static constexpr std::string_view keys[] = {"at",     "except", "from",   "grace",   "interrupted",
                                              "items",  "late",   "length", "overrun", "priority",
                                              "repeat", "title",  "until",  kOrderedBy};
  return !named.meant && !named.value->is_mapping() &&
         std::find(std::begin(keys), std::end(keys), named.id) != std::end(keys);
}

/// Keys of a programme that stand one level too high, beside it, are told and counted as its own.
std::vector<NamedNode> with_keys_in_place(std::vector<NamedNode> section, Diagnostics& diagnostics) {
  std::vector<NamedNode> programmes;
  for (auto& named : section) {
    if (!is_misplaced_key(named) || programmes.empty() || !programmes.back().value->is_mapping()) {
      programmes.push_back(std::move(named));
      continue;
    }
    auto& owner = programmes.back();
    diagnostics.error("wrong-indentation", named.at, msg("“{0}” stands beside the programme “{1}”", named.id, owner.id))
        .would(msg("it would be no part of it"))
        .mend(msg("begin it two spaces further in, below the programme's name"));
    auto whole = std::make_shared<config::Node>(*owner.value);
    auto key = std::make_shared<config::Node>(), told = std::make_shared<config::Node>();
    key->kind = config::Node::Kind::scalar;
    key->scalar = named.id;
    key->span = told->span = told->owner = named.at;
    told->reported = true;
    whole->entries.emplace_back(std::move(key), std::move(told));
    owner.value = std::move(whole);
  }
  return programmes;
}

/// Of an `ordered_by` below no programme.
void report_lone_order(const NamedNode& named, Diagnostics& diagnostics) {
  diagnostics
      .error("wrong-indentation", named.at,
             msg("“{0}” is a key of a programme, and stands in the place of one", named.id))
      .would(msg("it would be no part of it"))
      .mend(msg("begin it two spaces further in, below the programme's name"));
}

/// Whether part of a mapping was wrong and has been said while the text was read.
bool is_cut(const config::Node& node) {
  return node.dropped ||
         std::any_of(node.entries.begin(), node.entries.end(), [](const auto& each) { return each.second->reported; });
}

/// Programmes that a line of the calendar adds, or puts in the place of another.
std::set<std::string> brought_by(const std::vector<CalendarLine>& calendar) {
  std::set<std::string> ids;
  for (const auto& line : calendar) {
    for (const auto& added : line.add) ids.insert(added.id);
    for (const auto& [who, by_whom] : line.replace) ids.insert(by_whom.id);
  }
  return ids;
}

}  // namespace

Programme read_programme(const NamedNode& named, const DayContext& context, Diagnostics& diagnostics) {
  const auto mistakes = diagnostics.count(config::Severity::error);
  Programme programme;
  programme.id = named.id;
  programme.span = named.at;
  Fields fields(named.value, diagnostics, msg("a programme"));
  programme.title = fields.words("title").value_or(named.id);
  programme.repeat.words = fields.days("repeat").value_or(Days{});
  read_times(fields, programme);
  programme.except = day_set(fields.dates("except").value_or(std::vector<DateSpan>{}), context, diagnostics);
  playlists::read_validity(fields, programme.from, programme.until, msg("the programme would never play"));
  auto own = context;
  own.from = programme.from;
  read_rule(fields, programme, own);
  read_length(fields, programme);
  read_overrun(fields, programme);
  read_late(fields, programme);
  read_priority(fields, programme);
  const auto mistakes_before_items = diagnostics.count(config::Severity::error);
  read_items(fields, programme, own);
  programme.items_mistaken = diagnostics.count(config::Severity::error) > mistakes_before_items || !fields.has("items");
  programme.places = read_places(fields);
  fields.at_home_elsewhere({{"rrule", "repeat:"}, {"lunar", "repeat:"}});
  fields.finish();
  if (diagnostics.count(config::Severity::error) == mistakes) check_effect(programme, diagnostics);
  return programme;
}

std::vector<Programme> read_programmes(const std::vector<config::ScheduleFile>& files,
                                       const std::vector<CalendarLine>& calendar, const DayContext& context,
                                       Diagnostics& diagnostics) {
  std::map<std::string, Programme, std::less<>> programmes;
  playlists::GivenNames names(msg("give one of the programmes another name"));
  std::size_t work_left = kReachWork;
  const auto brought = brought_by(calendar);
  for (const auto& file : files) {
    auto section = playlists::read_section(file.root, "programmes", diagnostics, {kOrderedBy});
    for (const auto& named : with_keys_in_place(std::move(section), diagnostics)) {
      if (named.id == kOrderedBy) {
        report_lone_order(named, diagnostics);
        continue;
      }
      const auto mistakes = diagnostics.count(config::Severity::error);
      auto programme = read_programme(named, context, diagnostics);
      const auto& keys = named.value->entries;
      const bool broken = named.value->dropped || std::any_of(keys.begin(), keys.end(), [](const auto& each) {
                            return each.second->reported || (each.first->scalar == "at" && is_cut(*each.second));
                          });
      // Else it would be half the truth.
      const bool whole = !broken && diagnostics.count(config::Severity::error) == mistakes;
      const auto before_reach = diagnostics.count(config::Severity::error);
      if (whole) check_reach(programme, brought.contains(programme.id), work_left, diagnostics);
      programme.mistaken = !whole;
      if (diagnostics.count(config::Severity::error) > before_reach) programme.items_mistaken = true;
      if (names.take(named, file.folder, diagnostics)) programmes.insert_or_assign(named.id, std::move(programme));
    }
  }
  std::vector<Programme> sorted;
  for (auto& [id, programme] : programmes) sorted.push_back(std::move(programme));
  return sorted;
}

}  // namespace loa::scheduler
