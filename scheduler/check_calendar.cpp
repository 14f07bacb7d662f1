// Whether the programmes that the calendar names exist, and whether what it asks of them can be done.
#include <algorithm>
#include <map>

#include "config/unicode.hpp"
#include "config/value_shape.hpp"
#include "scheduler/read_parts.hpp"

namespace loa::scheduler {

using config::Diagnostics;
using config::msg;

namespace {

class CalendarCheck {
 public:
  CalendarCheck(const std::vector<Programme>& programmes, bool partial, Diagnostics& diagnostics)
      : partial_(partial), diagnostics_(diagnostics) {
    for (const auto& programme : programmes) {
      programmes_.emplace(programme.id, &programme);
      names_.push_back(programme.id);
      titles_.emplace(config::folded(programme.title), programme.id);
    }
  }

  void check(const CalendarLine& line) {
    for (const auto& named : line.mute) find(named, true);
    for (const auto& named : line.add) added(named);
    for (const auto& [who, by_whom] : line.replace) replaced(who, by_whom);
    for (const auto& [who, to] : line.move) moved(who);
    for (const auto& [who, by] : line.shift) find(who);
    if (line.mute_all) {
      muted_all(line);
    } else {
      contradictions(line);
    }
  }

 private:
  const Programme* find(const NamedProgramme& named, bool muted = false) {
    const auto found = programmes_.find(named.id);
    if (found != programmes_.end()) return found->second;
    if (partial_) return nullptr;
    const auto titled = titles_.find(config::folded(named.id));
    const auto near = titled != titles_.end() ? titled->second : config::nearest(named.id, names_);
    diagnostics_.error("unknown-programme", named.at, msg("there is no programme “{0}”", config::shown(named.id)))
        .would(msg("the line would not do what it says"))
        .mend(muted && means_all(named.id) ? msg("write mute: all")
              : near.empty()               ? msg("write the name of a programme, as it stands under “programmes”")
                                           : msg("did you mean “{0}”?", near));
    return nullptr;
  }

  void added(const NamedProgramme& named) {
    const auto* programme = find(named);
    if (programme == nullptr || !programme->at.empty() || programme->mistaken) return;
    diagnostics_
        .error("no-time", named.at, msg("“{0}” has no time of its own ({1})", named.id, programme->span.file_line()))
        .would(msg("nobody could say when it begins"))
        .mend(msg("give the programme “at”"))
        .with(programme->span);
  }

  void replaced(const NamedProgramme& who, const NamedProgramme& by_whom) {
    const bool both = find(who) != nullptr && find(by_whom) != nullptr;
    if (!both || who.id != by_whom.id) return;
    diagnostics_.error("replaced-by-itself", by_whom.at, msg("“{0}” would be replaced by itself", who.id))
        .would(msg("the line would change nothing"))
        .mend(msg("write the programme that plays instead"));
  }

  void moved(const NamedProgramme& who) {
    const auto* programme = find(who);
    if (programme == nullptr || programme->at.size() < 2) return;
    diagnostics_
        .error("moved-together", who.at,
               msg("“{0}” begins {1} times a day ({2}); all of them would begin at once", who.id,
                   static_cast<unsigned long>(programme->at.size()), programme->at_span.file_line()))
        .would(msg("its sessions would lie over one another"))
        .mend(msg("use “shift”, or make it several programmes"))
        .with(programme->at_span);
  }

  void muted_all(const CalendarLine& line) {
    if (line.mute.empty() && line.add.empty() && line.replace.empty() && line.move.empty() && line.shift.empty())
      return;
    diagnostics_.warning("muted-anyway", line.span, msg("“mute: all” wins over everything else on its line"))
        .would(msg("the station is silent on these days"))
        .mend(msg("name the programmes to mute instead of “all”"));
  }

  /// Of two actions of one line on one programme only one takes effect: Timetable applies them in a fixed order.
  void contradictions(const CalendarLine& line) {
    for (const auto& named : line.mute) {
      if (const auto* added = find_in(line.add, named.id)) {
        contradiction("mute", "add", named.id, added->at, msg("it would play, “add” comes after “mute”"));
      }
      if (const auto* replaced = find_in(line.replace, named.id)) {
        contradiction("mute", "replace", named.id, replaced->at, msg("it would be muted, and nobody stand in for it"));
      }
      if (const auto* moved = find_in(line.move, named.id)) {
        contradiction("mute", "move", named.id, moved->at, msg("it would be muted"));
      }
      if (const auto* shifted = find_in(line.shift, named.id)) {
        contradiction("mute", "shift", named.id, shifted->at, msg("it would be muted"));
      }
    }
    for (const auto& [who, by_whom] : line.replace) {
      if (const auto* added = find_in(line.add, who.id)) {
        contradiction("replace", "add", who.id, added->at, msg("it would play, and nobody stand in for it"));
      }
    }
    for (const auto& [who, to] : line.move) {
      if (const auto* shifted = find_in(line.shift, who.id)) {
        contradiction("move", "shift", who.id, shifted->at, msg("“shift” alone would count, from the time in “at”"));
      }
    }
  }

  static const NamedProgramme* find_in(const std::vector<NamedProgramme>& names, const std::string& id) {
    const auto found = std::find_if(names.begin(), names.end(), [&](const auto& each) { return each.id == id; });
    return found == names.end() ? nullptr : &*found;
  }
  template <class Value>
  static const NamedProgramme* find_in(const std::vector<std::pair<NamedProgramme, Value>>& pairs,
                                       const std::string& id) {
    const auto found = std::find_if(pairs.begin(), pairs.end(), [&](const auto& each) { return each.first.id == id; });
    return found == pairs.end() ? nullptr : &found->first;
  }

  void contradiction(const char* first, const char* second, const std::string& id, config::Span at,
                     config::Text on_air) {
    diagnostics_
        .warning("calendar-contradiction", at,
                 msg("the line has “{0}” and “{1}” for one programme, “{2}”", first, second, id))
        .would(std::move(on_air))
        .mend(msg("take one of them away, or write two lines: the later one wins"));
  }

  std::map<std::string, const Programme*, std::less<>> programmes_;
  std::vector<std::string> names_;
  std::map<std::string, std::string> titles_;  // folded, of ids
  const bool partial_;
  Diagnostics& diagnostics_;
};

}  // namespace

void check_calendar(const std::vector<CalendarLine>& calendar, const std::vector<Programme>& programmes, bool partial,
                    Diagnostics& diagnostics) {
  CalendarCheck check(programmes, partial, diagnostics);
  for (const auto& line : calendar) check.check(line);
}

}  // namespace loa::scheduler
