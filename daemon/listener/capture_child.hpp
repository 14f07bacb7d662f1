// The child of the listener that has the input, `loa-player --capture`: started, read, killed when it hangs or gives
// nothing, started again. A device may hang in any call, so nobody waits for it.
#pragma once

#include <poll.h>
#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "daemon/wire/listener_messages.hpp"

namespace loa::listener {

using Steady = std::chrono::steady_clock::time_point;

/// One thread.
class CaptureChild {
 public:
  static constexpr std::chrono::seconds kOpens{10};  // a device that opens no sooner hangs
  static constexpr std::chrono::seconds kGives{
      4};  // … and one that gives nothing for so long; it says so itself sooner
  static constexpr std::chrono::seconds kSeldomest{30};

  CaptureChild(std::filesystem::path player, std::string input);
  ~CaptureChild();
  CaptureChild(const CaptureChild&) = delete;
  CaptureChild& operator=(const CaptureChild&) = delete;

  void watch(std::vector<pollfd>& watched) const;
  /// When step() is due although nothing came.
  Steady look_at() const { return pid_ < 0 ? again_ : deadline_; }
  /// Starts and ends what is due; reads what has come. What became of the input, where that is news.
  std::optional<wire::InputEvent> step(Steady now);
  /// Mono, of the last step.
  std::span<const float> fresh() const { return fresh_; }
  /// Whether what comes continues what came before: false from the loss of the input on.
  bool open() const { return open_; }

 private:
  void start(Steady now);
  void read_sound();
  void read_news();
  std::optional<wire::InputEvent> end(wire::InputEvent::State state, std::string why, Steady now);
  void close_ends();
  void reap();

  std::filesystem::path player_;
  std::string input_;
  pid_t pid_ = -1;
  std::vector<pid_t> dying_;
  int sound_ = -1, news_ = -1;
  std::string said_;                // of a line
  std::vector<std::byte> partial_;  // of a sample
  std::vector<float> fresh_;
  std::optional<std::string> over_;  // it said that it ends, and why
  bool gone_ = false;                // its sound ended
  bool open_ = false;
  Steady deadline_{}, again_{};
  std::chrono::milliseconds back_off_{0};
  std::optional<wire::InputEvent> told_;
};

}  // namespace loa::listener
