// What daemon and listener say to each other: one JSON object a line over a socket pair. The listener knows masters and
// an input; it must know neither plan nor verdicts.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "daemon/wire/heard.hpp"
#include "daemon/wire/playout_messages.hpp"

namespace loa::wire {

// --- daemon to listener ---

/// An item began, or went on after a loss: `frames` of `master` from `offset` on.
struct SoundsOrder {
  std::string id;
  std::string master;  // absolute path
  Frames offset{0}, frames{0};
  std::chrono::nanoseconds at{0};  // when its first frame is heard, CLOCK_BOOTTIME
  bool operator==(const SoundsOrder&) const = default;
};
/// What the last SoundsOrder of it told of is over, after so many frames.
struct OverOrder {
  std::string id;
  Frames played{0};
  bool operator==(const OverOrder&) const = default;
};
/// All of it is over: was it heard? Each is answered by one HeardEvent.
struct AskOrder {
  std::string id;
  bool operator==(const AskOrder&) const = default;
};
using ListenerOrder = std::variant<SoundsOrder, OverOrder, AskOrder>;

// --- listener to daemon ---

/// `heard`: nothing = it cannot be said.
struct HeardEvent {
  std::string id;
  std::optional<HeardSound> heard;
  bool operator==(const HeardEvent&) const = default;
};
struct InputEvent {
  enum class State { open, absent, lost };
  State state = State::absent;
  std::string note;  // why not
  bool operator==(const InputEvent&) const = default;
};
/// Every second: it does not hang.
struct ListenerBeat {
  bool operator==(const ListenerBeat&) const = default;
};
using ListenerEvent = std::variant<HeardEvent, InputEvent, ListenerBeat>;

std::string_view name_of(InputEvent::State state);

std::string to_line(const ListenerOrder& order);  // with its newline
std::string to_line(const ListenerEvent& event);
std::optional<ListenerOrder> listener_order_from(std::string_view line);  // nothing for what is no such message
std::optional<ListenerEvent> listener_event_from(std::string_view line);

}  // namespace loa::wire
