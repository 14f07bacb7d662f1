// loa-player as the daemon meets it: a process with a socket, judged by its events and by every sample it sounded.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "audio/playout.hpp"
#include "tests/player/player_process.hpp"
#include "tests/support/process.hpp"

namespace {

using namespace loa;
using test::master_sample;
using test::PlayerProcess;
using test::soon;
using wire::Frames;

class LoaPlayer : public testing::Test {
 protected:
  wire::PlayOrder play(const std::string& id, int master, wire::Instant anchor, std::int64_t at, std::int64_t frames) {
    wire::PlayOrder order;
    order.id = id;
    order.master = test::write_master(folder, master, 60'000);
    order.anchor = anchor;
    order.at = Frames{at};
    order.frames = Frames{frames};
    return order;
  }
  /// Ends the player; from here on its WAV is whole.
  void quit(PlayerProcess& player) {
    player.order(wire::QuitOrder{});
    EXPECT_EQ(player.wait_for_exit(), 0);
    sound = test::read_wav(player.wav());
  }
  /// The first frame that is not silence.
  std::size_t begin_of_sound() const {
    return static_cast<std::size_t>(std::find_if(sound.begin(), sound.end(), [](float sample) { return sample != 0; }) -
                                    sound.begin());
  }
  std::int64_t sounding_frames() const {
    return std::count_if(sound.begin(), sound.end(), [](float sample) { return sample != 0; });
  }
  void expect_master(std::size_t from, int number, std::int64_t offset, std::int64_t frames) {
    ASSERT_LE(from + static_cast<std::size_t>(frames), sound.size());
    for (std::int64_t i = 0; i < frames; ++i) {
      ASSERT_EQ(sound[from + static_cast<std::size_t>(i)], master_sample(number, offset + i)) << number << ' ' << i;
    }
  }

  test::TempDir folder;
  std::vector<float> sound;
};

TEST_F(LoaPlayer, AChainIsSampleForSampleWhatTheMastersHoldAndStopsHard) {
  PlayerProcess player(folder);
  player.open_gate();
  const auto anchor = soon(0.8);
  player.order(play("a", 1, anchor, 0, 20'001));
  player.order(play("b", 2, anchor, 20'001, 15'000));
  player.order(play("c", 3, anchor, 35'001, 59'000));
  player.order(play("d", 4, anchor, 40'001, 10'000));  // cuts c
  ASSERT_TRUE(player.wait_for_end_of("d"));
  quit(player);
  const auto begin = begin_of_sound();
  expect_master(begin, 1, 0, 20'001);
  expect_master(begin + 20'001, 2, 0, 15'000);
  expect_master(begin + 35'001, 3, 0, 5'000);
  expect_master(begin + 40'001, 4, 0, 10'000);
  EXPECT_EQ(sounding_frames(), 50'001);

  const auto ended = player.ended();
  ASSERT_EQ(ended.size(), 4u);
  const std::vector<std::pair<std::int64_t, wire::EndCause>> expected = {{20'001, wire::EndCause::whole},
                                                                         {15'000, wire::EndCause::whole},
                                                                         {5'000, wire::EndCause::cut},
                                                                         {10'000, wire::EndCause::whole}};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(ended[i].played.count(), expected[i].first) << ended[i].id;
    EXPECT_EQ(ended[i].cause, expected[i].second) << ended[i].id;
  }
  EXPECT_EQ(player.started().size(), 4u);
  // Instants come from the map between frames and the wall clock, which is still learning: to the ledger's 50 ms.
  EXPECT_NEAR(static_cast<double>((player.started()[3].at - player.started()[0].at).count()), 40'001, 2'400);
}

TEST_F(LoaPlayer, ADeviceThatTakesFramesAsFastAsItCanIsNone) {
  const std::string settings = folder / "alsa.conf";
  std::ofstream(settings) << "</usr/share/alsa/alsa.conf>\npcm.as_fast_as_it_can { type null }\n";
  ::setenv("ALSA_CONFIG_PATH", settings.c_str(), 1);
  PlayerProcess player(folder, {}, "as_fast");
  ::unsetenv("ALSA_CONFIG_PATH");
  // A machine too busy to see it at once has called it open before.
  const int code = player.wait_for_exit();
  std::vector<wire::DeviceEvent> said;
  for (const auto& event : player.events()) {
    if (const auto* device = std::get_if<wire::DeviceEvent>(&event)) said.push_back(*device);
  }
  ASSERT_FALSE(said.empty());
  EXPECT_NE(said.back().note.find("does not keep time"), std::string::npos) << said.back().note;
  EXPECT_EQ(said.back().state, said.size() == 1 ? "absent" : "lost");
  EXPECT_EQ(code, said.size() == 1 ? 4 : 5);
}

TEST_F(LoaPlayer, AnOrderThatIsLateOrJoinsBeginsAtTheMatchingPlace) {
  PlayerProcess player(folder);
  player.open_gate();
  auto order = play("a", 1, soon(-0.2), 0, 40'000);
  order.offset = Frames{1'000};
  player.order(order);
  ASSERT_TRUE(player.wait_for_end_of("a"));
  quit(player);
  const auto played = player.ended().at(0).played.count();
  EXPECT_LT(played, 40'000 - 9'600);
  EXPECT_GT(played, 0);
  // In 16 bits the first frame or two of its rise are none.
  EXPECT_LE(sounding_frames(), played);
  EXPECT_GE(sounding_frames(), played - 3);
  const auto rise = audio::Playout::kEntry.count();
  const auto end = static_cast<std::int64_t>(
      sound.rend() - std::find_if(sound.rbegin(), sound.rend(), [](float sample) { return sample != 0; }));
  expect_master(static_cast<std::size_t>(end - played + rise), 1, 41'000 - played + rise, played - rise);
}

TEST_F(LoaPlayer, BehindAClosedGateThereIsSilenceAndNothingIsPlayed) {
  PlayerProcess player(folder);
  player.order(wire::GateOrder{{{soon(100), soon(200)}}, Frames{480'000}});
  player.order(play("a", 1, soon(0.3), 0, 10'000));
  ASSERT_TRUE(player.wait_for_end_of("a"));
  quit(player);
  EXPECT_EQ(sounding_frames(), 0);
  EXPECT_TRUE(player.started().empty());
  EXPECT_EQ(player.ended().at(0).played, Frames{0});
  EXPECT_EQ(player.ended().at(0).cause, wire::EndCause::gate);
}

TEST_F(LoaPlayer, WithoutAFreshGateItFallsSilentAndCountsOnlyWhatSounded) {
  PlayerProcess player(folder);
  // Given well ahead: what is entered late rises from nothing, and a frame of that may be a zero in 16 bits.
  player.order(play("a", 1, soon(1), 0, 60'000));
  player.order(wire::GateOrder{{{wire::Instant{}, soon(3600)}}, Frames{72'000}});
  ASSERT_TRUE(player.wait_for_end_of("a"));
  quit(player);
  const auto ended = player.ended().at(0);
  EXPECT_EQ(ended.cause, wire::EndCause::gate);
  EXPECT_EQ(ended.played.count(), sounding_frames());
  EXPECT_GT(sounding_frames(), 0);
  EXPECT_LT(sounding_frames(), 36'001);
}

TEST_F(LoaPlayer, GarbageIsIgnoredAndARepeatedOrderChangesNothing) {
  PlayerProcess player(folder);
  player.say("{}\n\n[[[[\nplay it again\n" + std::string(5'000, '\xff') + "\n{\"order\":\"play\"}\n");
  player.open_gate();
  auto order = play("a", 1, soon(0.4), 0, 10'000);
  player.order(order);
  player.order(order);
  order.anchor += Frames{24'000};
  player.order(order);
  ASSERT_TRUE(player.wait_for_end_of("a"));
  quit(player);
  EXPECT_EQ(sounding_frames(), 10'000);
  EXPECT_EQ(player.ended().size(), 1u);
}

TEST_F(LoaPlayer, ACancelEndsItWithItsFade) {
  PlayerProcess player(folder);
  player.open_gate();
  player.order(play("a", 1, soon(1), 0, 60'000));
  player.order(play("b", 2, soon(1), 60'000, 60'000));
  ASSERT_TRUE(player.wait_for([](const auto& event) { return std::holds_alternative<wire::StartedEvent>(event); }));
  player.order(wire::CancelOrder{"a", 1, Frames{480}});
  player.order(wire::CancelOrder{"b", 1, Frames{480}});
  ASSERT_TRUE(player.wait_for_end_of("a"));
  quit(player);
  const auto played = player.ended().at(0).id == "a" ? player.ended().at(0).played : player.ended().at(1).played;
  EXPECT_LT(played, Frames{60'000});
  expect_master(begin_of_sound(), 1, 0, played.count() - 480);
  EXPECT_LE(sounding_frames(), played.count());
  EXPECT_GT(sounding_frames(), played.count() - 48) << "the end of the fade rounds to nothing";
  for (const auto& ended : player.ended()) EXPECT_EQ(ended.cause, wire::EndCause::cancelled);
}

TEST_F(LoaPlayer, AMasterThatIsNotThereIsTold) {
  PlayerProcess player(folder);
  player.open_gate();
  auto order = play("a", 1, soon(0.2), 0, 10'000);
  order.master = folder / "gone.flac";
  player.order(order);
  ASSERT_TRUE(player.wait_for_end_of("a"));
  EXPECT_EQ(player.ended().at(0).cause, wire::EndCause::unreadable);
  EXPECT_EQ(player.ended().at(0).played, Frames{0});
  EXPECT_NE(player.ended().at(0).note, "");
  quit(player);
}

TEST_F(LoaPlayer, BeatsCountTheFramesThatTheDeviceTook) {
  PlayerProcess player(folder);
  std::vector<wire::BeatEvent> beats;
  ASSERT_TRUE(player.wait_for([&](const auto& event) {
    if (const auto* beat = std::get_if<wire::BeatEvent>(&event)) beats.push_back(*beat);
    return beats.size() == 2;
  }));
  EXPECT_GT(beats[1].taken, beats[0].taken);
  EXPECT_FALSE(beats[1].gate_open);
  EXPECT_EQ(beats[1].id, "");
  const auto& device = std::get<wire::DeviceEvent>(player.events().front());
  EXPECT_EQ(device.state, "open");
  EXPECT_EQ(device.name, "none");
  quit(player);
}

TEST_F(LoaPlayer, WhenTheDaemonIsGoneItFadesOutAndEnds) {
  PlayerProcess player(folder);
  player.open_gate();
  player.order(play("a", 1, soon(0.2), 0, 60'000));
  ASSERT_TRUE(player.wait_for([](const auto& event) { return std::holds_alternative<wire::StartedEvent>(event); }));
  player.hang_up();
  EXPECT_EQ(player.wait_for_exit(), 0);
  sound = test::read_wav(player.wav());
  EXPECT_GT(sounding_frames(), 0);
  EXPECT_LT(sounding_frames(), 60'000);
  EXPECT_EQ(sound.back(), 0.0F);
}

TEST_F(LoaPlayer, SigtermEndsItLikewise) {
  PlayerProcess player(folder);
  ASSERT_TRUE(player.wait_for([](const auto& event) { return std::holds_alternative<wire::DeviceEvent>(event); }));
  player.signal(SIGTERM);
  EXPECT_EQ(player.wait_for_exit(), 0);
}

TEST_F(LoaPlayer, AQuitTellsHowFarEveryOrderCame) {
  PlayerProcess player(folder);
  player.open_gate();
  player.order(play("a", 1, soon(0.2), 0, 60'000));
  player.order(play("far", 2, soon(3000), 0, 60'000));
  ASSERT_TRUE(player.wait_for([](const auto& event) { return std::holds_alternative<wire::StartedEvent>(event); }));
  quit(player);
  ASSERT_EQ(player.ended().size(), 2u);
  for (const auto& ended : player.ended()) {
    EXPECT_EQ(ended.cause, wire::EndCause::cancelled);
    EXPECT_EQ(ended.played > Frames{0}, ended.id == "a") << ended.id;
  }
}

TEST_F(LoaPlayer, AProcessThatStoodStillForAMomentDoesNotTakeItsDeviceForLost) {
  PlayerProcess player(folder);
  const auto is_beat = [](const auto& event) { return std::holds_alternative<wire::BeatEvent>(event); };
  ASSERT_TRUE(player.wait_for(is_beat));
  for (int i = 0; i < 3; ++i) {
    player.signal(SIGSTOP);
    std::this_thread::sleep_for(std::chrono::milliseconds{3'200});  // the time that it stands still is what is tried
    player.signal(SIGCONT);
    const auto before = player.events().size();
    ASSERT_TRUE(player.wait_for(
        [&](const auto& event) { return is_beat(event) && &event >= player.events().data() + before; }));
  }
  for (const auto& event : player.events()) {
    const auto* device = std::get_if<wire::DeviceEvent>(&event);
    EXPECT_TRUE(device == nullptr || device->state == "open") << device->note;
  }
}

TEST_F(LoaPlayer, ADeviceThatIsNotThereIsAbsent) {
  PlayerProcess player(folder, {}, "no such card");
  EXPECT_EQ(player.wait_for_exit(), 4);
  ASSERT_EQ(player.events().size(), 1u);
  const auto& device = std::get<wire::DeviceEvent>(player.events().front());
  EXPECT_EQ(device.state, "absent");
  EXPECT_NE(device.note, "");
}

TEST_F(LoaPlayer, AFileThatCannotBeWrittenIsAnAbsentDevice) {
  PlayerProcess player(folder, {"--out", folder / "no such folder" / "a.wav"});
  EXPECT_EQ(player.wait_for_exit(), 4);
}

TEST(LoaPlayerProgram, WrongUsageIsRefused) {
  EXPECT_EQ(test::run_program({LOA_BIN "/loa-player", "--channels", "5"}).code, 2);
}

TEST(LoaPlayerProgram, ListsThePacedDeviceToo) {
  const auto listed = test::run_program({LOA_BIN "/loa-player", "--list-devices"});
  EXPECT_EQ(listed.code, 0);
  EXPECT_EQ(listed.err, "");
  const auto last =
      listed.out.rfind("{\"name\":\"none\",\"host_api\":\"none\",\"outputs\":2,\"inputs\":0,\"default\":false");
  ASSERT_NE(last, std::string::npos) << listed.out;
  EXPECT_NE(listed.out.find("\"error_bound_ms\":", last), std::string::npos);
}

}  // namespace
