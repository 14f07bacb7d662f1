// Which of two sound devices is opened next, when the first is tried, and when it may take over again.
#include "daemon/station/run/device_choice.hpp"

#include <gtest/gtest.h>

namespace loa::station {
namespace {

using namespace std::chrono_literals;

class DeviceChoiceTest : public ::testing::Test {
 protected:
  DeviceChoiceTest() { choice.use("card", "USB", now); }
  void open() { choice.on({"open", choice.device(), "", 0}, now); }
  std::chrono::milliseconds fail(const std::string& state, const std::string& note = "gone") {
    choice.on({state, choice.device(), note, 0}, now);
    return choice.ended(false, now);
  }
  /// The first is lost, the second opens.
  void fall_back() {
    fail("lost");
    open();
  }

  Steady now = 1000s;
  DeviceChoice choice;
};

TEST_F(DeviceChoiceTest, ALostOrAbsentFirstDeviceGivesWayToTheSecondAtOnce) {
  open();
  now += 1min;
  EXPECT_LE(fail("lost"), 100ms);
  EXPECT_EQ(choice.device(), "USB");
  choice.use("card", "USB", now);
  EXPECT_LE(fail("absent"), 100ms);
  EXPECT_TRUE(choice.on_second());
}

TEST_F(DeviceChoiceTest, BothGoneAreTriedInTurnAndEachAgainWithinFiveSeconds) {
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(choice.device(), i % 2 == 0 ? "card" : "USB");
    EXPECT_LE(fail("absent"), 2s);
  }
  EXPECT_EQ(fail("absent"), 2s) << "and no oftener";
}

TEST_F(DeviceChoiceTest, WithoutASecondDeviceTheFirstIsTriedAgainWithBackOff) {
  choice.use("card", "", now);
  EXPECT_EQ(fail("absent"), 100ms);
  EXPECT_EQ(fail("absent"), 200ms);
  for (int i = 0; i < 9; ++i) fail("absent");
  EXPECT_EQ(fail("absent"), 4s);
  EXPECT_EQ(choice.device(), "card");
  EXPECT_FALSE(choice.trial_at());
}

TEST_F(DeviceChoiceTest, APlayerThatWasKilledIsNoFaultOfItsDevice) {
  open();
  now += 1min;
  choice.ended(false, now);
  EXPECT_EQ(choice.device(), "card");
  open();
  now += 1s;
  choice.ended(false, now);
  EXPECT_EQ(choice.device(), "USB") << "it ended players twice";
}

TEST_F(DeviceChoiceTest, AHungPlayersDeviceIsLeft) {
  open();
  now += 1min;
  choice.ended(true, now);
  EXPECT_EQ(choice.device(), "USB");
}

TEST_F(DeviceChoiceTest, TheFirstIsTriedMoreAndMoreSeldomWhileTheSecondSounds) {
  fail("absent");
  EXPECT_FALSE(choice.trial_at()) << "nothing sounds yet";
  open();
  std::vector<std::chrono::seconds> paces;
  for (int i = 0; i < 6; ++i) {
    paces.push_back(std::chrono::floor<std::chrono::seconds>(*choice.trial_at() - now));
    now = *choice.trial_at();
    choice.tried(false, now);
  }
  EXPECT_EQ(paces, (std::vector<std::chrono::seconds>{2s, 4s, 8s, 16s, 30s, 30s}));
  EXPECT_FALSE(choice.first_is_back(now));
  choice.tried(true, now);
  EXPECT_TRUE(choice.first_is_back(now));
  EXPECT_FALSE(choice.trial_at()) << "it is known to be there";
  choice.take_back();
  EXPECT_EQ(choice.device(), "card");
  EXPECT_FALSE(choice.first_is_back(now));
}

TEST_F(DeviceChoiceTest, AFirstThatComesAndGoesIsLeftAloneLongerEachTime) {
  std::vector<std::chrono::seconds> held_off;
  for (int i = 0; i < 9; ++i) {
    open();
    now += 1min;
    fall_back();
    choice.tried(true, now);
    const auto since = now;
    while (!choice.first_is_back(now)) now += 1s;
    held_off.push_back(std::chrono::duration_cast<std::chrono::seconds>(now - since));
    choice.take_back();
  }
  EXPECT_EQ(held_off, (std::vector<std::chrono::seconds>{10s, 20s, 40s, 80s, 160s, 320s, 640s, 640s, 640s}));
  open();
  now += 1h;
  fall_back();
  choice.tried(true, now);
  EXPECT_TRUE(choice.first_is_back(now + 10s)) << "it held for an hour";
}

TEST_F(DeviceChoiceTest, OnlyTheDeviceThatKeptNoTimeHasToProveItself) {
  open();
  fail("lost", std::string(wire::kKeepsNoTime) + "24000");
  EXPECT_FALSE(choice.doubtful()) << "the second has done nothing wrong";
  open();
  EXPECT_TRUE(choice.first_doubtful());
  auto proved = choice;
  proved.tried(true, now);
  EXPECT_FALSE(proved.first_doubtful()) << "the trial has seen that it keeps time";
  choice.take_back();
  EXPECT_TRUE(choice.doubtful());
  open();
  EXPECT_FALSE(choice.doubtful());
}

TEST_F(DeviceChoiceTest, ADeviceThatIsOnlySlowToOpenIsGivenItsTimeNowAndThen) {
  int patient = 0;
  for (int i = 0; i < 16; ++i) {
    patient += choice.patience() == DeviceChoice::kSlow ? 1 : 0;
    fail("absent");
  }
  EXPECT_EQ(patient, 4) << "each device twice";
}

}  // namespace
}  // namespace loa::station
