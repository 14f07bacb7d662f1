// The file itself: whole or not at all, and nobody else's is lost.
#include "daemon/station/page/page_file.hpp"

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "daemon/station/host/paths.hpp"
#include "tests/support/temp_dir.hpp"

namespace loa::station {
namespace {

namespace fs = std::filesystem;
using config::Language;
using test::read_file;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

class PageFile : public testing::Test {
 protected:
  static std::string page(const std::string& words, Language language = Language::vi) {
    return "\xEF\xBB\xBF" + std::string(page_mark(language)) + ": " + words + "\r\n";
  }
  PageWritten write(const std::string& words, Language language = Language::vi) {
    return write_page(dir_.path(), language, page(words, language));
  }
  std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(dir_.path())) found.push_back(entry.path().filename());
    return found;
  }
  test::TempDir dir_;
};

TEST_F(PageFile, TheNewestTakesThePlaceOfTheOneBefore) {
  EXPECT_FALSE(write("một").error);
  EXPECT_FALSE(write("hai").error);
  EXPECT_EQ(read_file(dir_ / "TINH-HINH.txt"), page("hai"));
  EXPECT_THAT(names(), ElementsAre("TINH-HINH.txt"));
}

TEST_F(PageFile, AnotherLanguageHasAnotherNameAndOneOfThemIsThere) {
  write("một");
  write("two", Language::en);
  EXPECT_THAT(names(), ElementsAre("STATUS.txt"));
  write("ba");
  EXPECT_THAT(names(), ElementsAre("TINH-HINH.txt"));
}

TEST_F(PageFile, SomebodysOwnFileIsKeptUnderAnotherName) {
  dir_.write("STATUS.txt", "my notes");
  dir_.write("STATUS-1.txt", "older notes");
  EXPECT_FALSE(write("một").error) << "the other language's name";
  EXPECT_EQ(read_file(dir_ / "STATUS.txt"), "my notes");
  const auto written = write("two", Language::en);
  EXPECT_FALSE(written.error);
  EXPECT_EQ(written.kept_as, "STATUS-2.txt");
  EXPECT_EQ(read_file(dir_ / "STATUS-2.txt"), "my notes");
  EXPECT_EQ(read_file(dir_ / "STATUS.txt"), page("two", Language::en));
}

TEST_F(PageFile, AFolderOfThatNameIsAnErrorAndStays) {
  fs::create_directory(dir_ / "TINH-HINH.txt");
  EXPECT_EQ(write("một").error, std::errc::is_a_directory);
  EXPECT_THAT(names(), ElementsAre("TINH-HINH.txt"));
  EXPECT_TRUE(fs::is_directory(dir_ / "TINH-HINH.txt"));
}

TEST_F(PageFile, PlantedLinksAndPipesAreReplacedAndNeverFollowed) {
  const auto precious = dir_.write("other/precious", "do not touch");
  fs::create_symlink(precious, dir_ / "TINH-HINH.txt");
  fs::create_symlink(precious, dir_ / ".TINH-HINH.txt.tmp");
  EXPECT_FALSE(write("một").error);
  EXPECT_EQ(read_file(precious), "do not touch");
  EXPECT_FALSE(fs::is_symlink(dir_ / "TINH-HINH.txt"));
  fs::remove(dir_ / "TINH-HINH.txt");
  ASSERT_EQ(::mkfifo((dir_ / "TINH-HINH.txt").c_str(), 0644), 0);
  EXPECT_FALSE(write("hai").error);
  EXPECT_EQ(read_file(dir_ / "TINH-HINH.txt"), page("hai"));
  EXPECT_THAT(names(), UnorderedElementsAre("TINH-HINH.txt", "other"));
}

TEST_F(PageFile, WhereNothingCanBeWrittenNothingIsLeft) {
  EXPECT_EQ(write_page(dir_ / "gone", Language::vi, page("một")).error, std::errc::no_such_file_or_directory);
  fs::create_directories(dir_ / ".TINH-HINH.txt.tmp/planted");
  write("một");
  EXPECT_THAT(names(), ElementsAre(".TINH-HINH.txt.tmp"));
}

TEST_F(PageFile, OnAFullDiskTheOldOneStays) {
  write("một");
  // A limit on the size of files stands in for the full disk: write(2) fails behind the first bytes all the same.
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit little{8, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &little);
  const auto written = write("hai, dài hơn giới hạn");
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_TRUE(written.error);
  EXPECT_EQ(read_file(dir_ / "TINH-HINH.txt"), page("một"));
  EXPECT_THAT(names(), ElementsAre("TINH-HINH.txt"));
}

}  // namespace
}  // namespace loa::station
