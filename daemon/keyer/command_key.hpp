// A key that a program turns: it is run with the word on, off or state. One that hangs is killed.
#pragma once

#include <sys/types.h>

#include <string>

#include "daemon/keyer/key.hpp"

namespace loa::keyer {

class CommandKey final : public Key {
 public:
  static constexpr std::chrono::seconds kSwitchLimit{5};
  static constexpr std::chrono::seconds kStateLimit{2};

  /// `path`: absolute. `tells`: it may be called with the word state, and answers with the word on or off.
  CommandKey(std::string path, bool tells) : path_(std::move(path)), tells_(tells) {}
  ~CommandKey() override;
  CommandKey(const CommandKey&) = delete;
  CommandKey& operator=(const CommandKey&) = delete;

  void begin(Action action, Steady now) override;
  std::optional<Outcome> look(Steady now) override;
  std::optional<Steady> look_at() const override;
  void watch(std::vector<pollfd>& watched) const override;
  bool tells(bool) const override { return tells_; }

 private:
  std::string start(const char* word);
  void drain();
  void give_up();
  Outcome ended(int code, int status) const;

  std::string path_;
  bool tells_;
  Action action_ = Action::off;
  pid_t pid_ = -1;
  int pidfd_ = -1, output_ = -1;
  Steady limit_;
  std::string said_;
  std::string not_started_;   // why it could not be
  std::vector<pid_t> dying_;  // killed, not yet gone
};

}  // namespace loa::keyer
