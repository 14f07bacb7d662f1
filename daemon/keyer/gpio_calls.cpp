// The real calls on a GPIO line: libgpiod 1.6, which is heard of here alone.
#include <gpiod.h>

#include <cerrno>
#include <map>

#include "daemon/keyer/gpio_key.hpp"

namespace loa::keyer {

namespace {

int error_now() {
  return errno == 0 ? -ENODEV : -errno;
}

class RealGpioCalls final : public GpioCalls {
 public:
  int request(const std::string& chip, const std::string& line, bool inverted, bool on) override {
    errno = 0;
    gpiod_chip* opened = gpiod_chip_open_lookup(chip.c_str());
    if (opened == nullptr) return error_now();
    errno = 0;
    gpiod_line* found = find(opened, line);
    const int flags = inverted ? GPIOD_LINE_REQUEST_FLAG_ACTIVE_LOW : 0;
    if (found == nullptr || gpiod_line_request_output_flags(found, "loa", flags, on ? 1 : 0) != 0) {
      const int error = error_now();
      gpiod_chip_close(opened);
      return error;
    }
    lines_[next_] = {opened, found};
    return next_++;
  }
  int set(int handle, bool on) override {
    return gpiod_line_set_value(lines_.at(handle).line, on ? 1 : 0) == 0 ? 0 : error_now();
  }
  int get(int handle) override {
    const int value = gpiod_line_get_value(lines_.at(handle).line);
    return value >= 0 ? value : error_now();
  }
  void release(int handle) override {
    gpiod_line_release(lines_.at(handle).line);
    gpiod_chip_close(lines_.at(handle).chip);
    lines_.erase(handle);
  }

 private:
  struct Line {
    gpiod_chip* chip = nullptr;
    gpiod_line* line = nullptr;
  };

  static gpiod_line* find(gpiod_chip* chip, const std::string& line) {
    if (line.find_first_not_of("0123456789") != std::string::npos) return gpiod_chip_find_line(chip, line.c_str());
    return gpiod_chip_get_line(chip, static_cast<unsigned>(std::stoul(line)));
  }

  std::map<int, Line> lines_;
  int next_ = 0;
};

}  // namespace

GpioCalls& real_gpio_calls() {
  static RealGpioCalls calls;
  return calls;
}

}  // namespace loa::keyer
