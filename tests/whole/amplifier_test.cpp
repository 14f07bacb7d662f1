// `loa run` with amplifiers of real programs that write down when they were called: before the first frame, after the
// last, and however the daemon ends.
#include <poll.h>
#include <signal.h>
#include <time.h>

#include <fstream>

#include "tests/whole/run_fixture.hpp"

namespace loa::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class AmplifierTest : public RunTest {
 protected:
  struct Call {
    std::string word;
    double at;  // seconds since 1970
  };
  /// `more`: keys of the entry, as in ", warm_up: 1s".
  void amplifier(const std::string& more, const std::string& body = "") {
    const auto script =
        station_.write("tang-am", "#!/bin/sh\n" + body + "\necho $1 $(date +%s.%3N) >> " + log() + "\n");
    std::filesystem::permissions(script, std::filesystem::perms::owner_all);
    station_.write("station.yaml",
                   std::string(kRunSettings) + "amplifier: {key: command, path: tang-am" + more + "}\n");
  }
  std::string log() const { return station_.outside("calls").string(); }
  std::vector<Call> calls() const {
    std::ifstream in(log());
    std::vector<Call> found;
    for (Call call; in >> call.word >> call.at;) found.push_back(call);
    return found;
  }
  std::vector<std::string> words() const {
    std::vector<std::string> found;
    for (const auto& call : calls()) found.push_back(call.word);
    return found;
  }
  template <class Condition>
  static bool waits_for(Condition condition) {
    for (int i = 0; i < 3000 && !condition(); ++i) ::poll(nullptr, 0, 10);
    return condition();
  }
  std::vector<std::string> notes() {
    std::vector<std::string> found;
    for (const auto& row : rows()) {
      if (text(row, "kind") == "keying") found.push_back(text(row, "note"));
    }
    return found;
  }
  /// Seconds since 1970 of an instant in UTC with milliseconds.
  static double seconds_of(const std::string& instant) {
    std::tm parts{};
    ::strptime(instant.c_str(), "%Y-%m-%dT%H:%M:%S", &parts);
    return static_cast<double>(::timegm(&parts)) + std::stod("0" + instant.substr(19, 4));
  }
};

TEST_F(AmplifierTest, IsOnBeforeTheFirstFrameAndOffAfterTheLast) {
  amplifier(", warm_up: 2s, tail: 1s");
  schedule(programme("p", time_from_now(kSoon), "[a, {pause: 1s}, b]"));
  const auto wav = station_.outside("out.wav").string();
  Daemon daemon(station_, {"--out", wav});
  ASSERT_TRUE(daemon.says("amplifier command tang-am: switched on"));
  ASSERT_TRUE(daemon.says("amplifier command tang-am: switched off"));
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0) << daemon.words();
  ASSERT_THAT(words(), ElementsAre("off", "on", "off")) << "the first: nobody knew how it stood";
  std::vector<json::object> items;
  for (const auto& row : rows()) {
    if (text(row, "kind") == "item" && text(row, "what") == "clip") items.push_back(row);
  }
  ASSERT_EQ(items.size(), 2u);
  EXPECT_THAT(verdicts(), testing::Contains("a aired/none"));
  EXPECT_LE(calls()[1].at + 2, seconds_of(text(items[0], "start")));
  EXPECT_GE(calls()[2].at, seconds_of(text(items[1], "end")) + 1);
  EXPECT_EQ(notes().size(), 2u);
}

TEST_F(AmplifierTest, IsLetGoOfWhenTheDaemonIsKilled) {
  amplifier("");
  schedule(programme("p", time_from_now(kSoon), "[dai]"));
  Daemon daemon(station_);
  ASSERT_TRUE(waits_for([&] { return words().size() == 2; })) << daemon.words();
  daemon.signal(SIGKILL);
  daemon.wait();
  ASSERT_TRUE(waits_for([&] { return words().size() == 3; }));
  EXPECT_THAT(words(), ElementsAre("off", "on", "off"));
}

TEST_F(AmplifierTest, IsLetGoOfWhenTheDaemonStandsStillAndOnAgainAfterwards) {
  amplifier("");
  schedule(programme("p", time_from_now(kSoon), "[dai]"));
  Daemon daemon(station_);
  ASSERT_TRUE(waits_for([&] { return words().size() == 2; })) << daemon.words();
  daemon.signal(SIGSTOP);
  ASSERT_TRUE(waits_for([&] { return words().size() == 3; }));
  daemon.signal(SIGCONT);
  ASSERT_TRUE(waits_for([&] { return words().size() == 4; }));
  EXPECT_THAT(words(), ElementsAre("off", "on", "off", "on"));
  ASSERT_TRUE(daemon.says("switched off, because the program stood still"));
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  EXPECT_EQ(words().back(), "off");
}

TEST_F(AmplifierTest, AKeyerThatIsKilledIsStartedAgainAndSwitchesOnAgain) {
  amplifier("");
  schedule(programme("p", time_from_now(kSoon), "[dai]"));
  Daemon daemon(station_);
  ASSERT_TRUE(waits_for([&] { return words().size() == 2; })) << daemon.words();
  const auto first = daemon.child("loa-keyer");
  ASSERT_GT(first, 0);
  ::kill(first, SIGKILL);
  ASSERT_TRUE(waits_for([&] { return words().size() == 3; }));
  EXPECT_THAT(words(), ElementsAre("off", "on", "on"));
  EXPECT_TRUE(daemon.says("is started again"));
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  EXPECT_EQ(words().back(), "off");
}

TEST_F(AmplifierTest, OneThatCannotBeSwitchedIsSaidEverywhereAndTheProgrammeGoesOn) {
  amplifier("", "echo 'no relay board' >&2; exit 3");
  schedule(programme("p", time_from_now(kSoon), "[a]"));
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.says("AMPLIFIER command tang-am: cannot be switched off"));
  ASSERT_TRUE(daemon.says("AMPLIFIER command tang-am: cannot be switched on"));
  ASSERT_TRUE(daemon.answers("no relay board"));
  ASSERT_TRUE(daemon.says("a: aired"));
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  EXPECT_THAT(verdicts(), ElementsAre("a aired/none"));
  EXPECT_THAT(notes(), testing::Contains(HasSubstr("no relay board")));
}

TEST_F(AmplifierTest, CheckWarnsOfWhatIsNotThereOrMayNotBeRun) {
  schedule(programme("p", "05:30", "[a]"));
  const auto said = [&](const std::string& key) {
    station_.write("station.yaml", std::string(kRunSettings) + "amplifier: " + key + "\n");
    const auto done = station_.loa({"check"});
    EXPECT_EQ(done.code, 0) << done.out;
    return done.out + done.err;
  };
  EXPECT_THAT(said("{key: serial, device: /dev/ttyUSB99, line: rts}"), HasSubstr("/dev/ttyUSB99 is not there now"));
  EXPECT_THAT(said("{key: command, path: khong-co}"), HasSubstr("khong-co is not there"));
  station_.write("script", "#!/bin/sh\r\n");
  EXPECT_THAT(said("{key: command, path: script}"), HasSubstr("chmod +x"));
  std::filesystem::permissions(station_.path() / "script", std::filesystem::perms::owner_all);
  EXPECT_THAT(said("{key: command, path: script}"), HasSubstr("line ends of Windows"));
}

TEST_F(AmplifierTest, RenderSwitchesNothing) {
  amplifier("");
  schedule(programme("p", "05:30", "[a]"));
  const auto wav = station_.outside("out.wav").string();
  EXPECT_EQ(station_.loa({"render", "--from", "2026-11-30T05:29:50", "--to", "2026-11-30T05:30:05", "--out", wav}).code,
            0);
  EXPECT_THAT(words(), testing::IsEmpty());
}

}  // namespace
}  // namespace loa::test
