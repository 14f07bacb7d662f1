// start_bench [STARTS [PERIOD [realtime] [busy] [peers]]]: how exactly loa-player starts, chains and stops on a JACK
// server whose every frame is recorded. Orders one second apart: a quarter second of one master, a quarter second of
// another directly after it, a hard stop. `busy`: each core is taken half of the time. `peers`: a fifth as many starts
// of MPD and mpv, told at the instant. Prints errors against the exact instants; exit 1 when a target is missed.
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "audio/frames.hpp"
#include "audio/sndfile.hpp"
#include "daemon/wire/player_messages.hpp"
#include "tests/bench/jack_rig/busy.hpp"
#include "tests/bench/jack_rig/capture.hpp"
#include "tests/bench/jack_rig/peers.hpp"
#include "tests/bench/jack_rig/server.hpp"

namespace {

using namespace loa;
using bench::Nanoseconds;
using wire::Frames;

constexpr std::int64_t kPiece = 12'000;
constexpr std::int64_t kApart = 48'000;
constexpr float kFirst = 0.5F, kSecond = -0.25F;  // levels: every frame says which master it is of

std::string write_master(const std::filesystem::path& path, float level, std::int64_t frames) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const auto sink = audio::FlacSink::open(fd, 48000, 1);
  if (!sink || !sink->write(std::vector<float>(static_cast<std::size_t>(frames), level)) || !sink->close())
    std::abort();
  ::close(fd);
  return path;
}

void say(int socket, const wire::Order& order) {
  const auto line = wire::to_line(order);
  if (::send(socket, line.data(), line.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(line.size())) std::abort();
}

wire::PlayOrder piece(const std::string& id, const std::string& master, wire::Instant anchor, std::int64_t at) {
  wire::PlayOrder order;
  order.id = id;
  order.master = master;
  order.anchor = anchor;
  order.at = Frames{at};
  order.frames = Frames{kPiece};
  return order;
}

/// Orders come ten seconds ahead, as from the daemon; returns when the last piece has ended.
void play(int socket, wire::Instant first, int starts, const std::string& one, const std::string& two) {
  say(socket, wire::GateOrder{{{wire::Instant{}, wire::Instant::max()}}, Frames{48000LL * 3600 * 24}});
  int ordered = 0;
  for (std::string begun; true;) {
    const auto now = std::chrono::floor<Frames>(std::chrono::system_clock::now());
    for (; ordered < starts && first + Frames{ordered * kApart} < now + Frames{kApart * 10}; ++ordered) {
      const auto anchor = first + Frames{ordered * kApart};
      say(socket, piece("a" + std::to_string(ordered), one, anchor, 0));
      say(socket, piece("b" + std::to_string(ordered), two, anchor, kPiece));
    }
    pollfd watched{socket, POLLIN, 0};
    std::array<char, 4096> bytes{};
    if (::poll(&watched, 1, 1000) <= 0) continue;
    const auto count = ::recv(socket, bytes.data(), bytes.size(), 0);
    if (count <= 0) return;
    begun.append(bytes.data(), static_cast<std::size_t>(count));
    for (auto end = begun.find('\n'); end != std::string::npos; end = begun.find('\n')) {
      const auto event = wire::event_from(begun.substr(0, end));
      begun.erase(0, end + 1);
      const auto* ended = event ? std::get_if<wire::EndedEvent>(&*event) : nullptr;
      if (ended != nullptr && ended->id == "b" + std::to_string(starts - 1)) return;
    }
  }
}

struct Errors {
  std::vector<double> start, stop;  // ms, + late
  int gaps = 0;                     // chains with a wrong or missing frame
  int missing = 0;                  // starts that were not found
  std::vector<double> steady;       // of `start`: JACK lost no cycle since the order was tied to a frame
};

void look_at(const bench::Capture& capture, std::size_t from, wire::Instant planned, Errors& errors) {
  const auto& samples = capture.samples();
  const auto is = [&](float level) { return [level](float sample) { return std::abs(sample - level) < 0.01F; }; };
  const auto begin = samples.begin() + static_cast<std::ptrdiff_t>(from);
  const auto end = samples.begin() + static_cast<std::ptrdiff_t>(std::min(samples.size(), from + kApart));
  const auto first = std::find_if_not(begin, end, is(0));
  if (first == end) {
    ++errors.missing;
    return;
  }
  const auto change = std::find_if_not(first, end, is(kFirst));
  const auto last = std::find_if_not(change, end, is(kSecond));
  if (change - first != kPiece || last - change != kPiece) ++errors.gaps;
  const auto error = [&](auto found, Frames at) {
    const auto heard = capture.instant_of(static_cast<std::size_t>(found - samples.begin()));
    return std::chrono::duration<double, std::milli>(heard - audio::to_wall(planned + at).time_since_epoch()).count();
  };
  errors.start.push_back(error(first, Frames{0}));
  const auto instant = audio::to_wall(planned).time_since_epoch();
  constexpr std::chrono::milliseconds kTied{2'500};
  if (capture.kept_all_cycles(instant - kTied, instant)) errors.steady.push_back(errors.start.back());
  errors.stop.push_back(error(last, Frames{2 * kPiece}));
}

Errors look(const bench::Capture& capture, wire::Instant first, int starts) {
  Errors errors;
  std::size_t from = 0;
  for (int i = 0; i < starts; ++i) {
    const auto planned = first + Frames{i * kApart};
    const auto earliest = audio::to_wall(planned - Frames{kApart / 4}).time_since_epoch();
    while (from + 1 < capture.samples().size() && capture.instant_of(from) < earliest) from += 64;
    look_at(capture, from, planned, errors);
  }
  return errors;
}

double at_share(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values.empty() ? NAN : values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

std::vector<double> away_from(std::vector<double> values, double centre) {
  for (auto& value : values) value = std::abs(value - centre);
  return values;
}

/// ms, each against the exact instants.
struct Target {
  double p95, worst;                // of the whole error
  double jitter_p95, jitter_worst;  // of what is left without its constant part
};

/// Whether the errors are within the target.
bool report(const char* what, const std::vector<double>& errors, const Target& target) {
  const auto constant = at_share(errors, 0.5);
  const auto all = away_from(errors, 0), jitter = away_from(errors, constant);
  std::printf(
      "%-6s constant %+.3f ms | jitter p50 %.3f p95 %.3f worst %.3f ms | in all p50 %.3f p95 %.3f worst %.3f ms\n",
      what, constant, at_share(jitter, 0.5), at_share(jitter, 0.95), at_share(jitter, 1), at_share(all, 0.5),
      at_share(all, 0.95), at_share(all, 1));
  return at_share(all, 0.95) <= target.p95 && at_share(all, 1) <= target.worst &&
         at_share(jitter, 0.95) <= target.jitter_p95 && at_share(jitter, 1) <= target.jitter_worst;
}

struct Wanted {
  int starts = 100, period = 256;
  bool realtime = false, busy = false, peers = false;
};

struct PeerStarts {
  std::string name;
  std::vector<Nanoseconds> planned;
};

/// Tells the peer to start at instants some 1.3 s apart.
PeerStarts starts_of(bench::Peer& peer, int starts) {
  PeerStarts told{peer.name(), {}};
  peer.start();  // opens its output
  std::this_thread::sleep_for(std::chrono::seconds{2});
  peer.rewind();
  for (int i = 0; i < starts; ++i) {
    const auto planned = std::chrono::system_clock::now() + std::chrono::milliseconds{600};
    std::this_thread::sleep_until(planned);
    peer.start();
    told.planned.push_back(planned.time_since_epoch());
    std::this_thread::sleep_for(std::chrono::milliseconds{600});
    peer.rewind();
  }
  return told;
}

std::vector<PeerStarts> start_peers(const std::string& folder, const std::string& file, int starts) {
  std::vector<PeerStarts> told;
  for (auto* const begin : {bench::start_mpd, bench::start_mpv}) {
    const auto peer = begin(folder + "/peer", file, "card");
    if (peer) told.push_back(starts_of(*peer, starts));
    std::filesystem::remove_all(folder + "/peer");
  }
  return told;
}

/// Where each start was heard, ms against its instant.
void report_peer(const bench::Capture& capture, const PeerStarts& told) {
  std::vector<double> errors;
  const auto& samples = capture.samples();
  for (const auto planned : told.planned) {
    std::size_t from = 0;
    for (std::size_t step = samples.size() / 2; step > 0; step /= 2) {
      while (from + step < samples.size() && capture.instant_of(from + step) < planned) from += step;
    }
    const auto begin = samples.begin() + static_cast<std::ptrdiff_t>(from);
    const auto end = samples.begin() + static_cast<std::ptrdiff_t>(std::min(samples.size(), from + kApart));
    const auto first = std::find_if(begin, end, [](float sample) { return std::abs(sample) > 0.01F; });
    if (first == end) continue;
    const auto heard = capture.instant_of(static_cast<std::size_t>(first - samples.begin()));
    errors.push_back(std::chrono::duration<double, std::milli>(heard - planned).count());
  }
  std::printf("peer %s, %zu of %zu starts heard:\n  ", told.name.c_str(), errors.size(), told.planned.size());
  report("start", errors, {});
}

int measure(const Wanted& wanted) {
  bench::JackServer server(wanted.period, wanted.realtime);
  if (!server.wait_until_up()) return std::fprintf(stderr, "jackd does not come up\n"), 3;
  bench::Capture capture(wanted.starts * 2 + 60);
  std::string folder = "/tmp/loa-start-bench-XXXXXX";
  if (::mkdtemp(folder.data()) == nullptr) return 3;
  const auto one = write_master(folder + "/1.flac", kFirst, kApart),
             two = write_master(folder + "/2.flac", kSecond, kApart);
  const auto brief = write_master(folder + "/brief.flac", kFirst, kPiece);
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return 3;
  const bench::Busy busy(wanted.busy ? static_cast<int>(std::thread::hardware_concurrency()) : 0, 0.5);
  const auto first = std::chrono::ceil<Frames>(std::chrono::system_clock::now()) + Frames{kApart * 8 + 12'345};
  {
    bench::Child player({LOA_BIN "/loa-player", "--fd", std::to_string(ends[1]), "--device", "card"}, ends[1]);
    ::close(ends[1]);
    play(ends[0], first, wanted.starts, one, two);
  }
  ::close(ends[0]);
  std::printf("%d starts, JACK dummy%s, %d frames a period%s\n", wanted.starts,
              wanted.realtime ? " with SCHED_FIFO" : "", wanted.period,
              wanted.busy ? ", each core taken half of the time" : "");
  const int xruns = capture.xruns();
  std::vector<PeerStarts> peers;
  if (wanted.peers) peers = start_peers(folder, brief, std::max(1, wanted.starts / 5));
  capture.stop();
  std::filesystem::remove_all(folder);
  const auto errors = look(capture, first, wanted.starts);
  const double period = 1e3 * wanted.period / 48000;
  const bool start = report("start", errors.start, {0.5, 2, 0.1, period});
  const bool stop = report("stop", errors.stop, {1, 1, 0.1, period});
  std::printf("%zu starts for which JACK lost no cycle since they were tied to a frame:\n", errors.steady.size());
  report("start", errors.steady, {});
  std::printf("chains with a gap or a lost frame: %d; starts not found: %d; xruns of JACK: %d\n", errors.gaps,
              errors.missing, xruns);
  for (const auto& peer : peers) report_peer(capture, peer);
  return start && stop && errors.gaps == 0 && errors.missing == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  Wanted wanted;
  if (argc > 1) wanted.starts = std::atoi(argv[1]);
  if (argc > 2) wanted.period = std::atoi(argv[2]);
  for (int i = 3; i < argc; ++i) {
    const std::string_view word = argv[i];
    wanted.realtime = wanted.realtime || word == "realtime";
    wanted.busy = wanted.busy || word == "busy";
    wanted.peers = wanted.peers || word == "peers";
  }
  if (wanted.starts < 1 || wanted.period < 16) return 2;
  return measure(wanted);
}
