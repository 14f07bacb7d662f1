// What daemon and player say to each other: one JSON object a line over a socket pair. Orders are idempotent by
// (id, attempt); a repeated one changes nothing. The player knows neither plan nor network.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace loa::wire {

using Frames = std::chrono::duration<std::int64_t, std::ratio<1, 48000>>;
/// On the wire: whole frames since 1970-01-01T00:00:00Z, a JSON integer.
using Instant = std::chrono::time_point<std::chrono::system_clock, Frames>;

// --- daemon to player ---

/// Sound `frames` of `master` from `offset`; the first frame belongs to the instant anchor + at. All orders with one
/// anchor are chained by frame count: the anchor is tied to a device frame once, shortly before its first order sounds.
/// A later start cuts an earlier sound. When the instant has passed, the player begins at once at the matching place
/// (so nothing moves): the missed frames are not played.
struct PlayOrder {
  std::string id;
  std::uint32_t attempt = 1;
  std::string master;  // absolute path of a 48 kHz FLAC master
  Instant anchor;
  Frames at{0};
  Frames offset{0};
  Frames frames{0};
  Frames fade{0};                // fade-out that ends with the order's last frame; 0 = none
  bool heeds_soft_hours = true;  // false: an announcement, never softened
  /// A named pipe that carries 48 kHz float PCM in as many channels as the player has, instead of a master; the player
  /// keeps its true peak under `peak` (dBTP). `frames` is the most that may sound: it ends where its writer does.
  std::string live{};
  bool keeps_time = false;  // live: what comes has a clock of its own (an input, a network stream)
  bool at_once = false;     // live: begins when something has come, not before its instant; nothing is left out
  bool announce = false;    // passes the gate; nothing else does
  double peak = -1;
  bool operator==(const PlayOrder&) const = default;
};
/// Forget it, or end it with a fade when it sounds already. Unknown ones are ignored.
struct CancelOrder {
  std::string id;
  std::uint32_t attempt = 1;
  Frames fade{480};
  bool operator==(const CancelOrder&) const = default;
};
/// Only within these instants may anything sound; outside, zero samples. Within those of `soft` it is softer. Closes by
/// itself `good_for` after it came (counted in device frames, so a clock step cannot stretch it).
struct GateOrder {
  struct Interval {
    Instant from, until;
    bool operator==(const Interval&) const = default;
  };
  /// The softest counts where some overlap; the level changes within a second before and after.
  struct Soft {
    Instant from, until;
    double gain = 0;  // dB, -60 … 0
    bool operator==(const Soft&) const = default;
  };
  std::vector<Interval> open;
  Frames good_for{48000 * 10};
  std::vector<Soft> soft{};
  bool operator==(const GateOrder&) const = default;
};
/// Fade out what sounds, close the device, exit 0.
struct QuitOrder {
  bool operator==(const QuitOrder&) const = default;
};

using Order = std::variant<PlayOrder, CancelOrder, GateOrder, QuitOrder>;

// --- player to daemon ---

/// How the daemon notes that what should sound leaves the device as silence; the id follows.
inline constexpr std::string_view kNothingHeard = "silent: nothing is heard of ";
/// How the daemon explains that it ended a player of the second device.
inline constexpr std::string_view kFirstIsBack = "the first sound device is back";

/// How the note of a device begins that does not take 48,000 frames a second; what it takes follows. The next player is
/// started with --prove-rate then.
inline constexpr std::string_view kKeepsNoTime = "does not keep time, frames a second instead of 48000: ";

/// The device is open and takes frames (`open`), or could not be opened or went away (the player exits after `absent`
/// or `lost`; a fresh process sees a fresh device list).
struct DeviceEvent {
  std::string state;  // open | absent | lost
  std::string name;   // as rows and `devices` show it; "none" for the paced one
  std::string note;
  double latency_ms = 0;
  bool second = false;  // it is the station's second device: the daemon's own, not on the wire
};
/// Every 100 ms while something sounds, else every second, and once before `lost`; with --prove-rate also before
/// `open`. No beat for 2 s while the daemon was there to hear it: hung.
struct BeatEvent {
  std::int64_t taken = 0;  // frames the device took since the stream began; must move
  std::int64_t underruns = 0;
  Instant heard;   // the instant whose sound leaves the device now
  std::string id;  // what sounds; "" = silence
  std::uint32_t attempt = 0;
  Frames played{0};  // of it, that the device took
  bool gate_open = false;
  Frames silent{0};  // so long nothing is heard of what should be, from 3 s on; else 0
};
/// The device took its first frame. start_error = (instant at which that frame is heard) - (its planned instant); +
/// late.
struct StartedEvent {
  std::string id;
  std::uint32_t attempt = 0;
  Instant at;
  std::chrono::nanoseconds error{0};
};
enum class EndCause { whole, cut, cancelled, gate, underrun, unreadable };
/// The device took its last frame. `played`: frames of it that really went out as sound (gate-closed and underrun ones
/// do not count).
struct EndedEvent {
  std::string id;
  std::uint32_t attempt = 0;
  Instant at;
  Frames played{0};
  EndCause cause = EndCause::whole;
  std::string note;
};

using Event = std::variant<DeviceEvent, BeatEvent, StartedEvent, EndedEvent>;

std::string to_line(const Order& order);  // with its newline
std::string to_line(const Event& event);
std::optional<Order> order_from(std::string_view line);  // nothing for what is no such message
std::optional<Event> event_from(std::string_view line);

}  // namespace loa::wire
