#include "daemon/station/conductor/amplifiers.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "daemon/station/conductor/conductor_rows.hpp"
#include "daemon/station/conductor/conductor_times.hpp"

namespace loa::station {

namespace {

using What = wire::KeyEvent::What;

wire::KeySetup setup_of(const config::AmplifierKey& key) {
  static constexpr std::array kinds{std::pair{config::AmplifierKey::Kind::serial, "serial"},
                                    std::pair{config::AmplifierKey::Kind::gpio, "gpio"},
                                    std::pair{config::AmplifierKey::Kind::command, "command"}};
  wire::KeySetup setup;
  for (const auto& [kind, name] : kinds) {
    if (kind == key.kind) setup.kind = name;
  }
  setup.device = key.device;
  setup.line = key.line;
  setup.path = key.path;
  setup.inverted = key.inverted;
  setup.confirm = key.confirm;
  return setup;
}

std::string with(const std::string& detail) {
  return detail.empty() ? "" : ": " + detail;
}

}  // namespace

void Amplifiers::use(const std::vector<config::AmplifierKey>& keys) {
  if (keyer_ == nullptr || keys == keys_) return;
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    if (states_[i].on) row(i, "off", "other settings");
  }
  keys_ = keys;
  times_ = key_times(keys_);
  states_.assign(keys_.size(), {});
  std::vector<wire::KeySetup> setups;
  for (const auto& key : keys_) setups.push_back(setup_of(key));
  keyer_->use(std::move(setups));
  keyer_->want(std::vector<bool>(keys_.size(), false));
}

void Amplifiers::look(const SoundAround& around, const std::string& why, Instant now, Steady steady) {
  bool changed = false;
  std::vector<bool> wanted;
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    auto& state = states_[i];
    wanted.push_back(is_keyed(times_[i], around, now));
    if (state.wanted == wanted[i]) continue;
    changed = true;
    state.wanted = wanted[i];
    state.since = state.wanted ? std::optional(steady) : std::nullopt;
    state.reason = (state.wanted ? "for " : "until ") + (why.empty() ? "nothing" : why);
  }
  if (changed) keyer_->want(wanted);
}

void Amplifiers::on(const wire::KeyEvent& event, Steady steady) {
  if (event.key >= states_.size()) return;
  auto& state = states_[event.key];
  const bool changes = state.on != (event.on && event.what == What::done) || !state.fault.empty();
  switch (event.what) {
    case What::done:
      // The first "off" of a child only says that it found what it was to find.
      if (changes) row(event.key, event.on ? "on" : "off", state.reason);
      state.on = event.on;
      state.fault.clear();
      return;
    case What::failed:
      if (event.note != state.fault)
        row(event.key, event.on ? "cannot be switched on" : "cannot be switched off", event.note);
      state.fault = event.note;
      return;
    case What::released:
      row(event.key, "released", event.note);
      state.on = false;
      if (state.wanted) state.since = steady;
      return;
    case What::disagrees:
      state.fault = event.on ? "is not on" : "is not off";
      row(event.key, state.fault, event.note);
      return;
    case What::agrees:
      row(event.key, event.on ? "is on again" : "is off again", "");
      state.fault.clear();
      return;
  }
}

void Amplifiers::on_gone(const std::string& why) {
  const auto fault = "its switching program ended" + with(why);
  for (std::size_t i = 0; i < states_.size(); ++i) {
    auto& state = states_[i];
    const bool told = state.fault == fault;  // one that cannot even begin ends again and again
    if ((state.on || i == 0) && !told) {
      row(i, "its switching program ended", why);
      state.fault = fault;
    }
    state.on = false;
  }
}

Instant Amplifiers::ready_at(Instant now, Steady steady) const {
  Frames most{0};
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    const auto on_for = std::chrono::floor<Frames>(steady - states_[i].since.value_or(steady));
    most = std::max(most, times_[i].before - on_for);
  }
  return now + most;
}

std::optional<Instant> Amplifiers::next_look(const SoundAround& around, Instant now) const {
  std::optional<Instant> first;
  for (const auto& times : times_) {
    if (const auto at = next_keying(times, around, now)) first = std::min(first.value_or(*at), *at);
  }
  return first;
}

bool Amplifiers::all_off() const {
  return std::none_of(states_.begin(), states_.end(), [](const State& state) { return state.on || state.wanted; });
}

std::vector<Status::Amplifier> Amplifiers::status() const {
  std::vector<Status::Amplifier> all;
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    all.push_back({config::name_of(keys_[i]), states_[i].on, states_[i].wanted, states_[i].fault});
  }
  return all;
}

void Amplifiers::row(std::size_t key, const std::string& what, const std::string& detail) {
  auto fields = incident_row("keying", what + with(detail));
  fields["device"] = config::name_of(keys_[key]);
  ledger_.append(std::move(fields));
}

}  // namespace loa::station
