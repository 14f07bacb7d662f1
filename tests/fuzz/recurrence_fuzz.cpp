// Any text as a recurrence rule: it is refused at a place within it, or written and read again as the same rule, and
// its occurrences ascend, lie within the question and are found one by one as well.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "scheduler/calendar/recurrence.hpp"

namespace {

using namespace loa::calendar;  // a program of one file
namespace chr = std::chrono;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_refusal(const RecurrenceError& error, std::string_view text) {
  require(error.begin <= error.end && error.end <= text.size());
  require(!error.section.empty());
  require(error.reason != RecurrenceError::Reason::out_of_range || error.low <= error.high);
}

void check_occurrences(const Recurrence& recurrence, LocalTime from, LocalTime to) {
  const auto found = recurrence.between(from, to, 40);
  require(std::adjacent_find(found.begin(), found.end(), std::greater_equal<>()) == found.end());
  for (const auto at : found) require(at >= from && at < to && at >= recurrence.dtstart() && recurrence.occurs(at));
  if (found.size() > 1) require(recurrence.next(found[0] + chr::seconds(1)) == found[1]);
}

}  // namespace

/// The first four bytes choose DTSTART (in the years 68 to 8370), the rest is the text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Zone zone = Zone::find("America/New_York").value();
  if (size < 4) return 0;
  std::int64_t seconds = 0;
  for (int i = 0; i < 4; ++i) seconds = seconds * 256 + data[i];
  const std::string_view text(reinterpret_cast<const char*>(data) + 4, size - 4);
  const auto answer = parse_recurrence(text);
  if (const auto* error = std::get_if<RecurrenceError>(&answer)) {
    check_refusal(*error, text);
    return 0;
  }
  const auto& rule = std::get<RecurrenceRule>(answer);
  const auto again = parse_recurrence(to_string(rule));
  require(std::get<RecurrenceRule>(again) == rule);
  const LocalTime dtstart(chr::seconds{seconds * 61 - 60'000'000'000});
  const Recurrence recurrence(rule, dtstart, zone);
  check_occurrences(recurrence, dtstart, dtstart + chr::days(800));
  check_occurrences(recurrence, dtstart + chr::days(10'000), dtstart + chr::days(10'040));
  return 0;
}
