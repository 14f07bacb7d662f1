// One entry under `programmes`, and all of them from all files.
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
  const bool stands_in = programme.repeat.form == Days::Form::never;  // may play only where another one stood
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
  const auto word = fields.choice("late", {"join", "start", "skip"}).value_or("join");
  programme.late = word == "join" ? Late::join : word == "start" ? Late::start : Late::skip;
  const auto grace = fields.duration("grace");
  if (!grace) return;
  programme.grace = *grace;
  if (programme.late == Late::start) return;
  fields.diagnostics()
      .warning("grace-unused", fields.key_span("grace"), msg("“grace” counts only with “late: start”"))
      .would(msg("it changes nothing here"))
      .mend(msg("add “late: start”, or take “grace” away"));
}

void read_priority(Fields& fields) {
  const auto word = fields.choice("priority", {"ordinary", "priority", "emergency"});
  if (word && *word != "ordinary") fields.not_yet({"priority"});
  fields.not_yet({"ordered_by", "interrupted"});
}

void read_items(Fields& fields, Programme& programme) {
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
    if (auto rule = read_item(item, diagnostics)) programme.items.push_back(std::move(*rule));
  }
  if (!node->items.empty()) return;
  diagnostics.warning("empty-list", node->span, msg("the programme “{0}” has no items", programme.id))
      .would(msg("nothing would sound"));
}

}  // namespace

Programme read_programme(const NamedNode& named, Diagnostics& diagnostics) {
  Programme programme;
  programme.id = named.id;
  programme.span = named.at;
  Fields fields(named.value, diagnostics, msg("a programme"));
  programme.title = fields.words("title").value_or(named.id);
  programme.repeat = fields.days("repeat").value_or(Days{});
  read_times(fields, programme);
  programme.except = fields.dates("except").value_or(std::vector<config::DateSpan>{});
  playlists::read_validity(fields, programme.from, programme.until, msg("the programme would never play"));
  read_length(fields, programme);
  read_overrun(fields, programme);
  read_late(fields, programme);
  read_priority(fields);
  read_items(fields, programme);
  fields.finish();
  check_effect(programme, diagnostics);
  return programme;
}

std::vector<Programme> read_programmes(const std::vector<config::ScheduleFile>& files, Diagnostics& diagnostics) {
  std::map<std::string, Programme, std::less<>> programmes;
  playlists::GivenNames names(msg("give one of the programmes another name"));
  std::size_t work_left = kReachWork;
  for (const auto& file : files) {
    for (const auto& named : playlists::read_section(file.root, "programmes", diagnostics)) {
      const auto mistakes = diagnostics.count(config::Severity::error);
      auto programme = read_programme(named, diagnostics);
      const bool whole = diagnostics.count(config::Severity::error) == mistakes;  // else it would be half the truth
      if (whole) check_reach(programme, work_left, diagnostics);
      programme.mistaken = !whole;
      if (names.take(named, file.folder, diagnostics)) programmes.insert_or_assign(named.id, std::move(programme));
    }
  }
  std::vector<Programme> sorted;
  for (auto& [id, programme] : programmes) sorted.push_back(std::move(programme));
  return sorted;
}

}  // namespace loa::scheduler
