// Two stations on one PC, one folder shared by both: each has its own state, and hears only what is said to it.
#include <signal.h>

#include <fstream>

#include "tests/whole/run_fixture.hpp"

namespace loa::test {
namespace {

namespace fs = std::filesystem;
using testing::Each;
using testing::HasSubstr;
using testing::StartsWith;

std::vector<std::string> tree_of(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const auto written = fs::last_write_time(entry.path()).time_since_epoch().count();
    names.push_back(fs::relative(entry.path(), folder).string() + ' ' + std::to_string(written));
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// A station that shares `common`.
class Ward {
 public:
  Ward(const std::string& id, const fs::path& common) : id_(id) {
    folder_.write("station.yaml", settings(common));
    folder_.write("schedule/lich.yaml", "articles: {rieng: {clip: rieng.wav}}\n");
    folder_.recording("rieng.wav", 1);
  }
  std::string settings(const fs::path& common) const {
    return "station: {id: " + id_ + ", name: Xã " + id_ +
           ", timezone: UTC, language: en}\npermitted_hours: {from: \"00:00\", until: \"24:00\"}\naudio: {device: "
           "none}\n"
           "shared: [" +
           shared(common) + "]\n";
  }
  std::string shared(const fs::path& common) const { return fs::relative(common, folder_.path()).string(); }
  const StationFolder& folder() const { return folder_; }
  std::vector<json::object> rows() const {
    std::vector<json::object> rows;
    for (const auto& line : lines_of(folder_.loa({"log", "--json"}).out)) rows.push_back(json::parse(line).as_object());
    return rows;
  }
  /// The values of `key` in the rows that have it.
  std::vector<std::string> all(const char* key) const {
    std::vector<std::string> found;
    for (const auto& row : rows()) {
      if (const auto* value = row.if_contains(key)) found.emplace_back(value->as_string());
    }
    return found;
  }

 private:
  std::string id_;
  StationFolder folder_;
};

class SeveralStationsTest : public ::testing::Test {
 protected:
  SeveralStationsTest() {
    fs::create_directories(common_ / "library");
    make_recording(common_ / "library/dài.wav", 12);
    EXPECT_EQ(one_.folder().loa({"library"}).code, 0);
    EXPECT_EQ(two_.folder().loa({"library"}).code, 0);
  }
  void schedule(const std::string& at, const std::string& title = "Chung") const {
    common_.write("schedule/chung.yaml", "articles: {dai: {title: " + title +
                                             ", clip: dài.wav}}\nprogrammes: {sang: {at: \"" + at +
                                             "\", items: [dai]}}\n");
  }
  TempDir common_;
  Ward one_{"xa-mot", common_.path()}, two_{"xa-hai", common_.path()};
};

TEST_F(SeveralStationsTest, AirTogetherAndEachHearsOnlyItsOwnOrders) {
  schedule(time_from_now(kSoon));
  const auto before = tree_of(common_.path());
  Daemon first(one_.folder()), second(two_.folder());
  ASSERT_TRUE(first.answers("\"article\":\"dai\",\"clip\"")) << first.words();
  ASSERT_TRUE(second.answers("\"article\":\"dai\",\"clip\"")) << second.words();
  // Without --station the one that LOA_STATION names is meant, else --station counts.
  const Surroundings variable{{}, {{"LOA_STATION", two_.folder().path().string()}}};
  EXPECT_EQ(one_.folder().loa({"stop", "--by", "Lan"}, variable).code, 0);
  ASSERT_TRUE(first.says("dai: partial/operator")) << first.words();
  EXPECT_THAT(run_program({loa_program(), "now", "--json"}, variable).out, HasSubstr("\"id\":\"xa-hai/"));
  ASSERT_TRUE(second.says("dai: aired")) << second.words();
  first.signal(SIGTERM);
  EXPECT_EQ(first.wait(), 0);
  EXPECT_EQ(one_.folder().loa({"now"}).code, 3);
  EXPECT_EQ(two_.folder().loa({"now"}).code, 0) << "the other goes on";
  second.signal(SIGTERM);
  EXPECT_EQ(second.wait(), 0);
  EXPECT_THAT(one_.all("station"), Each("xa-mot"));
  EXPECT_THAT(two_.all("station"), Each("xa-hai"));
  EXPECT_THAT(one_.all("id"), Each(StartsWith("xa-mot/")));
  EXPECT_THAT(two_.all("id"), Each(StartsWith("xa-hai/")));
  EXPECT_NE(one_.all("public_key"), two_.all("public_key"));
  for (const auto* ward : {&one_, &two_}) {
    EXPECT_FALSE(ward->all("id").empty());
    EXPECT_EQ(ward->folder().loa({"log", "verify"}).code, 0);
    EXPECT_FALSE(fs::is_empty(ward->folder().path() / "state/masters"));
  }
  EXPECT_EQ(tree_of(common_.path()), before) << "nothing is written into the shared folder";
}

TEST_F(SeveralStationsTest, AnEditOfTheSharedFolderReachesBothAndSoDoesAMistakeInIt) {
  schedule("23:00");
  Daemon first(one_.folder()), second(two_.folder());
  ASSERT_TRUE(first.says("the plan is in force")) << first.words();
  ASSERT_TRUE(second.says("the plan is in force")) << second.words();
  common_.write("schedule/chung.yaml", "programmes: {sang: {at: 25h, items: [dai]}}\n");
  for (const auto& [daemon, ward] : {std::pair(&first, &one_), std::pair(&second, &two_)}) {
    ASSERT_TRUE(daemon->says("the last good plan stays on air")) << daemon->words();
    EXPECT_THAT(daemon->words(), HasSubstr(ward->shared(common_.path()) + "/schedule/chung.yaml:1:"));
    EXPECT_EQ(ward->folder().loa({"check"}).code, 1);
  }
  schedule("22:00");
  for (auto* daemon : {&first, &second}) ASSERT_TRUE(daemon->says("the edit is taken")) << daemon->words();
  // A mistake of the one is nothing to the other.
  one_.folder().write("schedule/lich.yaml", "articles: {rieng: {clip: rieng.wav\n");
  EXPECT_EQ(one_.folder().loa({"check"}).code, 1);
  EXPECT_EQ(two_.folder().loa({"check"}).code, 0);
}

TEST_F(SeveralStationsTest, OneFolderRunsOnceByWhateverName) {
  schedule("23:00");
  Daemon daemon(one_.folder());
  ASSERT_TRUE(daemon.says("the plan is in force")) << daemon.words();
  fs::create_directory_symlink(one_.folder().path(), common_ / "ten-khac");
  const auto again = run_program({loa_program(), "--station", (common_ / "ten-khac").string(), "run", "--for", "1s"});
  EXPECT_EQ(again.code, 3) << again.err;
}

// What an operator does for the second ward: copies the folder of the first, its ledger and key too.
TEST_F(SeveralStationsTest, ACopyWithTheSameIdIsToldByCheckAndMixesNothing) {
  schedule("23:00");
  ASSERT_EQ(one_.folder().loa({"run", "--for", "1s"}).code, 0);
  const auto copy = one_.folder().outside("xã hai");
  fs::copy(one_.folder().path(), copy, fs::copy_options::recursive);
  const auto check = one_.folder().loa({"check", "--json"});
  EXPECT_EQ(check.code, 0);
  EXPECT_THAT(check.out, HasSubstr("\"code\":\"id-beside\""));
  EXPECT_THAT(check.out, HasSubstr("xã hai"));
  const auto rows = one_.rows().size();
  const auto of_copy = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {loa_program(), "--station", copy.string()});
    return run_program(words);
  };
  const auto run = of_copy({"run", "--for", "2s", "--lang", "en"});
  ASSERT_EQ(run.code, 0);
  EXPECT_THAT(run.err, HasSubstr("has the same id")) << "and it plays all the same";
  EXPECT_EQ(of_copy({"log", "verify"}).code, 0);
  EXPECT_EQ(one_.rows().size(), rows) << "the first has nothing of it";
  // Mended as the page says: another id, no state of the other's.
  fs::remove_all(copy / "state");
  std::ofstream(copy / "station.yaml") << two_.settings(common_.path());
  EXPECT_EQ(one_.folder().loa({"check", "--json"}).out.find("id-beside"), std::string::npos);
}

}  // namespace
}  // namespace loa::test
