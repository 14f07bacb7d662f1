// The main thread of loa-keyer: orders in, events out, and everything off in every end: the daemon's word, its silence
// for kWantGood, the end of its socket, SIGTERM.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daemon/keyer/key_runner.hpp"
#include "daemon/wire/socket_lines.hpp"

namespace loa::keyer {

class Keyer {
 public:
  using MakeKeys = std::function<std::vector<std::unique_ptr<Key>>(const std::vector<wire::KeySetup>&)>;

  /// How long a key waits for those before it, so that they are switched in their order …
  static constexpr std::chrono::milliseconds kTurn{1000};
  /// … and when nobody is there to want anything, who is to have all of them off within two seconds.
  static constexpr std::chrono::milliseconds kTurnReleased{200};
  /// How long the end waits for keys that are being switched off.
  static constexpr std::chrono::seconds kEnd{6};

  /// `fd`: the socket to the daemon.
  explicit Keyer(int fd, MakeKeys make = make_keys) : make_(std::move(make)), link_(fd) {}

  /// Until it is told to release, or nobody is there to tell; everything is off then, or was tried.
  void run();

 private:
  void wait(int signals);
  void obey(const std::string& line);
  void say_released();
  void release_all();
  void step(Steady now);
  void step_one(std::size_t number, Steady now, bool& turn);
  std::chrono::milliseconds patience() const;
  void send(const wire::KeyerEvent& event) { link_.send(wire::to_line(event)); }
  std::optional<Steady> look_at() const;
  bool over() const;

  MakeKeys make_;
  wire::SocketLines link_;
  std::vector<KeyRunner> runners_;
  std::optional<Steady> good_until_;  // while anything is wanted on
  std::optional<Steady> end_by_;      // it ends
  bool released_ = false;             // nobody has wanted anything since
};

}  // namespace loa::keyer
