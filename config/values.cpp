// The values themselves: how they are written back. Must not know YAML.
#include "config/values.hpp"

#include <fmt/format.h>

namespace loa::config {
std::string to_string(TimeOfDay time) {
  const auto total = time.since_midnight.count();
  const auto hours = total / 3600, minutes = total / 60 % 60, seconds = total % 60;
  if (seconds == 0) return fmt::format("{:02}:{:02}", hours, minutes);
  return fmt::format("{:02}:{:02}:{:02}", hours, minutes, seconds);
}

std::string to_string(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string to_string(Duration duration) {
  auto left = duration.count();
  std::string words = left < 0 ? "-" : "";
  if (left < 0) left = -left;
  const auto add = [&](std::int64_t size, const char* unit) {
    if (left >= size) words += fmt::format("{}{}", left / size, unit);
    left %= size;
  };
  add(3'600'000, "h");
  add(60'000, "min");
  add(1'000, "s");
  add(1, "ms");
  return words.empty() ? "0s" : words;
}

}  // namespace loa::config
