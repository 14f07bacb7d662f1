// A key on a GPIO line, on recorded calls; the machine of the tests has no chip, which the real ones say.
#include "daemon/keyer/gpio_key.hpp"

#include <gmock/gmock.h>

#include <cerrno>

namespace loa::keyer {
namespace {

using testing::ElementsAre;

class RecordedGpioCalls final : public GpioCalls {
 public:
  int request(const std::string& chip, const std::string& line, bool inverted, bool on) override {
    said.push_back("request " + chip + " " + line + (inverted ? " inverted" : "") + (on ? " on" : " off"));
    return request_error == 0 ? 3 : -request_error;
  }
  int set(int handle, bool on) override {
    said.push_back("set " + std::to_string(handle) + (on ? " on" : " off"));
    return 0;
  }
  int get(int) override { return value; }
  void release(int handle) override { said.push_back("release " + std::to_string(handle)); }

  std::vector<std::string> said;
  int value = 0, request_error = 0;
};

Outcome turned(GpioKey& key, Action action) {
  key.begin(action, {});
  return key.look({}).value();
}

TEST(GpioKey, RequestsItsLineOnceWithTheRightValueAndHoldsIt) {
  RecordedGpioCalls calls;
  {
    GpioKey key(calls, {"gpio", "gpiochip0", "17", "", true, ""});
    EXPECT_EQ(turned(key, Action::off).fault, "");
    EXPECT_EQ(turned(key, Action::on).fault, "");
    EXPECT_EQ(turned(key, Action::off).fault, "");
  }
  EXPECT_THAT(calls.said, ElementsAre("request gpiochip0 17 inverted off", "set 3 on", "set 3 off", "release 3"));
}

TEST(GpioKey, TellsTheLinesOwnValue) {
  RecordedGpioCalls calls;
  GpioKey key(calls, {"gpio", "gpiochip0", "17", "", false, ""});
  turned(key, Action::on);
  EXPECT_EQ(turned(key, Action::state).on, false);
  calls.value = 1;
  EXPECT_EQ(turned(key, Action::state).on, true);
  calls.value = -EIO;
  EXPECT_TRUE(turned(key, Action::state).lost);
  EXPECT_EQ(calls.said.back(), "release 3");
}

TEST(GpioKey, SaysWhoHoldsTheLineAndWhatIsNotThere) {
  RecordedGpioCalls calls;
  calls.request_error = EBUSY;
  GpioKey key(calls, {"gpio", "gpiochip0", "17", "", false, ""});
  EXPECT_EQ(turned(key, Action::on).fault, "line 17 of gpiochip0 is held by another program");
  GpioKey real(real_gpio_calls(), {"gpio", "loa-no-such-chip", "17", "", false, ""});
  EXPECT_THAT(turned(real, Action::on).fault, testing::StartsWith("cannot switch line 17 of loa-no-such-chip: "));
}

}  // namespace
}  // namespace loa::keyer
