// The chain of a session's items.
#include "scheduler/plan_layout.hpp"

#include <algorithm>
#include <utility>

namespace loa::scheduler {

namespace {

namespace chr = std::chrono;

/// Later than any session ends; far from the ends of Instant's range.
constexpr chr::years kFarAhead{100};

void trim_one(LaidItem& item, Instant limit, Cut why, bool hard) {
  item.start = std::min(item.start, limit);
  item.anchor = std::min(item.anchor, limit);
  item.frames = limit - item.start;
  item.cut = why;
  item.fade = item.recording == nullptr || hard ? Frames(0) : std::min(kFade, item.frames);
  if (item.frames == Frames(0) && item.length > Frames(0)) item.fault = Fault::unreached;
}

class Layout {
 public:
  Layout(const Occurrence& session, std::optional<Instant> slot_end, Lengths lengths)
      : session_(session),
        slot_end_(slot_end),
        lengths_(lengths),
        forever_(session.start + kFarAhead),
        limits_(session.entries.size(), forever_),
        cursor_(session.start),
        anchor_(session.start) {
    auto limit = forever_;
    for (std::size_t i = limits_.size(); i-- > 0;) {
      limits_[i] = limit;
      limit = std::min(limit, session.entries[i].pin.value_or(forever_));
    }
  }

  std::vector<LaidItem> run() {
    items_.reserve(session_.entries.size());
    for (std::size_t i = 0; i < session_.entries.size(); ++i) place(i);
    return std::move(items_);
  }

 private:
  void place(std::size_t i) {
    const auto& entry = session_.entries[i];
    if (entry.pin) anchor_ = cursor_ = std::min(*entry.pin, limits_[i]);
    pinned_ = entry.pin && cursor_ == *entry.pin;
    switch (entry.kind) {
      case Entry::Kind::pause:
        return push(i, nullptr, 0, entry.pause);
      case Entry::Kind::article:
        return push(i, entry.clips.front(), 0, length_of(*entry.clips.front()));
      case Entry::Kind::playlist: {
        std::uint32_t sub = 0;
        for (const auto* recording : entry.clips) push(i, recording, ++sub, length_of(*recording));
        return;
      }
      case Entry::Kind::fill:
        return fill(i);
    }
  }

  void push(std::size_t i, const Recording* recording, std::uint32_t sub, Frames length) {
    LaidItem item;
    item.entry = &session_.entries[i];
    item.sub = sub;
    item.recording = recording;
    item.length = length;
    item.start = cursor_;
    item.frames = length;
    item.anchor = anchor_;
    item.pinned = std::exchange(pinned_, false);
    if (recording != nullptr) item.fault = recording->fault;
    if (item.end() > limits_[i]) trim_one(item, limits_[i], Cut::pin, false);
    cursor_ = item.end();
    items_.push_back(item);
  }

  /// Until the next pin or the slot's end, less the room of the unpinned items behind it.
  Frames room_for_fill(std::size_t i) const {
    const auto bound = std::min(limits_[i], slot_end_.value_or(forever_));
    if (bound == forever_) return Frames(0);
    Frames kept{0};
    for (std::size_t j = i + 1; j < session_.entries.size() && !session_.entries[j].pin; ++j) {
      kept += room_of(session_.entries[j]);
    }
    return bound - cursor_ - kept;
  }

  Frames room_of(const Entry& entry) const {
    if (entry.kind == Entry::Kind::fill) return Frames(0);
    Frames room = entry.pause;
    for (const auto* recording : entry.clips) room += recording->length;
    return room;
  }

  void fill(std::size_t i) {
    if (lengths_ == Lengths::least) return;
    const auto clips = session_.entries[i].clips;
    const auto days = chr::sys_days(session_.date).time_since_epoch().count();
    const auto n = static_cast<int>(clips.size());
    auto next = static_cast<std::size_t>(((days % n) + n) % n);
    auto room = room_for_fill(i);
    for (std::uint32_t sub = 1; sub <= kMostFilled; ++sub) {
      const auto found = next_that_fits(clips, next, room);
      if (!found) return;
      push(i, clips[*found], sub, clips[*found]->length);
      room -= clips[*found]->length;
      next = (*found + 1) % clips.size();
    }
  }

  static std::optional<std::size_t> next_that_fits(RecordingList clips, std::size_t first, Frames room) {
    for (std::size_t tried = 0; tried < clips.size(); ++tried) {
      const auto i = (first + tried) % clips.size();
      if (clips[i]->fault == Fault::none && clips[i]->length > Frames(0) && clips[i]->length <= room) return i;
    }
    return std::nullopt;
  }

  Frames length_of(const Recording& recording) const {
    if (lengths_ == Lengths::known) return recording.length;
    return Frames(recording.from_folder ? 0 : 1);
  }

  const Occurrence& session_;
  const std::optional<Instant> slot_end_;
  const Lengths lengths_;
  const Instant forever_;
  std::vector<Instant> limits_;  // of each entry: the earliest pin behind it
  Instant cursor_;
  Instant anchor_;
  bool pinned_ = false;
  std::vector<LaidItem> items_;
};

}  // namespace

std::vector<LaidItem> lay_out(const Occurrence& session, std::optional<Instant> slot_end, Lengths lengths) {
  return Layout(session, slot_end, lengths).run();
}

void trim(std::vector<LaidItem>& items, Instant limit, Cut why, bool hard) {
  for (auto item = items.rbegin(); item != items.rend() && item->end() > limit; ++item) {
    trim_one(*item, limit, why, hard);
  }
}

Instant content_end(const Occurrence& session, const std::vector<LaidItem>& items) {
  return items.empty() ? session.start : std::max(session.start, items.back().end());
}

}  // namespace loa::scheduler
