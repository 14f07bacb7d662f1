// A radio station on loopback: a stream of the network that never ends, as its test wants it.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace loa::test {

/// HTTP on a free port of 127.0.0.1. Sounds a tone of 440 Hz as 48 kHz WAV, 4 s at once and then by the clock.
class LiveServer {
 public:
  enum class Gives { tone, silence, nothing, garbage, refusal };
  explicit LiveServer(Gives gives = Gives::tone);
  ~LiveServer();
  LiveServer(const LiveServer&) = delete;
  LiveServer& operator=(const LiveServer&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/live"; }
  /// From now on; `refusal` ends those who listen, and answers 404.
  void give(Gives gives) { gives_ = gives; }
  int listeners() const { return listeners_; }  // that ever came

 private:
  void accept();
  void serve(int peer);

  std::atomic<Gives> gives_;
  std::atomic<bool> over_ = false;
  std::atomic<int> listeners_ = 0;
  int socket_ = -1;
  int port_ = 0;
  std::vector<std::thread> serving_;
  std::thread accepting_;
};

}  // namespace loa::test
