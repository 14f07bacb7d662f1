// STATUS.txt as the operator reads it who saves schedules over the network and never sees the terminal of `run`.
#include <signal.h>
#include <unistd.h>

#include <filesystem>

#include "tests/whole/run_fixture.hpp"

namespace loa::test {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class StatusFileTest : public RunTest {
 protected:
  StatusFileTest() { schedule(programme("toi", time_from_now(3600s), "[a, b]")); }
  fs::path file() const { return station_.path() / "STATUS.txt"; }
  std::string status() const { return fs::is_regular_file(file()) ? read_file(file()) : std::string(); }
  /// Until the file says so.
  bool shows(const std::string& words) const {
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    while (status().find(words) == std::string::npos) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      ::usleep(50'000);  // between two looks at a condition
    }
    return true;
  }
  static void end(Daemon& daemon) {
    daemon.signal(SIGTERM);
    EXPECT_EQ(daemon.wait(), 0) << daemon.words();
  }
};

TEST_F(StatusFileTest, AnEditIsRefusedMendedAndTaken) {
  Daemon daemon(station_);
  ASSERT_TRUE(shows("THE STATION RUNS since")) << daemon.words();
  EXPECT_TRUE(shows("THE LAST EDIT: taken at the start")) << status();
  schedule(programme("toi", "5h30", "[a, bb]"));
  ASSERT_TRUE(shows("THE LAST EDIT: NOT TAKEN")) << daemon.words();
  EXPECT_THAT(status(), AllOf(HasSubstr("2 mistakes:\r\n"), HasSubstr("1. schedule/lich.yaml, line 6, column 13: "),
                              HasSubstr("fix: write \"05:30\"\r\n"), HasSubstr("fix: did you mean “b”?\r\n")));
  schedule(programme("toi", time_from_now(7200s), "[a, b, a]"));
  ASSERT_TRUE(shows("THE LAST EDIT: TAKEN at")) << daemon.words();
  EXPECT_THAT(status(), AllOf(Not(HasSubstr("mistake")), HasSubstr("on air: ")));
  end(daemon);
  EXPECT_THAT(status(), HasSubstr("THE STATION IS OFF since"));
  expect_proof();
}

TEST_F(StatusFileTest, AHeldEditWaitsAndPuttingItBackIsSaid) {
  Daemon daemon(station_);
  ASSERT_TRUE(shows("THE STATION RUNS")) << daemon.words();
  const auto before = read_file(station_.path() / "schedule/lich.yaml");
  schedule("  toi: {at: \"21:00\", repeat: {dates: [2030-01-01]}, items: [a]}\n");
  ASSERT_TRUE(shows("THE LAST EDIT: HELD, NOT TAKEN")) << daemon.words();
  EXPECT_THAT(status(), HasSubstr("If that is meant: loa accept --by NAME"));
  station_.write("schedule/lich.yaml", before);
  EXPECT_TRUE(shows("THE LAST EDIT: undone at")) << status() << daemon.words();
  schedule("  toi: {at: \"21:00\", repeat: {dates: [2030-01-01]}, items: [a]}\n");
  ASSERT_TRUE(shows("THE LAST EDIT: HELD, NOT TAKEN")) << daemon.words();
  EXPECT_EQ(station_.loa({"accept", "--by", "Lan"}).code, 0);
  EXPECT_TRUE(shows("THE LAST EDIT: the held edit was accepted")) << status();
  end(daemon);
}

TEST_F(StatusFileTest, WhatWasAiredIsCountedAndTheFileIsNoEdit) {
  schedule(programme("sang", time_from_now(kSoon), "[a, b]"));
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.says("b: aired")) << daemon.words();
  EXPECT_TRUE(shows(": 2 aired\r\n")) << status();
  end(daemon);
  std::size_t plans = 0;
  for (const auto& row : rows()) plans += text(row, "kind") == "plan" ? 1 : 0;
  EXPECT_EQ(plans, 1u) << "each page would have been an edit";
}

TEST_F(StatusFileTest, WithoutAnyPlanTheMistakesAreThereAllTheSame) {
  schedule(programme("toi", "5h30", "[a]"));
  Daemon daemon(station_);
  EXPECT_EQ(daemon.wait(), 1);
  EXPECT_THAT(status(), AllOf(HasSubstr("THE STATION IS SILENT: the files have mistakes"), HasSubstr("5h30")));
}

TEST_F(StatusFileTest, AfterAKillTheNextStartTellsWhatWasMissed) {
  schedule(programme("sang", time_from_now(kSoon), "[dai, b]"));
  {
    Daemon daemon(station_);
    ASSERT_TRUE(daemon.answers("\"article\":\"dai\",\"clip\"")) << daemon.words();
    daemon.signal(SIGKILL);
    EXPECT_EQ(daemon.wait(), -SIGKILL);
  }
  Daemon again(station_);
  EXPECT_TRUE(shows("Dài: aired in part, power cut or PC off")) << status() << again.words();
  end(again);
}

TEST_F(StatusFileTest, AFolderInItsPlaceStopsNothingAndIsSaidOnce) {
  fs::create_directories(file() / "planted");
  schedule(programme("sang", time_from_now(kSoon), "[a]"));
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.says("STATUS.txt cannot be written: Is a directory")) << daemon.words();
  ASSERT_TRUE(daemon.says("a: aired")) << daemon.words();
  end(daemon);
  const auto words = daemon.words();
  EXPECT_EQ(words.find("cannot be written"), words.rfind("cannot be written")) << words;
}

TEST_F(StatusFileTest, TheOneOfTheOtherLanguageGoes) {
  station_.write("TINH-HINH.txt", "\xEF\xBB\xBFTÌNH HÌNH ĐÀI: Xã Thử\r\n");
  Daemon daemon(station_);
  ASSERT_TRUE(shows("THE STATION RUNS")) << daemon.words();
  end(daemon);
  EXPECT_FALSE(fs::exists(station_.path() / "TINH-HINH.txt"));
}

}  // namespace
}  // namespace loa::test
