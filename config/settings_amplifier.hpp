// The part of station.yaml that says how amplifiers are switched.
#pragma once

#include <vector>

#include "config/fields.hpp"
#include "config/settings.hpp"

namespace loa::config {

/// Reads `amplifier` of the file: one mapping or a list.
std::vector<AmplifierKey> read_amplifier(Fields& root);

}  // namespace loa::config
