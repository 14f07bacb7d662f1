// loa-player as a real child process on the paced device: orders to it, events from it, and the WAV of what sounded.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

#include "daemon/wire/player_messages.hpp"
#include "tests/support/temp_dir.hpp"

namespace loa::test {

class PlayerProcess {
 public:
  /// "--fd N" and, unless `device` is given, the paced device into wav() are added.
  explicit PlayerProcess(const TempDir& folder, std::vector<std::string> words = {},
                         const std::string& device = "none");
  /// What `run` does with its socket in a child of its own, in the program's place; it returns the exit code.
  PlayerProcess(const TempDir& folder, const std::function<int(int fd)>& run);
  /// Kills it when it still runs.
  ~PlayerProcess();
  PlayerProcess(const PlayerProcess&) = delete;
  PlayerProcess& operator=(const PlayerProcess&) = delete;

  void say(const std::string& text);
  void order(const wire::Order& order) { say(wire::to_line(order)); }
  void open_gate();
  /// The daemon's side is gone.
  void hang_up();
  void signal(int number) const;

  /// Waits for the first event of all that `wanted` accepts (also one that has come already); a test failure when the
  /// player ends before.
  bool wait_for(const std::function<bool(const wire::Event&)>& wanted);
  bool wait_for_end_of(const std::string& id);
  /// Reads events until the player closes its side; returns its exit code, or minus the signal's number.
  int wait_for_exit();

  const std::vector<wire::Event>& events() const { return events_; }
  std::vector<wire::StartedEvent> started() const;
  std::vector<wire::EndedEvent> ended() const;
  std::string wav() const { return wav_; }

 private:
  void begin(const std::function<void(int fd)>& in_child);
  bool read_more();

  std::string wav_;
  pid_t child_ = -1;
  int socket_ = -1;
  std::string begun_;
  std::vector<wire::Event> events_;
};

/// Sample `frame` of the master `number`: exact in 16 bits, never quieter than a quarter of full scale.
float master_sample(int number, std::int64_t frame);
/// Writes a mono master of `frames` and returns its path.
std::string write_master(const TempDir& folder, int number, std::int64_t frames);
/// All samples of a mono WAV.
std::vector<float> read_wav(const std::string& path);
/// The instant `seconds` from now.
wire::Instant soon(double seconds);

}  // namespace loa::test
