// Players of others on the same JACK server, started as their users start them: at the instant, by a command.
#pragma once

#include <memory>
#include <string>

#include "tests/bench/jack_rig/server.hpp"

namespace loa::bench {

class Peer {
 public:
  virtual ~Peer() = default;
  virtual std::string name() const = 0;
  /// Sounds the file from its beginning, once, now.
  virtual void start() = 0;
  /// Makes ready for the next start, while it is silent.
  virtual void rewind() = 0;
};

/// `file` is what they play; `card` the JACK client that hears them; `folder` is theirs. Null when the program is not
/// there or does not come up.
std::unique_ptr<Peer> start_mpd(const std::string& folder, const std::string& file, const std::string& card);
std::unique_ptr<Peer> start_mpv(const std::string& folder, const std::string& file, const std::string& card);

}  // namespace loa::bench
