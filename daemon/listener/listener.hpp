// The listener's loop: orders from the daemon and sound from the input go into audio::Listening, its answers go back.
#pragma once

#include <filesystem>
#include <string>

#include "audio/listening.hpp"
#include "daemon/listener/capture_child.hpp"
#include "daemon/wire/listener_messages.hpp"
#include "daemon/wire/socket_lines.hpp"

namespace loa::listener {

/// One thread. Ends when the daemon's end of the socket is closed.
class Listener {
 public:
  /// `fd`: the socket; `player`: the program that has the input.
  Listener(int fd, const std::filesystem::path& player, const std::string& input)
      : link_(fd), capture_(player, input) {}
  void run();

 private:
  void wait();
  void obey(const wire::ListenerOrder& order);
  void listen();
  void say(const wire::ListenerEvent& event);

  wire::SocketLines link_;
  CaptureChild capture_;
  audio::Listening listening_;
  bool hears_ = false;
  Steady beat_{}, stepped_{};
};

}  // namespace loa::listener
