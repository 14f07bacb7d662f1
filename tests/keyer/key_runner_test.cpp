// One key on made-up time: tried again, asked back, given up for what is wanted now.
#include "daemon/keyer/key_runner.hpp"

#include <gmock/gmock.h>

namespace loa::keyer {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using What = wire::KeyEvent::What;

/// Answers as it is told, at once or not at all.
class FakeKey final : public Key {
 public:
  struct Script {
    std::vector<Action> begun;
    std::string fault;
    bool hangs = false, tells = false, lost = false;
    std::optional<bool> on;
  };
  explicit FakeKey(Script& script) : script_(script) {}
  void begin(Action action, Steady) override {
    script_.begun.push_back(action);
    running_ = action;
  }
  std::optional<Outcome> look(Steady) override {
    if (!running_ || script_.hangs) return std::nullopt;
    const auto action = *std::exchange(running_, std::nullopt);
    if (action != Action::state) return Outcome{action, script_.fault, false, {}};
    return Outcome{action, script_.lost ? "gone" : "", script_.lost, script_.on};
  }
  bool tells(bool) const override { return script_.tells; }

 private:
  Script& script_;
  std::optional<Action> running_;
};

struct RunnerRig {
  std::vector<What> at(std::chrono::milliseconds when, bool turn = true) {
    std::vector<What> whats;
    for (const auto& event : runner.step(Steady{} + 1h + when, turn)) whats.push_back(event.what);
    return whats;
  }
  FakeKey::Script script;
  KeyRunner runner{0, std::make_unique<FakeKey>(script)};
};

TEST(KeyRunner, DoesNothingUnasked) {
  RunnerRig rig;
  EXPECT_THAT(rig.at(0ms), IsEmpty());
  EXPECT_THAT(rig.script.begun, IsEmpty());
  EXPECT_EQ(rig.runner.look_at(), std::nullopt);
}

TEST(KeyRunner, SwitchesOnceAndSaysSo) {
  RunnerRig rig;
  rig.runner.want(false);
  EXPECT_THAT(rig.at(0ms), ElementsAre(What::done)) << "nobody knows how it was before";
  rig.runner.want(true);
  EXPECT_THAT(rig.at(1ms, false), IsEmpty()) << "not its turn";
  EXPECT_THAT(rig.at(2ms), ElementsAre(What::done));
  rig.runner.want(true);
  EXPECT_THAT(rig.at(3ms), IsEmpty());
  EXPECT_THAT(rig.script.begun, ElementsAre(Action::off, Action::on));
}

TEST(KeyRunner, TriesAgainLessAndLessOftenAndSaysEachFaultOnce) {
  RunnerRig rig;
  rig.script.fault = "no relay";
  rig.runner.want(true);
  EXPECT_THAT(rig.at(0ms), ElementsAre(What::failed));
  EXPECT_THAT(rig.at(999ms), IsEmpty());
  EXPECT_EQ(rig.script.begun.size(), 1u);
  EXPECT_THAT(rig.at(1s), IsEmpty()) << "the same fault";
  EXPECT_EQ(rig.script.begun.size(), 2u);
  EXPECT_THAT(rig.at(2999ms), IsEmpty());
  EXPECT_EQ(rig.script.begun.size(), 2u);
  rig.script.fault = "";
  EXPECT_THAT(rig.at(3s), ElementsAre(What::done));
}

TEST(KeyRunner, ReleaseGivesUpWhatHangs) {
  RunnerRig rig;
  rig.script.hangs = true;
  rig.runner.want(true);
  EXPECT_THAT(rig.at(0ms), IsEmpty());
  rig.runner.want(false);
  EXPECT_THAT(rig.at(1ms), IsEmpty()) << "in order, what was begun has its time";
  EXPECT_THAT(rig.script.begun, ElementsAre(Action::on));
  rig.runner.release();
  EXPECT_THAT(rig.at(2ms), IsEmpty());
  EXPECT_THAT(rig.script.begun, ElementsAre(Action::on, Action::off));
}

TEST(KeyRunner, TwoContraryAnswersAreADisagreement) {
  RunnerRig rig;
  rig.script.tells = true;
  rig.script.on = false;
  rig.runner.want(true);
  EXPECT_THAT(rig.at(0ms), ElementsAre(What::done));
  EXPECT_THAT(rig.at(1999ms), IsEmpty());
  EXPECT_THAT(rig.at(2s), IsEmpty()) << "once is no proof";
  EXPECT_THAT(rig.at(3s), ElementsAre(What::disagrees));
  EXPECT_THAT(rig.at(4s), IsEmpty()) << "said once";
  rig.script.on = true;
  EXPECT_THAT(rig.at(5s), ElementsAre(What::agrees));
  const auto asked = rig.script.begun.size();
  EXPECT_THAT(rig.at(9s), IsEmpty());
  EXPECT_EQ(rig.script.begun.size(), asked);
}

TEST(KeyRunner, EachTimeItIsSwitchedADisagreementIsToldAnew) {
  RunnerRig rig;
  rig.script.tells = true;
  rig.script.on = false;
  rig.runner.want(true);
  rig.at(0ms);
  rig.at(2s);
  EXPECT_THAT(rig.at(3s), ElementsAre(What::disagrees));
  rig.runner.want(false);
  EXPECT_THAT(rig.at(4s), ElementsAre(What::done));
  rig.runner.want(true);
  EXPECT_THAT(rig.at(5s), ElementsAre(What::done));
  EXPECT_THAT(rig.at(7s), IsEmpty());
  EXPECT_THAT(rig.at(8s), ElementsAre(What::disagrees));
}

TEST(KeyRunner, OffIsConfirmedOnceAndThenNobodyIsAsked) {
  RunnerRig rig;
  rig.script.tells = true;
  rig.script.on = true;
  rig.runner.want(true);
  rig.at(0ms);
  rig.runner.want(false);
  rig.at(1s);
  rig.script.on = false;
  rig.at(3s);
  const auto asked = rig.script.begun.size();
  for (int second = 4; second < 60; ++second) rig.at(std::chrono::seconds(second));
  EXPECT_EQ(rig.script.begun.size(), asked);
  EXPECT_EQ(rig.runner.look_at(), std::nullopt);
}

TEST(KeyRunner, WhatIsLostIsSwitchedAgain) {
  RunnerRig rig;
  rig.script.tells = rig.script.lost = true;
  rig.runner.want(true);
  rig.at(0ms);
  EXPECT_THAT(rig.at(2s), ElementsAre(What::failed));
  rig.script.lost = false;
  EXPECT_THAT(rig.at(2001ms), ElementsAre(What::done));
}

}  // namespace
}  // namespace loa::keyer
