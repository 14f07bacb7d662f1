// The command line of loa-player: it is started by programs, so wrong usage is only refused.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace loa::player {

struct Options {
  int fd = 3;                                       // the socket to the daemon
  std::string device = "default";                   // a name or part of it | default | none
  int channels = 1;                                 // 1 | 2
  std::chrono::nanoseconds latency{0};              // + = the sound comes later than the system says
  std::string out;                                  // WAV file of the paced device; "" = none
  bool resume = false;                              // the file goes on where a killed player left it
  bool prove_rate = false;                          // the device is not said to be open before it has kept time
  std::chrono::milliseconds open_patience{10'000};  // a device that opens no sooner hangs
  bool list_devices = false;
  std::string capture;              // an input: only passes on what it hears; none = silence, /… = a named pipe
  std::string pipe;                 // where to; with capture
  std::chrono::seconds silence{0};  // of what it hears, after which it ends; 0: silence is left alone
  bool awaits_sound = false;        // ready only when something is heard
};

/// Nothing on wrong usage.
std::optional<Options> read_options(int argc, char** argv);

}  // namespace loa::player
