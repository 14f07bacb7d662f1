// fork, exec, kill by id.
#include "tests/bench/jack_rig/server.hpp"

#include <fcntl.h>
#include <jack/jack.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

namespace loa::bench {
namespace {

std::string set_up_name() {
  const auto name = "loa-bench-" + std::to_string(::getpid());
  ::setenv("JACK_DEFAULT_SERVER", name.c_str(), 1);
  ::setenv("JACK_NO_START_SERVER", "1", 1);
  ::setenv("JACK_NO_AUDIO_RESERVATION", "1", 1);
  return name;
}

std::vector<std::string> command(const std::string& name, int period, bool realtime) {
  std::vector<std::string> words = {"jackd", "-n", name, realtime ? "--realtime" : "--no-realtime"};
  words.insert(words.end(), {"-d", "dummy", "-r", "48000", "-p", std::to_string(period), "-C", "0", "-P", "0"});
  return words;
}

[[noreturn]] void become(std::vector<std::string> words, int pass_fd) {
  const int nowhere = ::open("/dev/null", O_RDWR);
  ::dup2(nowhere, STDOUT_FILENO);
  ::dup2(nowhere, STDERR_FILENO);
  if (pass_fd >= 0) ::fcntl(pass_fd, F_SETFD, 0);
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  ::execvp(argv[0], argv.data());
  ::_exit(127);
}

}  // namespace

Child::Child(const std::vector<std::string>& words, int pass_fd) : pid_(::fork()) {
  if (pid_ < 0) throw std::runtime_error("fork");
  if (pid_ == 0) become(words, pass_fd);
}

Child::~Child() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGTERM);
  for (int i = 0; i < 100 && ::waitpid(pid_, nullptr, WNOHANG) == 0; ++i) ::usleep(20'000);
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

bool Child::running() {
  if (pid_ > 0 && ::waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = -1;
  return pid_ > 0;
}

JackServer::JackServer(int period, bool realtime) : name_(set_up_name()), child_(command(name_, period, realtime)) {}

bool JackServer::wait_until_up() {
  jack_set_error_function([](const char*) {});
  jack_set_info_function([](const char*) {});
  for (int i = 0; i < 100 && child_.running(); ++i) {
    if (auto* client = jack_client_open("look", JackNoStartServer, nullptr); client != nullptr) {
      jack_client_close(client);
      return true;
    }
    ::usleep(50'000);
  }
  return false;
}

}  // namespace loa::bench
