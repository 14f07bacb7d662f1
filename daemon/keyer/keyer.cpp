// poll, and deadlines by the steady clock.
#include "daemon/keyer/keyer.hpp"

#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "daemon/wire/descriptors.hpp"

namespace loa::keyer {

namespace {

Steady now_steady() {
  return std::chrono::steady_clock::now();
}

}  // namespace

void Keyer::run() {
  const int signals = wire::open_termination();
  while (!end_by_ || (now_steady() < *end_by_ && !over())) {
    wait(signals);
    for (const auto& line : link_.receive()) obey(line);
    const auto now = now_steady();
    signalfd_siginfo info;
    const bool told = ::read(signals, &info, sizeof info) == sizeof info;
    if ((link_.closed() || told) && !end_by_) {
      release_all();
      end_by_ = now + kEnd;
    }
    if (good_until_ && now >= *good_until_) {
      say_released();
      release_all();
      released_ = true;
    }
    step(now);
    link_.flush();
  }
  ::close(signals);
}

void Keyer::wait(int signals) {
  std::vector<pollfd> watched;
  watched.push_back({signals, POLLIN, 0});
  const short towards = static_cast<short>(link_.unsent() ? POLLIN | POLLOUT : POLLIN);
  if (!link_.closed()) watched.push_back({link_.fd(), towards, 0});
  for (const auto& runner : runners_) runner.watch(watched);
  int patience = -1;
  if (const auto until = look_at()) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*until - now_steady());
    patience = static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
  }
  ::poll(watched.data(), watched.size(), patience);
}

void Keyer::obey(const std::string& line) {
  const auto order = wire::keyer_order_from(line);
  if (!order || end_by_) return;
  if (const auto* keys = std::get_if<wire::KeysOrder>(&*order); keys != nullptr && runners_.empty()) {
    for (auto& key : make_(keys->keys)) runners_.emplace_back(runners_.size(), std::move(key));
  }
  if (const auto* want = std::get_if<wire::WantOrder>(&*order)) {
    released_ = false;
    bool any = false;
    for (std::size_t i = 0; i < runners_.size() && i < want->on.size(); ++i) {
      runners_[i].want(want->on[i]);
      any = any || want->on[i];
    }
    good_until_ = any ? std::optional(now_steady() + wire::kWantGood) : std::nullopt;
    send(wire::KeyerBeat{});
  }
  if (std::holds_alternative<wire::ReleaseOrder>(*order)) {
    for (auto& runner : runners_) runner.want(false);
    good_until_.reset();
    end_by_ = now_steady() + kEnd;
  }
}

void Keyer::say_released() {
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    if (runners_[i].wanted() != true) continue;
    send(wire::KeyEvent{i, wire::KeyEvent::What::released, false, "no word from the daemon"});
  }
}

void Keyer::release_all() {
  good_until_.reset();
  for (auto& runner : runners_) runner.release();
}

/// Those that are to be on in their order, those that are to be off in the opposite one; each waits a moment for those
/// before it.
void Keyer::step(Steady now) {
  bool turn = true;
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    if (runners_[i].wanted() == true) step_one(i, now, turn);
  }
  turn = true;
  for (std::size_t i = runners_.size(); i-- > 0;) {
    if (runners_[i].wanted() != true) step_one(i, now, turn);
  }
}

std::chrono::milliseconds Keyer::patience() const {
  return end_by_ || released_ ? kTurnReleased : kTurn;
}

void Keyer::step_one(std::size_t number, Steady now, bool& turn) {
  for (const auto& event : runners_[number].step(now, turn)) send(event);
  if (runners_[number].holds_others(now, patience())) turn = false;
}

std::optional<Steady> Keyer::look_at() const {
  std::optional<Steady> first = good_until_;
  const auto sooner = [&](Steady at) { first = std::min(first.value_or(at), at); };
  if (end_by_) sooner(*end_by_);
  const auto now = now_steady();
  bool waits = false;
  for (const auto& runner : runners_) {
    waits = waits || runner.holds_others(now, patience());
    if (const auto at = runner.look_at()) sooner(*at);
  }
  // One that waits for its turn is due already: it looks again soon instead of at once.
  if (waits)
    first =
        std::max(first.value_or(now), std::min(now + std::chrono::milliseconds(5), end_by_.value_or(Steady::max())));
  return first;
}

bool Keyer::over() const {
  return std::all_of(runners_.begin(), runners_.end(),
                     [](const KeyRunner& runner) { return !runner.wanted() || runner.over(); });
}

}  // namespace loa::keyer
