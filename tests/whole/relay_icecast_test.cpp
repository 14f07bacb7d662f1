// Relays from what stations really use: an Icecast of Debian with four formats, and a folder of HLS, all on loopback.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <memory>
#include <thread>

#include "tests/whole/run_fixture.hpp"

namespace loa::test {
namespace {

/// A program beside the test; ended with it.
class Background {
 public:
  explicit Background(const std::string& command) : pid_(::fork()) {
    if (pid_ != 0) return;
    ::setpgid(0, 0);
    const int nowhere = ::open("/dev/null", O_RDWR);
    for (const int fd : {0, 1, 2}) ::dup2(nowhere, fd);
    ::execl("/bin/sh", "sh", "-c", ("exec " + command).c_str(), nullptr);
    ::_exit(127);
  }
  ~Background() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

 private:
  pid_t pid_;
};

sockaddr_in on_loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

int free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  auto address = on_loopback(0);
  socklen_t size = sizeof address;
  ::bind(socket, reinterpret_cast<sockaddr*>(&address), size);
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(socket);
  return ntohs(address.sin_port);
}

/// Until `path` is answered with 200; false when it is not in time.
bool answers(int port, const std::string& path) {
  for (int tries = 0; tries < 300; ++tries) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = on_loopback(port);
    char status[16] = {};
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
      const auto request = "GET " + path + " HTTP/1.0\r\n\r\n";
      [[maybe_unused]] const auto sent = ::send(socket, request.data(), request.size(), MSG_NOSIGNAL);
      [[maybe_unused]] const auto got = ::recv(socket, status, sizeof status - 1, 0);
    }
    ::close(socket);
    if (std::string(status).find(" 200") != std::string::npos) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return false;
}

class IcecastTest : public RunTest {
 protected:
  IcecastTest() {
    const auto folder = station_.outside("icecast");
    std::filesystem::create_directories(folder / "hls");
    ::chmod(folder.c_str(), 0777);
    const bool root = ::geteuid() == 0;  // it does not run as root
    if (root)
      std::filesystem::permissions(folder.parent_path(), std::filesystem::perms::others_exec,
                                   std::filesystem::perm_options::add);
    std::ofstream(folder / "icecast.xml")
        << "<icecast><limits><sources>8</sources></limits><authentication><source-password>s</source-password>"
           "<admin-user>a</admin-user><admin-password>a</admin-password></authentication>"
           "<hostname>127.0.0.1</hostname><listen-socket><port>"
        << port_ << "</port><bind-address>127.0.0.1</bind-address></listen-socket><paths><logdir>" << folder.string()
        << "</logdir><webroot>/usr/share/icecast2/web</webroot><adminroot>/usr/share/icecast2/admin</adminroot></paths>"
           "<security><chroot>0</chroot>"
        << (root ? "<changeowner><user>nobody</user><group>nogroup</group></changeowner>" : "")
        << "</security></icecast>\n";
    icecast_ = std::make_unique<Background>("icecast2 -c " + (folder / "icecast.xml").string());
    EXPECT_TRUE(answers(port_, "/status-json.xsl"));
    feed("mp3", "-c:a libmp3lame -content_type audio/mpeg -f mp3");
    feed("aac", "-c:a aac -content_type audio/aac -f adts");
    feed("ogg", "-c:a libvorbis -content_type application/ogg -f ogg");
    feed("opus", "-c:a libopus -content_type application/ogg -f ogg");
    feeds_.push_back(std::make_unique<Background>(kTone +
                                                  "-c:a aac -f hls -hls_time 2 -hls_list_size 5 -hls_flags "
                                                  "delete_segments " +
                                                  (folder / "hls/live.m3u8").string()));
    feeds_.push_back(std::make_unique<Background>("python3 -m http.server --bind 127.0.0.1 --directory " +
                                                  (folder / "hls").string() + " " + std::to_string(hls_port_)));
    for (const auto* format : {"mp3", "aac", "ogg", "opus"}) EXPECT_TRUE(answers(port_, std::string("/vov.") + format));
    EXPECT_TRUE(answers(hls_port_, "/live.m3u8"));
  }

  void feed(const std::string& name, const std::string& format) {
    feeds_.push_back(std::make_unique<Background>(
        kTone + format + " icecast://source:s@127.0.0.1:" + std::to_string(port_) + "/vov." + name));
  }
  std::string url(const std::string& format) const {
    return format == "hls" ? "http://127.0.0.1:" + std::to_string(hls_port_) + "/live.m3u8"
                           : "http://127.0.0.1:" + std::to_string(port_) + "/vov." + format;
  }

  inline static const std::string kTone = "ffmpeg -v error -re -f lavfi -i sine=frequency=440 -b:a 64k ";
  int port_ = free_port(), hls_port_ = free_port();
  std::unique_ptr<Background> icecast_;
  std::vector<std::unique_ptr<Background>> feeds_;
};

TEST_F(IcecastTest, EveryFormatIsRelayedOnItsFrame) {
  make_masters();
  const auto at = time_from_now(kSoon + 9s);
  std::string relays, items;
  for (const std::string format : {"mp3", "aac", "ogg", "opus", "hls"}) {
    relays += "  " + format + ": {title: " + format + ", url: \"" + url(format) + "\"}\n";
    items += "{relay: " + format + ", for: 3s}, ";
  }
  station_.write("schedule/lich.yaml", "articles: {b: {title: B, clip: b.flac}}\nrelays:\n" + relays +
                                           "programmes: {sang: {at: \"" + at + "\", items: [" + items + "b]}}\n");
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.says(" b: aired")) << daemon.words();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  int seen = 0;
  for (const auto& row : rows()) {
    if (text(row, "kind") != "item" || text(row, "what") != "relay") continue;
    ++seen;
    EXPECT_EQ(text(row, "verdict") + "/" + text(row, "reason"), "aired/none") << text(row, "note");
    EXPECT_EQ(row.at("frames_played").as_int64(), 3 * 48'000) << text(row, "note");
    EXPECT_LT(std::abs(row.at("start_error_ms").to_number<double>()), 5) << text(row, "note");
  }
  EXPECT_EQ(seen, 5);
  expect_proof();
}

}  // namespace
}  // namespace loa::test
