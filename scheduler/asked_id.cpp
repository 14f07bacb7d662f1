// Takes ids apart, piece by piece.
#include "scheduler/asked_id.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "scheduler/calendar/zone.hpp"

namespace loa::scheduler {

namespace {

namespace chr = std::chrono;
using config::TimeOfDay;

/// So many digits at `at`; nothing when others stand there.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  if (text.size() < at + count) return std::nullopt;
  int value = 0;
  const auto end = text.data() + at + count;
  const auto read = std::from_chars(text.data() + at, end, value);
  return read.ec == std::errc() && read.ptr == end && value >= 0 ? std::optional(value) : std::nullopt;
}

std::optional<TimeOfDay> time_in(std::string_view text) {
  if (text.size() != 4 && text.size() != 6) return std::nullopt;
  const auto hour = digits(text, 0, 2), minute = digits(text, 2, 2);
  const auto second = text.size() == 6 ? digits(text, 4, 2) : std::optional(0);
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  return TimeOfDay{chr::hours(*hour) + chr::minutes(*minute) + chr::seconds(*second)};
}

}  // namespace

std::optional<AskedId> parse_id(std::string_view id) {
  constexpr std::size_t kDate = std::string_view("2026-11-23").size();
  std::vector<std::string_view> parts;
  for (auto slash = id.find('/'); slash != id.npos; slash = id.find('/')) {
    parts.push_back(id.substr(0, slash));
    id.remove_prefix(slash + 1);
  }
  parts.push_back(id);
  if (parts.size() < 3 || parts.size() > 4) return std::nullopt;
  if (std::any_of(parts.begin(), parts.end(), [](auto part) { return part.empty(); })) return std::nullopt;
  const auto when = parts[1];
  if (when.size() <= kDate || when[kDate] != 'T') return std::nullopt;
  const auto date = calendar::parse_date(when.substr(0, kDate));
  const auto time = time_in(when.substr(kDate + 1));
  if (!date || !time) return std::nullopt;
  return AskedId{std::string(parts[0]), std::string(parts[2]), *date, *time,
                 parts.size() == 4 ? std::string(parts[3]) : std::string()};
}

}  // namespace loa::scheduler
