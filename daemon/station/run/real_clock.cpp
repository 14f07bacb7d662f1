#include "daemon/station/run/real_clock.hpp"

#include <sys/timerfd.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#include <boost/asio/error.hpp>
#include <cstdint>
#include <system_error>

namespace loa::station {

namespace {

std::chrono::nanoseconds read_clock(clockid_t id) {
  timespec now{};
  clock_gettime(id, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

int open_timer() {
  const int fd = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
  if (fd < 0) throw std::system_error(errno, std::generic_category(), "timerfd");
  return fd;
}

}  // namespace

std::chrono::sys_time<std::chrono::nanoseconds> RealClock::wall() const {
  return std::chrono::sys_time<std::chrono::nanoseconds>(read_clock(CLOCK_REALTIME));
}

Steady RealClock::steady() const {
  return read_clock(CLOCK_BOOTTIME);
}

Trust RealClock::trust() const {
  timex state{};
  const int result = adjtimex(&state);
  const bool synchronised = result >= 0 && result != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
  return synchronised ? Trust::trusted : Trust::holdover;
}

WallTimer::WallTimer(boost::asio::io_context& context, std::function<void()> wake)
    : wake_(std::move(wake)), timer_(context, open_timer()), fallback_(context) {
  look_again();
}

void WallTimer::arm(Instant at) {
  if (stopped_) return;
  // A zero time would disarm the timer; the past fires at once all the same.
  const auto wall =
      std::max(std::chrono::ceil<std::chrono::nanoseconds>(at.time_since_epoch()), std::chrono::nanoseconds(1));
  const auto seconds = std::chrono::floor<std::chrono::seconds>(wall);
  itimerspec due{};
  due.it_value.tv_sec = seconds.count();
  due.it_value.tv_nsec = (wall - seconds).count();
  timerfd_settime(timer_.native_handle(), TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &due, nullptr);
  wait_for_wall();
}

void WallTimer::wait_for_wall() {
  timer_.cancel();
  timer_.async_wait(boost::asio::posix::stream_descriptor::wait_read, [this](const boost::system::error_code& error) {
    if (error || stopped_) return;
    std::uint64_t expirations = 0;
    // ECANCELED says that the clock was set; either way it is time to look.
    [[maybe_unused]] const auto size = ::read(timer_.native_handle(), &expirations, sizeof expirations);
    wake_();
  });
}

void WallTimer::look_again() {
  fallback_.expires_after(std::chrono::seconds(1));
  fallback_.async_wait([this](const boost::system::error_code& error) {
    if (error || stopped_) return;
    look_again();
    wake_();
  });
}

void WallTimer::stop() {
  stopped_ = true;
  timer_.cancel();
  fallback_.cancel();
}

}  // namespace loa::station
