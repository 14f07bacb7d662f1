// Keys on the lines of a serial port. The port is closed while all of its lines are to be low: opening raises them for
// a moment, and closing (HUPCL) lets them fall, also when the kernel does it for a process that was killed.
#pragma once

#include <memory>
#include <set>
#include <string>

#include "daemon/keyer/key.hpp"

namespace loa::keyer {

/// The system calls, for tests to record. Each returns 0 or a descriptor, or minus errno.
class SerialCalls {
 public:
  virtual ~SerialCalls() = default;
  virtual int open(const std::string& device) = 0;
  /// Carrier is not waited for; the lines fall on close; nobody else may open it.
  virtual int prepare(int fd) = 0;
  virtual int raise(int fd, int bits) = 0;
  virtual int lower(int fd, int bits) = 0;
  virtual int read(int fd, int& bits) = 0;
  virtual void close(int fd) = 0;
};
SerialCalls& real_serial_calls();

/// One port and the levels that its lines are to have.
class SerialPort {
 public:
  SerialPort(std::string device, SerialCalls& calls) : device_(std::move(device)), calls_(calls) {}
  ~SerialPort() { close(); }
  SerialPort(const SerialPort&) = delete;
  SerialPort& operator=(const SerialPort&) = delete;

  /// Why it failed; "" = the line is as wanted. TIOCM_RTS or TIOCM_DTR.
  std::string set(int line, bool high);
  /// All lines as they are; nothing, and why, when they cannot be read. Only while it is open.
  std::optional<int> read(std::string& fault);
  bool is_open() const { return fd_ >= 0; }

 private:
  std::string fail(const char* doing, int error);
  std::string open();
  void close();

  std::string device_;
  SerialCalls& calls_;
  int fd_ = -1;
  int high_ = 0;  // bits that are to be high
};

class SerialKey final : public Key {
 public:
  SerialKey(std::shared_ptr<SerialPort> port, const wire::KeySetup& setup);
  void begin(Action action, Steady now) override;
  std::optional<Outcome> look(Steady now) override;
  bool tells(bool on) const override;

 private:
  Outcome ask();

  std::shared_ptr<SerialPort> port_;
  int line_;
  bool inverted_;
  int confirm_;  // TIOCM_CTS …; 0: nobody says
  bool on_ = false;
  std::optional<Outcome> outcome_;
};

}  // namespace loa::keyer
