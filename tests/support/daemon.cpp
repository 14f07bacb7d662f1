#include "tests/support/daemon.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <utility>

namespace loa::test {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds kDeadline{60};

#ifdef LOA_SANITIZED
constexpr int kBetweenQuestions = 400;  // ms; each is a process, and masters are made at a low priority
#else
constexpr int kBetweenQuestions = 40;
#endif

void pause_a_moment(int milliseconds = 20) {
  pollfd nothing{};
  ::poll(&nothing, 0, milliseconds);
}

int next_number() {
  static int number = 0;
  return ++number;
}

pid_t start(std::vector<std::string> words, const fs::path& log) {
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const pid_t pid = ::fork();
  if (pid != 0) return pid;
  const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  ::dup2(out, 1);
  ::dup2(out, 2);
  ::execv(argv[0], argv.data());
  ::_exit(127);
}

}  // namespace

Daemon::Daemon(const StationFolder& station, std::vector<std::string> words)
    : station_(station), log_(station.outside("run-" + std::to_string(next_number()) + ".log")) {
  std::vector<std::string> all{loa_program(), "--lang", "en", "--station", station.path().string(), "run"};
  all.insert(all.end(), words.begin(), words.end());
  pid_ = start(all, log_);
}

Daemon::~Daemon() {
  if (pid_ > 0 && !ended()) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, &status_, 0);
  }
}

bool Daemon::ended() {
  if (pid_ > 0 && ::waitpid(pid_, &status_, WNOHANG) == pid_) pid_ = -1;
  return pid_ < 0;
}

bool Daemon::until(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + kDeadline;
  while (!condition()) {
    if (ended()) return condition();
    if (std::chrono::steady_clock::now() > deadline) return false;
    pause_a_moment();
  }
  return true;
}

std::string Daemon::words() const {
  return fs::exists(log_) ? read_file(log_) : "";
}
bool Daemon::said(const std::string& words) const {
  return this->words().find(words) != std::string::npos;
}
bool Daemon::says(const std::string& words) {
  return until([&] { return said(words); });
}
bool Daemon::answers(const std::string& words) {
  return until([&] {
    const bool answered = station_.loa({"now", "--json"}).out.find(words) != std::string::npos;
    if (!answered) pause_a_moment(kBetweenQuestions);
    return answered;
  });
}

int Daemon::wait() {
  const auto deadline = std::chrono::steady_clock::now() + kDeadline;
  while (!ended() && std::chrono::steady_clock::now() < deadline) pause_a_moment();
  if (pid_ > 0) return -1000;
  return WIFSIGNALED(status_) ? -WTERMSIG(status_) : WEXITSTATUS(status_);
}

void Daemon::signal(int number) const {
  if (pid_ > 0) ::kill(pid_, number);
}

pid_t Daemon::child(const std::string& name) const {
  const auto children = read_file("/proc/" + std::to_string(pid_) + "/task/" + std::to_string(pid_) + "/children");
  for (std::size_t at = 0; at < children.size();) {
    char* end = nullptr;
    const auto pid = static_cast<pid_t>(std::strtol(children.c_str() + at, &end, 10));
    at = static_cast<std::size_t>(end - children.c_str()) + 1;
    if (pid > 0 && read_file("/proc/" + std::to_string(pid) + "/comm").starts_with(name)) return pid;
  }
  return 0;
}

Beside::Beside(const StationFolder& station, std::vector<std::string> words) {
  std::vector<std::string> all{loa_program(), "--lang", "en", "--station", station.path().string()};
  all.insert(all.end(), words.begin(), words.end());
  log_ = station.outside("beside-" + std::to_string(next_number()) + ".log");
  pid_ = start(all, log_);
}

std::string Beside::words() const {
  return fs::exists(log_) ? read_file(log_) : "";
}

bool Beside::says(const std::string& words) const {
  const auto deadline = std::chrono::steady_clock::now() + kDeadline;
  while (this->words().find(words) == std::string::npos) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    pause_a_moment();
  }
  return true;
}

Beside::~Beside() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  wait();
}

void Beside::signal(int number) const {
  if (pid_ > 0) ::kill(pid_, number);
}

int Beside::wait() {
  int status = 0;
  ::waitpid(std::exchange(pid_, -1), &status, 0);
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

std::string time_from_now(std::chrono::seconds ahead) {
  const auto now = std::chrono::ceil<std::chrono::seconds>(std::chrono::system_clock::now()) + ahead;
  const std::chrono::hh_mm_ss time(now - std::chrono::floor<std::chrono::days>(now));
  char words[16];
  std::snprintf(words, sizeof words, "%02d:%02d:%02d", static_cast<int>(time.hours().count() % 24),
                static_cast<int>(time.minutes().count() % 60), static_cast<int>(time.seconds().count() % 60));
  return words;
}

}  // namespace loa::test
