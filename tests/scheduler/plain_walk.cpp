#include "tests/scheduler/plain_walk.hpp"

#include <algorithm>
#include <limits>

namespace loa::scheduler::plain {

namespace {

constexpr Time kNever = std::numeric_limits<Time>::max() / 4;
constexpr Time kFadeOut = 2 * kSecond;

class Walk {
 public:
  Walk(const Due& due, const std::vector<Interruption>& busy, std::optional<Time> next)
      : due_(due), rule_(*due.programme), busy_(busy), now_(due.start) {
    session_.id = due.id;
    session_.start = due.start;
    if (rule_.length) slot_end_ = due.start + *rule_.length * kSecond;
    end_ = rule_.overrun == Overrun::finish ? due.finish_until.value_or(kNever) : slot_end_;
    if (next) end_ = std::min(end_, *next);
  }

  PlainSession done() {
    begin();
    for (place_ = 0; place_ < due_.entries.size(); ++place_) play();
    session_.end = rule_.length && rule_.overrun != Overrun::finish ? end_ : content_end();
    session_.overridden = nothing_has_time();
    return session_;
  }

 private:
  Time content_end() const {
    if (session_.items.empty()) return due_.start;
    return session_.items.back().start + session_.items.back().frames;
  }

  const Interruption* busy_at(Time instant) const {
    for (const auto& each : busy_) {
      if (each.from <= instant && instant < each.until) return &each;
    }
    return nullptr;
  }
  Time next_busy(Time instant) const {
    for (const auto& each : busy_) {
      if (each.from >= instant) return each.from;
    }
    return kNever;
  }

  /// A higher priority has the air when it is due: `late` decides.
  void begin() {
    const auto* first = busy_at(due_.start);
    if (first == nullptr) return;
    if (rule_.late == Late::join) joins_at_ = first->until;
    silent_ =
        rule_.late == Late::skip || (rule_.late == Late::start && first->until - due_.start > rule_.grace * kSecond);
    delayed_ = rule_.late == Late::start;
  }

  /// What follows may not begin behind `now_` in the plan: the earliest of the later pins and of the session's end.
  Time limit() const { return std::min(end_, later_pin()); }
  /// Behind it nothing of an interrupted session is begun or gone on with.
  Time longest() const { return due_.start + 24 * 3600 * kSecond; }
  /// Where it ends whatever else there is: an interruption that begins there takes nothing from it.
  Time own_end() const { return std::min(later_pin(), rule_.overrun == Overrun::finish ? kNever : slot_end_); }
  Time later_pin() const {
    Time limit = kNever;
    for (auto i = place_ + 1; i < due_.entries.size(); ++i) {
      if (due_.entries[i].pin) limit = std::min(limit, *due_.entries[i].pin);
    }
    return limit;
  }

  const Entry& entry() const { return due_.entries[place_]; }

  PlainItem item(const std::string& index, const Clip& clip) const {
    PlainItem item;
    item.id = due_.id + '/' + index;
    item.clip = clip.name;
    item.clip_frames = entry().is_fill ? clip.length : length_;
    item.start = now_;
    return item;
  }

  void without_time(const std::string& fault, Time start) {
    auto none = item(entry().index, entry().clip);
    none.start = start;
    none.fault = entry().clip.missing && entry().clip.length == 0 ? "missing" : fault;
    session_.items.push_back(none);
  }

  void play() {
    length_ = entry().clip.length;
    if (silent_) {
      now_ = entry().pin.value_or(now_);
      if (entry().takes_rest) length_ = std::max<Time>(0, rest());
      if (!entry().is_fill) without_time("overridden", std::min(now_, limit()));
      return;
    }
    own_time_ = waits_ = false;
    if (entry().pin) take_pin(*entry().pin);
    if (entry().is_fill) {
      fill();
    } else if (entry().is_relay) {
      relay();
    } else if (now_ < joins_at_) {
      pass(joins_at_);
    } else {
      sound(0, joined_late_);
    }
  }

  void take_pin(Time pin) {
    delayed_ = false;
    own_time_ = true;
    waits_ = pin >= joins_at_ && busy_at(pin) != nullptr;
    now_ = pin;  // nothing before it passes it
  }

  /// Where it would be before it is joined: it is passed, or joined within.
  void pass(Time joins_at) {
    if (now_ >= own_end()) return without_time("unreached", limit());
    if (std::min(own_end(), longest()) <= joins_at) return without_time("overridden", std::min(now_, limit()));
    const auto until = now_ + length_;
    if (until <= joins_at) {
      without_time("overridden", std::min(now_, limit()));
      now_ = until;
      return;
    }
    const auto passed = joins_at - now_;
    now_ = joins_at;
    sound(passed, true);
  }

  /// What has no end is not planned at all.
  Time rest() const {
    const auto limit = std::min(later_pin(), slot_end_);
    return limit >= kNever ? 0 : limit - room_behind() - now_;
  }

  /// Another station makes it meanwhile: what has a time of its own is joined where it is by then.
  void relay() {
    if (entry().takes_rest) length_ = rest();
    if (length_ <= 0) {
      const bool lost = now_ >= limit() && limit() != own_end() && busy_at(limit() - 1) != nullptr;
      length_ = 0;
      return without_time(lost ? "overridden" : "unreached", std::min(now_, limit()));
    }
    const auto* waiting = busy_at(now_);
    if (now_ < joins_at_) {
      pass(joins_at_);
    } else if (waiting != nullptr && now_ < own_end() && (entry().takes_rest || waits_)) {
      pass(waiting->until);
    } else {
      sound(0, joined_late_);
    }
  }

  /// From `offset` of the clip on, in as many pieces as it takes.
  void sound(Time offset, bool beginning_lost) {
    const auto limit = this->limit();
    const auto length = length_;
    Time over_elsewhere = 0;
    std::string broken = beginning_lost ? "broken-off" : delayed_ || waits_ ? "delayed" : "";
    for (char piece = 'a';; ++piece) {
      const auto* waiting = busy_at(now_);
      if (now_ < limit && waiting != nullptr) {
        if (waiting->until >= std::min(limit, longest())) {
          if (waiting->until < longest() && limit != own_end()) now_ = limit;
          return without_time("overridden", now_);
        }
        now_ = waiting->until;
      }
      if (now_ >= limit && (length > 0 || !entry().clip.missing)) {
        const bool lost = delayed_ || (limit != own_end() && busy_at(limit - 1) != nullptr);
        return without_time(lost ? "overridden" : "unreached", limit);
      }
      now_ = std::min(now_, limit);
      if (piece == 'a') over_elsewhere = now_ + length - offset;
      if (entry().is_relay) offset = length - (over_elsewhere - now_);
      auto part = item(entry().index + (piece == 'a' ? "" : std::string(1, piece)), entry().clip);
      part.offset = offset;
      part.pinned = own_time_ && piece == 'a';
      part.broken = broken;
      part.fault = entry().clip.missing ? "missing" : "";
      const auto whole = now_ + length - offset, breaks = next_busy(now_);
      const auto stop = std::min({whole, limit, breaks});
      part.frames = stop - now_;
      now_ = stop;
      if (stop == whole) return session_.items.push_back(part);
      part.fade = entry().is_pause ? 0 : std::min(kFadeOut, part.frames);
      if (stop == limit) {
        if (limit == end_ && rule_.overrun == Overrun::cut) part.fade = 0;
        return session_.items.push_back(part);
      }
      const bool goes_on = busy_at(stop)->until < std::min(limit, longest()) && !entry().is_pause &&
                           rule_.interrupted != Interrupted::drop &&
                           (!entry().is_relay || busy_at(stop)->until < over_elsewhere);
      const bool restarts = rule_.interrupted == Interrupted::restart && !entry().is_relay;
      if (!goes_on || restarts || part.broken == "broken-off") {
        part.broken = "broken-off";
      } else {
        part.broken = "continued";
      }
      if (goes_on && !restarts) part.clip_frames = part.offset + part.frames;
      session_.items.push_back(part);
      if (!goes_on) return;
      broken = "continued";
      offset = restarts ? 0 : offset + part.frames;
    }
  }

  /// What follows unpinned, before the next pin.
  Time room_behind() const {
    Time room = 0;
    for (auto i = place_ + 1; i < due_.entries.size() && !due_.entries[i].pin; ++i) {
      if (!due_.entries[i].is_fill) room += due_.entries[i].clip.length;
    }
    return room;
  }

  /// The last instant from which `room` of free time is left before `limit`.
  Time last_for(Time room, Time limit) const {
    for (auto each = busy_.rbegin(); each != busy_.rend(); ++each) {
      if (each->from >= limit) continue;
      const auto free = limit - std::min(each->until, limit);
      if (room <= free) break;
      room -= free;
      limit = each->from;
    }
    return limit - room;
  }

  void fill() {
    const auto limit = std::min(later_pin(), slot_end_);
    if (limit >= kNever || entry().fill.empty()) return;
    const auto until = last_for(room_behind(), limit);
    const auto count = entry().fill.size();
    auto turn = static_cast<std::size_t>(due_.day) % count;
    if (now_ < joins_at_) now_ = joins_at_;
    int number = 0;
    for (auto from = now_; from < until;) {
      if (const auto* waiting = busy_at(from)) {
        from = waiting->until;
        continue;
      }
      const auto stop = std::min(next_busy(from), until);
      std::size_t tried = 0;
      const auto fits = [&](const Clip& clip) {
        return !clip.missing && clip.length > 0 && from + clip.length <= stop;
      };
      while (tried < count && !fits(entry().fill[turn % count])) ++tried, ++turn;
      if (tried == count) {
        from = next_busy(from);
        continue;
      }
      now_ = from;
      auto part = item(entry().index + '.' + std::to_string(++number), entry().fill[turn++ % count]);
      part.frames = std::clamp<Time>(end_ - now_, 0, part.clip_frames);
      if (part.frames < part.clip_frames)
        part.fade = rule_.overrun == Overrun::cut ? 0 : std::min(kFadeOut, part.frames);
      part.fault = part.frames == 0 ? "unreached" : "";
      part.start = std::min(now_, end_);
      part.pinned = own_time_ && number == 1;
      part.broken = delayed_ || (waits_ && number == 1) ? "delayed" : "";
      session_.items.push_back(part);
      from = now_ = now_ + part.clip_frames;
    }
  }

  bool nothing_has_time() const {
    const auto& items = session_.items;
    return std::any_of(items.begin(), items.end(), [](const auto& each) { return each.fault == "overridden"; }) &&
           std::none_of(items.begin(), items.end(), [](const auto& each) { return each.frames > 0; });
  }

  const Due& due_;
  const Programme& rule_;
  const std::vector<Interruption>& busy_;
  Time now_;  // the cursor
  Time slot_end_ = kNever, end_ = kNever;
  Time joins_at_ = 0;                      // before it nothing sounds, and the cursor goes on as if it did
  bool silent_ = false;                    // `late` lets nothing of it sound
  bool delayed_ = false;                   // began late: so does all up to the next pin
  bool own_time_ = false, waits_ = false;  // the entry has a pin; that lies within an interruption
  bool joined_late_ = false;
  Time length_ = 0;  // of the entry, where it is no fill
  std::size_t place_ = 0;
  PlainSession session_;
};

}  // namespace

PlainSession walk(const Due& due, const std::vector<Interruption>& busy, std::optional<Time> next) {
  return Walk(due, busy, next).done();
}

}  // namespace loa::scheduler::plain
