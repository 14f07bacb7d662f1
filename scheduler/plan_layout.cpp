// The chain of a session's items.
#include "scheduler/plan_layout.hpp"

#include <algorithm>
#include <tuple>
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
  item.interruption = item.begun;
  item.fade = item.recording == nullptr || hard ? Frames(0) : std::min(kFade, item.frames);
  if (item.frames > Frames(0) || item.length == Frames(0) || item.fault == Fault::overridden) return;
  item.fault = item.interruption == Interruption::delayed ? Fault::overridden : Fault::unreached;
}

bool is_relay(const LaidItem& item) {
  return item.recording != nullptr && item.recording->relay != nullptr;
}

class Layout {
 public:
  Layout(const Occurrence& session, std::optional<Instant> slot_end, Lengths lengths, std::span<const Interval> busy,
         PlaceChooser* chooser)
      : session_(session),
        slot_end_(slot_end),
        lengths_(lengths),
        chooser_(chooser),
        forever_(session.start + kFarAhead),
        limits_(session.entries.size(), forever_),
        busy_(busy),
        last_(busy.empty() ? forever_ : session.start + kLongestInterrupted),
        cursor_(session.start),
        anchor_(session.start),
        joined_at_(session.start) {
    auto limit = forever_;
    for (std::size_t i = limits_.size(); i-- > 0;) {
      limits_[i] = limit;
      limit = std::min(limit, session.entries[i].pin.value_or(forever_));
    }
    if (const auto end = busy_until(session.start)) begin_late(*end);
  }

  std::vector<LaidItem> run() {
    items_.reserve(session_.entries.size());
    for (std::size_t i = 0; i < session_.entries.size(); ++i) place(i);
    return std::move(items_);
  }

 private:
  /// A higher priority has the air when the session is due.
  void begin_late(Instant free) {
    const auto& programme = *session_.programme;
    if (programme.late == Late::join) joined_at_ = free;
    delayed_ = programme.late == Late::start;
    overridden_ = programme.late == Late::skip ||
                  (programme.late == Late::start && free > session_.start + Frames(programme.grace));
  }

  void place(std::size_t i) {
    const auto& entry = session_.entries[i];
    if (entry.pin) anchor_ = cursor_ = std::min(*entry.pin, limits_[i]);
    pinned_ = entry.pin && cursor_ == *entry.pin;
    if (pinned_) delayed_ = false;  // what begins at a time of its own is on time again
    waits_ = pinned_ && cursor_ >= joined_at_ && cursor_ < own_end(i) && busy_until(cursor_);
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
      case Entry::Kind::campaign:
        return campaign(i);
      case Entry::Kind::relay:
        return relay(i, *entry.clips.front());
    }
  }

  void relay(std::size_t i, const Recording& relay) {
    const auto length = relay.takes_rest ? rest_for(i) : relay.length;
    if (length > Frames(0)) return push(i, &relay, 0, length);
    LaidItem item;
    item.entry = &session_.entries[i];
    item.recording = &relay;
    item.start = cursor_;
    item.anchor = anchor_;
    item.pinned = std::exchange(pinned_, false);
    item.fault = overridden_ ? Fault::overridden : Fault::unreached;
    item.cut = limits_[i] < slot_end_.value_or(forever_) ? Cut::pin : Cut::slot;
    items_.push_back(item);
  }

  /// What a relay without a length of its own has; nothing where what follows takes it all.
  Frames rest_for(std::size_t i) const {
    const auto bound = std::min({limits_[i], slot_end_.value_or(forever_), last_});
    const bool endless = limits_[i] == forever_ && !slot_end_;
    if (lengths_ == Lengths::least || endless) return Frames(endless ? 0 : 1);
    return std::max(Frames(0), bound - cursor_ - kept_behind(i));
  }

  void campaign(std::size_t i) {
    const auto& entry = session_.entries[i];
    for (std::uint32_t sub = 1; sub <= entry.places; ++sub) {
      const auto place = choose(entry, sub, cursor_);
      if (place.recording == nullptr) return;
      made_good_ = place.made_good;
      push(i, place.recording, sub, length_of(*place.recording));
    }
  }

  struct Place {
    const Recording* recording = nullptr;
    const MadeGood* made_good = nullptr;
  };

  Place choose(const Entry& entry, std::uint32_t sub, Instant at) const {
    if (chooser_ == nullptr) return {};
    if (const auto* made_good = entry.made_good_in(sub)) return {made_good->recording, made_good};
    return {chooser_->choose(entry, session_.date, busy_until(at).value_or(at)), nullptr};
  }

  void push(std::size_t i, const Recording* recording, std::uint32_t sub, Frames length) {
    LaidItem item;
    item.entry = &session_.entries[i];
    item.sub = sub;
    item.recording = recording;
    item.length = length;
    item.made_good = std::exchange(made_good_, nullptr);
    if (recording != nullptr) item.fault = recording->fault;
    if (overridden_) return override(item, Frames(0));
    const bool is_over = own_end(i) <= cursor_;  // trim() says that it is not reached
    const auto free = is_over ? std::nullopt : busy_until(cursor_);
    const bool too_late = !is_over && cursor_ >= last_;
    if (too_late || (free && std::min(own_end(i), last_) <= *free)) return override(item, Frames(0));
    // What is relayed has a time of its own, whoever has the air: it is joined where it is by then.
    const bool keeps_time = is_relay(item) && (recording->takes_rest || (waits_ && pinned_));
    if (free && (cursor_ < joined_at_ || keeps_time)) {
      if (cursor_ + length <= *free) return override(item, length);
      item.offset = *free - cursor_;
      item.interruption = Interruption::broken_off;
    } else if (delayed_ || (waits_ && pinned_)) {
      item.interruption = Interruption::delayed;
    }
    pieces(item, limits_[i], own_end(i));
  }

  /// It would have sounded for `passed` and does not.
  void override(LaidItem item, Frames passed) {
    item.start = cursor_;
    item.anchor = anchor_;
    item.pinned = std::exchange(pinned_, false);
    if (item.length > Frames(0)) item.fault = Fault::overridden;
    cursor_ += passed;
    items_.push_back(item);
  }

  /// The item up to each interruption before `own_end`, and what follows it.
  void pieces(LaidItem item, Instant limit, Instant own_end) {
    const auto whole = item.length;
    const auto interrupted = item.recording == nullptr ? Interrupted::drop : session_.programme->interrupted;
    const bool live = is_relay(item);
    auto live_end = Instant::max();
    for (;; ++item.piece) {
      if (cursor_ < own_end) leave_busy();
      if (live && item.piece == 0) live_end = cursor_ + whole - item.offset;
      if (live) item.offset = whole - (live_end - cursor_);
      item.begun = item.interruption;
      item.start = cursor_;
      item.anchor = anchor_;
      item.frames = whole - item.offset;
      item.pinned = std::exchange(pinned_, false);
      const auto broken = next_busy();
      if (own_end <= broken || item.end() <= broken) break;
      item.frames = broken - cursor_;
      item.fade = item.recording == nullptr ? Frames(0) : std::min(kFade, item.frames);
      const bool goes_on = interrupted != Interrupted::drop &&
                           busy_until(broken).value_or(broken) < std::min({own_end, last_, live_end});
      const bool resumes = goes_on && (live || interrupted == Interrupted::resume);
      if (item.interruption != Interruption::broken_off || !resumes) {
        item.interruption = resumes ? Interruption::continued : Interruption::broken_off;
      }
      item.length = resumes ? item.offset + item.frames : whole;
      cursor_ = item.end();
      items_.push_back(item);
      if (!goes_on) return;
      item.offset = resumes ? item.offset + item.frames : Frames(0);
      item.interruption = Interruption::continued;
      item.length = whole;
      item.fade = Frames(0);
    }
    if (item.end() > limit) trim_one(item, limit, Cut::pin, false);
    cursor_ = item.end();
    items_.push_back(item);
  }

  /// The next pin, or the slot's end where that binds: an interruption that begins there takes nothing from the entry.
  Instant own_end(std::size_t i) const {
    const bool binds = slot_end_ && session_.programme->overrun != Overrun::finish;
    return std::min(limits_[i], binds ? *slot_end_ : forever_);
  }

  /// The first stretch that ends behind `when`.
  std::span<const Interval>::iterator first_behind(Instant when) const {
    return std::partition_point(busy_.begin(), busy_.end(), [&](const Interval& busy) { return busy.until <= when; });
  }

  /// The end of the stretch that holds `when`, if one does.
  std::optional<Instant> busy_until(Instant when) const {
    const auto each = first_behind(when);
    return each != busy_.end() && each->from <= when ? std::optional(each->until) : std::nullopt;
  }

  Instant next_busy() const {
    const auto each =
        std::partition_point(busy_.begin(), busy_.end(), [&](const Interval& busy) { return busy.from < cursor_; });
    return each != busy_.end() ? each->from : forever_;
  }

  /// What follows an interruption begins on the frame that belongs to its end.
  void leave_busy() {
    if (const auto end = busy_until(cursor_)) cursor_ = anchor_ = *end;
  }

  /// Room of the unpinned items behind a fill.
  Frames kept_behind(std::size_t i) const {
    Frames kept{0};
    for (std::size_t j = i + 1; j < session_.entries.size() && !session_.entries[j].pin; ++j) {
      kept += room_of(session_.entries[j]);
    }
    return kept;
  }

  /// From the cursor to `bound`, without what is busy and what is kept.
  Frames room_until(Instant bound, Frames kept) const {
    auto room = bound - cursor_ - kept;
    for (auto each = first_behind(cursor_); each != busy_.end() && each->from < bound; ++each) {
      room -= std::min(each->until, bound) - std::max(each->from, cursor_);
    }
    return room;
  }

  /// Of those that may have a place: who gets it is known only when its instant is.
  static Frames longest(const Entry& entry) {
    Frames longest{0};
    for (const auto* recording : entry.clips) longest = std::max(longest, recording->length);
    for (const auto& made_good : entry.made_good) longest = std::max(longest, made_good.recording->length);
    return longest;
  }

  Frames room_of(const Entry& entry) const {
    if (entry.kind == Entry::Kind::fill) return Frames(0);
    if (entry.kind == Entry::Kind::campaign) return entry.places * longest(entry);
    if (entry.kind == Entry::Kind::relay) return entry.clips.front()->length;
    Frames room = entry.pause;
    for (const auto* recording : entry.clips) room += recording->length;
    return room;
  }

  /// Until the next pin or the slot's end; nothing that fills is interrupted.
  void fill(std::size_t i) {
    const auto bound = std::min({limits_[i], slot_end_.value_or(forever_), last_});
    const bool endless = limits_[i] == forever_ && !slot_end_;
    if (lengths_ == Lengths::least || overridden_ || endless) return;
    const auto clips = session_.entries[i].clips;
    const auto kept = kept_behind(i);
    auto next = first_to_fill(session_.date, clips.size());
    const auto* made_good = session_.entries[i].made_good_in(1);
    if (cursor_ < joined_at_) leave_busy();
    auto behind_last = std::pair(cursor_, anchor_);  // where what follows the fill goes on
    for (std::uint32_t sub = 1; sub <= kMostFilled;) {
      leave_busy();
      const auto broken = next_busy();
      if (made_good != nullptr && made_good->recording->length <= std::min(room_until(bound, kept), broken - cursor_)) {
        made_good_ = std::exchange(made_good, nullptr);
        push(i, made_good_->recording, sub++, made_good_->recording->length);
        behind_last = {cursor_, anchor_};
        continue;
      }
      made_good = nullptr;  // only the fill's first place is known by name
      const auto found = next_that_fits(clips, next, std::min(room_until(bound, kept), broken - cursor_));
      if (found) {
        push(i, clips[*found], sub++, clips[*found]->length);
        next = (*found + 1) % clips.size();
        behind_last = {cursor_, anchor_};
      } else if (broken < bound) {
        cursor_ = broken;
      } else {
        std::tie(cursor_, anchor_) = behind_last;
        return;
      }
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
  PlaceChooser* const chooser_;
  const Instant forever_;
  std::vector<Instant> limits_;  // of each entry: the earliest pin behind it
  const std::span<const Interval> busy_;
  const Instant last_;  // from here on nothing is begun or gone on with
  Instant cursor_;
  Instant anchor_;
  Instant joined_at_;        // the session's start, or when it is joined
  bool overridden_ = false;  // nothing of it sounds
  bool delayed_ = false;     // what is placed now begins later than it would, since the session could not begin
  bool pinned_ = false;
  bool waits_ = false;                   // its own time lies in an interruption
  const MadeGood* made_good_ = nullptr;  // of what is pushed next
  std::vector<LaidItem> items_;
};

}  // namespace

std::size_t first_to_fill(Date day, std::size_t count) {
  const auto days = chr::sys_days(day).time_since_epoch().count();
  const auto n = static_cast<int>(count);
  return static_cast<std::size_t>(((days % n) + n) % n);
}

std::vector<LaidItem> lay_out(const Occurrence& session, std::optional<Instant> slot_end, Lengths lengths,
                              std::span<const Interval> busy, PlaceChooser* chooser) {
  return Layout(session, slot_end, lengths, busy, chooser).run();
}

void trim(std::vector<LaidItem>& items, Instant limit, Cut why, bool hard) {
  for (std::size_t i = items.size(); i-- > 0 && items[i].end() > limit;) {
    if (items[i].piece > 0 && items[i].start >= limit) {
      // What would have been gone on with is lost with the interruption.
      auto& before = items[i - 1];
      before.length = items[i].length;
      before.interruption = Interruption::broken_off;
      items.erase(items.begin() + static_cast<std::ptrdiff_t>(i));
    } else {
      trim_one(items[i], limit, why, hard);
    }
  }
  // What an interruption would break into at that very frame is ended there anyhow.
  for (auto& item : items) {
    const bool broken = item.cut == Cut::none && item.offset + item.frames < item.length;
    if (broken && item.frames > Frames(0) && item.end() == limit) trim_one(item, limit, why, hard);
  }
}

bool is_whole(std::span<const LaidItem> pieces) {
  return std::none_of(pieces.begin(), pieces.end(), [](const LaidItem& piece) {
    return piece.cut != Cut::none || piece.fault == Fault::unreached || piece.fault == Fault::overridden ||
           piece.fault == Fault::limited || piece.interruption == Interruption::broken_off;
  });
}

Instant content_end(const Occurrence& session, const std::vector<LaidItem>& items) {
  return items.empty() ? session.start : std::max(session.start, items.back().end());
}

}  // namespace loa::scheduler
