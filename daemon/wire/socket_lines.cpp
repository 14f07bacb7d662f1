// recv and send without waiting.
#include "daemon/wire/socket_lines.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

namespace loa::wire {
namespace {

bool would_wait() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

}  // namespace

SocketLines::SocketLines(int fd) : fd_(fd) {}

SocketLines::~SocketLines() {
  ::close(fd_);
}

std::vector<std::string> SocketLines::receive() {
  std::vector<std::string> lines;
  std::array<char, 16384> bytes;
  while (!closed_) {
    const auto count = ::recv(fd_, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (count > 0) {
      cut_lines({bytes.data(), static_cast<std::size_t>(count)}, lines);
    } else if (count < 0 && would_wait()) {
      break;
    } else {
      closed_ = true;
    }
  }
  return lines;
}

void SocketLines::cut_lines(std::string_view bytes, std::vector<std::string>& lines) {
  while (!bytes.empty()) {
    const auto end = bytes.find('\n');
    const auto part = bytes.substr(0, end);
    if (!skipping_) begun_ += part;
    if (begun_.size() > kLongest) {
      skipping_ = true;
      begun_.clear();
    }
    if (end == std::string_view::npos) return;
    if (!skipping_) lines.push_back(std::exchange(begun_, {}));
    skipping_ = false;
    bytes.remove_prefix(end + 1);
  }
}

void SocketLines::send(std::string_view line) {
  if (unsent_.size() + line.size() <= kMostUnsent) unsent_ += line;
  flush();
}

void SocketLines::flush() {
  while (!unsent_.empty() && !closed_) {
    const auto count = ::send(fd_, unsent_.data(), unsent_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count >= 0) {
      unsent_.erase(0, static_cast<std::size_t>(count));
    } else if (would_wait()) {
      return;
    } else {
      closed_ = true;
    }
  }
}

}  // namespace loa::wire
