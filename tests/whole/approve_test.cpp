// `loa approve` by the real program: which recording, who, where it is written, with and without a running station.
#include <signal.h>

#include <fstream>

#include "tests/whole/run_fixture.hpp"

namespace loa::test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class ApproveTest : public RunTest {
 protected:
  ApproveTest() {
    station_.write("station.yaml", std::string(kRunSettings) + "approval: required\n");
    station_.write("schedule/lich.yaml",
                   "articles:\n"
                   "  a: {title: A, clip: a.wav}\n"
                   "  b: {title: B, clip: b.flac}\n"
                   "  tin: {title: Tin, clip: \"tin/<date>.wav\", about: 1s}\n"
                   "playlists: {tb: {folder: tb}}\n"
                   "programmes: {p: {at: \"05:30\", items: [a, b, tin, {playlist: tb}]}}\n");
  }
  Finished approve(std::vector<std::string> words, const std::string& by = "Lan") {
    words.insert(words.begin(), "approve");
    words.insert(words.end(), {"--by", by});
    return station_.loa(words);
  }
  std::vector<json::object> approvals() {
    auto found = rows();
    std::erase_if(found, [](const auto& row) { return text(row, "kind") != "approve"; });
    return found;
  }
  /// "article clip operator" of each approve row.
  std::vector<std::string> approved() {
    std::vector<std::string> found;
    for (const auto& row : approvals())
      found.push_back(text(row, "article") + " " + text(row, "clip") + " " + text(row, "operator"));
    return found;
  }
  /// "a b" of the day's articles that would stay silent for want of an approval.
  std::string silent(const std::string& day = "2026-11-30") {
    std::string ids;
    for (const auto& line : lines_of(station_.loa({"plan", "--json", "--from", day, "--to", next(day)}).out)) {
      const auto item = json::parse(line).as_object();
      if (text(item, "fault") == "unapproved") ids += (ids.empty() ? "" : " ") + text(item, "article");
    }
    return ids;
  }
  static std::string next(const std::string& day) {
    const auto number = std::stoi(day.substr(8)) + 1;
    return number == 31 ? "2026-12-01" : day.substr(0, 8) + std::to_string(number);
  }
};

TEST_F(ApproveTest, AnArticleIsSilentUntilSomebodyApprovesIt) {
  EXPECT_EQ(silent(), "a b");
  const auto checked = station_.loa({"check", "--json"});
  EXPECT_EQ(checked.code, 0);
  EXPECT_THAT(checked.out, HasSubstr("\"code\":\"unapproved-recording\""));
  const auto done = approve({"a"}, "Nguyễn Thị Lan");
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("approved: a (a.wav), 1.5s, SHA-256 "));
  EXPECT_EQ(silent(), "b");
  EXPECT_THAT(approved(), ElementsAre("a a.wav Nguyễn Thị Lan"));
  EXPECT_EQ(text(approvals()[0], "sha256").size(), 64u);
  EXPECT_THAT(station_.loa({"log"}).out, HasSubstr("Nguyễn Thị Lan"));
  EXPECT_THAT(station_.loa({"log", "--format", "csv"}).out, HasSubstr("approve"));
  expect_proof();
}

TEST_F(ApproveTest, TwiceAddsNothingAndSaysWhoWasFirst) {
  approve({"a"}, "Lan");
  const auto again = approve({"a", "a.wav"}, "Minh");
  EXPECT_EQ(again.code, 0);
  EXPECT_THAT(again.out, HasSubstr("already approved by Lan ("));
  EXPECT_EQ(lines_of(again.out).size(), 1u) << "one recording, named twice";
  EXPECT_EQ(approvals().size(), 1u);
}

TEST_F(ApproveTest, SeveralAtOnceAndEveryWayToNameThem) {
  station_.recording("tb/mat-nuoc.wav", 1);
  station_.recording("tb/hop-dan.wav", 2);
  const auto done =
      approve({"b", "library/tb/mat-nuoc.wav", "tb/hop-dan", (station_.path() / "library/a.wav").string()});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(approved(), ElementsAre("b b.flac Lan", "tb/mat-nuoc tb/mat-nuoc.wav Lan",
                                      "tb/hop-dan tb/hop-dan.wav Lan", "a a.wav Lan"));
  EXPECT_EQ(silent(), "");
  expect_proof();
}

TEST_F(ApproveTest, TheDaysRecordingIsChosenByItsDate) {
  for (const int day : {28, 29, 30}) station_.recording("tin/2026-11-" + std::to_string(day) + ".wav", 1 + 0.1 * day);
  EXPECT_EQ(approve({"tin", "--date", "2026-11-29"}).code, 0);
  EXPECT_THAT(approved(), ElementsAre("tin tin/2026-11-29.wav Lan"));
  EXPECT_EQ(silent("2026-11-29"), "a b");
  const auto week = approve({"tin", "--date", "2026-11-28..2026-12-01"});
  EXPECT_EQ(week.code, 1) << "that of the last day is not there";
  EXPECT_THAT(week.err, HasSubstr("the recording “tin/2026-12-01.wav” of “tin” is not there"));
  EXPECT_THAT(approved(),
              ElementsAre("tin tin/2026-11-29.wav Lan", "tin tin/2026-11-28.wav Lan", "tin tin/2026-11-30.wav Lan"));
  for (const auto* wrong : {"hom-nay", "2026-11-31", "2026-11-30..2026-11-28", "2026-01-01..2026-12-31", ".."}) {
    EXPECT_EQ(approve({"tin", "--date", wrong}).code, 2) << wrong;
  }
}

TEST_F(ApproveTest, OtherBytesNeedItAgainWhateverTheirNameSizeAndDate) {
  approve({"a"});
  const auto file = station_.path() / "library/a.wav";
  const auto written = fs::last_write_time(file);
  const auto size = fs::file_size(file);
  {
    std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(1000);
    bytes.put('\x7f');
  }
  fs::last_write_time(file, written);
  ASSERT_EQ(fs::file_size(file), size);
  EXPECT_EQ(silent(), "a b");
  const auto again = approve({"a"}, "Minh");
  EXPECT_THAT(again.out, HasSubstr("approved: a (a.wav)"));
  EXPECT_EQ(silent(), "b");
  EXPECT_EQ(approvals().size(), 2u);
}

TEST_F(ApproveTest, WhatCannotBeApprovedIsSaidAndTheRestIsDone) {
  station_.write("library/hong.wav", "no sound at all");
  const auto done = approve({"aa", "b", "khong-co-gi", "tb", "tin", "hong.wav"});
  EXPECT_EQ(done.code, 1);
  EXPECT_THAT(approved(), ElementsAre("b b.flac Lan"));
  EXPECT_THAT(done.err, HasSubstr("there is no article and no recording “aa”\n  did you mean “a”?"));
  EXPECT_THAT(done.err, HasSubstr("there is no article and no recording “khong-co-gi”\n  write an article's name"));
  EXPECT_THAT(done.err, HasSubstr("“tb” is a playlist; its recordings are approved one by one"));
  EXPECT_THAT(done.err, HasSubstr("of “tin” is not there\n  --date names the day"));
  EXPECT_THAT(done.err, HasSubstr("the recording “hong.wav” cannot be played: "));
  for (const auto& line : lines_of(approve({"aa", "b", "--json"}).out)) EXPECT_TRUE(json::parse(line).is_object());
}

TEST_F(ApproveTest, JsonTellsOfEachWhatBecameOfIt) {
  approve({"b"}, "Minh");
  const auto lines = lines_of(approve({"a", "b", "x", "--json"}).out);
  ASSERT_EQ(lines.size(), 3u);
  const auto fresh = json::parse(lines[0]).as_object(), known = json::parse(lines[1]).as_object(),
             wrong = json::parse(lines[2]).as_object();
  EXPECT_TRUE(fresh.at("approved").as_bool());
  EXPECT_TRUE(fresh.at("new").as_bool());
  EXPECT_EQ(text(fresh, "operator"), "Lan");
  EXPECT_EQ(text(known, "operator"), "Minh");
  EXPECT_EQ(text(known, "at"), text(approvals()[0], "at"));
  EXPECT_FALSE(known.contains("new"));
  EXPECT_FALSE(wrong.at("approved").as_bool());
  EXPECT_EQ(text(wrong, "argument"), "x");
  EXPECT_NE(text(wrong, "message"), "");
}

TEST_F(ApproveTest, NobodyIsNotSomebody) {
  for (const auto* by : {"", "   ", "a\nb"}) EXPECT_EQ(approve({"a"}, by).code, 2) << by;
  EXPECT_EQ(station_.loa({"approve", "a"}).code, 2);
  EXPECT_EQ(station_.loa({"approve", "--by", "Lan"}).code, 2);
  EXPECT_FALSE(fs::exists(station_.path() / "state/ledger")) << "and there is no ledger yet";
}

TEST_F(ApproveTest, WhereTheStationAsksForNoneItIsSaid) {
  station_.write("station.yaml", std::string(kRunSettings));
  const auto done = approve({"a"});
  EXPECT_EQ(done.code, 0);
  EXPECT_THAT(done.err, HasSubstr("airs recordings without approval too"));
  EXPECT_EQ(approvals().size(), 1u);
}

TEST_F(ApproveTest, FilesWithMistakesHinderNoApprovalAndAreSaid) {
  station_.write("schedule/z.yaml", "programmes: {q: {at: 5h30, items: [a]}}\n");
  const auto done = approve({"a", "b.flac"});
  EXPECT_EQ(done.code, 0);
  EXPECT_THAT(done.err, HasSubstr("the station's files have mistakes (loa check)"));
  EXPECT_EQ(approvals().size(), 2u);
  station_.write("station.yaml", "station: {name: X}\n");
  EXPECT_EQ(approve({"dài.mp3"}).code, 1) << "a row cannot be written without the station's id";
}

TEST_F(ApproveTest, SpeaksVietnamese) {
  EXPECT_THAT(station_.loa({"--lang", "vi", "approve", "a", "--by", "Lan"}).out, HasSubstr("đã phê duyệt: a (a.wav)"));
  EXPECT_THAT(station_.loa({"--lang", "vi", "check"}).out, HasSubstr("bản ghi “b.flac” chưa được phê duyệt"));
  EXPECT_THAT(station_.loa({"--lang", "vi", "approve", "z", "--by", "Lan"}).err,
              HasSubstr("không có bài hay bản ghi nào"));
}

TEST_F(ApproveTest, ALedgerThatCannotBeWrittenIsTheWorldsFailure) {
  fs::create_directories(station_.path() / "state");
  station_.write("state/ledger", "in its place");
  const auto done = approve({"a"});
  EXPECT_EQ(done.code, 3);
  EXPECT_THAT(done.out, IsEmpty()) << "nothing is said to be approved";
  EXPECT_THAT(done.err, HasSubstr("cannot be written"));
}

TEST_F(ApproveTest, WithoutTheLedgerNothingIsApproved) {
  approve({"a", "b"});
  EXPECT_EQ(silent(), "");
  fs::remove(station_.path() / "state/standing.jsonl");
  EXPECT_EQ(silent(), "") << "the ledger is the truth";
  EXPECT_TRUE(fs::exists(station_.path() / "state/standing.jsonl")) << "made anew";
  station_.write("state/standing.jsonl", "{\"format\":\"loa-standing-1\",\"seq\":2}\nrubbish\n");
  EXPECT_EQ(silent(), "");
  fs::remove_all(station_.path() / "state/ledger");
  EXPECT_EQ(silent(), "a b");
}

TEST_F(ApproveTest, ARenderingObeysTheApprovalsOfTheStation) {
  approve({"a"});
  const auto out = station_.outside("a.wav").string(), log = station_.outside("rows").string();
  const auto done =
      station_.loa({"render", "--from", "2026-11-30T05:29", "--to", "2026-11-30T05:31", "--out", out, "--log", log});
  EXPECT_EQ(done.code, 0) << done.err;
  const auto words = read_file(log);
  EXPECT_THAT(words, HasSubstr("\"reason\":\"approval\""));
  EXPECT_THAT(words, HasSubstr("\"verdict\":\"withheld\""));
  EXPECT_THAT(words, HasSubstr("\"verdict\":\"aired\""));
}

TEST_F(ApproveTest, ADifferenceToACopyIsSeenWithTheStationsOwnApprovals) {
  approve({"a", "b"});
  const auto copy = station_.outside("khac");
  fs::copy(station_.path(), copy, fs::copy_options::recursive);
  fs::remove_all(copy / "state");
  EXPECT_THAT(lines_of(station_.loa({"diff", copy.string(), "--json"}).out), IsEmpty());
}

/// With a station that runs.
class ApproveRunTest : public ApproveTest {
 protected:
  void session_in(std::chrono::seconds ahead) {
    station_.write("schedule/lich.yaml",
                   "articles:\n  a: {title: A, clip: a.wav}\n  b: {title: B, clip: b.flac}\n"
                   "programmes: {p: {at: \"" +
                       time_from_now(ahead) + "\", items: [a, b]}}\n");
  }
  std::size_t plans() {
    std::size_t count = 0;
    for (const auto& row : rows()) count += text(row, "kind") == "plan" ? 1 : 0;
    return count;
  }
};

TEST_F(ApproveRunTest, WhatIsApprovedBeforeIsAiredAndTheOtherIsWithheld) {
  approve({"a"});
  session_in(kSoon);
  Daemon daemon(station_, {"--for", std::to_string((kSoon + 8s).count()) + "s"});
  EXPECT_EQ(daemon.wait(), 0) << daemon.words();
  EXPECT_THAT(verdicts(), testing::UnorderedElementsAre("a aired/none", "b withheld/approval")) << daemon.words();
  for (const auto& row : rows()) {
    if (text(row, "kind") != "article") continue;
    const bool is_a = text(row, "article") == "a";
    EXPECT_THAT(text(row, "approval"), is_a ? HasSubstr("Lan 20") : HasSubstr("required"));
  }
  expect_proof();
}

TEST_F(ApproveRunTest, ARunningStationTakesItUpAsAnEdit) {
  session_in(600s);
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.answers("\"next\"") || daemon.says("the plan is in force")) << daemon.words();
  const auto before = plans();
  const auto done = approve({"a"}, "Lan");
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(done.err, HasSubstr("what starts within the next minute still stays silent"));
  ASSERT_TRUE(daemon.says("approved by Lan: a.wav")) << daemon.words();
  ASSERT_TRUE(daemon.says("the edit is taken")) << daemon.words();
  ASSERT_TRUE(daemon.says("a.wav waits for no approval any more: it will be aired")) << daemon.words();
  EXPECT_EQ(plans(), before + 1);
  EXPECT_THAT(approve({"a"}, "Minh").out, HasSubstr("already approved by Lan"));
  EXPECT_EQ(approvals().size(), 1u);
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  expect_proof();
}

TEST_F(ApproveRunTest, ItCountsWhileTheFilesHaveAMistake) {
  session_in(600s);
  const auto good = read_file(station_.path() / "schedule/lich.yaml");
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.says("the plan is in force")) << daemon.words();
  const auto before = plans();
  station_.write("schedule/lich.yaml", good + "  q: {at: \"25:99\", items: [b]}\n");
  ASSERT_TRUE(daemon.says("the last good plan stays on air")) << daemon.words();
  EXPECT_EQ(approve({"a"}, "Lan").code, 0);
  ASSERT_TRUE(daemon.says("the edit is still not taken; new recordings and approvals are")) << daemon.words();
  ASSERT_TRUE(daemon.says("a.wav waits for no approval any more: it will be aired")) << daemon.words();
  EXPECT_EQ(plans(), before + 1);
  const auto words = daemon.words();
  EXPECT_EQ(words.find("25:99"), words.rfind("25:99")) << "the mistake is told once";
  station_.write("schedule/lich.yaml", good);
  EXPECT_EQ(approve({"b"}, "Lan").code, 0);
  ASSERT_TRUE(daemon.says("b.flac waits for no approval any more: it will be aired")) << daemon.words();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  expect_proof();
}

TEST_F(ApproveRunTest, WhatItSaidIsApprovedSurvivesAKill) {
  session_in(600s);
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.says("the plan is in force")) << daemon.words();
  EXPECT_EQ(approve({"a"}).code, 0);
  daemon.signal(SIGKILL);
  daemon.wait();
  EXPECT_THAT(approved(), ElementsAre("a a.wav Lan"));
  EXPECT_EQ(approve({"b"}).code, 0) << "and by another hand at once, without the daemon";
  EXPECT_THAT(approved(), ElementsAre("a a.wav Lan", "b b.flac Lan"));
  EXPECT_THAT(station_.loa({"log", "verify", "--json"}).out, HasSubstr("\"ok\":true"));
}

TEST_F(ApproveRunTest, AStateFolderThatIsDeletedMeanwhileCostsNoApproval) {
  approve({"a"});
  session_in(600s);
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.says("the plan is in force")) << daemon.words();
  fs::rename(station_.path() / "state", station_.outside("gone"));  // at once, whatever is being written there
  ASSERT_TRUE(daemon.says("it is made again and the programme goes on")) << daemon.words();
  const auto deadline = std::chrono::steady_clock::now() + 60s;
  while (approved().empty() && std::chrono::steady_clock::now() < deadline) {
  }
  EXPECT_THAT(approved(), ElementsAre("a a.wav Lan"));
  EXPECT_EQ(approve({"b"}).code, 0);
  ASSERT_TRUE(daemon.says("b.flac waits for no approval any more: it will be aired")) << daemon.words();
  EXPECT_THAT(daemon.words(), Not(HasSubstr("no longer approved")));
}

TEST_F(ApproveRunTest, ForgedAndEmptyRequestsAreRefused) {
  session_in(600s);
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.says("the plan is in force")) << daemon.words();
  const auto socket = (station_.path() / "state/loa.sock").string();
  for (const std::string request : {R"({"command":"approve"})", R"({"command":"approve","by":"Lan","recordings":[]})",
                                    R"({"command":"approve","by":"Lan","recordings":[{"clip":"a.wav","sha256":"zz"}]})",
                                    R"({"command":"approve","by":"","recordings":[{"clip":"a.wav"}]})",
                                    R"({"command":"approve","by":7,"recordings":7})"}) {
    run_program({"/usr/bin/python3", "-c",
                 "import socket,sys\ns=socket.socket(socket.AF_UNIX)\ns.connect(sys.argv[1])\n"
                 "s.sendall((sys.argv[2]+'\\n').encode())\nprint(s.recv(4096).decode())",
                 socket, request});
  }
  EXPECT_THAT(approvals(), IsEmpty());
  EXPECT_EQ(station_.loa({"now"}).code, 0) << "it runs on";
}

}  // namespace
}  // namespace loa::test
