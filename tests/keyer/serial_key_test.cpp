// Keys on a serial port: each call on recorded ones, and what a pty says that has no lines.
#include "daemon/keyer/serial_key.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>

namespace loa::keyer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class RecordedSerialCalls final : public SerialCalls {
 public:
  int open(const std::string& device) override {
    said.push_back("open " + device);
    if (open_error != 0) return -open_error;
    level = TIOCM_RTS | TIOCM_DTR;  // as Linux does
    return 7;
  }
  int prepare(int) override {
    said.emplace_back("prepare");
    return prepare_error == 0 ? 0 : -prepare_error;
  }
  int raise(int, int bits) override { return change("raise " + names(bits), level | bits); }
  int lower(int, int bits) override { return change("lower " + names(bits), level & ~bits); }
  int read(int, int& bits) override {
    bits = level | input;
    return error == 0 ? 0 : -error;
  }
  void close(int) override {
    said.emplace_back("close");
    level = 0;  // HUPCL
  }

  std::vector<std::string> take() { return std::exchange(said, {}); }

  std::vector<std::string> said;
  int level = 0, input = 0;
  int open_error = 0, prepare_error = 0, error = 0;

 private:
  static std::string names(int bits) {
    return std::string((bits & TIOCM_RTS) != 0 ? "R" : "") + ((bits & TIOCM_DTR) != 0 ? "D" : "");
  }
  int change(std::string words, int to) {
    said.push_back(std::move(words));
    if (error != 0) return -error;
    level = to;
    return 0;
  }
};

struct SerialRig {
  explicit SerialRig(wire::KeySetup setup = {"serial", "/dev/ttyUSB0", "rts", "", false, ""})
      : port(std::make_shared<SerialPort>("/dev/ttyUSB0", calls)), key(port, setup) {}
  Outcome turn(Key& which, Action action) {
    which.begin(action, {});
    return which.look({}).value();
  }
  Outcome turn(Action action) { return turn(key, action); }

  RecordedSerialCalls calls;
  std::shared_ptr<SerialPort> port;
  SerialKey key;
};

TEST(SerialKey, HoldsThePortOnlyWhileItsLineIsHigh) {
  SerialRig rig;
  EXPECT_EQ(rig.turn(Action::off).fault, "");
  EXPECT_THAT(rig.calls.take(), IsEmpty()) << "opening would raise the lines for a moment";
  EXPECT_EQ(rig.turn(Action::on).fault, "");
  EXPECT_THAT(rig.calls.take(), ElementsAre("open /dev/ttyUSB0", "prepare", "lower D", "raise R"));
  EXPECT_EQ(rig.turn(Action::off).fault, "");
  EXPECT_THAT(rig.calls.take(), ElementsAre("lower R", "close"));
}

TEST(SerialKey, AnInvertedLineIsHighWhileItIsOff) {
  SerialRig rig({"serial", "/dev/ttyUSB0", "dtr", "", true, ""});
  rig.turn(Action::off);
  EXPECT_THAT(rig.calls.take(), ElementsAre("open /dev/ttyUSB0", "prepare", "lower R", "raise D"));
  rig.turn(Action::on);
  EXPECT_THAT(rig.calls.take(), ElementsAre("lower D", "close"));
}

TEST(SerialKey, TwoLinesOfOnePortAreTheirOwn) {
  SerialRig rig;
  SerialKey other(rig.port, {"serial", "/dev/ttyUSB0", "dtr", "", false, ""});
  rig.turn(Action::on);
  rig.turn(other, Action::on);
  EXPECT_EQ(rig.calls.level, TIOCM_RTS | TIOCM_DTR);
  rig.turn(other, Action::off);
  EXPECT_EQ(rig.calls.level, TIOCM_RTS);
  rig.turn(Action::off);
  EXPECT_FALSE(rig.port->is_open());
}

TEST(SerialKey, AnAdapterThatIsPulledOutIsSaidAndOpenedAnew) {
  SerialRig rig;
  rig.turn(Action::on);
  rig.calls.error = EIO;
  const auto asked = rig.turn(Action::state);
  EXPECT_TRUE(asked.lost);
  EXPECT_THAT(asked.fault, HasSubstr("cannot read /dev/ttyUSB0: Input/output error"));
  rig.calls.open_error = ENOENT;
  EXPECT_EQ(rig.turn(Action::on).fault, "cannot open /dev/ttyUSB0: No such file or directory");
  rig.calls.open_error = rig.calls.error = 0;
  EXPECT_EQ(rig.turn(Action::on).fault, "");
  EXPECT_EQ(rig.calls.level, TIOCM_RTS);
}

TEST(SerialKey, TellsWhatTheInputLineConfirms) {
  SerialRig rig({"serial", "/dev/ttyUSB0", "rts", "", false, "cts"});
  rig.turn(Action::on);
  EXPECT_EQ(rig.turn(Action::state).on, false);
  rig.calls.input = TIOCM_CTS;
  EXPECT_EQ(rig.turn(Action::state).on, true);
  rig.calls.level = 0;  // somebody else's doing
  const auto asked = rig.turn(Action::state);
  EXPECT_TRUE(asked.lost);
  EXPECT_EQ(asked.fault, "another program has switched the line");
}

TEST(SerialKey, APortOfNoLinesIsSaidClearly) {
  const int master = ::posix_openpt(O_RDWR | O_NOCTTY);
  ASSERT_GE(master, 0);
  ASSERT_EQ(::grantpt(master), 0);
  ASSERT_EQ(::unlockpt(master), 0);
  const std::string device = ::ptsname(master);
  const auto port = std::make_shared<SerialPort>(device, real_serial_calls());
  SerialKey key(port, {"serial", device, "rts", "", false, ""});
  key.begin(Action::on, {});
  EXPECT_THAT(key.look({}).value().fault, HasSubstr(device + " has no lines that can be switched"));
  EXPECT_FALSE(port->is_open());
  ::close(master);
}

}  // namespace
}  // namespace loa::keyer
