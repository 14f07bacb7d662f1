// When the conductor has to look again. What only an event can change waits for the event.
#include <algorithm>

#include "daemon/station/conductor/conductor.hpp"
#include "daemon/station/conductor/conductor_times.hpp"

namespace loa::station {

namespace {

constexpr std::chrono::milliseconds kLeast{1};
constexpr std::chrono::hours kMost{1};

}  // namespace

Steady Conductor::to_steady(Instant instant) const {
  return steady_ + std::chrono::ceil<std::chrono::nanoseconds>(instant - now_);
}

/// When this airing may change by itself.
Steady Conductor::look_at(const Airing& airing) const {
  using Stage = Airing::Stage;
  if (airing.is_relay() && airing.stage != Stage::closed && !airing.silent()) {
    const Steady every = times::kRelayEvery;
    // Not counted from now: the player's beats come more often than that.
    return now_ < airing.start - times::kRelayAhead ? to_steady(airing.start - times::kRelayAhead)
                                                    : (steady_ / every + 1) * every;
  }
  const Steady end = to_steady(airing.end());
  switch (airing.stage) {
    case Stage::planned: {
      if (airing.announcement != 0) {
        // The device, its source and the end of another are events; an amplifier that warms up is none.
        const auto warm = soonest(now_);
        const bool warms_up = !airing.pipe.empty() && warm > now_;
        const auto again = std::min(steady_ + Steady(times::kShelfEvery), to_steady(airing.give_up));
        return warms_up ? std::min(again, to_steady(warm)) : again;
      }
      if (airing.is_pause()) return end;
      const auto seek = airing.start - times::kSubstituteAhead;
      const bool seeks = !airing.item.substitute.empty() && !airing.substitute_sought && seek > now_;
      if (airing.silent()) return to_steady(seeks ? seek : airing.start);
      if (now_ < airing.arm_at) return to_steady(airing.arm_at);
      const Steady again = watch_.open() ? steady_ + times::kShelfEvery : end;
      return now_ < airing.start ? std::min(again, to_steady(airing.start)) : again;
    }
    case Stage::armed:
      return watch_.open() ? std::min(end, airing.order_by) : end;
    case Stage::ordered:
      if (airing.announcement != 0) return airing.order_by + Steady(times::kSourcePatience);
      return std::max(end + Steady(times::kEndPatience), attention_.judges_from());
    case Stage::sounding:
      return std::max(airing.deadline.value_or(end), attention_.judges_from());
    case Stage::closed:
      return steady_;
  }
  return end;
}

Steady Conductor::look_at(const DueSession& due) const {
  const Steady ahead = to_steady(due.first() - times::kPlaceAhead);
  if (ahead > steady_) return ahead;
  return unsettled_ ? settle_at_ : booted_at_ + Steady(times::kBootGrace);
}

Steady Conductor::next_wake() const {
  Steady wake = std::min(steady_ + Steady(kMost), std::max(watch_.look_at(), attention_.judges_from()));
  bool sounding = false, played = false;
  for (const auto& airing : airings_) played = played || !airing.is_planned();
  for (const auto& airing : airings_) {
    wake = std::min(wake, look_at(airing));
    if (const auto broken = broken_at(airing)) wake = std::min(wake, to_steady(*broken));
    const Steady gate = to_steady(airing.start - times::kGateAhead);
    if (!airing.is_pause() && !airing.silent() && gate > steady_) wake = std::min(wake, gate);
    if (played && airing.start > now_) wake = std::min(wake, to_steady(airing.start));  // it makes room
    sounding = sounding || airing.stage == Airing::Stage::sounding;
  }
  if (const auto keys = amplifiers_.next_look(around_, now_)) wake = std::min(wake, to_steady(*keys));
  if (const auto rows = hearing_.look_at()) wake = std::min(wake, *rows);
  if (deaf_since_) {
    const Steady hopeless = *deaf_since_ + Steady(times::kDeviceHope);
    if (hopeless > steady_) wake = std::min(wake, hopeless);
  }
  const Steady keys_off = stopped_at_ + Steady(times::kKeysOff);
  if (stopping_ && !finished_ && keys_off > steady_) wake = std::min(wake, keys_off);
  for (const auto& due : board_) {
    if (due.placed) continue;
    wake = std::min(wake, look_at(due));
    if (due.first() > now_ + times::kPlaceAhead) break;
  }
  for (const auto& order : announcements_) {
    if (order.due > now_) wake = std::min(wake, to_steady(order.due));
  }
  if (unsettled_) wake = std::min(wake, settle_at_);
  if (!timetable_.empty()) wake = std::min(wake, to_steady(board_until_ - times::kBoardRenewed));
  if (gate_sent_ && watch_.open() && gate_needed()) wake = std::min(wake, *gate_sent_ + Steady(times::kGateEvery));
  if (progress_sent_) {
    const Steady every = sounding ? Steady(times::kProgressSounding) : Steady(times::kProgressIdle);
    wake = std::min(wake, *progress_sent_ + every);
  }
  return std::max(wake, steady_ + Steady(kLeast));
}

}  // namespace loa::station
