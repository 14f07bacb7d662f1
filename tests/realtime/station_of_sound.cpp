// The two threads in lockstep or apart, as chance has it.
#include "tests/realtime/station_of_sound.hpp"

#include <sys/mman.h>
#include <sys/syscall.h>

#include <array>
#include <cstdlib>
#include <thread>
#include <vector>

#include "audio/portaudio_device.hpp"
#include "tests/audio/made_up_master.hpp"
#include "tests/realtime/fake_portaudio.hpp"
#include "tests/realtime/watch.hpp"

namespace loa::test {
namespace {

using audio::Frames;
using std::chrono::nanoseconds;

constexpr std::int64_t kBegin = 1'794'000'000LL * 48000;
constexpr std::size_t kLongestBuffer = 2048;

/// Wall time as frames make it, and its steps.
struct MadeUpClock {
  std::atomic<std::int64_t> frames{0};
  std::atomic<std::int64_t> step{0};  // nanoseconds
  wire::Instant now() const { return wire::Instant{Frames{kBegin + frames.load() + step.load() * 48 / 1'000'000}}; }
};

/// Orders of every kind, in no order that makes sense.
class Orders {
 public:
  Orders(player::Feeder& feeder, MadeUpClock& clock, std::uint64_t seed)
      : feeder_(feeder), clock_(clock), dice_(seed) {}

  std::int64_t given() const { return given_; }
  void maybe() {
    if (upto(8) != 0) return;
    ++given_;
    switch (upto(12)) {
      case 0:
        return feeder_.obey(wire::CancelOrder{id(), 1, Frames{upto(2000)}});
      case 1:
      case 2:
      case 3:
        return feeder_.obey(gate());
      case 4:
        return step();
      default:
        return feeder_.obey(play());
    }
  }

 private:
  std::int64_t upto(std::int64_t most) { return static_cast<std::int64_t>(dice_() % static_cast<std::uint64_t>(most)); }
  std::string id() { return "cue-" + std::to_string(upto(200)); }
  wire::GateOrder gate() {
    wire::GateOrder order;
    for (auto ranges = upto(12); ranges > 0; --ranges) {
      const auto from = clock_.now() + Frames{upto(96'000 * 8) - 96'000};
      order.open.push_back({from, from + Frames{upto(48'000 * 20)}});
    }
    order.good_for = Frames{upto(48'000 * 20)};
    return order;
  }
  wire::PlayOrder play() {
    wire::PlayOrder order;
    order.id = "cue-" + std::to_string(given_ % 200);
    order.attempt = static_cast<std::uint32_t>(given_);
    order.master = std::array{"1", "2", "3", "2ch", "short", "breaks", "none"}.at(static_cast<std::size_t>(upto(7)));
    order.anchor = clock_.now() + Frames{upto(480'000) - 96'000};
    order.frames = Frames{upto(480'000)};
    order.fade = Frames{upto(4) * 4800};
    return order;
  }
  void step() { clock_.step.fetch_add((upto(4'000) - 2'000) * 1'000'000); }

  player::Feeder& feeder_;
  MadeUpClock& clock_;
  std::mt19937_64 dice_;
  std::int64_t given_ = 0;
};

struct Lockstep {
  std::atomic<std::uint32_t> asked{0}, done{0};
  std::atomic<bool> over{false};
};

/// The sound card's thread: nothing but the callback, after a buffer of warm-up.
class Card {
 public:
  Card(MadeUpClock& clock, Lockstep& step, std::uint64_t seed) : clock_(clock), step_(step), state_(seed | 1) {}

  /// Hushes `output` a second before the end.
  [[noreturn]] void run(audio::Output& output, Frames length, Happened& happened) {
    buffer();
    forbid_system_calls(&step_.asked, &step_.done);
    const auto hush_at = length - Frames{48'000};
    while (clock_.frames.load() < length.count()) {
      if (clock_.frames.load() > hush_at.count()) output.hush();
      happened.sounding += buffer() ? 1 : 0;
      ++happened.buffers;
      turn_of_the_feeder();
    }
    happened.frames = clock_.frames.load();
    step_.over = true;
    step_.asked.fetch_add(1, std::memory_order_release);
    wake(step_.asked);
    while (true) wait_while(step_.done, step_.done.load());  // a thread that ends makes system calls: the process does
  }

 private:
  std::uint64_t random() {  // xorshift: no library of which one must ask what it calls
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    return state_ ^= state_ << 17;
  }
  bool buffer() {
    const auto frames = 64 + random() % (kLongestBuffer - 64);
    const auto now = nanoseconds{clock_.now().time_since_epoch().count() / 48 * 1'000'000};
    const auto steady = nanoseconds{1 + clock_.frames.load() * 1'000'000 / 48};
    set_time({now, steady});
    const auto part = std::span(samples_).first(2 * frames);
    {
      const RealTime section;
      call_back(part, 0.005);
    }
    clock_.frames.fetch_add(static_cast<std::int64_t>(frames));
    return part.back() != 0;
  }
  /// Most often it is waited for; now and then not for two seconds, which it cannot make up for.
  void turn_of_the_feeder() {
    if (alone_ == 0 && random() % 4'000 == 0) alone_ = 100;
    step_.asked.fetch_add(1, std::memory_order_release);
    if (alone_ > 0) {
      if (--alone_ == 0) wake(step_.asked);
      return;
    }
    wake(step_.asked);
    if (random() % 4 == 0) return;
    const auto mine = step_.asked.load();
    for (auto done = step_.done.load(); done != mine; done = step_.done.load()) wait_while(step_.done, done);
  }

  MadeUpClock& clock_;
  Lockstep& step_;
  std::uint64_t state_;
  int alone_ = 0;
  std::array<float, 2 * kLongestBuffer> samples_{};
};

}  // namespace

Happened play_for(Frames length, int channels, std::uint64_t seed) {
  std::string error;
  const auto device = audio::find_portaudio_device("default", channels, error);
  audio::Output output(channels, player::Feeder::kWindow);
  player::Feeder feeder(output, audio::test::open_made_up, channels, nanoseconds{0});
  if (!device || !device->start(output).empty()) std::abort();
  auto& clock = *new MadeUpClock;  // these outlive the card's thread, which never ends by itself
  auto& step = *new Lockstep;
  auto& card = *new Card(clock, step, seed);
  Happened happened;
  std::thread([&] { card.run(output, length, happened); }).detach();
  Orders orders(feeder, clock, seed);
  for (std::uint32_t done = 0; !step.over;) {
    wait_while(step.asked, done);
    const auto seen = step.asked.load();
    orders.maybe();
    feeder.turn();
    happened.ends += static_cast<std::int64_t>(feeder.take_events().size());
    step.done.store(done = seen, std::memory_order_release);
    wake(step.done);
  }
  happened.underruns = output.underruns();
  happened.orders = orders.given();
  happened.hushed = output.hushed();
  return happened;
}

}  // namespace loa::test
