// A child process that speaks in lines over its descriptor kChildSocket. Knows nothing of what they say.
#pragma once

#include <sys/types.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace loa::station {

inline constexpr int kChildSocket = 3;

/// One child's end of it. Main thread only; never waits. Whoever started it collects the process.
class ChildLines : public std::enable_shared_from_this<ChildLines> {
 public:
  using Socket = boost::asio::local::stream_protocol::socket;
  /// Not called from within start(), nor after mute() or close().
  struct Hooks {
    std::function<void(std::string_view line)> line;  // without its end
    std::function<void()> end;                        // the child closed its side
  };

  /// `words`: its command line, its name first. Null when it cannot be started.
  static std::shared_ptr<ChildLines> start(boost::asio::io_context& context, const std::filesystem::path& program,
                                           std::vector<std::string> words, Hooks hooks);
  ChildLines(const ChildLines&) = delete;
  ChildLines& operator=(const ChildLines&) = delete;

  pid_t pid() const { return pid_; }
  Socket& socket() { return socket_; }
  /// With its end. What does not go out at once finds a child that does not read: it is lost, and the child's silence
  /// is noticed otherwise.
  void send_now(std::string_view line);
  /// Nothing more of it is told; its socket stays.
  void mute() { mute_ = true; }
  bool is_mute() const { return mute_; }
  /// The child finds its socket at its end.
  void close();

 private:
  ChildLines(boost::asio::io_context& context, int fd, pid_t pid, Hooks hooks);
  void read();
  void take_lines(std::size_t size);

  Socket socket_;
  pid_t pid_;
  Hooks hooks_;
  std::array<char, 16384> chunk_{};
  std::string incoming_;
  bool mute_ = false;
};

}  // namespace loa::station
