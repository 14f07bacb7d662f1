#include "tests/support/sim_player.hpp"

#include <algorithm>

namespace loa::sim {

namespace {

using namespace std::chrono_literals;

constexpr auto kStarting = 300ms;
constexpr auto kTieAhead = 1s;
constexpr auto kBeat = 200ms;
constexpr auto kRoom = 80ms;  // what sounded makes room for an announcement

Nanoseconds ns(Frames frames) {
  return std::chrono::ceil<Nanoseconds>(frames);
}

}  // namespace

void SimPlayer::power_on(Handlers handlers) {
  handlers_ = std::move(handlers);
  process_ = Process::starting;
  hung_ = false;
  failures_ = 0;
  ready_at_ = clock_.steady() + kStarting;
}

void SimPlayer::power_off() {
  for (auto& sound : sounds_) count(sound);
  sounds_.clear();
  known_.clear();
  anchors_.clear();
  begun_.clear();
  process_ = Process::off;
  handlers_ = {};
}

void SimPlayer::end_process(const std::string& why) {
  if (process_ == Process::off) return;
  const auto gone = handlers_.gone;
  auto handlers = handlers_;
  power_off();
  power_on(std::move(handlers));
  failures_ = device_present_ ? 0 : failures_ + 1;
  ready_at_ = clock_.steady() + 100ms * (1 << std::min(failures_ * 2, 5)) + kStarting;
  if (gone) gone(why);
}

void SimPlayer::restart() {
  ++restarts;
  end_process("killed: hung");
}

void SimPlayer::lose_device() {
  device_present_ = false;
  if (process_ != Process::running) return;
  for (auto& sound : sounds_) count(sound);
  sounds_.clear();
  emit(wire::DeviceEvent{"lost", device_, "unplugged", 0});
  end_process("device lost");
}

void SimPlayer::emit(const wire::Event& event) {
  // A copy: what the handler does may end this process and its handlers.
  const auto handler = handlers_.event;
  if (!hung_ && handler) handler(event);
}

Steady SimPlayer::ends(const Sound& sound) const {
  return *sound.starts + ns(sound.order.frames);
}

Steady SimPlayer::ties(const Sound& sound) const {
  return std::max(clock_.steady(), clock_.when(sound.order.anchor + sound.order.at) - kTieAhead);
}

std::optional<Steady> SimPlayer::next() const {
  if (process_ == Process::off || hung_) return {};
  if (process_ == Process::starting) return ready_at_;
  if (clock_.when(Instant{}) != epoch_) return clock_.steady();
  Steady next = next_beat_;
  for (const auto& sound : sounds_) {
    next = std::min(next, !sound.starts ? ties(sound) : sound.sounding ? ends(sound) : *sound.starts);
  }
  return std::max(next, clock_.steady());
}

void SimPlayer::open_device() {
  if (!device_present_) {
    emit(wire::DeviceEvent{"absent", device_, "no such device", 0});
    return end_process("no device");
  }
  process_ = Process::running;
  failures_ = 0;
  opened_at_ = next_beat_ = clock_.steady();
  emit(wire::DeviceEvent{"open", device_, "", 0});
}

void SimPlayer::step() {
  if (hung_) return;
  if (process_ == Process::starting && clock_.steady() >= ready_at_) open_device();
  if (process_ != Process::running) return;
  tie_anew();
  // Ends before starts: a chained item begins where the one before it ended.
  for (std::size_t i = 0; i < sounds_.size(); ++i) {
    if (!sounds_[i].starts && clock_.steady() >= ties(sounds_[i])) tie(sounds_[i]);
  }
  const auto over = [&](const Sound& sound) { return sound.sounding && clock_.steady() >= ends(sound); };
  for (auto one = std::find_if(sounds_.begin(), sounds_.end(), over); one != sounds_.end();
       one = std::find_if(sounds_.begin(), sounds_.end(), over)) {
    finish(*one, one->cancelled ? wire::EndCause::cancelled : wire::EndCause::whole);
  }
  const auto due = [&](const Sound& sound) {
    return !sound.sounding && sound.starts && clock_.steady() >= *sound.starts;
  };
  for (auto one = std::find_if(sounds_.begin(), sounds_.end(), due); one != sounds_.end();
       one = std::find_if(sounds_.begin(), sounds_.end(), due)) {
    begin(*one);
  }
  if (clock_.steady() >= next_beat_) beat();
}

void SimPlayer::tie(Sound& sound) {
  if (sound.order.at_once) {
    sound.starts = clock_.steady() + kRoom;
    return;
  }
  const auto anchor = anchors_.try_emplace(sound.order.anchor, clock_.when(sound.order.anchor)).first->second;
  sound.starts = anchor + ns(sound.order.at);
}

/// As the real one after a step: what has not begun goes by the new time, unless that has passed its start.
void SimPlayer::tie_anew() {
  if (std::exchange(epoch_, clock_.when(Instant{})) == epoch_) return;
  for (auto& entry : anchors_) {
    const auto anchor = entry.first;
    auto& tied = entry.second;
    const auto first = std::find_if(sounds_.begin(), sounds_.end(), [&](const Sound& sound) {
      return sound.order.anchor == anchor && sound.starts && !sound.sounding;
    });
    if (first == sounds_.end() || begun_.contains(anchor)) continue;
    if (clock_.when(anchor) + ns(first->order.at) < clock_.steady()) continue;
    tied = clock_.when(anchor);
    for (auto& sound : sounds_) {
      if (sound.order.anchor == anchor && sound.starts) sound.starts = tied + ns(sound.order.at);
    }
  }
}

void SimPlayer::begin(Sound& sound) {
  const auto id = sound.order.id;
  const auto attempt = sound.order.attempt;
  const Frames late = std::chrono::ceil<Frames>(clock_.steady() - *sound.starts);
  const auto other = std::find_if(sounds_.begin(), sounds_.end(), [](const Sound& one) { return one.sounding; });
  if (other != sounds_.end()) finish(*other, wire::EndCause::cut);
  const auto self = std::find_if(sounds_.begin(), sounds_.end(),
                                 [&](const Sound& one) { return one.order.id == id && one.order.attempt == attempt; });
  if (self == sounds_.end()) return;  // the one that was cut took it back
  self->sounding = true;
  begun_.insert(self->order.anchor);
  self->counted_to = clock_.steady();
  self->heard = heard_.size();
  Heard heard{id, attempt, clock_.now(), self->order.offset + late, Frames{0}, Frames{0}, true, clock_.steady()};
  if (handlers_.on_first_frame) heard.permitted = handlers_.on_first_frame(id);
  heard_.push_back(heard);
  next_beat_ = std::min(next_beat_, clock_.steady() + kBeat);
  if (late >= self->order.frames) return finish(*self, wire::EndCause::cut);
  emit(wire::StartedEvent{id, attempt, clock_.now(), start_error});
}

Frames SimPlayer::open_between(Steady from, Steady to) const {
  const Instant begin = wall_at(from), end = wall_at(std::min(to, gate_until_));
  Frames open{0};
  for (const auto& interval : gate_.open) {
    open += std::max(Frames{0}, std::min(end, interval.until) - std::max(begin, interval.from));
  }
  return open;
}

void SimPlayer::count(Sound& sound) {
  if (!sound.sounding || hung_) return;
  auto& heard = heard_[sound.heard];
  const Steady to = std::min(clock_.steady(), ends(sound));
  const Frames all = heard.taken + std::chrono::round<Frames>(to - sound.counted_to);
  const Frames open = sound.order.announce ? all - heard.taken : open_between(sound.counted_to, to);
  // An open gate loses nothing to rounding.
  if (open > Frames{0}) heard.played += std::min(open + Frames{1}, all - heard.taken);
  heard.taken = all;
  sound.counted_to = to;
}

void SimPlayer::finish(Sound& sound, wire::EndCause cause) {
  count(sound);
  const auto heard = heard_[sound.heard];
  wire::EndedEvent ended{sound.order.id, sound.order.attempt, clock_.now(), heard.played, cause, ""};
  if (cause == wire::EndCause::whole && heard.played < heard.taken) ended.cause = wire::EndCause::gate;
  std::erase_if(sounds_,
                [&](const Sound& one) { return one.order.id == ended.id && one.order.attempt == ended.attempt; });
  emit(ended);
}

void SimPlayer::beat() {
  wire::BeatEvent beat;
  beat.taken = std::chrono::floor<Frames>(clock_.steady() - opened_at_).count() + 1;
  beat.heard = clock_.now();
  for (auto& sound : sounds_) {
    count(sound);
    if (!sound.sounding) continue;
    beat.id = sound.order.id;
    beat.attempt = sound.order.attempt;
    beat.played = heard_[sound.heard].played;
    if (silent && heard_[sound.heard].taken >= Frames{3 * 48000}) beat.silent = heard_[sound.heard].taken;
  }
  beat.gate_open = clock_.steady() < gate_until_;
  next_beat_ = clock_.steady() + (beat.id.empty() ? idle_beat : Nanoseconds(kBeat));
  emit(beat);
}

void SimPlayer::send(const wire::Order& order) {
  if (process_ != Process::running || hung_) return;
  std::visit([this](const auto& one) { take(one); }, order);
}

void SimPlayer::take(const wire::PlayOrder& order) {
  const auto key = std::pair(order.id, order.attempt);
  if (std::find(known_.begin(), known_.end(), key) != known_.end()) return;
  known_.push_back(key);
  if (known_.size() > 64) known_.erase(known_.begin());
  sounds_.push_back({order, {}, false, false, 0, {}});
  // "sim/<frames>": what its source still has.
  if (order.live.starts_with("sim/")) {
    auto& frames = sounds_.back().order.frames;
    frames = std::min(frames, Frames(std::stoll(order.live.substr(4))));
  }
}

void SimPlayer::take(const wire::CancelOrder& order) {
  const auto found = std::find_if(sounds_.begin(), sounds_.end(), [&](const Sound& one) {
    return one.order.id == order.id && one.order.attempt == order.attempt;
  });
  if (found == sounds_.end()) return;
  if (!found->sounding) {
    sounds_.erase(found);
    return;
  }
  count(*found);
  const Frames so_far = std::chrono::ceil<Frames>(clock_.steady() - *found->starts);
  found->order.frames = std::min(found->order.frames, so_far + order.fade);
  found->cancelled = true;
}

void SimPlayer::take(const wire::GateOrder& order) {
  for (auto& sound : sounds_) count(sound);
  gate_ = order;
  gate_until_ = clock_.steady() + ns(order.good_for);
}

}  // namespace loa::sim
