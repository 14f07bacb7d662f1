// A real `loa run` beside the test: started, asked, killed. Waiting is for conditions, with a deadline that only a
// failure reaches.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "tests/support/station_folder.hpp"

namespace loa::test {

class Daemon {
 public:
  /// `words`: what stands behind `run`. Its standard error is kept in a file.
  explicit Daemon(const StationFolder& station, std::vector<std::string> words = {});
  ~Daemon();
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  bool said(const std::string& words) const;
  /// Until it said so; false after the deadline or when it ended without.
  bool says(const std::string& words);
  /// Until the answer of `now --json` contains `words`.
  bool answers(const std::string& words);
  /// Waits for its end: exit code, or minus the signal.
  int wait();
  void signal(int number) const;
  std::string words() const;
  /// Its child of that name (the player); 0 when there is none.
  pid_t child(const std::string& name) const;

 private:
  bool until(const std::function<bool()>& condition);
  bool ended();

  const StationFolder& station_;
  std::filesystem::path log_;
  pid_t pid_ = -1;
  int status_ = -1;
};

/// Another `loa --station <this> words…` beside the test, until it ends or is killed.
class Beside {
 public:
  Beside(const StationFolder& station, std::vector<std::string> words);
  ~Beside();
  Beside(const Beside&) = delete;
  Beside& operator=(const Beside&) = delete;

  void signal(int number) const;
  /// Exit code, or minus the signal.
  int wait();
  /// Until it said so; false when it does not in time.
  bool says(const std::string& words) const;
  std::string words() const;

 private:
  std::filesystem::path log_;
  pid_t pid_ = -1;
};

/// "HH:MM:SS" in UTC, so many seconds from now.
std::string time_from_now(std::chrono::seconds ahead);

}  // namespace loa::test
