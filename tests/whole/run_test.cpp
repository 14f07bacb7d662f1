// The running station as its operator and a saboteur meet it: real processes, real files, the paced device. No
// assertion on how long anything took; the ledger and the WAV say what happened.
#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "tests/whole/run_fixture.hpp"

namespace loa::test {
namespace {

using namespace std::chrono_literals;

TEST_F(RunTest, AirsExactlyWhatThePlanPrints) {
  schedule(programme("sang", time_from_now(kSoon), "[a, {pause: 500ms}, b]"));
  std::vector<std::string> planned;
  const auto plan = station_.loa({"plan", "--json"});
  for (const auto& line : lines_of(plan.out)) planned.push_back(text(json::parse(line).as_object(), "id"));
  ASSERT_GE(planned.size(), 3u) << plan.err;
  Daemon daemon(station_, {"--out", station_.outside("air.wav").string()});
  ASSERT_TRUE(daemon.says("b: aired")) << daemon.words();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  std::vector<std::string> aired;
  for (const auto& row : rows()) {
    if (text(row, "kind") == "item") aired.push_back(text(row, "id"));
  }
  EXPECT_EQ(aired, std::vector<std::string>(planned.begin(), planned.begin() + 3));
  EXPECT_EQ(verdicts(), (std::vector<std::string>{"a aired/none", " aired/none", "b aired/none"}));
  expect_proof();
}

TEST_F(RunTest, AfterAKillTheItemIsJoinedAndNothingIsLostOrDoubled) {
  schedule(programme("sang", time_from_now(kSoon), "[a, dai]"));
  {
    Daemon daemon(station_);
    ASSERT_TRUE(daemon.answers("\"article\":\"dai\",\"clip\"")) << daemon.words();
    // A kill in the very moment takes the first item's row with it, and then its verdict is the power's.
    const auto patience = std::chrono::steady_clock::now() + 10s;
    while (station_.loa({"log", "--json"}).out.find("\"kind\":\"item\"") == std::string::npos) {
      ASSERT_LT(std::chrono::steady_clock::now(), patience) << daemon.words();
    }
    daemon.signal(SIGKILL);
    EXPECT_EQ(daemon.wait(), -SIGKILL);
  }
  Daemon again(station_);
  ASSERT_TRUE(again.says("the plan is in force")) << again.words();
  ASSERT_TRUE(again.says("dai: partial/power")) << again.words();
  again.signal(SIGTERM);
  EXPECT_EQ(again.wait(), 0);
  EXPECT_EQ(verdicts(), (std::vector<std::string>{"a aired/none", "dai partial/power"}));
  expect_proof();
}

TEST_F(RunTest, WhatWasDueWhileNothingRanIsMissedForLackOfPower) {
  schedule(programme("sang", time_from_now(kSoon), "[a, b]"));
  {
    Daemon daemon(station_);
    ASSERT_TRUE(daemon.says("the plan is in force")) << daemon.words();
    // A kill in the very moment takes the plan's row with it, and then nothing is owed.
    ASSERT_TRUE(daemon.answers("\"next\"")) << daemon.words();
    ASSERT_NE(station_.loa({"log", "--json"}).out.find("\"kind\":\"plan\""), std::string::npos);
    daemon.signal(SIGKILL);
    daemon.wait();
  }
  // The clock is the test's own business only for the second start: it begins when the session is over.
  const auto over = std::chrono::steady_clock::now() + kSoon + 6s;
  while (std::chrono::steady_clock::now() < over) station_.loa({"log"});
  Daemon again(station_, {"--for", "1s"});
  EXPECT_EQ(again.wait(), 0) << again.words();
  EXPECT_EQ(verdicts(), (std::vector<std::string>{"a missed/power", "b missed/power"}));
  expect_proof();
}

TEST_F(RunTest, AKilledPlayerIsReplacedAndTheProgrammeGoesOnWhereItWouldBe) {
  schedule(programme("sang", time_from_now(kSoon), "[dai, b]"));
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.answers("\"article\":\"dai\",\"clip\"")) << daemon.words();
  const auto player = daemon.child("loa-player");
  ASSERT_GT(player, 0);
  ::kill(player, SIGKILL);
  ASSERT_TRUE(daemon.says("b: aired")) << daemon.words();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  EXPECT_EQ(verdicts(), (std::vector<std::string>{"dai partial/device", "b aired/none"}));
  expect_proof();
}

TEST_F(RunTest, ADaemonThatWasStoppedForSomeSecondsKeepsItsPlayer) {
  schedule(programme("sang", time_from_now(kSoon), "[dai]"));
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.answers("\"article\":\"dai\",\"clip\"")) << daemon.words();
  const auto player = daemon.child("loa-player");
  daemon.signal(SIGSTOP);
  std::this_thread::sleep_for(4s);  // the time that it stands still is what is tried
  daemon.signal(SIGCONT);
  ASSERT_TRUE(daemon.says("dai: ")) << daemon.words();
  EXPECT_EQ(daemon.child("loa-player"), player);
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  EXPECT_EQ(verdicts(), (std::vector<std::string>{"dai aired/none"})) << daemon.words();
}

TEST_F(RunTest, TheFileOfWhatSoundedGoesOnWhenThePlayerIsReplaced) {
  schedule(programme("sang", time_from_now(kSoon), "[a, {pause: 2s}, b]"));
  const auto out = station_.outside("air.wav").string();
  Daemon daemon(station_, {"--out", out});
  ASSERT_TRUE(daemon.says("a: aired")) << daemon.words();
  ::kill(daemon.child("loa-player"), SIGTERM);  // a kill would cost the half second that is not in the file yet
  ASSERT_TRUE(daemon.says("b: ")) << daemon.words();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  // Two stretches of sound with silence between them: cut that away, and both are there.
  const auto sound = station_.outside("sound.wav").string();
  run_program({"sox", out, sound, "silence", "1", "0.01", "0.1%", "-1", "0.01", "0.1%"});
  const double seconds = std::stod(run_program({"soxi", "-D", sound}).out);
  EXPECT_GT(seconds, 1.4) << "a of 1.5 s, from the player before";
}

TEST_F(RunTest, WithoutAPlayerTheBootsRowsStillComeFirst) {
  schedule(programme("sang", time_from_now(3600s), "[a]"));
  const auto alone = station_.outside("bin/loa");
  std::filesystem::create_directories(alone.parent_path());
  std::filesystem::copy_file(loa_program(), alone);
  const auto run = run_program({alone.string(), "--station", station_.path().string(), "run", "--for", "1s"});
  EXPECT_EQ(run.code, 0) << run.err;
  std::vector<std::string> kinds;
  for (const auto& row : rows()) kinds.push_back(text(row, "kind"));
  ASSERT_GE(kinds.size(), 2u);
  kinds.resize(2);
  EXPECT_EQ(kinds, (std::vector<std::string>{"key", "boot"}));
  EXPECT_THAT(run.err, testing::HasSubstr("cannot start"));
  expect_proof();
}

TEST_F(RunTest, AFileThatCannotBeWrittenIsSaidBeforeAnythingRuns) {
  schedule(programme("sang", time_from_now(3600s), "[a]"));
  const auto done = station_.loa({"run", "--for", "1s", "--out", station_.outside("no/such/air.wav").string()});
  EXPECT_EQ(done.code, 3);
  EXPECT_NE(done.err.find("air.wav cannot be written"), std::string::npos) << done.err;
}

TEST_F(RunTest, AMistakeKeepsTheLastGoodPlanAndTheNextRightEditIsTaken) {
  schedule(programme("sang", time_from_now(3600s), "[a, b]"));
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.says("the plan is in force")) << daemon.words();
  ASSERT_TRUE(daemon.answers("\"next\""));
  schedule(programme("sang", "25:99", "[a, b]"));
  ASSERT_TRUE(daemon.says("the last good plan stays on air")) << daemon.words();
  EXPECT_TRUE(daemon.answers("\"next\""));
  schedule(programme("sang", time_from_now(3700s), "[a, b, dai]"));
  EXPECT_TRUE(daemon.says("the edit is taken")) << daemon.words();
}

TEST_F(RunTest, AnEditThatTakesAwayMostOfTheWeekIsHeldUntilSomebodyAcceptsIt) {
  schedule(programme("sang", time_from_now(3600s), "[a, b, dai]"));
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.says("the plan is in force")) << daemon.words();
  schedule(programme("sang", time_from_now(3600s), "[a]"));
  ASSERT_TRUE(daemon.says("THE EDIT IS HELD")) << daemon.words();
  EXPECT_TRUE(daemon.answers("\"held\""));
  EXPECT_EQ(station_.loa({"accept", "--by", "Lan"}).code, 0);
  EXPECT_EQ(station_.loa({"now", "--json"}).out.find("\"held\""), std::string::npos);
}

TEST_F(RunTest, ARecordingRewrittenInPlaceWhileItPlaysIsHeardWholeAndIsAnotherFromThenOn) {
  const auto file = station_.path() / "library/dài.mp3";
  const auto date = std::filesystem::last_write_time(file);
  const auto size = std::filesystem::file_size(file);
  schedule(programme("sang", time_from_now(kSoon), "[dai]"));
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.answers("\"article\":\"dai\",\"clip\"")) << daemon.words();
  // Other sound, of the same size, under the same name and date: what a careless tool does.
  auto bytes = read_file(file);
  std::swap_ranges(bytes.begin() + 4000, bytes.begin() + 6000, bytes.begin() + 40000);
  std::fstream(file, std::ios::in | std::ios::out | std::ios::binary) << bytes;
  std::filesystem::last_write_time(file, date);
  ASSERT_EQ(std::filesystem::file_size(file), size);
  ASSERT_TRUE(daemon.says("the edit is taken")) << daemon.words();
  ASSERT_TRUE(daemon.says("dai: aired")) << daemon.words();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  std::set<std::string> plans, sounded;
  for (const auto& row : rows()) {
    if (text(row, "kind") == "plan") plans.insert(text(row, "plan"));
    if (text(row, "kind") == "item") sounded.insert(text(row, "sha256"));
  }
  EXPECT_EQ(plans.size(), 2u);
  EXPECT_EQ(verdicts(), std::vector<std::string>{"dai aired/none"});
  const auto now = station_.loa({"library", "--json"}).out;
  ASSERT_EQ(sounded.size(), 1u);
  EXPECT_EQ(now.find(*sounded.begin()), std::string::npos) << "the library holds another by now";
  expect_proof();
}

TEST_F(RunTest, StopSilencesTheSlotAndNamesWhoAsked) {
  schedule("  sang: {at: \"" + time_from_now(kSoon) + "\", length: 30s, items: [dai, b]}\n");
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.answers("\"article\":\"dai\",\"clip\"")) << daemon.words();
  EXPECT_EQ(station_.loa({"stop", "--by", "Ông Ba"}).code, 0);
  ASSERT_TRUE(daemon.says("b: overridden/operator")) << daemon.words();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  EXPECT_THAT(verdicts(), ::testing::UnorderedElementsAre("dai partial/operator", "b overridden/operator"));
  expect_proof();
}

TEST_F(RunTest, SkipGoesToTheNextItem) {
  schedule(programme("sang", time_from_now(kSoon), "[dai, b]"));
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.answers("\"article\":\"dai\",\"clip\"")) << daemon.words();
  EXPECT_EQ(station_.loa({"skip", "--by", "Lan"}).code, 0);
  ASSERT_TRUE(daemon.says("b: aired/operator")) << daemon.words();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  expect_proof();
}

/// systemd's side of sd_notify: what the daemon says, word for word.
class Supervisor {
 public:
  explicit Supervisor(const std::string& address) : fd_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    address.copy(at.sun_path, sizeof at.sun_path - 1);
    EXPECT_EQ(::bind(fd_, reinterpret_cast<const sockaddr*>(&at), sizeof at), 0);
    const timeval patience{60, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setenv("NOTIFY_SOCKET", address.c_str(), 1);
  }
  ~Supervisor() {
    ::unsetenv("NOTIFY_SOCKET");
    ::close(fd_);
  }
  Supervisor(const Supervisor&) = delete;
  Supervisor& operator=(const Supervisor&) = delete;
  std::string next() const {
    char words[256];
    const auto size = ::recv(fd_, words, sizeof words, 0);
    return size > 0 ? std::string(words, static_cast<std::size_t>(size)) : "";
  }

 private:
  int fd_;
};

TEST_F(RunTest, TheSystemHearsThatItIsReadyLivesAndEnds) {
  schedule(programme("sang", time_from_now(3600s), "[a]"));
  const Supervisor systemd(station_.outside("notify").string());
  Daemon daemon(station_);
  std::string heard;
  while ((heard = systemd.next()) == "WATCHDOG=1") continue;
  EXPECT_EQ(heard, "READY=1") << daemon.words();
  EXPECT_EQ(systemd.next(), "WATCHDOG=1");
  daemon.signal(SIGTERM);
  while ((heard = systemd.next()) == "WATCHDOG=1") continue;
  EXPECT_EQ(heard, "STOPPING=1");
  EXPECT_EQ(daemon.wait(), 0);
}

TEST_F(RunTest, GoesOnWhenNobodyReadsWhatItSaysAnyMore) {
  schedule(programme("sang", time_from_now(3600s), "[a]"));
  const auto code = station_.outside("code").string();
  const auto run = loa_program() + " --station " + station_.path().string() + " run --for 1s 2>&1";
  run_program(
      {"/bin/sh", "-c", "{ " + run + "; echo $? >" + code + "; } | true; while ! [ -s " + code + " ]; do :; done"});
  EXPECT_EQ(read_file(code), "0\n");
  EXPECT_EQ(station_.loa({"log", "verify"}).code, 0);
}

TEST_F(RunTest, ASecondRunIsRefused) {
  schedule(programme("sang", time_from_now(3600s), "[a]"));
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.says("the plan is in force")) << daemon.words();
  const auto second = station_.loa({"run", "--for", "1s"});
  EXPECT_EQ(second.code, 3) << second.err;
}

TEST_F(RunTest, WithoutAnyGoodPlanItSaysWhyAndEnds) {
  schedule("  sang: {at: \"25:00\", items: [khong-co]}\n");
  Daemon daemon(station_);
  EXPECT_EQ(daemon.wait(), 1);
  EXPECT_TRUE(daemon.said("schedule/lich.yaml:6")) << daemon.words();
}

TEST_F(RunTest, AKeyThatCannotBeReadIsSaidInBothLanguagesBeforeAnythingRuns) {
  schedule(programme("sang", time_from_now(3600s), "[a]"));
  const auto key = station_.path() / "state/keys/ledger";
  std::filesystem::create_directories(key);
  Daemon daemon(station_, {"--for", "1s"});
  EXPECT_EQ(daemon.wait(), 3) << daemon.words();
  EXPECT_NE(daemon.words().find("the ledger's key " + key.string() + " cannot be read"), std::string::npos)
      << daemon.words();
  const auto vietnamese = station_.loa({"--lang", "vi", "run", "--for", "1s"});
  EXPECT_EQ(vietnamese.code, 3);
  EXPECT_NE(vietnamese.err.find("không đọc được khóa của nhật ký"), std::string::npos) << vietnamese.err;
  std::filesystem::remove(key);
  Daemon again(station_, {"--for", "1s"});
  EXPECT_EQ(again.wait(), 0) << again.words();
  expect_proof();
}

TEST_F(RunTest, APlanThatCannotBeKeptIsSaidAndPlayed) {
  station_.write("state/plans", "a file in the way of the folder");
  schedule(programme("sang", time_from_now(kSoon), "[a]"));
  Daemon daemon(station_, {});
  EXPECT_TRUE(daemon.says("DISK: the plan cannot be kept in ")) << daemon.words();
  EXPECT_TRUE(daemon.says("a: aired")) << daemon.words();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  expect_proof();
}

TEST_F(RunTest, APlanThatSomebodyTookAwayIsKeptAgain) {
  schedule(programme("sang", time_from_now(3600s), "[a]"));
  for (int start = 0; start < 2; ++start) {
    std::filesystem::remove_all(station_.path() / "state/plans");
    Daemon daemon(station_, {"--for", "1s"});
    ASSERT_EQ(daemon.wait(), 0) << daemon.words();
  }
  station_.write("schedule/lich.yaml", "programmes: [");
  Daemon daemon(station_, {"--for", "1s"});
  EXPECT_EQ(daemon.wait(), 0) << daemon.words();
  EXPECT_TRUE(daemon.said("the last good plan stays on air")) << daemon.words();
}

TEST_F(RunTest, WithBadFilesItStartsWithTheLastAcceptedPlan) {
  schedule(programme("sang", time_from_now(3600s), "[a, b]"));
  {
    Daemon daemon(station_, {"--for", "1s"});
    EXPECT_EQ(daemon.wait(), 0) << daemon.words();
  }
  schedule("  sang: {at: \"25:00\", items: [a]}\n");
  Daemon again(station_);
  ASSERT_TRUE(again.says("the last good plan stays on air")) << again.words();
  EXPECT_TRUE(again.answers("\"next\""));
}

TEST_F(RunTest, ADeviceThatIsNotThereIsSaidAndItsItemsAreMissed) {
  station_.write("station.yaml",
                 "station: {id: xa-thu, name: Xã Thử, timezone: UTC, language: en}\n"
                 "permitted_hours: [{days: daily, from: \"00:00\", until: \"24:00\"}]\n"
                 "audio: {device: Khong co thiet bi nay}\n");
  schedule(programme("sang", time_from_now(kSoon), "[a, b]"));
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.says("SOUND DEVICE: absent")) << daemon.words();
  ASSERT_TRUE(daemon.says("b: missed/device")) << daemon.words();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  EXPECT_EQ(verdicts(), (std::vector<std::string>{"a missed/device", "b missed/device"}));
  expect_proof();
}

TEST_F(RunTest, ATornAndAnAlteredLedgerAreOpenedAndNamed) {
  schedule(programme("sang", time_from_now(3600s), "[a]"));
  {
    Daemon daemon(station_, {"--for", "1s"});
    ASSERT_EQ(daemon.wait(), 0) << daemon.words();
  }
  const auto folder = station_.path() / "state/ledger";
  const auto month = std::filesystem::directory_iterator(folder)->path();
  auto bytes = read_file(month);
  bytes.replace(bytes.find("\"kind\":\"boot\""), 13, "\"kind\":\"bott\"");
  station_.write(std::filesystem::relative(month, station_.path()), bytes + "{\"torn");
  EXPECT_EQ(station_.loa({"log", "verify"}).code, 1);
  Daemon again(station_, {"--for", "1s"});
  EXPECT_EQ(again.wait(), 0) << again.words();
  const auto verified = station_.loa({"log", "verify", "--json"});
  EXPECT_EQ(verified.code, 1);
  EXPECT_NE(verified.out.find("\"damaged\":1"), std::string::npos) << verified.out;
}

}  // namespace
}  // namespace loa::test
