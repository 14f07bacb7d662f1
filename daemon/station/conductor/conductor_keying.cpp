// When sound begins and ends, for the amplifiers: on before the first frame, off after the last.
#include <algorithm>

#include "daemon/station/conductor/conductor.hpp"
#include "daemon/station/conductor/conductor_times.hpp"

namespace loa::station {

namespace {

/// Its recording lacks, and its substitute is chosen later than an amplifier may have to be on.
bool may_be_substituted(const Airing& airing) {
  using scheduler::Fault;
  const auto fault = airing.item.fault;
  const bool lacks = fault == Fault::missing || fault == Fault::unmeasured || fault == Fault::refused;
  return lacks && !airing.substitute_sought && !airing.item.substitute.empty() && airing.frames > Frames{0} &&
         airing.hours != Airing::Hours::closed && airing.withheld == Reason::none;
}

bool is_to_sound(const Airing& airing) {
  if (airing.is_pause() || airing.stage == Airing::Stage::closed) return false;
  if (airing.stage == Airing::Stage::sounding) return true;
  return !airing.cancelled && (!airing.silent() || may_be_substituted(airing));
}

}  // namespace

/// The parts of its time in which the gate lets it through.
std::vector<scheduler::Interval> Conductor::audible(const Airing& airing) const {
  if (airing.hours != Airing::Hours::partly) return {{airing.start, airing.end()}};
  std::vector<scheduler::Interval> parts;
  for (const auto& open : scheduler::permitted(timetable_.newest()->schedule, airing.start, airing.end())) {
    const auto from = std::max(open.from, airing.start), until = std::min(open.until, airing.end());
    if (from < until) parts.push_back({from, until});
  }
  return parts;
}

/// Whoever begins a sound that is not planned, an announcement too, asks for its first instant here.
Instant Conductor::soonest(Instant least) const {
  return std::max(least, amplifiers_.ready_at(now_, steady_));
}

bool Conductor::hopes_for_device() const {
  return !deaf_since_ || steady_ - *deaf_since_ < Steady(times::kDeviceHope);
}

SoundAround Conductor::sound_around() const {
  SoundAround around;
  for (const auto& airing : airings_) {
    if (!is_to_sound(airing)) continue;
    const bool sounding = airing.stage == Airing::Stage::sounding;
    if (!sounding && (stopping_ || !hopes_for_device())) continue;
    if (sounding && airing.hours != Airing::Hours::partly) {
      around.sounds = true;  // until the player says otherwise
      continue;
    }
    for (const auto& part : audible(airing)) {
      if (part.from > now_) {
        around.next = std::min(around.next.value_or(part.from), part.from);
      } else if (now_ < part.until) {
        around.sounds = true;
        around.until = std::min(around.until.value_or(part.until), part.until);
      }
    }
  }
  if (sounded_to_) around.ended = now_ + std::chrono::floor<Frames>(*sounded_to_ - steady_);
  return around;
}

void Conductor::turn_keys() {
  if (watch_.open()) {
    deaf_since_.reset();
  } else if (!deaf_since_) {
    deaf_since_ = steady_;
  }
  around_ = sound_around();
  if (around_.sounds) sounded_to_ = std::max(sounded_to_.value_or(steady_), steady_);
  const Airing* first = nullptr;
  for (const auto& airing : airings_) {
    if (is_to_sound(airing) && (first == nullptr || airing.start < first->start)) first = &airing;
  }
  amplifiers_.look(around_, first == nullptr ? "" : first->item.id, now_, steady_);
}

/// The device may hold some of it still.
void Conductor::note_silence(const Airing& airing) {
  const auto held = std::max(Frames{0}, airing.ended.value_or(now_) - now_);
  const Steady until = steady_ + std::chrono::ceil<Steady>(held);
  sounded_to_ = std::max(sounded_to_.value_or(until), until);
}

void Conductor::on(const wire::KeyEvent& event) {
  now_ = clock_.now();
  steady_ = clock_.steady();
  attention_.look(steady_);
  amplifiers_.on(event, steady_);
  tick();
}

void Conductor::on_keyer_gone(const std::string& why) {
  amplifiers_.on_gone(why);
  tick();
}

}  // namespace loa::station
