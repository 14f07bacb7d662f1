// What daemon and keyer say to each other: one JSON object a line over a socket pair. The keyer knows neither plan nor
// sound: it is told what is to be on, again and again while anything is, and releases everything when it is told no
// more.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace loa::wire {

// --- daemon to keyer ---

/// One key, as the keyer turns it.
struct KeySetup {
  std::string kind;    // serial | gpio | command
  std::string device;  // serial: the port; gpio: the chip
  std::string line;    // serial: rts | dtr; gpio: number or name
  std::string path;    // command: absolute
  bool inverted = false;
  std::string confirm;  // "" | cts | dsr | dcd | state
  bool operator==(const KeySetup&) const = default;
};
/// The first order, once: the keys, in the order of switching on.
struct KeysOrder {
  std::vector<KeySetup> keys;
  bool operator==(const KeysOrder&) const = default;
};
/// What is to be on from now on, as many as there are keys; while any is on, good for kWantGood only: then all are
/// released.
struct WantOrder {
  std::vector<bool> on;
  bool operator==(const WantOrder&) const = default;
};
/// Switch all off, then exit 0.
struct ReleaseOrder {
  bool operator==(const ReleaseOrder&) const = default;
};
using KeyerOrder = std::variant<KeysOrder, WantOrder, ReleaseOrder>;

/// A daemon that is dead or stands still is silent: everything is off within 2 s, the time of a command in it.
inline constexpr std::chrono::milliseconds kWantGood{1500};
inline constexpr std::chrono::milliseconds kWantEvery{250};

// --- keyer to daemon ---

/// What became of a key. `key`: its place in KeysOrder.
struct KeyEvent {
  enum class What {
    done,       // it is as wanted
    failed,     // it could not be switched; it is tried again
    released,   // switched off because nothing was heard of the daemon
    disagrees,  // who confirms says the contrary of what it was switched to
    agrees,     // … and no longer
  };
  std::size_t key = 0;
  What what = What::done;
  bool on = false;   // what it was to be
  std::string note;  // why it failed
  bool operator==(const KeyEvent&) const = default;
};
/// The answer to each WantOrder: this process does not hang.
struct KeyerBeat {
  bool operator==(const KeyerBeat&) const = default;
};
using KeyerEvent = std::variant<KeyEvent, KeyerBeat>;

std::string to_line(const KeyerOrder& order);  // with its newline
std::string to_line(const KeyerEvent& event);
std::optional<KeyerOrder> keyer_order_from(std::string_view line);  // nothing for what is no such message
std::optional<KeyerEvent> keyer_event_from(std::string_view line);

}  // namespace loa::wire
