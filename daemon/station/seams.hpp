// The four seams of the daemon: Clock, Disk, PlayerLink, HubLink. Interfaces owned by their user, the conductor and the
// ledger; the real ones are thin, the simulated ones (tests, render, rehearse) put a year into seconds.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "daemon/wire/keyer_messages.hpp"
#include "daemon/wire/listener_messages.hpp"
#include "daemon/wire/player_messages.hpp"

namespace loa::station {

using wire::Frames;
using wire::Instant;
using Steady = std::chrono::nanoseconds;  // since an arbitrary moment; never steps

enum class Trust { trusted, holdover, suspect, virtual_ };
std::string_view name_of(Trust trust);

/// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::chrono::sys_time<std::chrono::nanoseconds> wall() const = 0;
  virtual Steady steady() const = 0;
  virtual Trust trust() const = 0;
  /// Whole seconds apart: nanoseconds times 48,000 would leave 64 bits after 2067, and a dead clock may say 2098.
  Instant now() const {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(wall());
    return Instant(seconds) + std::chrono::floor<Frames>(wall() - seconds);
  }
};

/// One append-only file. Errors are returned, never thrown. After a failed sync the descriptor must not be trusted
/// again.
class AppendFile {
 public:
  virtual ~AppendFile() = default;
  virtual std::error_code append(std::string_view bytes) = 0;
  virtual std::error_code sync() = 0;
  /// An error when the path that it was opened by no longer leads to it: somebody took it, or a folder above it, away.
  virtual std::error_code in_place() const { return {}; }
  /// All of it, also when its name is gone; nothing when that cannot be had.
  virtual std::optional<std::string> bytes() const { return std::nullopt; }
};

/// Ledger and state; paths are relative to state/.
class Disk {
 public:
  virtual ~Disk() = default;
  /// Opened for appending, made when absent (its directory is synced then); `size`: of what is there already.
  virtual std::unique_ptr<AppendFile> open(const std::string& path, std::error_code& error) = 0;
  virtual std::error_code truncate(const std::string& path, std::uint64_t size) = 0;
  virtual std::optional<std::string> read(const std::string& path, std::error_code& error) const = 0;
  /// Written beside, synced, renamed, directory synced: all or nothing.
  virtual std::error_code replace(const std::string& path, std::string_view bytes) = 0;
  virtual std::vector<std::string> list(const std::string& directory) const = 0;  // names, sorted; empty when absent
  virtual std::error_code remove(const std::string& path) = 0;
  /// An error while state/ by its name is another folder than this, or none.
  virtual std::error_code in_place() const { return {}; }
};

/// Towards the child that sounds. Sending never blocks and never fails visibly: what is not heard of again is the
/// conductor's to notice. Events come to the conductor on the main thread.
class PlayerLink {
 public:
  virtual ~PlayerLink() = default;
  virtual void send(const wire::Order& order) = 0;
  /// Kill it, whatever it does, and start another (after its back-off).
  virtual void restart() = 0;
};

/// Towards the child that switches amplifiers. Never blocks. What becomes of it comes to the conductor on the main
/// thread.
class KeyerLink {
 public:
  virtual ~KeyerLink() = default;
  /// Other keys than before end the child, which releases them all; none: there is no child.
  virtual void use(std::vector<wire::KeySetup> keys) = 0;
  /// What is to be on, as many as there are keys; repeated to the child by itself, and told to the next one.
  virtual void want(const std::vector<bool>& on) = 0;
};

/// Towards the child that listens to the amplifier. Never blocks. What becomes of it comes to the conductor on the main
/// thread.
class ListenerLink {
 public:
  virtual ~ListenerLink() = default;
  /// Another input than before ends the child; "": there is none.
  virtual void use(const std::string& input) = 0;
  virtual void send(const wire::ListenerOrder& order) = 0;
};

/// A recording made ready for playing: 48 kHz FLAC, levelled, limited.
struct Master {
  std::string path;  // absolute
  Frames frames{0};
  std::optional<double> loudness;  // LUFS as played
};

/// The masters in state/masters/. Main thread only; never blocks.
class MasterShelf {
 public:
  virtual ~MasterShelf() = default;
  /// Nothing while it is not made (see want) or cannot be made.
  virtual std::optional<Master> find(const std::string& sha256, double gain) const = 0;
};

/// Towards the parent station. `rows_until`: the ledger is durable up to this seq.
class HubLink {
 public:
  virtual ~HubLink() = default;
  virtual void rows_until(std::uint64_t seq) = 0;
  virtual std::string state() const = 0;  // for `now`: "none" | …
};

class NoHub final : public HubLink {
 public:
  void rows_until(std::uint64_t) override {}
  std::string state() const override { return "none"; }
};

}  // namespace loa::station
