// station.yaml as values. Field, meaning and default side by side.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "config/diagnostics.hpp"
#include "config/node.hpp"
#include "config/values.hpp"

namespace loa::config {

/// Outside these only `announce` sounds. until <= from means the next day.
struct PermittedHours {
  Days days;
  TimeOfDay from{std::chrono::hours(5)};
  TimeOfDay until{std::chrono::hours(21)};
  Span at;
};

/// A rule of the commune or the province, cited by its name. What is absent is not limited.
struct LimitRule {
  std::string name;
  std::optional<long long> sessions_per_day, minutes_per_session, minutes_per_day;
  Days days;
  std::vector<DateSpan> except;
  std::optional<Date> from, until;  // both days included
  bool enforce = false;             // a breach is an error, and kept silent on air
  Span at;
};

/// Everything but announcements is softer then. until <= from means the next day.
struct SoftHours {
  Days days;
  TimeOfDay from{};
  TimeOfDay until{};
  double gain = 0;  // dB, at most 0
  Span at;
};

struct AudioSettings {
  std::string device = "default";  // a name or part of it | default | none (keeps time, makes no sound)
  std::string second_device;       // used where the first is absent or lost; "" = none; never "none"
  std::string listen;     // input that hears the amplifier; a name or part of it, /path of a named pipe; "" = none
  Duration latency{0};    // correction for what the system does not report; positive: the sound comes later
  int channels = 1;       // 1 | 2; the rate is 48000
  double loudness = -16;  // LUFS of every clip as played (EBU R 128)
  double true_peak = -1;  // dBTP never exceeded
  std::vector<SoftHours> soft_hours;
};

/// One switch of what makes sound out of the PC's: an FM transmitter, an amplifier.
struct AmplifierKey {
  enum class Kind { serial, gpio, command };
  Kind kind = Kind::command;
  std::string device;     // serial: absolute path; gpio: the chip's name, path or label
  std::string line;       // serial: rts | dtr; gpio: number on the chip, or name
  std::string path;       // command: absolute, or from the station's folder
  bool inverted = false;  // serial, gpio: the line is low while it is on
  std::string confirm;    // "" | serial: cts | dsr | dcd; command: state: who says that it is really on
  Duration warm_up{0};    // 0 … kMostWarmUp, from switching on to sound
  Duration tail{0};       // 0 … kMostTail, from the last sound to switching off
  Span at;

  /// A reload changes nothing that begins within a minute: what is switched on earlier could be for nothing.
  static constexpr std::chrono::seconds kMostWarmUp{60};
  static constexpr std::chrono::minutes kMostTail{10};

  bool operator==(const AmplifierKey& other) const;  // but for its place
};

/// As rows and messages name it: "serial /dev/ttyUSB0 rts", "gpio gpiochip0 17", "command /opt/key.sh".
std::string name_of(const AmplifierKey& key);

struct StationSettings {
  std::string id;
  std::string name;
  std::string kind = "commune";               // province | commune | cluster | hamlet
  std::string timezone = "Asia/Ho_Chi_Minh";  // IANA; whether it exists is the calendar's to say
  Span timezone_at;
  std::optional<Language> language;  // absent: the locale decides
  std::vector<std::string> shared;   // folders, relative to the station's
  std::vector<Span> shared_at;
  bool shared_known = true;                     // false: a mistake stands in it or in its place
  std::vector<PermittedHours> permitted_hours;  // never empty after reading
  bool hours_known = true;                      // false: as above; nothing is to be concluded from the hours then
  std::vector<LimitRule> limits;
  std::optional<std::string> holidays;  // file of named holidays, relative to the station's folder; absent:
  Span holidays_at;                     // the list shipped with the program
  bool approval_required = false;       // `approval`: recordings sound only once somebody has approved them
  AudioSettings audio;
  std::vector<AmplifierKey> amplifier;  // in the order of switching on; without those of `key: none`
  /// When what tomorrow lacks is said, every day; nothing: never.
  std::optional<TimeOfDay> preflight = TimeOfDay{std::chrono::hours(16)};
};

/// From the tree of station.yaml (null: the file could not be read, which has been said); missing or wrong keys are
/// reported and keep their defaults.
StationSettings read_settings(const std::shared_ptr<const Node>& root, Diagnostics& diagnostics);

}  // namespace loa::config
