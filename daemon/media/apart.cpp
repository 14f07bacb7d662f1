#include "daemon/media/apart.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <exception>

#include "daemon/media/sandbox.hpp"
#include "daemon/wire/descriptors.hpp"

namespace loa::media {
namespace {

std::string read_whole(int fd) {
  std::string text;
  std::array<char, 4096> block{};
  for (;;) {
    const auto count = ::read(fd, block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return text;
    text.append(block.data(), static_cast<std::size_t>(count));
  }
}

[[noreturn]] void be_the_child(pid_t parent, std::vector<int> given, int out,
                               const std::function<std::string()>& work) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);
  given.push_back(out);
  keep_open(given);
  forbid_what_leads_out();
  bool good = false;
  try {
    good = wire::write_whole(out, std::as_bytes(std::span<const char>(work())));
  } catch (const std::exception&) {  // memory: no answer
  }
  ::_exit(good ? 0 : 1);
}

/// Ends this process as the child was ended.
void follow(int status) {
  if (!WIFSIGNALED(status)) return;
  std::signal(WTERMSIG(status), SIG_DFL);
  ::raise(WTERMSIG(status));
}

}  // namespace

std::optional<std::string> work_apart(const std::vector<int>& given, const std::function<std::string()>& work) {
  std::array<int, 2> answer{};
  if (::pipe2(answer.data(), O_CLOEXEC) != 0) return std::nullopt;
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child == 0) be_the_child(parent, given, answer[1], work);
  ::close(answer[1]);
  auto text = child > 0 ? read_whole(answer[0]) : std::string();
  ::close(answer[0]);
  int status = -1;
  while (child > 0 && ::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (child > 0) follow(status);
  if (status != 0) return std::nullopt;
  return text;
}

}  // namespace loa::media
