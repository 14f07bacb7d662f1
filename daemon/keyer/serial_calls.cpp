// The real calls on a serial port: termios and the TIOCM ioctls.
#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>

#include "daemon/keyer/serial_key.hpp"

namespace loa::keyer {

namespace {

int answer_of(int result) {
  return result < 0 ? -errno : result;
}

class RealSerialCalls final : public SerialCalls {
 public:
  int open(const std::string& device) override {
    return answer_of(::open(device.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
  }
  int prepare(int fd) override {
    termios settings{};
    if (::tcgetattr(fd, &settings) != 0) return -errno;
    settings.c_cflag |= CLOCAL | HUPCL;
    settings.c_cflag &= ~static_cast<tcflag_t>(CRTSCTS);  // else the driver moves RTS by itself
    if (::tcsetattr(fd, TCSANOW, &settings) != 0) return -errno;
    ::ioctl(fd, TIOCEXCL);  // a modem manager that probes would switch the amplifier
    return 0;
  }
  int raise(int fd, int bits) override { return answer_of(::ioctl(fd, TIOCMBIS, &bits)); }
  int lower(int fd, int bits) override { return answer_of(::ioctl(fd, TIOCMBIC, &bits)); }
  int read(int fd, int& bits) override { return answer_of(::ioctl(fd, TIOCMGET, &bits)); }
  void close(int fd) override { ::close(fd); }
};

}  // namespace

SerialCalls& real_serial_calls() {
  static RealSerialCalls calls;
  return calls;
}

}  // namespace loa::keyer
