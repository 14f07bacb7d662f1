// The late verdict rules of the contract as arithmetic: which items still sound, from which instant, how much of each.
#include "scheduler/step.hpp"

#include <algorithm>

namespace loa::scheduler {

namespace {

using Items = std::vector<const PlannedItem*>;

Placed missed(const PlannedItem& item) {
  return {&item, Action::miss, item.start, item.offset, Frames(0), Frames(0), item.anchor};
}

Placed as_planned(const PlannedItem& item) {
  if (item.frames <= Frames(0)) return missed(item);
  return {&item, Action::play, item.start, item.offset, item.frames, item.fade, item.anchor};
}

std::vector<Placed> each(const Items& items, Placed (*place)(const PlannedItem&)) {
  std::vector<Placed> placed;
  placed.reserve(items.size());
  for (const auto* item : items) placed.push_back(place(*item));
  return placed;
}

Placed joined(const PlannedItem& item, Instant now) {
  const auto passed = now - item.start;
  const auto left = item.frames - passed;
  return {&item, Action::play, now, item.offset + passed, left, std::min(item.fade, left), now};
}

/// What follows the joined item without a pin between is counted from the same instant.
std::vector<Placed> join(const Items& items, Instant now) {
  std::vector<Placed> placed;
  const PlannedItem* current = nullptr;
  for (const auto* item : items) {
    if (item->frames <= Frames(0) || item->end() <= now) {
      placed.push_back(missed(*item));
    } else if (item->start < now) {
      placed.push_back(joined(*item, now));
      current = item;
    } else {
      placed.push_back(as_planned(*item));
      if (current != nullptr && item->anchor == current->anchor) placed.back().anchor = now;
    }
  }
  return placed;
}

enum class Earliest { planned, at_once };  // when an unpinned item may begin that is free to

/// Items one after the other from `now` on; pins stand, nothing sounds past `limit`.
class Chain {
 public:
  Chain(const PlannedSession& session, const Items& items, Instant now, Earliest earliest)
      : items_(items),
        limit_(std::max(session.end, session.limit)),
        hard_(session.overrun == Overrun::cut),
        busy_(session.busy),
        earliest_(earliest),
        cursor_(now),
        anchor_(now) {}

  std::vector<Placed> run() {
    std::vector<Placed> placed;
    placed.reserve(items_.size());
    for (std::size_t i = 0; i < items_.size(); ++i) placed.push_back(place(i));
    return placed;
  }

 private:
  Placed place(std::size_t i) {
    const auto& item = *items_[i];
    const bool waits = item.pinned || earliest_ == Earliest::planned;
    if (waits && item.start > cursor_) cursor_ = anchor_ = item.start;
    if (item.frames <= Frames(0)) return missed(item);
    leave_busy();
    const auto pin = std::min(next_pin(i), next_busy());
    const auto room = std::min(pin, limit_) - cursor_;
    if (room <= Frames(0)) return missed(item);
    Placed placed{&item, Action::play, cursor_, item.offset, std::min(item.frames, room), item.fade, anchor_};
    if (room < item.frames) placed.fade = fade_of(item, room, pin < limit_);
    cursor_ += placed.frames;
    return placed;
  }

  Frames fade_of(const PlannedItem& item, Frames frames, bool at_pin) const {
    if (item.what == What::pause || (hard_ && !at_pin)) return Frames(0);
    return std::min(kFade, frames);
  }

  /// Higher priorities have the air, whatever moved this session.
  void leave_busy() {
    for (const auto& each : busy_) {
      if (each.from <= cursor_ && cursor_ < each.until) cursor_ = anchor_ = each.until;
    }
  }

  Instant next_busy() const {
    for (const auto& each : busy_) {
      if (each.from >= cursor_) return each.from;
    }
    return limit_;
  }

  Instant next_pin(std::size_t i) const {
    for (std::size_t j = i + 1; j < items_.size(); ++j) {
      if (items_[j]->pinned) return items_[j]->start;
    }
    return limit_;
  }

  const Items& items_;
  const Instant limit_;
  const bool hard_;
  const std::vector<Interval>& busy_;
  const Earliest earliest_;
  Instant cursor_;
  Instant anchor_;
};

}  // namespace

std::vector<Placed> place_session(const PlannedSession& session, const Items& items, Instant now) {
  if (now <= session.start) return each(items, as_planned);
  switch (session.late) {
    case Late::join:
      return join(items, now);
    case Late::start:
      if (now > session.start + session.grace) return each(items, missed);
      return Chain(session, items, now, Earliest::planned).run();
    case Late::skip:
      return each(items, missed);
  }
  return each(items, missed);
}

std::vector<Placed> place_after_skip(const PlannedSession& session, const Items& rest, Instant now) {
  return Chain(session, rest, now, Earliest::at_once).run();
}

}  // namespace loa::scheduler
