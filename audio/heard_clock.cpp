#include "audio/heard_clock.hpp"

#include <algorithm>

namespace loa::audio {
namespace {

using std::chrono::nanoseconds;

constexpr std::chrono::seconds kLateLook{1};

nanoseconds heard_span(std::int64_t samples) {
  return std::chrono::round<nanoseconds>(Frames(samples));
}

}  // namespace

void HeardClock::add(std::int64_t count, nanoseconds arrived) {
  if (!begun_) {
    begun_ = true;
    count_ = count;
    at_ = since_ = arrived;
    least_late_ = nanoseconds::max();
    return;
  }
  const auto passed = heard_span(count - count_);
  const auto late = arrived - (at_ + passed);
  count_ = count;
  at_ += passed + std::min(late, passed * kMostPpm / 1'000'000);
  least_late_ = std::min(least_late_, late);
  if (arrived - since_ < kLateLook) return;
  if (least_late_ > kLost) at_ += least_late_;
  least_late_ = nanoseconds::max();
  since_ = arrived;
}

std::int64_t HeardClock::sample_at(nanoseconds instant) const {
  return count_ + std::chrono::round<Frames>(instant - at_).count();
}

nanoseconds HeardClock::time_of(std::int64_t sample) const {
  return at_ + heard_span(sample - count_);
}

}  // namespace loa::audio
