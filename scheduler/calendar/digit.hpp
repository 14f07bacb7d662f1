// Letters of times and dates as machines write them.
#pragma once

namespace loa::calendar {

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace loa::calendar
