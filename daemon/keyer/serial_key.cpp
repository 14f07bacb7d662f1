#include "daemon/keyer/serial_key.hpp"

#include <sys/ioctl.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace loa::keyer {

namespace {

int confirming_line(const std::string& name) {
  if (name == "cts") return TIOCM_CTS;
  if (name == "dsr") return TIOCM_DSR;
  return name == "dcd" ? TIOCM_CD : 0;
}

}  // namespace

std::string SerialPort::fail(const char* doing, int error) {
  close();  // what is open on a device that went away is never good again
  if (error == ENOTTY || error == EINVAL)
    return device_ + " has no lines that can be switched: " + std::strerror(error);
  return std::string("cannot ") + doing + " " + device_ + ": " + std::strerror(error);
}

std::string SerialPort::open() {
  fd_ = calls_.open(device_);
  if (fd_ < 0) return fail("open", -std::exchange(fd_, -1));
  if (const int done = calls_.prepare(fd_); done < 0) return fail("set up", -done);
  // Opening has raised them: those that nobody wants high fall first.
  const int low = (TIOCM_RTS | TIOCM_DTR) & ~high_;
  if (low == 0) return {};
  const int done = calls_.lower(fd_, low);
  return done < 0 ? fail("switch", -done) : std::string();
}

void SerialPort::close() {
  if (fd_ >= 0) calls_.close(std::exchange(fd_, -1));
}

std::string SerialPort::set(int line, bool high) {
  high_ = high ? high_ | line : high_ & ~line;
  if (fd_ < 0 && high_ == 0) return {};
  if (fd_ < 0) {
    if (auto fault = open(); !fault.empty()) return fault;
    // What another key of this port has high is high again.
    if (const int done = calls_.raise(fd_, high_); done < 0) return fail("switch", -done);
    return {};
  }
  const int done = high ? calls_.raise(fd_, line) : calls_.lower(fd_, line);
  if (done < 0) {
    auto fault = fail("switch", -done);
    return high_ == 0 ? std::string() : fault;  // closed: all is low
  }
  if (high_ == 0) close();
  return {};
}

std::optional<int> SerialPort::read(std::string& fault) {
  int bits = 0;
  const int done = calls_.read(fd_, bits);
  if (done == 0) return bits;
  fault = fail("read", -done);
  return std::nullopt;
}

SerialKey::SerialKey(std::shared_ptr<SerialPort> port, const wire::KeySetup& setup)
    : port_(std::move(port)),
      line_(setup.line == "dtr" ? TIOCM_DTR : TIOCM_RTS),
      inverted_(setup.inverted),
      confirm_(confirming_line(setup.confirm)) {}

void SerialKey::begin(Action action, Steady) {
  if (action == Action::state) {
    outcome_ = ask();
    return;
  }
  on_ = action == Action::on;
  outcome_ = Outcome{action, port_->set(line_, on_ != inverted_), false, {}};
}

std::optional<Outcome> SerialKey::look(Steady) {
  return std::exchange(outcome_, std::nullopt);
}

/// A port whose line is to be high and that is closed has been lost with another of its lines.
bool SerialKey::tells(bool on) const {
  return port_->is_open() || on != inverted_;
}

/// The line itself too: an adapter that was pulled out, or another program on the port.
Outcome SerialKey::ask() {
  Outcome outcome{Action::state, {}, false, {}};
  if (!port_->is_open()) {
    outcome.lost = on_ != inverted_;
    if (outcome.lost) outcome.fault = "the port is closed";
    return outcome;
  }
  const auto bits = port_->read(outcome.fault);
  if (!bits) {
    outcome.lost = true;
  } else if (((*bits & line_) != 0) != (on_ != inverted_)) {
    outcome.lost = true;
    outcome.fault = "another program has switched the line";
  } else if (confirm_ != 0) {
    outcome.on = (*bits & confirm_) != 0;
  }
  return outcome;
}

}  // namespace loa::keyer
