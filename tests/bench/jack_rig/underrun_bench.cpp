// underrun_bench [MINUTES [PERIOD [realtime]]]: how often a player's sound breaks off on a JACK server with buffers of
// PERIOD frames (960: 20 ms) while another process takes a whole core: loa-player and MPD at the same time, each heard
// by its own client. Exit 1 when loa-player broke off and MPD did not, or more often.
#include <fcntl.h>
#include <jack/jack.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "audio/frames.hpp"
#include "audio/sndfile.hpp"
#include "daemon/wire/player_messages.hpp"
#include "tests/bench/jack_rig/busy.hpp"
#include "tests/bench/jack_rig/peers.hpp"

namespace {

using namespace loa;

constexpr float kLevel = 0.5F;

/// A card that counts where a constant sound breaks off.
class Gaps {
 public:
  explicit Gaps(const char* name) : client_(jack_client_open(name, JackNoStartServer, nullptr)) {
    if (client_ == nullptr) std::abort();
    constexpr unsigned long kLikeACard = JackPortIsInput | JackPortIsPhysical | JackPortIsTerminal;
    port_ = jack_port_register(client_, "playback_1", JACK_DEFAULT_AUDIO_TYPE, kLikeACard, 0);
    jack_port_register(client_, "playback_2", JACK_DEFAULT_AUDIO_TYPE, kLikeACard, 0);
    jack_set_process_callback(
        client_, [](jack_nframes_t count, void* self) { return static_cast<Gaps*>(self)->take(count), 0; }, this);
    jack_set_xrun_callback(
        client_, [](void* self) { return ++static_cast<Gaps*>(self)->xruns, 0; }, this);
    jack_activate(client_);
  }
  ~Gaps() { stop(); }
  Gaps(const Gaps&) = delete;
  Gaps& operator=(const Gaps&) = delete;
  /// Only between them anything counts.
  void begin() { counting_ = true; }
  void stop() {
    counting_ = false;
    if (client_ != nullptr) jack_client_close(client_);
    client_ = nullptr;
  }
  bool sounds() const { return sounds_; }

  std::atomic<std::int64_t> gaps{0}, lost{0}, frames{0}, xruns{0};

 private:
  void take(jack_nframes_t count) {
    const auto* samples = static_cast<const float*>(jack_port_get_buffer(port_, count));
    for (jack_nframes_t i = 0; i < count; ++i) {
      const bool sounds = std::abs(samples[i]) > kLevel / 4;
      if (counting_) {
        ++frames;
        if (!sounds) ++lost;
        if (!sounds && sounds_) ++gaps;
      }
      sounds_ = sounds;
    }
  }

  jack_client_t* client_;
  jack_port_t* port_ = nullptr;
  std::atomic<bool> sounds_{false}, counting_{false};
};

std::string write_constant(const std::filesystem::path& path, int minutes) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const auto sink = audio::FlacSink::open(fd, 48000, 1);
  const std::vector<float> second(48000, kLevel);
  for (int i = 0; i < minutes * 60 + 60; ++i) {
    if (!sink || !sink->write(second)) std::abort();
  }
  if (!sink->close()) std::abort();
  ::close(fd);
  return path;
}

void say(int socket, const wire::Order& order) {
  const auto line = wire::to_line(order);
  if (::send(socket, line.data(), line.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(line.size())) std::abort();
}

void order(int socket, const std::string& master, int minutes) {
  say(socket, wire::GateOrder{{{wire::Instant{}, wire::Instant{wire::Frames{300'000'000'000'000}}}},
                              wire::Frames{48'000LL * 3600 * 24}});
  wire::PlayOrder play;
  play.id = "constant";
  play.master = master;
  play.anchor = std::chrono::ceil<wire::Frames>(std::chrono::system_clock::now()) + wire::Frames{96'000};
  play.frames = wire::Frames{48'000LL * (minutes * 60 + 60)};
  say(socket, play);
}

void report(const char* who, const Gaps& heard) {
  std::printf("%-10s %ld times short in %.1f min, %ld frames in all (xruns of JACK: %ld)\n", who, heard.gaps.load(),
              static_cast<double>(heard.frames) / 48000 / 60, heard.lost.load(), heard.xruns.load());
}

int measure(int minutes, int period, bool realtime) {
  bench::JackServer server(period, realtime);
  if (!server.wait_until_up()) return std::fprintf(stderr, "jackd does not come up\n"), 3;
  std::string folder = "/tmp/loa-underrun-bench-XXXXXX";
  if (::mkdtemp(folder.data()) == nullptr) return 3;
  const auto master = write_constant(folder + "/constant.flac", minutes);
  Gaps card("card"), other("other");
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return 3;
  {
    bench::Child player({LOA_BIN "/loa-player", "--fd", std::to_string(ends[1]), "--device", "card"}, ends[1]);
    ::close(ends[1]);
    order(ends[0], master, minutes);
    const auto mpd = bench::start_mpd(folder + "/mpd", master, "other");
    if (mpd) mpd->start();
    for (int i = 0; i < 200 && !(card.sounds() && other.sounds()); ++i) ::usleep(100'000);
    if (!card.sounds()) return std::fprintf(stderr, "loa-player does not sound\n"), 3;
    if (!mpd || !other.sounds()) return std::fprintf(stderr, "MPD does not sound\n"), 3;
    const bench::Busy busy(1, 1.0);
    ::sleep(3);
    card.begin();
    other.begin();
    ::sleep(static_cast<unsigned>(minutes) * 60);
    card.stop();
    other.stop();
  }
  ::close(ends[0]);
  std::filesystem::remove_all(folder);
  std::printf("JACK dummy%s, %d frames a period, one core taken\n", realtime ? " with SCHED_FIFO" : "", period);
  report("loa-player", card);
  report("MPD", other);
  // One that fell silent for good has a single gap.
  const bool sounded = card.lost < card.frames / 2 && other.lost < other.frames / 2;
  return card.gaps <= other.gaps && card.frames > 0 && sounded ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const int minutes = argc > 1 ? std::atoi(argv[1]) : 3;
  const int period = argc > 2 ? std::atoi(argv[2]) : 960;
  if (minutes < 1 || period < 16) return 2;
  return measure(minutes, period, argc > 3 && argv[3] == std::string_view("realtime"));
}
