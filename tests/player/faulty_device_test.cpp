// The player with devices that hang in open and in close, stall and vanish, as the daemon meets it.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "daemon/player/player.hpp"
#include "tests/player/player_process.hpp"

namespace {

using namespace loa;
using namespace std::chrono_literals;
using test::PlayerProcess;
using FaultClock = std::chrono::steady_clock;

enum class CardFault { none, hangs_in_open, hangs_in_close, stalls, vanishes };

/// Takes 48,000 frames a second until its fault comes, after `works`.
class FaultyCard final : public audio::Device {
 public:
  FaultyCard(CardFault fault, std::chrono::milliseconds works) : fault_(fault), works_(works) {}
  ~FaultyCard() override { FaultyCard::stop(); }
  std::string start(audio::FrameSink& sink) override {
    if (fault_ == CardFault::hangs_in_open) hang();
    thread_ = std::jthread([this, &sink](const std::stop_token& stop) {
      std::vector<float> buffer(480);
      const auto begins = FaultClock::now();
      for (auto due = begins; !stop.stop_requested(); due += 10ms) {
        std::this_thread::sleep_until(due);
        if (due - begins >= works_ && fault_ == CardFault::vanishes) alive_ = false;
        // Its thread stays: one that has ended and that nobody joins is a leak to TSan.
        if (due - begins >= works_ && (fault_ == CardFault::stalls || fault_ == CardFault::vanishes)) continue;
        sink.take(buffer, audio::moment_now());
      }
    });
    return "";
  }
  void stop() override {
    if (fault_ == CardFault::hangs_in_close) hang();
    thread_ = {};
  }
  bool alive() const override { return alive_; }
  std::string name() const override { return "card"; }
  std::string host_api() const override { return "test"; }
  double latency_ms() const override { return 0; }

 private:
  [[noreturn]] static void hang() {
    while (true) std::this_thread::sleep_for(1h);
  }
  CardFault fault_;
  std::chrono::milliseconds works_;
  std::atomic<bool> alive_{true};
  std::jthread thread_;
};

std::unique_ptr<PlayerProcess> faulty_player(const test::TempDir& folder, CardFault fault,
                                             std::chrono::milliseconds works = 0ms) {
  return std::make_unique<PlayerProcess>(folder, [=](int fd) {
    player::Options options;
    options.fd = fd;
    options.open_patience = 500ms;
    // Never destroyed, as in the program.
    auto* player = new player::Player(
        options, [=](const player::Options&, std::string&) { return std::make_unique<FaultyCard>(fault, works); });
    return static_cast<int>(player->run());
  });
}

const wire::DeviceEvent* last_device_event(const PlayerProcess& player) {
  const wire::DeviceEvent* last = nullptr;
  for (const auto& event : player.events()) {
    if (const auto* device = std::get_if<wire::DeviceEvent>(&event)) last = device;
  }
  return last;
}

TEST(FaultyDevice, OneThatHangsInBeingOpenedIsSaidToBeAbsentAndTheProcessEnds) {
  const test::TempDir folder;
  const auto player = faulty_player(folder, CardFault::hangs_in_open);
  EXPECT_EQ(player->wait_for_exit(), 4);
  const auto* said = last_device_event(*player);
  ASSERT_NE(said, nullptr);
  EXPECT_EQ(said->state, "absent");
  EXPECT_EQ(said->name, "default") << "as it was asked for: it has not told its name";
  EXPECT_EQ(said->note, "it hangs in being opened");
}

TEST(FaultyDevice, OneThatHangsInBeingClosedKeepsNobody) {
  const test::TempDir folder;
  const auto player = faulty_player(folder, CardFault::hangs_in_close);
  ASSERT_TRUE(
      player->wait_for([](const wire::Event& event) { return std::holds_alternative<wire::BeatEvent>(event); }));
  player->order(wire::QuitOrder{});
  EXPECT_EQ(player->wait_for_exit(), 0);
}

TEST(FaultyDevice, OneThatStallsOrVanishesIsLostAndTheCountOfWhatItTookIsTold) {
  for (const auto& [fault, why] : {std::pair{CardFault::stalls, "takes no frames"}, {CardFault::vanishes, "stopped"}}) {
    const test::TempDir folder;
    const auto player = faulty_player(folder, fault, 1500ms);
    EXPECT_EQ(player->wait_for_exit(), 5);
    const auto* said = last_device_event(*player);
    ASSERT_NE(said, nullptr);
    EXPECT_EQ(said->state, "lost");
    EXPECT_EQ(said->note, why);
    std::int64_t taken = 0;
    for (const auto& event : player->events()) {
      if (const auto* beat = std::get_if<wire::BeatEvent>(&event)) taken = beat->taken;
    }
    EXPECT_EQ(taken, 150 * 480) << "every frame that the device took";
  }
}

}  // namespace
