#include "daemon/keyer/key_runner.hpp"

#include <algorithm>
#include <utility>

namespace loa::keyer {

void KeyRunner::want(bool on) {
  if (wanted_ == on) return;
  wanted_ = on;
  begun_ = false;
  failures_ = 0;
  failure_said_.clear();
  retry_at_ = {};
}

void KeyRunner::release() {
  if (wanted_ != false) want(false);
  if (running_ == Action::off) return;
  if (running_) is_.reset();
  running_.reset();  // the key gives it up when the next action begins
}

bool KeyRunner::holds_others(Steady now, std::chrono::milliseconds patience) const {
  if (!wanted_ || is_ == wanted_ || failures_ > 0) return false;
  return !begun_ || now - began_ < patience;
}

void KeyRunner::begin(Action action, Steady now) {
  running_ = action;
  if (action != Action::state) {
    began_ = now;
    begun_ = true;
  }
  key_->begin(action, now);
}

std::vector<wire::KeyEvent> KeyRunner::step(Steady now, bool turn) {
  std::vector<wire::KeyEvent> events;
  // A question never keeps a key from being turned.
  if (running_ == Action::state && wanted_ && is_ != wanted_ && turn) running_.reset();
  if (running_) {
    const auto outcome = key_->look(now);
    if (!outcome) return events;
    running_.reset();
    took(*outcome, now, events);
  }
  if (!wanted_) return events;
  if (is_ != wanted_) {
    if (!turn || now < retry_at_) return events;
    begin(*wanted_ ? Action::on : Action::off, now);
  } else if (now >= ask_at_ && key_->tells(*is_) && (*is_ || !confirmed_off_)) {
    begin(Action::state, now);
  } else {
    return events;
  }
  if (const auto outcome = key_->look(now)) {  // done already, or it could not begin
    running_.reset();
    took(*outcome, now, events);
  }
  return events;
}

void KeyRunner::took(const Outcome& outcome, Steady now, std::vector<wire::KeyEvent>& events) {
  if (outcome.action == Action::state) return answered(outcome, now, events);
  switched(outcome, now, events);
}

void KeyRunner::switched(const Outcome& outcome, Steady now, std::vector<wire::KeyEvent>& events) {
  const bool on = outcome.action == Action::on;
  if (!outcome.fault.empty()) {
    is_.reset();
    const auto pause = std::min<std::chrono::seconds>(kRetryLeast * (1 << std::min(failures_, 4)), kRetryMost);
    retry_at_ = now + pause;
    ++failures_;
    if (std::exchange(failure_said_, outcome.fault) == outcome.fault) return;
    events.push_back({number_, What::failed, on, outcome.fault});
    return;
  }
  is_ = on;
  failures_ = 0;
  failure_said_.clear();
  contrary_ = 0;
  disagreeing_ = false;
  if (on) confirmed_off_ = false;
  ask_at_ = now + kSettle;
  events.push_back({number_, What::done, on, ""});
}

void KeyRunner::answered(const Outcome& outcome, Steady now, std::vector<wire::KeyEvent>& events) {
  ask_at_ = now + kAsk;
  if (outcome.lost) {
    is_.reset();
    retry_at_ = now;
    if (std::exchange(failure_said_, outcome.fault) == outcome.fault) return;
    return events.push_back(event(What::failed, outcome.fault));
  }
  const bool silent = outcome.fault.empty() && !outcome.on;
  if (silent || outcome.on == is_) {
    contrary_ = 0;
    if (is_ == false) confirmed_off_ = true;
    if (std::exchange(disagreeing_, false)) events.push_back(event(What::agrees, ""));
    return;
  }
  ask_at_ = now + kAskAgain;
  if (++contrary_ < 2 || std::exchange(disagreeing_, true)) return;
  events.push_back(event(What::disagrees, outcome.fault));
}

wire::KeyEvent KeyRunner::event(What what, std::string note) const {
  return {number_, what, wanted_.value_or(false), std::move(note)};
}

std::optional<Steady> KeyRunner::look_at() const {
  if (running_) return key_->look_at().value_or(Steady{});
  if (!wanted_) return std::nullopt;
  if (is_ != wanted_) return retry_at_;
  if (key_->tells(*is_) && (*is_ || !confirmed_off_)) return ask_at_;
  return std::nullopt;
}

}  // namespace loa::keyer
