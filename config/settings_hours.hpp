// Stretches of the day in station.yaml: what permitted_hours and soft_hours have in common, and soft_hours.
#pragma once

#include <vector>

#include "config/fields.hpp"
#include "config/settings.hpp"

namespace loa::config {

/// `from` and `until` of a row, both required. False when one is missing or wrong, or both are the same: it has been
/// said, then with `unclear` as what it would do on air.
bool read_span_of_day(Fields& fields, TimeOfDay& from, TimeOfDay& until, Text unclear);

/// `soft_hours` of `audio`: a list of rows, or one row. A wrong row is reported and left out.
std::vector<SoftHours> read_soft_hours(Fields& audio);

}  // namespace loa::config
