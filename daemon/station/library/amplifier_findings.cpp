#include "daemon/station/library/amplifier_findings.hpp"

#include <unistd.h>

#include <fstream>
#include <utility>

namespace loa::station {

namespace {

namespace fs = std::filesystem;
using config::AmplifierKey;
using config::msg;
using config::Text;

/// What stands in a key's way.
struct KeyObstacle {
  enum class What { nothing, absent, rights, script };
  What what = What::nothing;
  Text message;
  Text hint;
};

KeyObstacle device_obstacle(const AmplifierKey& key, const fs::path& device) {
  std::error_code error;
  const bool serial = key.kind == AmplifierKey::Kind::serial;
  const bool there = fs::is_character_file(device, error);
  if (!there && fs::exists(device, error)) {
    return {KeyObstacle::What::absent, msg("{0} is no device", device.string()),
            msg("write the device that the amplifier hangs on")};
  }
  if (!there) {
    return {KeyObstacle::What::absent, msg("{0} is not there now", device.string()),
            serial ? msg("plug in the adapter, or see with `ls /dev/ttyUSB* /dev/ttyACM* /dev/ttyS*` what it is called")
                   : msg("see with `gpiodetect` what the chip is called")};
  }
  if (::access(device.c_str(), R_OK | W_OK) == 0) return {};
  return {KeyObstacle::What::rights, msg("this user may not use {0}", device.string()),
          serial ? msg("add the user that runs Loa to the group dialout: sudo adduser USER dialout")
                 : msg("give the user that runs Loa the right to read and write it")};
}

/// Notepad ends lines with two bytes; the system then looks for an interpreter whose name ends with the first of them.
bool has_windows_line_end(const fs::path& program) {
  std::ifstream in(program, std::ios::binary);
  char begin[256]{};
  in.read(begin, sizeof begin);
  const std::string_view first(begin, static_cast<std::size_t>(in.gcount()));
  const auto end = first.find('\n');
  return first.starts_with("#!") && end != std::string_view::npos && first[end - 1] == '\r';
}

KeyObstacle command_obstacle(const fs::path& program) {
  std::error_code error;
  if (!fs::exists(program, error)) {
    return {KeyObstacle::What::absent, msg("the program {0} is not there", program.string()),
            msg("write its whole path, without words behind it; a path without / in front begins at the "
                "station's folder")};
  }
  if (!fs::is_regular_file(program, error)) {
    return {KeyObstacle::What::absent, msg("{0} is no program", program.string()), msg("write the path of a program")};
  }
  if (::access(program.c_str(), X_OK) != 0) {
    return {KeyObstacle::What::rights, msg("{0} may not be run as a program", program.string()),
            msg("make it executable: chmod +x {0}", program.string())};
  }
  if (!has_windows_line_end(program)) return {};
  return {KeyObstacle::What::script, msg("{0} was saved with the line ends of Windows", program.string()),
          msg("save it with Unix line ends (LF), or: sed -i 's/\\r$//' {0}", program.string())};
}

KeyObstacle obstacle_of(const AmplifierKey& key, const fs::path& station) {
  switch (key.kind) {
    case AmplifierKey::Kind::serial:
      return device_obstacle(key, key.device);
    case AmplifierKey::Kind::gpio:
      // By its number or label only the chips themselves know it.
      if (key.device.starts_with("gpiochip") || key.device.starts_with('/'))
        return device_obstacle(key, fs::path("/dev") / key.device);
      return {};
    case AmplifierKey::Kind::command:
      break;
  }
  return command_obstacle(command_of(key, station));
}

config::Diagnostic& warn_of(const KeyObstacle& obstacle, const AmplifierKey& key, config::Diagnostics& diagnostics) {
  if (obstacle.what == KeyObstacle::What::absent) {
    return diagnostics.warning("amplifier-absent", key.at, obstacle.message);
  }
  if (obstacle.what == KeyObstacle::What::rights) {
    return diagnostics.warning("amplifier-rights", key.at, obstacle.message);
  }
  return diagnostics.warning("amplifier-script", key.at, obstacle.message);
}

}  // namespace

fs::path command_of(const AmplifierKey& key, const fs::path& station) {
  return (fs::absolute(station) / key.path).lexically_normal();
}

void report_amplifiers(const std::vector<AmplifierKey>& keys, const fs::path& station,
                       config::Diagnostics& diagnostics) {
  for (const auto& key : keys) {
    auto obstacle = obstacle_of(key, station);
    if (obstacle.what == KeyObstacle::What::nothing) continue;
    warn_of(obstacle, key, diagnostics)
        .would(msg("the amplifier would not be switched on, and nothing would be heard"))
        .mend(std::move(obstacle.hint));
  }
}

}  // namespace loa::station
