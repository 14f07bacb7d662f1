// The machine's own clocks behind the Clock seam, and a timer on wall time that notices when that clock is set.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>

#include "daemon/station/seams.hpp"

namespace loa::station {

/// CLOCK_REALTIME and CLOCK_BOOTTIME. Trusted while the kernel says that the clock is synchronised (NTP), else
/// holdover; the full rule of the design comes with clock trust.
class RealClock final : public Clock {
 public:
  std::chrono::sys_time<std::chrono::nanoseconds> wall() const override;
  Steady steady() const override;
  Trust trust() const override;
};

/// Calls `wake` at a wall instant, at once when the clock is set, and at the latest every second: a plain Asio timer
/// would sleep through a clock step (measured: 9.5 s late after a 9.5 s step). One instant at a time; main thread only.
class WallTimer {
 public:
  WallTimer(boost::asio::io_context& context, std::function<void()> wake);
  void arm(Instant at);
  void stop();

 private:
  void wait_for_wall();
  void look_again();

  std::function<void()> wake_;
  boost::asio::posix::stream_descriptor timer_;  // a timerfd on CLOCK_REALTIME, cancelled when that clock is set
  boost::asio::steady_timer fallback_;
  bool stopped_ = false;
};

}  // namespace loa::station
