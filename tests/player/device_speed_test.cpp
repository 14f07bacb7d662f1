// The player with a device at a wrong speed, as the daemon meets it.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "daemon/player/player.hpp"
#include "tests/player/player_process.hpp"

namespace {

using namespace loa;
using namespace std::chrono_literals;
using test::PlayerProcess;

/// Takes `speed` times 48,000 frames a second of the steady clock, until the process ends.
class WrongCard final : public audio::Device {
 public:
  explicit WrongCard(double speed) : speed_(speed) {}
  ~WrongCard() override { WrongCard::stop(); }
  std::string start(audio::FrameSink& sink) override {
    thread_ = std::jthread([this, &sink](const std::stop_token& stop) {
      std::vector<float> buffer(480);
      const auto begins = std::chrono::steady_clock::now();
      const auto period = 10ms / speed_;
      for (std::int64_t taken = 0; !stop.stop_requested(); ++taken) {
        std::this_thread::sleep_until(begins + period * static_cast<double>(taken));
        auto asked = audio::moment_now();
        const auto due = (begins + period * static_cast<double>(taken)).time_since_epoch();
        asked.lead = std::chrono::round<std::chrono::nanoseconds>(due) - asked.steady;
        sink.take(buffer, asked);
      }
    });
    return "";
  }
  void stop() override { thread_ = {}; }
  bool alive() const override { return true; }
  std::string name() const override { return "card"; }
  std::string host_api() const override { return "test"; }
  double latency_ms() const override { return 0; }

 private:
  double speed_;
  std::jthread thread_;
};

std::unique_ptr<PlayerProcess> player_with(const test::TempDir& folder, double speed, bool prove_rate = false) {
  return std::make_unique<PlayerProcess>(folder, [=](int fd) {
    player::Options options;
    options.fd = fd;
    options.prove_rate = prove_rate;
    // Never destroyed, as in the program.
    auto* player = new player::Player(
        options, [=](const player::Options&, std::string&) { return std::make_unique<WrongCard>(speed); });
    return static_cast<int>(player->run());
  });
}

std::vector<wire::DeviceEvent> device_events(const PlayerProcess& player) {
  std::vector<wire::DeviceEvent> said;
  for (const auto& event : player.events()) {
    if (const auto* device = std::get_if<wire::DeviceEvent>(&event)) said.push_back(*device);
  }
  return said;
}

TEST(DeviceSpeed, ADeviceAtHalfSpeedIsLostAndItsRateIsSaid) {
  const test::TempDir folder;
  const auto player = player_with(folder, 0.5);
  EXPECT_EQ(player->wait_for_exit(), 5);
  const auto said = device_events(*player);
  ASSERT_EQ(said.size(), 2u);
  EXPECT_EQ(said[0].state, "open");
  EXPECT_EQ(said[1].state, "lost");
  ASSERT_TRUE(said[1].note.starts_with(wire::kKeepsNoTime)) << said[1].note;
  EXPECT_NEAR(std::stod(said[1].note.substr(wire::kKeepsNoTime.size())), 24'000, 240);
}

TEST(DeviceSpeed, OneThatHasToProveItselfIsOpenOnlyWhenItKeepsTime) {
  const test::TempDir folder;
  const auto slow = player_with(folder, 0.98, true), right = player_with(folder, 1, true);
  EXPECT_TRUE(right->wait_for([](const wire::Event& event) {
    const auto* device = std::get_if<wire::DeviceEvent>(&event);
    return device != nullptr && device->state == "open";
  }));
  EXPECT_TRUE(std::holds_alternative<wire::BeatEvent>(right->events().front())) << "it lives meanwhile";
  EXPECT_EQ(slow->wait_for_exit(), 4);
  const auto said = device_events(*slow);
  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(said[0].state, "absent");
  EXPECT_TRUE(said[0].note.starts_with(wire::kKeepsNoTime)) << said[0].note;
}

}  // namespace
