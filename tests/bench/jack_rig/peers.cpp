// MPD by its protocol, mpv by its JSON one; both over sockets in files.
#include "tests/bench/jack_rig/peers.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <utility>
#include <vector>

namespace loa::bench {
namespace {

/// A client's end of a socket in a file.
class Line {
 public:
  ~Line() {
    if (fd_ >= 0) ::close(fd_);
  }
  /// Waits for the other side to be there; false when it does not come.
  bool open(const std::string& path, Child& child) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    for (int i = 0; i < 200 && child.running(); ++i) {
      fd_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
      if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return true;
      ::close(std::exchange(fd_, -1));
      ::usleep(50'000);
    }
    return false;
  }
  void say(const std::string& words) { (void)!::send(fd_, words.data(), words.size(), MSG_NOSIGNAL); }
  /// What is answered to `words`, up to its OK or ACK.
  std::string answer(const std::string& words) {
    say(words + "\n");
    std::string answered;
    std::array<char, 4096> bytes{};
    pollfd watched{fd_, POLLIN, 0};
    while (!answered.ends_with("OK\n") && answered.find("ACK") == std::string::npos && ::poll(&watched, 1, 2000) > 0) {
      const auto got = ::recv(fd_, bytes.data(), bytes.size(), 0);
      if (got <= 0) break;
      answered.append(bytes.data(), static_cast<std::size_t>(got));
    }
    return answered;
  }
  /// Reads away what has been answered within `patience` ms.
  void listen(int patience) {
    std::array<char, 4096> bytes{};
    pollfd watched{fd_, POLLIN, 0};
    while (::poll(&watched, 1, patience) > 0 && ::recv(fd_, bytes.data(), bytes.size(), 0) > 0) patience = 0;
  }

 private:
  int fd_ = -1;
};

class Mpd final : public Peer {
 public:
  Mpd(const std::string& folder, const std::string& file, const std::string& card)
      : child_({"mpd", "--no-daemon", configured(folder, file, card)}) {
    up_ = line_.open(folder + "/mpd.socket", child_);
    line_.listen(2000);  // its greeting
    tell("update");
    for (int i = 0; i < 100 && line_.answer("status").find("updating_db") != std::string::npos; ++i) ::usleep(50'000);
    for (const char* words : {"single 1", "clear"}) tell(words);
    tell("add \"" + std::filesystem::path(file).filename().string() + "\"");
  }
  bool up() const { return up_; }
  std::string name() const override { return "MPD"; }
  void start() override { line_.say("play 0\n"); }
  void rewind() override { tell("stop"); }

 private:
  static std::string configured(const std::string& folder, const std::string& file, const std::string& card) {
    std::filesystem::create_directories(folder);
    std::ofstream(folder + "/mpd.conf")
        << "music_directory \"" << std::filesystem::path(file).parent_path().string() << "\"\ndb_file \"" << folder
        << "/db\"\nbind_to_address \"" << folder
        << "/mpd.socket\"\nauto_update \"no\"\naudio_output {\n  type \"jack\"\n"
        << "  name \"j\"\n  client_name \"mpd\"\n  always_on \"yes\"\n  autostart \"no\"\n  destination_ports \""
        << card << ":playback_1," << card << ":playback_2\"\n}\n";
    return folder + "/mpd.conf";
  }
  void tell(const std::string& words) {
    if (!words.empty()) line_.say(words + "\n");
    line_.listen(500);
  }

  Child child_;
  Line line_;
  bool up_ = false;
};

class Mpv final : public Peer {
 public:
  Mpv(const std::string& folder, const std::string& file, const std::string& card)
      : child_({"mpv", "--no-config", "--idle=yes", "--no-video", "--no-terminal", "--pause", "--keep-open=yes",
                "--ao=jack", "--jack-port=" + card + ":playback_1", "--jack-autostart=no", "--audio-stream-silence=yes",
                "--input-ipc-server=" + folder + ".mpv", file}) {
    up_ = line_.open(folder + ".mpv", child_);
    line_.listen(1000);
  }
  bool up() const { return up_; }
  std::string name() const override { return "mpv"; }
  void start() override { line_.say("{\"command\":[\"set_property\",\"pause\",false]}\n"); }
  void rewind() override {
    line_.say("{\"command\":[\"set_property\",\"pause\",true]}\n{\"command\":[\"seek\",0,\"absolute\"]}\n");
    line_.listen(100);
  }

 private:
  Child child_;
  Line line_;
  bool up_ = false;
};

template <class One>
std::unique_ptr<Peer> when_up(std::unique_ptr<One> peer) {
  return peer->up() ? std::move(peer) : nullptr;
}

}  // namespace

std::unique_ptr<Peer> start_mpd(const std::string& folder, const std::string& file, const std::string& card) {
  return when_up(std::make_unique<Mpd>(folder, file, card));
}
std::unique_ptr<Peer> start_mpv(const std::string& folder, const std::string& file, const std::string& card) {
  return when_up(std::make_unique<Mpv>(folder, file, card));
}

}  // namespace loa::bench
