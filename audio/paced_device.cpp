// Pacing by absolute deadlines, so that no sleep's error adds up.
#include "audio/paced_device.hpp"

#include <ctime>

namespace loa::audio {
namespace {

using std::chrono::nanoseconds;

constexpr nanoseconds kPace = std::chrono::milliseconds{20};
static_assert(kPace == PacedDevice::kPeriod);

/// What paces it, and so its own measure of its rate.
nanoseconds paces_now() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return std::chrono::seconds{now.tv_sec} + nanoseconds{now.tv_nsec};
}

/// Both clocks at one instant, as nearly as it can be had: who is interrupted between the two reads them again.
Moment paced_moment() {
  constexpr nanoseconds kTogether = std::chrono::microseconds{3};
  Moment best;
  auto least = nanoseconds::max();
  for (int tries = 0; tries < 8 && least > kTogether; ++tries) {
    const auto before = paces_now();
    const auto wall = moment_now().wall;
    const auto between = paces_now() - before;
    if (between >= least) continue;
    least = between;
    best = {wall, nanoseconds{0}, before + between / 2};
  }
  return best;
}

void sleep_until(nanoseconds deadline) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(deadline);
  const timespec until{seconds.count(), (deadline - seconds).count()};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr) != 0) {
  }
}

}  // namespace

std::string PacedDevice::start(FrameSink& sink) {
  const auto now = paced_moment();
  const auto first = std::chrono::ceil<std::chrono::milliseconds>(now.wall);
  const auto begins = now.steady + (first - now.wall);
  std::string error;
  if (!out_.empty()) {
    tap_ = WavTap::open(out_, channels_, first, error, resume_);
    if (!tap_) return error;
  }
  thread_ = std::thread([this, &sink, begins] { run(sink, begins); });
  return "";
}

void PacedDevice::stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
  tap_.reset();
}

void PacedDevice::run(FrameSink& sink, nanoseconds begins) {
  std::vector<float> buffer(samples_of(kPeriod, channels_));
  for (auto due = begins; !stopping_.load(std::memory_order_relaxed); due += kPace) {
    sleep_until(due);
    auto asked = paced_moment();
    asked.lead = due - asked.steady;
    sink.take(buffer, asked);
    if (tap_) tap_->keep(buffer);
  }
}

}  // namespace loa::audio
