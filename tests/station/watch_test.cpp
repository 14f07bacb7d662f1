// The watch over a station's folders: real files, real inotify. Waiting is bounded by conditions, never by sleeping.
#include "daemon/station/run/watch.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace loa::station {
namespace {

namespace fs = std::filesystem;

class WatchTest : public ::testing::Test {
 protected:
  WatchTest() : watch_(context_, [this] { ++changes_; }) {
    fs::create_directories(folder_ / "schedule");
    fs::create_directories(folder_ / "library/tin");
    watch_.set({folder_, folder_ / "schedule"}, {folder_ / "library"});
  }
  ~WatchTest() override { fs::remove_all(folder_); }

  static fs::path make_folder() {
    auto pattern = (fs::temp_directory_path() / "loa-watch-XXXXXX").string();
    return mkdtemp(pattern.data());
  }
  void write(const fs::path& name, const std::string& text) { std::ofstream(folder_ / name) << text; }
  /// Runs until `changes_` reached `count` or 20 s are over.
  bool changed(int count) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (changes_ < count && std::chrono::steady_clock::now() < deadline)
      context_.run_one_for(std::chrono::seconds(1));
    return changes_ >= count;
  }

  boost::asio::io_context context_;
  fs::path folder_ = make_folder();
  int changes_ = 0;
  Watch watch_;
};

TEST_F(WatchTest, ASavedFileIsNoticedOnce) {
  write("schedule/lich.yaml", "programmes: {}\n");
  EXPECT_TRUE(changed(1));
  EXPECT_EQ(changes_, 1);
}

TEST_F(WatchTest, AnEditorThatWritesByRenameIsNoticed) {
  write("schedule/.lich.yaml.swp", "half");
  write("schedule/lich.yaml~", "old");
  fs::rename(folder_ / "schedule/.lich.yaml.swp", folder_ / "schedule/lich.yaml");
  EXPECT_TRUE(changed(1));
}

TEST_F(WatchTest, ManyWritesAreOneChange) {
  for (int i = 0; i < 200; ++i) write("library/tin/" + std::to_string(i) + ".mp3", "x");
  EXPECT_TRUE(changed(1));
  EXPECT_EQ(changes_, 1);
}

TEST_F(WatchTest, AFolderMadeLaterIsWatchedToo) {
  fs::create_directories(folder_ / "library/moi/2026-11-25");
  ASSERT_TRUE(changed(1));
  write("library/moi/2026-11-25/a.mp3", "x");
  EXPECT_TRUE(changed(2));
}

TEST_F(WatchTest, AScheduleFileStillOpenForWritingHoldsTheChangeBack) {
  std::ofstream half(folder_ / "schedule/lich.yaml");
  half << "programmes:\n" << std::flush;
  // Something else that is whole: without the rule it would be taken together with the half-written file.
  write("library/tin/a.mp3", "x");
  const auto until = std::chrono::steady_clock::now() + Watch::kQuiet * 4;
  while (std::chrono::steady_clock::now() < until) context_.run_one_until(until);
  EXPECT_EQ(changes_, 0);
  half << "  sang: {}\n";
  half.close();
  EXPECT_TRUE(changed(1));
}

TEST_F(WatchTest, WhatTheProgramItselfWritesIsNoChange) {
  fs::create_directories(folder_ / "state");
  write("schedule/.hidden.yaml", "x");
  write("schedule/lich.yaml~", "x");
  write("schedule/lich.yaml", "x");  // the only one that counts
  EXPECT_TRUE(changed(1));
  EXPECT_EQ(changes_, 1);
}

}  // namespace
}  // namespace loa::station
