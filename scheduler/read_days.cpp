// Days that the operator names, made ready to be told: their holidays found, their recurrence rules read.
#include <algorithm>

#include "config/fields.hpp"
#include "config/value_shape.hpp"
#include "scheduler/read_parts.hpp"

namespace loa::scheduler {

using config::Diagnostics;
using config::msg;

namespace {

std::string joined(const std::vector<std::string>& names) {
  constexpr std::size_t most = 12;
  std::string list;
  for (std::size_t i = 0; i < std::min(most, names.size()); ++i) list += (i == 0 ? "" : ", ") + names[i];
  return names.size() > most ? list + " …" : list;
}

/// The one holiday whose name begins with it ("tet-nguyen" of "tet-nguyen-dan"), else the nearest spelling.
std::string holiday_meant(const std::string& word, const std::vector<std::string>& names) {
  const auto id = config::id_like(word);
  const auto begins = [&](const std::string& name) { return !id.empty() && name.starts_with(id + '-'); };
  if (std::count_if(names.begin(), names.end(), begins) == 1) return *std::find_if(names.begin(), names.end(), begins);
  return config::nearest(word, names);
}

void check_holidays(const std::vector<DateSpan>& dates, const DayContext& context, Diagnostics& diagnostics) {
  if (!context.holidays_known) return;
  const auto& holidays = *context.holidays;
  for (const auto& span : dates) {
    if (span.kind != DateSpan::Kind::holiday || holidays.contains(span.holiday)) continue;
    std::vector<std::string> names;
    for (const auto& [id, holiday] : holidays) names.push_back(id);
    const auto near = holiday_meant(span.holiday, names);
    diagnostics.error("unknown-holiday", span.at, msg("there is no holiday “{0}”", span.holiday))
        .would(msg("on which days it plays is not known, so it cannot be planned"))
        .mend(near.empty() ? msg("name one of the list of holidays ({0}), or add it there (“holidays” in station.yaml)",
                                 joined(names))
                           : config::write_this("holiday:" + near));
  }
}

}  // namespace

DaySet day_set(Days words, const DayContext& context, Diagnostics& diagnostics) {
  check_holidays(words.dates, context, diagnostics);
  auto rule = words.form == Days::Form::rrule ? read_rule(words, context, diagnostics) : nullptr;
  return DaySet{std::move(words), context.holidays, std::move(rule)};
}

DaySet day_set(std::vector<DateSpan> dates, const DayContext& context, Diagnostics& diagnostics) {
  check_holidays(dates, context, diagnostics);
  return set_of(std::move(dates), context.holidays);
}

}  // namespace loa::scheduler
