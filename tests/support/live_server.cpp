#include "tests/support/live_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cmath>
#include <cstring>

namespace loa::test {

namespace {

constexpr double kBurst = 4;  // s
constexpr int kRate = 48'000;

/// A WAV of 16 bits that says it never ends.
std::string wav_header() {
  const std::array<std::uint32_t, 11> words{0x46464952, 0xFFFFFFFF, 0x45564157, 0x20746D66, 16,        0x00010001,
                                            kRate,      kRate * 2,  0x00100002, 0x61746164, 0xFFFFFFFF};
  return {reinterpret_cast<const char*>(words.data()), sizeof words};
}

bool send_all(int peer, const std::string& bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    const auto count = ::send(peer, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
    if (count <= 0) return false;
    done += static_cast<std::size_t>(count);
  }
  return true;
}

std::string sound(std::int64_t first, std::int64_t count, LiveServer::Gives gives) {
  std::string bytes;
  for (auto frame = first; frame < first + count; ++frame) {
    double value = 0;
    if (gives == LiveServer::Gives::tone) value = 0.2 * std::sin(2 * M_PI * 440 * static_cast<double>(frame) / kRate);
    const auto sample = static_cast<std::int16_t>(value * 32'767);
    bytes.append(reinterpret_cast<const char*>(&sample), sizeof sample);
  }
  return bytes;
}

}  // namespace

LiveServer::LiveServer(Gives gives) : gives_(gives) {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(socket_, reinterpret_cast<sockaddr*>(&address), size);
  ::listen(socket_, 16);
  ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  accepting_ = std::thread([this] { accept(); });
}

LiveServer::~LiveServer() {
  over_ = true;
  ::shutdown(socket_, SHUT_RDWR);
  accepting_.join();
  for (auto& one : serving_) one.join();
  ::close(socket_);
}

void LiveServer::accept() {
  for (int peer = -1; !over_ && (peer = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) {
    ++listeners_;
    serving_.emplace_back([this, peer] { serve(peer); });
  }
}

void LiveServer::serve(int peer) {
  std::array<char, 4096> request{};
  ::recv(peer, request.data(), request.size(), 0);
  if (gives_ == Gives::refusal) {
    send_all(peer, "HTTP/1.0 404 Not Found\r\n\r\n");
  } else if (gives_ == Gives::garbage) {
    send_all(peer, "HTTP/1.0 200 OK\r\nContent-Type: audio/mpeg\r\n\r\n" + std::string(200'000, '\x5A'));
  } else {
    bool listens = send_all(peer, "HTTP/1.0 200 OK\r\nContent-Type: audio/wav\r\n\r\n" + wav_header());
    const auto began = std::chrono::steady_clock::now();
    std::int64_t sent = 0;
    while (listens && !over_ && gives_ != Gives::refusal) {
      const double now = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
      const auto due = static_cast<std::int64_t>((kBurst + now) * kRate) - sent;
      if (gives_ != Gives::nothing) listens = send_all(peer, sound(sent, due, gives_));
      sent += due;
      pollfd gone{peer, POLLRDHUP, 0};
      listens = listens && ::poll(&gone, 1, 20) == 0;
    }
  }
  ::close(peer);
}

}  // namespace loa::test
