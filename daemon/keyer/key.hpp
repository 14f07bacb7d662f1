// One key: what can be switched on and off, and perhaps asked. Knows nothing of when.
#pragma once

#include <poll.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daemon/wire/keyer_messages.hpp"

namespace loa::keyer {

using Steady = std::chrono::steady_clock::time_point;

enum class Action { on, off, state };

struct Outcome {
  Action action = Action::off;
  std::string fault;       // why it failed; "" = done
  bool lost = false;       // state: what it was switched to may be gone; it has to be switched again
  std::optional<bool> on;  // state: what is confirmed; nothing: nobody says
};

/// One thread. Nothing here waits.
class Key {
 public:
  virtual ~Key() = default;
  /// What still runs is given up: killed.
  virtual void begin(Action action, Steady now) = 0;
  /// What became of it, once; nothing while it runs, or when nothing was begun.
  virtual std::optional<Outcome> look(Steady now) = 0;
  /// Until then look() has nothing by itself; nothing: as soon as there is something at its descriptors.
  virtual std::optional<Steady> look_at() const { return std::nullopt; }
  virtual void watch(std::vector<pollfd>&) const {}
  /// Whether asking for its state tells anything while it is `on`.
  virtual bool tells(bool on) const = 0;
};

/// The keys of an order, in its order; those of one device share it. With the machine's own calls.
std::vector<std::unique_ptr<Key>> make_keys(const std::vector<wire::KeySetup>& setups);

}  // namespace loa::keyer
