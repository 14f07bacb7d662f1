#include "daemon/keyer/gpio_key.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

namespace loa::keyer {

GpioKey::GpioKey(GpioCalls& calls, const wire::KeySetup& setup)
    : calls_(calls), chip_(setup.device), line_(setup.line), inverted_(setup.inverted) {}

GpioKey::~GpioKey() {
  if (handle_ >= 0) calls_.release(handle_);
}

std::string GpioKey::fail(int error) {
  if (handle_ >= 0) calls_.release(std::exchange(handle_, -1));
  const auto which = "line " + line_ + " of " + chip_;
  if (error == EBUSY) return which + " is held by another program";
  return "cannot switch " + which + ": " + std::strerror(error);
}

std::string GpioKey::set(bool on) {
  const int done = handle_ >= 0 ? calls_.set(handle_, on) : calls_.request(chip_, line_, inverted_, on);
  if (done < 0) return fail(-done);
  if (handle_ < 0) handle_ = done;
  return {};
}

void GpioKey::begin(Action action, Steady) {
  outcome_ = action == Action::state ? ask() : Outcome{action, set(action == Action::on), false, {}};
}

std::optional<Outcome> GpioKey::look(Steady) {
  return std::exchange(outcome_, std::nullopt);
}

Outcome GpioKey::ask() {
  Outcome outcome{Action::state, {}, false, {}};
  const int value = handle_ >= 0 ? calls_.get(handle_) : -ENODEV;
  if (value >= 0) {
    outcome.on = value != 0;
  } else {
    outcome.lost = true;
    outcome.fault = fail(-value);
  }
  return outcome;
}

}  // namespace loa::keyer
