#include "daemon/station/conductor/keying.hpp"

#include <algorithm>

#include "daemon/station/conductor/conductor_times.hpp"

namespace loa::station {

std::vector<KeyTimes> key_times(const std::vector<config::AmplifierKey>& keys) {
  std::vector<KeyTimes> times(keys.size());
  KeyTimes longest;
  for (std::size_t i = keys.size(); i-- > 0;) {
    longest.before = std::max<Frames>(longest.before, std::chrono::ceil<Frames>(keys[i].warm_up));
    longest.after = std::max<Frames>(longest.after, std::chrono::ceil<Frames>(keys[i].tail));
    times[i] = longest;
    if (times[i].before > Frames{0}) times[i].before += times::kKeyLead;
  }
  return times;
}

bool is_keyed(const KeyTimes& times, const SoundAround& around, Instant now) {
  if (around.sounds) return true;
  if (around.ended && now < *around.ended + times.after) return true;
  return around.next && now >= *around.next - times.before;
}

std::optional<Instant> next_keying(const KeyTimes& times, const SoundAround& around, Instant now) {
  std::optional<Instant> first;
  const auto sooner = [&](Instant at) {
    if (at > now) first = std::min(first.value_or(at), at);
  };
  if (around.ended && !around.sounds) sooner(*around.ended + times.after);
  if (around.sounds && around.until) sooner(*around.until);
  if (around.next) {
    sooner(*around.next - times.before);
    sooner(*around.next);
  }
  return first;
}

}  // namespace loa::station
