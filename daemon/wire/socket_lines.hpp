// Lines over a stream socket, never waiting. Knows nothing of what they say.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace loa::wire {

/// One thread. Owns the descriptor.
class SocketLines {
 public:
  static constexpr std::size_t kLongest = 1 << 20;  // bytes of one line; longer ones are left out
  static constexpr std::size_t kMostUnsent = 1 << 20;

  explicit SocketLines(int fd);
  ~SocketLines();
  SocketLines(const SocketLines&) = delete;
  SocketLines& operator=(const SocketLines&) = delete;

  int fd() const { return fd_; }
  /// Whole lines that have come, without their newlines.
  std::vector<std::string> receive();
  /// What cannot be sent at once is kept for flush(); beyond kMostUnsent a line is left out.
  void send(std::string_view line);
  void flush();
  bool unsent() const { return !unsent_.empty(); }
  /// The other side is gone.
  bool closed() const { return closed_; }

 private:
  void cut_lines(std::string_view bytes, std::vector<std::string>& lines);

  int fd_;
  std::string begun_;
  bool skipping_ = false;  // the rest of a line that was too long
  std::string unsent_;
  bool closed_ = false;
};

}  // namespace loa::wire
