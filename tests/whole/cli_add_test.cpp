// `loa add`: from a stick or a download folder onto the air, without a name typed twice.
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>

#include <fstream>
#include <thread>

#include "tests/whole/run_fixture.hpp"

namespace loa::test {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class AddTest : public ::testing::Test {
 protected:
  AddTest() {
    station_.write("schedule/lich.yaml",
                   "articles:\n"
                   "  tin: {title: Bản tin <dd>/<mm>, clip: tin/<date>.mp3, about: 1min}\n"
                   "  nhac: {title: Nhạc hiệu, clip: nhac/hiệu.wav}\n"
                   "playlists:\n  ca-buoi: [nhac, tin]\n"
                   "programmes:\n  sang: {at: \"05:30\", items: [nhac, tin]}\n");
    fs::create_directories(usb());
  }
  fs::path usb() const { return station_.outside("usb"); }
  std::string file(const std::string& name, double seconds = 3) const {
    make_recording(usb() / name, seconds);
    return (usb() / name).string();
  }
  Finished add(std::vector<std::string> words) const {
    words.insert(words.begin(), {"--now", "2026-11-27T16:00", "add"});
    return station_.loa(words);
  }
  std::vector<std::string> library() const {
    std::vector<std::string> found;
    const auto folder = station_.path() / "library";
    if (!fs::exists(folder)) return found;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (!entry.is_directory()) found.push_back(entry.path().lexically_relative(folder).string());
    }
    std::sort(found.begin(), found.end());
    return found;
  }
  StationFolder station_;
};

TEST_F(AddTest, ADatedRecordingGetsItsNameAndSaysWhenItIsAired) {
  const auto done = add({file("Ban tin moi.mp3"), "--article", "tin", "--date", "2026-11-28"});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(done.out, AllOf(HasSubstr("library/tin/2026-11-28.mp3: Bản tin 28/11\n"), HasSubstr("length 0:03, mp3, "),
                              HasSubstr("first aired at 05:30 on Sat 28/11/2026 (sang)\n")));
  EXPECT_THAT(library(), testing::ElementsAre("tin/2026-11-28.mp3"));
  EXPECT_TRUE(fs::exists(usb() / "Ban tin moi.mp3")) << "it is a copy";
  const auto today = add({file("hom nay.mp3"), "--article", "tin", "--json"});
  EXPECT_THAT(today.out, AllOf(HasSubstr("\"clip\":\"tin/2026-11-27.mp3\""), Not(HasSubstr("\"start\""))))
      << "its session is over";
}

TEST_F(AddTest, TheEndingIsNotAskedButTheBytes) {
  const auto done = add({file("ghi am.wav"), "--article", "tin"});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(done.out, AllOf(HasSubstr("tin/2026-11-27.mp3"), HasSubstr(", wav, ")));
  EXPECT_THAT(station_.loa({"library", "--json"}).out, Not(HasSubstr("problem")));
}

TEST_F(AddTest, NothingIsOverwrittenUnlessAskedAndThenTheOldOneIsKept) {
  EXPECT_EQ(add({file("a.wav", 2), "--article", "nhac"}).code, 0);
  const auto again = add({file("a.wav", 2), "--article", "nhac"});
  EXPECT_EQ(again.code, 0);
  EXPECT_THAT(again.out, HasSubstr("it was there already, the same recording"));
  const auto other = add({file("b.wav", 4), "--article", "nhac"});
  EXPECT_EQ(other.code, 1);
  EXPECT_THAT(other.err, AllOf(HasSubstr("library/nhac/hiệu.wav is there already"), HasSubstr("--replace")));
  const auto replaced = add({file("b.wav", 4), "--article", "nhac", "--replace"});
  EXPECT_EQ(replaced.code, 0) << replaced.err;
  EXPECT_THAT(replaced.out, AllOf(HasSubstr("length 0:04"), HasSubstr("kept as nhac/hiệu.wav.~1~")));
  EXPECT_THAT(library(), testing::ElementsAre("nhac/hiệu.wav", "nhac/hiệu.wav.~1~"));
}

TEST_F(AddTest, WhatCannotBeAiredIsRefusedWithTheReasonAndLeavesNothing) {
  run_program({"sox", "-n", "-r", "48000", (usb() / "im.wav").string(), "trim", "0", "2"});
  std::ofstream(usb() / "chu.mp3") << "Kính gửi Ủy ban nhân dân xã";
  std::ofstream(usb() / "dang-tai.mp3.crdownload") << "x";
  std::ofstream(usb() / "rong.mp3");
  ASSERT_EQ(::mkfifo((usb() / "ong.mp3").c_str(), 0644), 0);
  const std::vector<std::pair<std::string, std::string>> cases = {{"im.wav", "is not taken: "},
                                                                  {"chu.mp3", "is not taken: "},
                                                                  {"dang-tai.mp3.crdownload", "still being downloaded"},
                                                                  {"rong.mp3", "is empty"},
                                                                  {"ong.mp3", "is no ordinary file"},
                                                                  {"", "is a folder"},
                                                                  {"khong-co.mp3", "there is no file"}};
  for (const auto& [name, said] : cases) {
    const auto done = add({(usb() / name).string(), "--article", "nhac"});
    EXPECT_EQ(done.code, 1) << name;
    EXPECT_THAT(done.err, HasSubstr(said)) << name;
  }
  EXPECT_THAT(library(), IsEmpty());
  EXPECT_FALSE(fs::exists(station_.path() / "library/nhac"));
}

TEST_F(AddTest, WrongNamesGetTheNearestOne) {
  const auto a = file("a.wav");
  EXPECT_THAT(add({a, "--article", "nhacc"}).err,
              AllOf(HasSubstr("no article “nhacc”"), HasSubstr("did you mean “nhac”?")));
  EXPECT_THAT(add({a, "--article", "ca-buoi"}).err, HasSubstr("is a playlist"));
  EXPECT_THAT(add({a, "--article", "nhac", "--date", "2026-11-28"}).err, HasSubstr("leave --date out"));
  EXPECT_EQ(add({a, "--article", "nhac", "--date", "28/11"}).code, 2);
  EXPECT_EQ(add({a}).code, 2);
  EXPECT_EQ(add({"--article", "nhac"}).code, 2);
  EXPECT_THAT(library(), IsEmpty());
}

TEST_F(AddTest, AFileThatIsStillGrowingIsWaitedFor) {
  const auto whole = file("whole.wav", 6);
  const auto growing = usb() / "growing.wav";
  const auto bytes = read_file(whole);
  std::ofstream out(growing, std::ios::binary);
  out << bytes.substr(0, 100'000) << std::flush;
  Beside adding(station_, {"add", growing.string(), "--article", "nhac"});
  std::size_t at = 100'000;
  while (adding.words().find("is still being written") == std::string::npos && at < bytes.size() - 100'000) {
    out << bytes.substr(at, 1'000) << std::flush;  // as a copy program does, until the growth is seen
    at += 1'000;
    std::this_thread::sleep_for(100ms);
  }
  EXPECT_TRUE(adding.says("is still being written")) << adding.words();
  out << bytes.substr(at);
  out.close();
  EXPECT_EQ(adding.wait(), 0) << adding.words();
  EXPECT_EQ(read_file(station_.path() / "library/nhac/hiệu.wav"), bytes);
}

TEST_F(AddTest, WithMistakesInTheScheduleARecordingCanStillBeBrought) {
  station_.write("schedule/sai.yaml", "programmes:\n  trua: {at: 11h30, items: [nhac]}\n");
  const auto done = add({file("a.wav"), "--article", "nhac"});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("the files have mistakes"));
}

TEST_F(AddTest, AnArticleOfASharedFolderHasItsRecordingThere) {
  const auto shared = station_.outside("chung");
  fs::create_directories(shared / "schedule");
  std::ofstream(shared / "schedule/chung.yaml") << "articles:\n  tinh: {title: Tin tỉnh, clip: tinh.wav}\n";
  station_.write("station.yaml", "station: {id: xa-thu, name: Xã Thử, language: en}\nshared: [../chung]\n");
  const auto done = add({file("a.wav"), "--article", "tinh"});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("../chung/library/tinh.wav"));
  EXPECT_TRUE(fs::exists(shared / "library/tinh.wav"));
  EXPECT_THAT(library(), IsEmpty());
}

TEST_F(RunTest, ARunningStationTakesWhatIsAdded) {
  schedule(programme("toi", time_from_now(3600s), "[a, moi]"));
  station_.write("schedule/moi.yaml", "articles:\n  moi: {title: Mới, clip: moi.wav}\n");
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.answers("\"next\"")) << daemon.words();
  make_recording(station_.outside("usb.wav"), 4);
  const auto done = station_.loa({"add", station_.outside("usb.wav").string(), "--article", "moi"});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(done.out, AllOf(HasSubstr("length 0:04"), HasSubstr("first aired at ")));
  ASSERT_TRUE(daemon.says("the edit is taken")) << daemon.words();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  EXPECT_THAT(read_file(station_.path() / "STATUS.txt"),
              HasSubstr("Recordings, approvals or make-goods were taken at"));
}

TEST_F(AddTest, WhereApprovalIsRequiredItSaysThatItWaitsForOne) {
  station_.write("station.yaml",
                 "station: {id: xa-thu, name: Xã Thử, language: en}\naudio: {device: none}\napproval: required\n");
  const auto done = add({file("tin.mp3"), "--article", "tin", "--date", "2026-11-28"});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("planned first at 05:30 on Sat 28/11/2026 (sang), and silent until somebody approves "
                                  "it: loa approve \"tin/2026-11-28.mp3\""));
  EXPECT_EQ(station_.loa({"approve", "tin/2026-11-28.mp3", "--by", "Lan"}).code, 0);
  EXPECT_THAT(add({file("tin.mp3"), "--article", "tin", "--date", "2026-11-28"}).out,
              HasSubstr("first aired at 05:30 on Sat 28/11/2026 (sang)"));
}

}  // namespace
}  // namespace loa::test
