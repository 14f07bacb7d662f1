// What a programme's text alone proves: which items can begin at all, whatever the recordings' lengths turn out to be.
// Every session is tried out on sample days with recordings of no length; what is not reached then never is.
#include <algorithm>

#include "scheduler/read_parts.hpp"

namespace loa::scheduler {

using config::Diagnostics;
using config::msg;
using config::Text;

namespace {

constexpr Duration kDay = std::chrono::hours(24);

enum class Obstacle { none, slot_end, before_session, earlier_pin, later_pin };

struct Reach {
  std::size_t reached = 0, missed = 0;  // sessions tried out
  Obstacle obstacle = Obstacle::none;   // of the first session that missed it
  TimeOfDay session;                    // that session's time
  std::size_t other = 0;                // the item in the way
  bool endless_fill = false;
};

/// One session being tried out: items at the earliest place they can have.
class Trial {
 public:
  Trial(const Programme& programme, TimeOfDay at, std::vector<Reach>& reach)
      : programme_(programme), at_(at), reach_(reach) {
    if (programme.length && programme.overrun != Overrun::finish) end_ = *programme.length;
  }

  void run(Date day) {
    for (std::size_t i = 0; i < programme_.items.size(); ++i) {
      const auto& item = programme_.items[i];
      if (!item.days || item.days->contains(day)) place(item, i);
    }
    for (const auto& placed : placed_) count(placed);
  }

 private:
  struct Placed {
    std::size_t index;
    Duration begin;
    Obstacle obstacle = Obstacle::none;
    std::size_t other = 0;
    bool before_pin = false;
  };

  void place(const ItemRule& item, std::size_t index) {
    if (item.pin) {
      const auto offset = offset_of(*item.pin);
      if (pin_ && offset < *pin_) {
        placed_.push_back({index, offset, Obstacle::earlier_pin, pin_index_, false});
        return;
      }
      close_at(offset, index);
      now_ = offset;
      pin_ = offset;
      pin_index_ = index;
    }
    placed_.push_back({index, now_, end_ && now_ >= *end_ ? beyond(item) : Obstacle::none, 0, false});
    if (const auto* pause = std::get_if<PauseItem>(&item.what)) now_ += pause->length;
    if (const auto* relay = std::get_if<RelayItem>(&item.what)) now_ += relay->length.value_or(Duration(0));
  }

  /// A time before the session's own means the next day.
  Obstacle beyond(const ItemRule& item) const {
    return item.pin && *item.pin < at_ ? Obstacle::before_session : Obstacle::slot_end;
  }

  /// What stands before a pin has to begin before it.
  void close_at(Duration offset, std::size_t index) {
    for (auto placed = placed_.rbegin(); placed != placed_.rend() && !placed->before_pin; ++placed) {
      placed->before_pin = true;
      if (placed->obstacle != Obstacle::none || placed->begin < offset) continue;
      placed->obstacle = Obstacle::later_pin;
      placed->other = index;
    }
  }

  void count(const Placed& placed) {
    auto& reach = reach_[placed.index];
    const bool fill = std::holds_alternative<FillItem>(programme_.items[placed.index].what);
    if (fill && !programme_.length && !placed.before_pin) reach.endless_fill = true;
    if (placed.obstacle == Obstacle::none) {
      ++reach.reached;
    } else if (reach.missed++ == 0) {
      reach.obstacle = placed.obstacle;
      reach.other = placed.other;
      reach.session = at_;
    }
  }

  /// From the session's start to the first such time at or after it.
  Duration offset_of(TimeOfDay pin) const {
    const Duration offset = pin.since_midnight - at_.since_midnight;
    return offset < Duration(0) ? offset + kDay : offset;
  }

  const Programme& programme_;
  TimeOfDay at_;
  std::vector<Reach>& reach_;
  std::vector<Placed> placed_;
  Duration now_{0};
  std::optional<Duration> end_, pin_;
  std::size_t pin_index_ = 0;
};

config::Span place_of(const ItemRule& item) {
  return item.pin ? item.pin_at : item.at;
}

Text reason(const Programme& programme, const Reach& reach) {
  const auto session = config::to_string(reach.session);
  const auto other = place_of(programme.items[reach.other]).file_line();
  switch (reach.obstacle) {
    case Obstacle::slot_end:
      return msg("the session at {0} ends after {1}, before this item can begin", session,
                 config::to_string(programme.length.value_or(Duration(0))));
    case Obstacle::before_session:
      return msg("its time is before the session at {0} begins, and so means the next day", session);
    case Obstacle::earlier_pin:
      return msg("in the session at {0} its time is before that of the item at {1}", session, other);
    case Obstacle::later_pin:
      return msg("in the session at {0} this time comes before the item can begin", session);
    case Obstacle::none:
      break;
  }
  return {};
}

/// Of an item that a pin below it cuts off, the place is the pin's: the later of the two.
Text statement(const Programme& programme, std::size_t index, const Reach& reach) {
  const auto because = reason(programme, reach);
  const bool never = reach.reached == 0;
  if (reach.obstacle == Obstacle::later_pin) {
    const auto item = programme.items[index].at.file_line();
    return never ? msg("the item at {0} can never be reached: {1}", item, because)
                 : msg("not every session reaches the item at {0}: {1}", item, because);
  }
  return never ? msg("the item can never be reached: {0}", because)
               : msg("not every session reaches the item: {0}", because);
}

void report_unreached(const Programme& programme, std::size_t index, const Reach& reach, Diagnostics& diagnostics) {
  auto at = place_of(programme.items[index]), other = place_of(programme.items[reach.other]);
  if (reach.obstacle == Obstacle::later_pin) std::swap(at, other);
  const auto words = statement(programme, index, reach);
  auto& found = reach.reached == 0 ? diagnostics.error("item-unreached", at, words)
                                   : diagnostics.warning("item-unreached", at, words);
  found.would(msg("it would stay silent"));
  if (reach.obstacle == Obstacle::before_session) {
    found.mend(msg("write a time between the session's start and its end"));
  } else if (reach.obstacle == Obstacle::slot_end) {
    found.mend(msg("make “length” longer, or move the item up"));
  } else {
    found.mend(msg("write the items in the order of their times")).with(other);
  }
}

void report(const Programme& programme, std::size_t index, const Reach& reach, bool complete,
            Diagnostics& diagnostics) {
  const auto& item = programme.items[index];
  if (reach.endless_fill) {
    diagnostics.error("fill-without-end", item.at, msg("nothing says when this fill ends"))
        .would(msg("it could go on for ever"))
        .mend(msg("give the programme a “length”, or an item below it a time (“at”)"));
  }
  if (reach.missed > 0) {
    report_unreached(programme, index, reach, diagnostics);
  } else if (reach.reached == 0 && complete) {
    diagnostics
        .warning("days-never-meet", item.days ? item.days->words.at : item.at,
                 msg("“{0}” does not play on any of these days", programme.id))
        .would(msg("the item would never be played"))
        .mend(msg("compare “days” with the programme's “repeat”, “from” and “until”"));
  }
}

/// Whether the text can be wrong in this way at all; most programmes have neither times nor days at their items.
bool is_plain(const Programme& programme) {
  return std::all_of(programme.items.begin(), programme.items.end(), [](const ItemRule& item) {
    return !item.pin && !item.days &&
           (std::holds_alternative<ArticleItem>(item.what) || std::holds_alternative<PlaylistItem>(item.what));
  });
}

bool is_beyond(const Reach& reach) {
  return reach.missed > 0 && (reach.obstacle == Obstacle::slot_end || reach.obstacle == Obstacle::before_session);
}

/// One mistake is told once: of the items that come too late the first, and those that have a time of their own; the
/// others, and those whose time lies before such a one's, follow from it.
std::vector<Reach> without_consequences(const Programme& programme, const std::vector<Reach>& reach) {
  auto told = reach;
  bool beyond = false;
  for (std::size_t i = 0; i < reach.size(); ++i) {
    const bool follows = is_beyond(reach[i])
                             ? beyond && !programme.items[i].pin
                             : reach[i].obstacle == Obstacle::earlier_pin && is_beyond(reach[reach[i].other]);
    beyond = beyond || is_beyond(reach[i]);
    if (!follows) continue;
    told[i].missed = 0;
    told[i].reached = 1;
  }
  return told;
}

std::size_t work_of(const Programme& programme, const Samples& samples) {
  std::size_t steps = 0;
  for (const auto& item : programme.items) steps += 1 + (item.days ? item.days->words.dates.size() : 0);
  return steps * samples.days.size() * programme.at.size();
}

}  // namespace

void check_reach(Programme& programme, bool any_day, std::size_t& work_left, Diagnostics& diagnostics) {
  if (is_plain(programme) || programme.at.empty()) return;
  const auto samples = sample_days(programme);
  const auto work = work_of(programme, samples);
  if (samples.days.empty() || work > work_left) return;
  work_left -= work;
  std::vector<Reach> reach(programme.items.size());
  for (const auto day : samples.days) {
    for (const auto at : programme.at) Trial(programme, at, reach).run(day);
  }
  const auto told = without_consequences(programme, reach);
  for (std::size_t i = 0; i < told.size(); ++i)
    report(programme, i, told[i], samples.complete && !any_day, diagnostics);
  for (std::size_t i = 0; i < reach.size(); ++i) programme.items[i].reach_told = is_beyond(reach[i]);
}

}  // namespace loa::scheduler
