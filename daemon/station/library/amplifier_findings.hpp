// What stands in the way of an amplifier's key on this machine as it is now: no device, no right, a script that cannot
// start. Looks at files only; switches nothing.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "config/diagnostics.hpp"
#include "config/settings.hpp"

namespace loa::station {

/// The program of a `command` key: a path that does not begin with / begins at the station's folder.
std::filesystem::path command_of(const config::AmplifierKey& key, const std::filesystem::path& station);

/// Warnings: a USB adapter may be plugged in later. Blocks as long as the file system does.
void report_amplifiers(const std::vector<config::AmplifierKey>& keys, const std::filesystem::path& station,
                       config::Diagnostics& diagnostics);

}  // namespace loa::station
