// Streams of the network, from a server of our own on loopback: what comes is given on as PCM, what stalls ends in
// time, and no address leads to a file.
#include "daemon/media/relay.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <map>
#include <string>
#include <thread>

#include "daemon/media/relay_buffer.hpp"
#include "tests/media/brought.hpp"

namespace {

using namespace loa;
using namespace loa::test;

/// Answers GET with what lies under a path; one that ends in "stall" gives half and then nothing.
class LoopbackServer {
 public:
  explicit LoopbackServer(std::map<std::string, std::string> pages) : pages_(std::move(pages)) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(socket_, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(socket_, 8);
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~LoopbackServer() {
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
    for (const int held : held_) ::close(held);
  }
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;
  std::string at(const std::string& path) const { return "http://127.0.0.1:" + std::to_string(port_) + path; }

 private:
  void serve() {
    for (int peer = -1; (peer = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) answer(peer);
  }
  void answer(int peer) {
    std::string request;
    std::array<char, 2048> block{};
    while (request.find("\r\n\r\n") == std::string::npos) {
      const auto count = ::recv(peer, block.data(), block.size(), 0);
      if (count <= 0) break;
      request.append(block.data(), static_cast<std::size_t>(count));
    }
    const auto path = request.substr(4, request.find(' ', 4) - 4);
    const auto page = pages_.find(path);
    const bool stalls = path.ends_with("stall");
    std::string text = page == pages_.end() ? "HTTP/1.0 404 Not Found\r\n\r\n" : "HTTP/1.0 200 OK\r\n\r\n";
    if (page != pages_.end()) text += stalls ? page->second.substr(0, page->second.size() / 2) : page->second;
    for (std::size_t done = 0; done < text.size();) {
      const auto count = ::send(peer, text.data() + done, text.size() - done, MSG_NOSIGNAL);
      if (count <= 0) break;
      done += static_cast<std::size_t>(count);
    }
    if (stalls) {
      held_.push_back(peer);
    } else {
      ::close(peer);
    }
  }

  std::map<std::string, std::string> pages_;
  int socket_ = -1;
  int port_ = 0;
  std::vector<int> held_;
  std::thread thread_;
};

struct Relayed {
  wire::StreamNews told;    // the last word
  std::int64_t frames = 0;  // that came
};

Relayed relayed(const std::string& address, double patience = 5) {
  const int out = ::memfd_create("pcm", MFD_CLOEXEC);
  Relayed result;
  media::relay({address, out, 1, patience, {}, 0, false}, [&](const wire::StreamNews& news) { result.told = news; });
  result.frames = ::lseek(out, 0, SEEK_END) / static_cast<std::int64_t>(sizeof(float));
  ::close(out);
  return result;
}

TEST(Relay, Mp3AacAndOggComeAsPcm) {
  const auto& shelf = brought_shelf();
  shelf.run("ffmpeg -y -v error -i a.wav -c:a aac -f adts live.aac");
  const LoopbackServer server({{"/a.mp3", shelf.read("plain.mp3")},
                               {"/live", shelf.read("live.aac")},
                               {"/a.ogg", shelf.read("a.ogg")},
                               {"/a.opus", shelf.read("a.opus")}});
  for (const auto* path : {"/a.mp3", "/live", "/a.ogg", "/a.opus"}) {
    const auto result = relayed(server.at(path));
    EXPECT_EQ(result.told.problem, "") << path << ": " << result.told.detail;
    EXPECT_NEAR(static_cast<double>(result.frames) / 48000, kBrought, 0.06) << path;
    EXPECT_EQ(result.told.frames, result.frames);
  }
}

TEST(Relay, AnHlsFolder) {
  const auto& shelf = brought_shelf();
  shelf.run("mkdir -p hls && ffmpeg -y -v error -i a.wav -c:a aac -f hls -hls_time 1 -hls_list_size 0 hls/list.m3u8");
  std::map<std::string, std::string> pages = {{"/list.m3u8", shelf.read("hls/list.m3u8")}};
  for (int i = 0; i < 4; ++i) {
    const auto name = "list" + std::to_string(i) + ".ts";
    if (::access(shelf.path("hls/" + name).c_str(), R_OK) == 0) pages["/" + name] = shelf.read("hls/" + name);
  }
  const LoopbackServer server(pages);
  const auto result = relayed(server.at("/list.m3u8"));
  EXPECT_EQ(result.told.problem, "") << result.told.detail;
  EXPECT_NEAR(static_cast<double>(result.frames) / 48000, kBrought, 0.1);
}

TEST(Relay, WhatStallsEndsInTime) {
  const LoopbackServer server({{"/stall", brought_shelf().read("plain.mp3")}});
  const auto before = std::chrono::steady_clock::now();
  const auto result = relayed(server.at("/stall"), 1);
  EXPECT_EQ(result.told.problem, "stalled") << result.told.detail;
  EXPECT_GT(result.frames, 48000);
  EXPECT_GE(std::chrono::steady_clock::now() - before, std::chrono::milliseconds(900));
}

TEST(Relay, WhatCannotBeReachedIsSaid) {
  const LoopbackServer server({});
  EXPECT_EQ(relayed(server.at("/absent")).told.problem, "unreachable");
  EXPECT_EQ(relayed("http://127.0.0.1:1/a.mp3").told.problem, "unreachable");
}

TEST(Relay, NoAddressLeadsToAFile) {
  const auto& shelf = brought_shelf();
  const auto file = shelf.path("plain.mp3");
  for (const auto& address : {file, "file://" + file, "concat:" + file, "subfile,,start,0,end,0,,:" + file,
                              "async:" + file, std::string("data:audio/mp3;base64,AAAA"), "cache:" + file}) {
    EXPECT_EQ(relayed(address).told.problem, "unreachable") << address;
  }
  const auto list = [](const std::string& entry) {
    return "#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n" + entry + "\n#EXT-X-ENDLIST\n";
  };
  const LoopbackServer server({{"/file.m3u8", list("file://" + file)}, {"/path.m3u8", list(file)}});
  for (const auto* path : {"/file.m3u8", "/path.m3u8"}) {
    const auto result = relayed(server.at(path));
    EXPECT_NE(result.told.problem, "") << path;
    EXPECT_EQ(result.frames, 0) << path;
  }
}

TEST(Relay, EndsWithItsReader) {
  const LoopbackServer server({{"/a.mp3", brought_shelf().read("plain.mp3")}});
  std::array<int, 2> pipe{};
  ASSERT_EQ(::pipe2(pipe.data(), O_CLOEXEC), 0);
  ::close(pipe[0]);
  wire::StreamNews last;
  media::relay({server.at("/a.mp3"), pipe[1], 1, 5, {}, 0, false}, [&](const wire::StreamNews& news) { last = news; });
  EXPECT_EQ(last.what, wire::StreamNews::What::ended);
  EXPECT_EQ(last.problem, "");
  ::close(pipe[1]);
}

std::vector<float> seconds_of(double seconds, float value = 0.5F) {
  return std::vector<float>(static_cast<std::size_t>(seconds * 48000), value);
}

TEST(RelayBuffer, KeepsTheNewestWhileNobodyReads) {
  media::RelayBuffer buffer(1);
  buffer.add(seconds_of(8, 0.1F));
  buffer.add(seconds_of(media::RelayBuffer::kCushion, 0.9F));
  EXPECT_TRUE(buffer.take(1, false).empty());
  EXPECT_NEAR(buffer.ahead(), media::RelayBuffer::kCushion, 1e-6);
  const auto first = buffer.take(0.01, true);
  ASSERT_EQ(first.size(), 480u);
  EXPECT_FLOAT_EQ(first.front(), 0.9F);
}

// The stream's clock is off by 300 parts in a million for 15 minutes, and it comes in segments of six seconds.
TEST(RelayBuffer, NeitherRunsDryNorGrowsWhereClocksPart) {
  for (const double off : {-300e-6, 0.0, 300e-6}) {
    for (const double gust : {0.02, 6.0}) {
      media::RelayBuffer buffer(1);
      buffer.add(seconds_of(gust + media::RelayBuffer::kCushion));
      double came = gust + media::RelayBuffer::kCushion, given = 0, least = 100, most = 0;
      const double begun = came - media::RelayBuffer::kCushion - gust / 2;  // joined in the middle of a gust
      for (int look = 0; look < 90'000; ++look) {
        const double now = look * 0.01;
        while (came < (begun + now) * (1 + off) + media::RelayBuffer::kCushion) {
          buffer.add(seconds_of(gust));
          came += gust;
        }
        given += static_cast<double>(buffer.take(0.01, true).size()) / 48000;
        least = std::min(least, buffer.ahead());
        most = std::max(most, buffer.ahead());
      }
      EXPECT_GT(least, 0) << off << ' ' << gust;
      EXPECT_LT(most, media::RelayBuffer::kMostCushion + gust + 1) << off << ' ' << gust;
      EXPECT_NEAR(given, 900 * (1 + off), gust / 2 + 0.5) << off << ' ' << gust;
      EXPECT_EQ(buffer.starved(), 0);
    }
  }
}

TEST(RelayBuffer, WhatTricklesStarvesIt) {
  media::RelayBuffer buffer(1);
  buffer.add(seconds_of(media::RelayBuffer::kCushion));
  double starved = 0;
  for (int look = 0; look < 3'000; ++look) {  // half of what is heard comes
    buffer.add(seconds_of(0.005));
    buffer.take(0.01, true);
    starved = std::max(starved, buffer.starved());
  }
  EXPECT_GT(starved, 4);
}

}  // namespace
