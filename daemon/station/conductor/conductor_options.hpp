// What the conductor is given when it is built, and what its commands answer.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "config/text.hpp"
#include "daemon/station/conductor/announce_order.hpp"
#include "daemon/station/conductor/play_orders.hpp"
#include "daemon/station/library/snapshot.hpp"

namespace loa::station {

struct ConductorOptions {
  std::string device;                // the setting; named in rows until the player says how the device calls itself
  KeyerLink* keyer = nullptr;        // null: no amplifier is switched
  ListenerLink* listener = nullptr;  // null: nobody listens
  /// From state/plans/<hash>; null when it cannot be read.
  std::function<SnapshotPtr(const std::string& hash)> load;
  /// Into state/plans/<hash>, durable when it returns; called before the plan row.
  std::function<void(const Snapshot&)> keep;
  /// Of file `played.index` of play `number`, when its row is appended. Must not come back into the conductor.
  std::function<void(std::uint64_t number, const Played& played)> played;
  /// Of announcements: where their sound comes from (null: nothing is announced), the orders as they were kept, where
  /// they are kept (durable when it returns), and what becomes of them. Must not come back into the conductor.
  LiveSources* sources = nullptr;
  std::string orders{};
  std::function<void(const std::string& text)> keep_orders{};
  std::function<void(std::uint64_t number, const AnnounceNews& news)> announced{};
};

enum class Taken { accepted, unchanged, held };

/// What an operator's command did; the message is for the one who gave it.
struct Outcome {
  bool done = false;
  config::Text message;
};

}  // namespace loa::station
