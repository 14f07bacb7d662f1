// The gate of the real loa-player under a storm of orders, and under a clock that steps, judged by the file of what
// sounded.
#include <gtest/gtest.h>
#include <sys/mman.h>

#include <array>
#include <atomic>
#include <cstring>
#include <fstream>
#include <thread>

#include "audio/paced_device.hpp"
#include "daemon/player/player.hpp"
#include "tests/player/hostile_orders.hpp"
#include "tests/player/player_process.hpp"

namespace {

using namespace loa;
using test::PlayerProcess;
using wire::Frames;

constexpr std::int64_t kOpen = 9'600, kCycle = 48'000;  // permitted: the first fifth of every second
constexpr std::int64_t kTolerance = 4'800;              // between the file's first instant and the player's clock

/// The instant of the first frame of a WAV that a device has kept, as its `bext` chunk says (EBU Tech 3285).
wire::Instant begins_at(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const auto at = bytes.find("bext");
  EXPECT_NE(at, std::string::npos);
  const auto date = bytes.substr(at + 8 + 320, 10);
  std::uint64_t samples = 0;
  std::memcpy(&samples, bytes.data() + at + 8 + 338, sizeof samples);
  const std::chrono::year_month_day day{std::chrono::year{std::stoi(date.substr(0, 4))},
                                        std::chrono::month{static_cast<unsigned>(std::stoi(date.substr(5, 2)))},
                                        std::chrono::day{static_cast<unsigned>(std::stoi(date.substr(8, 2)))}};
  return wire::Instant{std::chrono::sys_days{day}.time_since_epoch()} + Frames{static_cast<std::int64_t>(samples)};
}

/// Some of the permitted stretches, and parts of them; some that are long over.
wire::GateOrder within_hours(test::HostileOrders& dice, wire::Instant now) {
  wire::GateOrder order;
  const auto second = now.time_since_epoch().count() / kCycle * kCycle;
  for (auto ranges = dice.upto(8); ranges > 0; --ranges) {
    const auto begin = second + (dice.upto(8) - 2) * kCycle;
    const auto from = dice.upto(3) == 0 ? dice.upto(kOpen) : 0;
    order.open.push_back({wire::Instant{Frames{begin + from}}, wire::Instant{Frames{begin + kOpen}}});
  }
  order.good_for = Frames{dice.upto(10) == 0 ? dice.upto(4'800) : 480'000};
  return order;
}

/// A storm of some seconds; how it ends differs by the seed.
void storm(PlayerProcess& player, test::HostileOrders& dice) {
  for (int turn = 0; turn < 150; ++turn) {
    const auto now = test::soon(0);
    wire::Order order = dice.upto(5) == 0 ? wire::Order{dice.cancel()} : wire::Order{dice.play(now)};
    if (turn % 10 == 0) order = within_hours(dice, now);
    player.say(dice.upto(8) == 0 ? dice.garbage(wire::PlayOrder{}) : wire::to_line(order));
    std::this_thread::sleep_for(std::chrono::milliseconds{20});  // so that some of it sounds between the orders
  }
}

struct Verdict {
  std::int64_t sounding = 0, outside = 0;
};
Verdict judge(const std::string& wav) {
  const auto begins = begins_at(wav).time_since_epoch().count();
  const auto samples = test::read_wav(wav);
  Verdict verdict;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (samples[i] == 0) continue;
    ++verdict.sounding;
    const auto into = (begins + static_cast<std::int64_t>(i)) % kCycle;
    if (into >= kOpen + kTolerance && into < kCycle - kTolerance) ++verdict.outside;
  }
  return verdict;
}

/// One player and who storms it.
struct Storm {
  explicit Storm(std::uint64_t seed)
      : dice(seed,
             {test::write_master(folder, 1, 400'000), test::write_master(folder, 2, 50'000), folder / "none.flac"}),
        player(folder) {}
  void pass(bool quits) {
    storm(player, dice);
    quits ? player.order(wire::QuitOrder{}) : player.hang_up();
    player.wait_for_exit();
    verdict = judge(player.wav());
  }

  test::TempDir folder;
  test::HostileOrders dice;
  PlayerProcess player;
  Verdict verdict;
};

TEST(GateOfThePlayer, InAStormOfOrdersNothingSoundsOutsideThePermittedHours) {
  std::int64_t sounding = 0;
  // A starved machine lets little sound: it is stormed again.
  for (std::uint64_t seed = 1; sounding <= 4'800 && seed <= 24; seed += 4) {
    std::vector<std::unique_ptr<Storm>> storms;
    for (std::uint64_t each = 0; each < 4; ++each) storms.push_back(std::make_unique<Storm>(seed + each));
    std::vector<std::thread> threads;
    for (auto& one : storms) threads.emplace_back([&] { one->pass(&one == &storms.front()); });
    for (auto& thread : threads) thread.join();
    for (const auto& one : storms) {
      EXPECT_EQ(one->verdict.outside, 0);
      sounding += one->verdict.sounding;
    }
  }
  EXPECT_GT(sounding, 4'800) << "a gate that lets nothing through proves nothing";
}

/// The paced device on a wall clock that the test sets.
class Stepped final : public audio::Device, audio::FrameSink {
 public:
  Stepped(const std::string& out, const std::atomic<std::int64_t>& step) : paced_(1, out), step_(step) {}
  std::string start(audio::FrameSink& sink) override {
    sink_ = &sink;
    return paced_.start(*this);
  }
  void stop() override { paced_.stop(); }
  bool alive() const override { return paced_.alive(); }
  std::string name() const override { return "none"; }
  std::string host_api() const override { return "none"; }
  double latency_ms() const override { return 0; }

 private:
  void take(std::span<float> out, const audio::Moment& asked) noexcept override {
    auto moment = asked;
    moment.wall += std::chrono::seconds{step_.load()};
    sink_->take(out, moment);
  }
  audio::PacedDevice paced_;
  const std::atomic<std::int64_t>& step_;
  audio::FrameSink* sink_ = nullptr;
};

/// Shared with the player's process.
struct SharedStep {
  SharedStep()
      : seconds(*new (::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0))
                    std::atomic<std::int64_t>(0)) {}
  ~SharedStep() { ::munmap(&seconds, 4096); }
  SharedStep(const SharedStep&) = delete;
  SharedStep& operator=(const SharedStep&) = delete;
  std::atomic<std::int64_t>& seconds;
};

/// The frame of the first beat after now that says so of the gate.
std::int64_t frame_when_gate_is(PlayerProcess& player, bool open) {
  const auto before = player.events().size();
  std::int64_t taken = 0;
  EXPECT_TRUE(player.wait_for([&](const auto& event) {
    const auto* beat = std::get_if<wire::BeatEvent>(&event);
    if (beat == nullptr || &event < player.events().data() + before || beat->gate_open != open) return false;
    taken = beat->taken;
    return true;
  }));
  return taken;
}

TEST(GateOfThePlayer, AClockThatStepsOutOfThePermittedHoursIsSilentUntilItStepsBack) {
  const test::TempDir folder;
  SharedStep step;
  PlayerProcess player(folder, [&](int fd) {
    player::Options options;
    options.fd = fd;
    // Never destroyed, as in the program.
    auto* made = new player::Player(options, [&](const player::Options&, std::string&) {
      return std::make_unique<Stepped>(folder / "out.wav", step.seconds);
    });
    return static_cast<int>(made->run());
  });
  player.order(wire::GateOrder{{{test::soon(-60), test::soon(600)}}, Frames{48'000 * 3600}});
  wire::PlayOrder order;
  order.id = "a";
  order.master = test::write_master(folder, 1, 48'000 * 60);
  order.anchor = test::soon(0.2);
  order.frames = Frames{48'000 * 60};
  player.order(order);
  std::vector<std::pair<std::int64_t, std::int64_t>> closed;
  for (const std::int64_t hours : {1, -1, 24 * 400}) {
    frame_when_gate_is(player, true);
    step.seconds = hours * 3600;
    const auto from = frame_when_gate_is(player, false);
    const auto until = frame_when_gate_is(player, false);
    closed.emplace_back(from, until);
    step.seconds = 0;
  }
  const auto open_again = frame_when_gate_is(player, true);
  player.order(wire::QuitOrder{});
  EXPECT_EQ(player.wait_for_exit(), 0);
  const auto sound = test::read_wav(player.wav());
  for (const auto& [from, until] : closed) {
    ASSERT_LT(from, until);
    for (auto i = from; i < until; ++i) ASSERT_EQ(sound[static_cast<std::size_t>(i)], 0) << i;
  }
  EXPECT_TRUE(std::any_of(sound.begin() + static_cast<std::ptrdiff_t>(open_again) - 48'000, sound.end(),
                          [](float sample) { return sample != 0; }));
}

}  // namespace
