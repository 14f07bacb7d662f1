// The link to the child that sounds, with children that behave badly: shell scripts in the player's place.
#include "daemon/station/run/player_process.hpp"

#include <gtest/gtest.h>
#include <signal.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace loa::station {
namespace {

namespace fs = std::filesystem;

class PlayerProcessTest : public ::testing::Test {
 protected:
  ~PlayerProcessTest() override { fs::remove_all(folder_); }

  static fs::path make_folder() {
    auto pattern = (fs::temp_directory_path() / "loa-player-XXXXXX").string();
    return mkdtemp(pattern.data());
  }
  /// A player that runs `body`; $line is an open device's event, $log a file of its own.
  fs::path script(const std::string& body) {
    const auto path = folder_ / "player";
    const auto line = wire::to_line(wire::Event{wire::DeviceEvent{"open", "none", "", 0}});
    std::ofstream(path) << "#!/bin/bash\nlog=" << (folder_ / "log").string() << "\nline='"
                        << line.substr(0, line.size() - 1) << "'\n"
                        << body << "\n";
    fs::permissions(path, fs::perms::owner_all);
    return path;
  }
  std::unique_ptr<PlayerProcess> player(const std::string& body) {
    PlayerProcess::Settings settings;
    settings.program = script(body);
    settings.device = "none";
    return std::make_unique<PlayerProcess>(
        context_, settings,
        PlayerProcess::Handlers{
            [this](const wire::Event& event) { opened_ += std::holds_alternative<wire::DeviceEvent>(event); },
            [this](const std::string& why) { gone_.push_back(why); }});
  }
  template <class Condition>
  bool until(Condition condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!condition() && std::chrono::steady_clock::now() < deadline)
      context_.run_one_for(std::chrono::milliseconds(100));
    return condition();
  }
  std::string log() const {
    std::ifstream in(folder_ / "log");
    return std::string(std::istreambuf_iterator<char>(in), {});
  }

  boost::asio::io_context context_;
  fs::path folder_ = make_folder();
  int opened_ = 0;
  std::vector<std::string> gone_;
};

TEST_F(PlayerProcessTest, OrdersGoThereAndEventsComeBack) {
  auto link = player("echo \"$line\" >&3; read -r order <&3; echo \"$order\" > $log; cat <&3 >/dev/null");
  link->start();
  ASSERT_TRUE(until([&] { return opened_ == 1; }));
  const wire::Order order = wire::CancelOrder{"xa/1", 2, wire::Frames(480)};
  link->send(order);
  EXPECT_TRUE(until([&] { return log() == wire::to_line(order); }));
}

TEST_F(PlayerProcessTest, LinesThatAreNoEventsArePassedOver) {
  auto link = player("printf 'garbage\\n{\\n\\xff\\n' >&3; echo \"$line\" >&3; cat <&3 >/dev/null");
  link->start();
  EXPECT_TRUE(until([&] { return opened_ == 1; }));
  EXPECT_TRUE(gone_.empty());
}

TEST_F(PlayerProcessTest, AnotherFollowsTheOneThatEnds) {
  auto link = player("echo \"$line\" >&3; exit 5");
  link->start();
  EXPECT_TRUE(until([&] { return opened_ >= 3; }));
  EXPECT_GE(gone_.size(), 2u);
}

TEST_F(PlayerProcessTest, TheNextOneGoesOnWithTheFileOfTheOneBefore) {
  PlayerProcess::Settings settings;
  settings.program = script("echo \"$*\" >> $log; echo \"$line\" >&3; exit 5");
  settings.device = "none";
  settings.out = "x.wav";
  PlayerProcess link(context_, settings,
                     {[](const wire::Event&) {}, [this](const std::string& why) { gone_.push_back(why); }});
  link.start();
  ASSERT_TRUE(until([&] { return gone_.size() >= 2; }));
  std::istringstream lines(log());
  std::string first, second;
  std::getline(lines, first);
  std::getline(lines, second);
  EXPECT_EQ(first.find("--resume"), std::string::npos) << first;
  EXPECT_NE(second.find("--out x.wav --resume"), std::string::npos) << second;
}

TEST_F(PlayerProcessTest, AfterADeviceThatKeptNoTimeTheNextHasToProveItself) {
  PlayerProcess::Settings settings;
  const auto lost = wire::to_line(wire::DeviceEvent{"lost", "USB", std::string(wire::kKeepsNoTime) + "24000", 0});
  // The third says that it is open: it has proved it, and the fourth need not.
  settings.program = script("echo \"$*\" >> $log; n=$(wc -l < $log); [ $n -lt 3 ] && echo '" +
                            lost.substr(0, lost.size() - 1) + "' >&3 || echo \"$line\" >&3; exit 5");
  PlayerProcess link(context_, settings,
                     {[](const wire::Event&) {}, [this](const std::string& why) { gone_.push_back(why); }});
  link.start();
  ASSERT_TRUE(until([&] { return gone_.size() >= 4; }));
  std::istringstream lines(log());
  std::vector<bool> proving;
  for (std::string line; std::getline(lines, line);) proving.push_back(line.find("--prove-rate") != std::string::npos);
  proving.resize(4);
  EXPECT_EQ(proving, (std::vector<bool>{false, true, true, false}));
}

TEST_F(PlayerProcessTest, TheSecondDeviceSoundsWhileTheFirstIsAwayAndGivesItBack) {
  // "card" is there while the file is; what opened keeps open until it is told to end.
  PlayerProcess::Settings settings;
  settings.program =
      script("device=$4; echo \"$device $$\" >> $log\n[ $device = USB -o -e " + (folder_ / "card").string() +
             " ] || exit 4\n"
             "echo \"${line/none/$device}\" >&3\n"
             "while read -r order <&3; do :; done");
  settings.device = "card";
  settings.second_device = "USB";
  std::vector<std::pair<std::string, bool>> opened;
  PlayerProcess link(context_, settings,
                     {[&](const wire::Event& event) {
                        const auto& device = std::get<wire::DeviceEvent>(event);
                        opened.emplace_back(device.name, device.second);
                      },
                      [this](const std::string& why) { gone_.push_back(why); }});
  link.start();
  ASSERT_TRUE(until([&] { return opened.size() == 1; }));
  EXPECT_EQ(opened.back(), (std::pair<std::string, bool>("USB", true)));
  EXPECT_FALSE(link.first_is_back());
  std::ofstream(folder_ / "card").flush();
  ASSERT_TRUE(until([&] { return link.first_is_back(); }));
  EXPECT_EQ(opened.size(), 1u) << "a trial is nobody's device";
  EXPECT_EQ(gone_.size(), 1u) << "the second one goes on";
  link.take_back_first();
  ASSERT_TRUE(until([&] { return opened.size() == 2; }));
  EXPECT_EQ(opened.back(), (std::pair<std::string, bool>("card", false)));
  EXPECT_EQ(gone_.back(), wire::kFirstIsBack);
}

TEST_F(PlayerProcessTest, AHungOneIsKilledAndReplaced) {
  auto link = player("trap '' TERM; echo \"$line\" >&3; while :; do read -r -t 1000 x < /dev/zero; done");
  link->start();
  ASSERT_TRUE(until([&] { return opened_ == 1; }));
  const auto first = link->pid();
  link->restart();
  EXPECT_EQ(gone_.size(), 1u);
  ASSERT_TRUE(until([&] { return opened_ == 2; }));
  EXPECT_NE(link->pid(), first);
}

TEST_F(PlayerProcessTest, AChildThatReadsNothingBlocksNobody) {
  auto link = player("echo \"$line\" >&3; exec sleep 1000");
  link->start();
  ASSERT_TRUE(until([&] { return opened_ == 1; }));
  for (int i = 0; i < 100000; ++i) link->send(wire::GateOrder{});
  link->restart();
  EXPECT_TRUE(until([&] { return opened_ == 2; }));
}

TEST_F(PlayerProcessTest, AProgramThatDoesNotExistIsTriedAgainWithBackOff) {
  PlayerProcess::Settings settings;
  settings.program = folder_ / "absent";
  PlayerProcess link(context_, settings,
                     {[](const wire::Event&) {}, [this](const std::string& why) { gone_.push_back(why); }});
  link.start();
  EXPECT_TRUE(until([&] { return gone_.size() >= 3; }));
  EXPECT_NE(gone_.front().find("cannot start"), std::string::npos);
}

TEST_F(PlayerProcessTest, QuitAsksFirst) {
  auto link = player("echo \"$line\" >&3; read -r order <&3; echo \"$order\" > $log");
  link->start();
  ASSERT_TRUE(until([&] { return opened_ == 1; }));
  link->quit(std::chrono::seconds(10));
  EXPECT_EQ(log(), wire::to_line(wire::Order{wire::QuitOrder{}}));
  EXPECT_TRUE(gone_.empty());
}

}  // namespace
}  // namespace loa::station
