#include "daemon/station/run/device_choice.hpp"

#include <algorithm>
#include <utility>

namespace loa::station {

namespace {

using namespace std::chrono_literals;

constexpr auto kOtherDevice = 20ms;  // what was not tried yet need not wait

/// With what opening takes, a card that is there again sounds within 5 s; where two take turns each waits half as long.
std::chrono::milliseconds back_off(int failures, bool two) {
  return std::chrono::milliseconds(std::min(100 << std::min(failures, 6), two ? 2000 : 4000));
}

}  // namespace

void DeviceChoice::use(std::string first, std::string second, Steady now) {
  devices_ = {Known{std::move(first), false}, Known{std::move(second), false}};
  current_ = 0;
  failures_ = losses_ = 0;
  opened_at_.reset();
  failed_ = first_back_ = false;
  held_off_ = trial_at_ = now;
}

void DeviceChoice::on(const wire::DeviceEvent& event, Steady now) {
  failed_ = event.state != "open";
  devices_[current_].doubtful = failed_ && event.note.starts_with(wire::kKeepsNoTime);
  if (failed_) return;
  failures_ = 0;
  opened_at_ = now;
}

std::chrono::milliseconds DeviceChoice::ended(bool hung, Steady now) {
  const auto opened = std::exchange(opened_at_, std::nullopt);
  const bool device_at_fault = std::exchange(failed_, false) || hung || !opened || now - *opened < Steady(kCrashed);
  const bool two = !devices_[1].name.empty();
  const int failed = failures_++;
  if (!two || !device_at_fault) return back_off(failed, two);
  if (current_ == 0) {
    if (opened && now - *opened >= Steady(kHolds)) losses_ = 0;
    if (opened) ++losses_;
    leave_first(now);
  } else {
    current_ = 0;
  }
  return failed < 2 ? std::chrono::milliseconds(kOtherDevice) : back_off(failed - 1, two);
}

/// A device that comes and goes must not make a gap each time that it came: each loss doubles how long it is left
/// alone.
void DeviceChoice::leave_first(Steady now) {
  current_ = 1;
  first_back_ = false;
  const auto held_off =
      losses_ == 0 ? 0s : std::min<std::chrono::seconds>(kHeldOff * (1 << std::min(losses_ - 1, 8)), kLongestHeldOff);
  held_off_ = now + Steady(held_off);
  trial_pace_ = kFirstTrial;
  trial_at_ = now + Steady(kFirstTrial);
}

std::optional<Steady> DeviceChoice::trial_at() const {
  if (!on_second() || first_back_ || !opened_at_) return {};
  return trial_at_;
}

void DeviceChoice::tried(bool opened, Steady now) {
  first_back_ = opened;
  if (opened) devices_[0].doubtful = false;
  trial_pace_ = std::min(trial_pace_ * 2, kRarestTrial);
  trial_at_ = now + Steady(trial_pace_);
}

void DeviceChoice::take_back() {
  current_ = 0;
  first_back_ = false;
  opened_at_.reset();
  failed_ = false;
}

}  // namespace loa::station
