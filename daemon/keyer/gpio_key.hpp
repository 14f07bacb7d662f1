// A key on a line of a GPIO chip. The line is held from the first switching on, also while it is off: a line that
// nobody holds has the level that the driver likes.
#pragma once

#include <string>

#include "daemon/keyer/key.hpp"

namespace loa::keyer {

/// libgpiod, for tests to record. Each returns 0, a value or a handle, or minus errno.
class GpioCalls {
 public:
  virtual ~GpioCalls() = default;
  /// As an output that is `on` from the first moment; `inverted`: low means on.
  virtual int request(const std::string& chip, const std::string& line, bool inverted, bool on) = 0;
  virtual int set(int handle, bool on) = 0;
  virtual int get(int handle) = 0;  // 1: on
  virtual void release(int handle) = 0;
};
GpioCalls& real_gpio_calls();

class GpioKey final : public Key {
 public:
  GpioKey(GpioCalls& calls, const wire::KeySetup& setup);
  ~GpioKey() override;
  GpioKey(const GpioKey&) = delete;
  GpioKey& operator=(const GpioKey&) = delete;
  void begin(Action action, Steady now) override;
  std::optional<Outcome> look(Steady now) override;
  bool tells(bool) const override { return handle_ >= 0; }

 private:
  std::string set(bool on);
  std::string fail(int error);
  Outcome ask();

  GpioCalls& calls_;
  std::string chip_, line_;
  bool inverted_;
  int handle_ = -1;
  std::optional<Outcome> outcome_;
};

}  // namespace loa::keyer
