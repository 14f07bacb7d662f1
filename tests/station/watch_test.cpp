// The watch over a station's folders: real files, real inotify. Waiting is bounded by conditions, never by sleeping.
#include "daemon/station/run/watch.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <mutex>

namespace loa::station {
namespace {

namespace fs = std::filesystem;

class WatchTest : public ::testing::Test {
 protected:
  WatchTest() : watch_(context_, {[this] { ++changes_; }, [](bool) {}}, counting_look()) {
    fs::create_directories(folder_ / "schedule");
    fs::create_directories(folder_ / "library/tin");
    watch_.set({{folder_, folder_ / "schedule"}, {folder_ / "library"}});
    until([this] { return *looks_ > 0; });
  }
  ~WatchTest() override { fs::remove_all(folder_); }

  static fs::path make_folder() {
    auto pattern = (fs::temp_directory_path() / "loa-watch-XXXXXX").string();
    return mkdtemp(pattern.data());
  }
  void write(const fs::path& name, const std::string& text) { std::ofstream(folder_ / name) << text; }
  /// Runs until `changes_` reached `count` or 20 s are over.
  bool changed(int count) {
    return until([&] { return changes_ >= count; });
  }
  bool until(const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!condition() && std::chrono::steady_clock::now() < deadline)
      context_.run_one_for(std::chrono::milliseconds(50));
    return condition();
  }
  /// The real one, counted when it has ended: from then on everything is watched.
  FolderLook counting_look() {
    return [looks = looks_](int inotify, const WatchedFolders& watched) {
      const auto state = look_at_folders(inotify, watched);
      ++*looks;
      return state;
    };
  }

  boost::asio::io_context context_;
  fs::path folder_ = make_folder();
  std::shared_ptr<std::atomic<int>> looks_ = std::make_shared<std::atomic<int>>(0);
  int changes_ = 0;
  Watch watch_;
};

TEST_F(WatchTest, WhatTheProgramTellsItsOperatorIsNoChange) {
  const auto before = look_at_folders(-1, {{folder_}, {}});
  for (const auto* name : {"TINH-HINH.txt", "STATUS.txt"}) {
    write("." + std::string(name) + ".tmp", "words");
    fs::rename(folder_ / ("." + std::string(name) + ".tmp"), folder_ / name);
  }
  EXPECT_EQ(look_at_folders(-1, {{folder_}, {}}), before);
  context_.run_for(3 * Watch::kQuiet);
  EXPECT_EQ(changes_, 0);
  write("station.yaml", "x");
  ASSERT_TRUE(changed(1));
  EXPECT_NE(look_at_folders(-1, {{folder_}, {}}), before);
}

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

TEST_F(WatchTest, AFolderThatWasMovedAwayIsNoLongerWatched) {
  fs::rename(folder_ / "library/tin", folder_ / "state");  // nobody watches there
  ASSERT_TRUE(changed(1));
  write("state/a.mp3", "x");
  const auto until = std::chrono::steady_clock::now() + Watch::kQuiet * 4;
  while (std::chrono::steady_clock::now() < until) context_.run_one_until(until);
  EXPECT_EQ(changes_, 1);
}

/// A network drive that hangs: looks wait until somebody opens, or for ever.
struct Drive {
  std::mutex mutex;
  std::condition_variable opened;
  bool hangs = true;
  std::atomic<int> begun = 0;
  std::uint64_t state = 1;

  std::uint64_t look() {
    std::unique_lock lock(mutex);
    ++begun;
    opened.wait(lock, [this] { return !hangs; });
    return state;
  }
  void open(std::uint64_t now) {
    const std::lock_guard lock(mutex);
    hangs = false;
    state = now;
    opened.notify_all();
  }
};

class HungWatch : public WatchTest {
 protected:
  HungWatch()
      : hung_(
            context_, {[this] { ++told_; }, [this](bool hangs) { hangs_.push_back(hangs); }},
            [drive = drive_](int, const WatchedFolders&) { return drive->look(); }, std::chrono::milliseconds(20)) {
    hung_.set({{folder_}, {}});
  }
  ~HungWatch() override {
    drive_->open(0);
    EXPECT_TRUE(aside_ends(std::chrono::seconds(20)));
  }

  std::shared_ptr<Drive> drive_ = std::make_shared<Drive>();
  int told_ = 0;
  std::vector<bool> hangs_;
  Watch hung_;
};

TEST_F(HungWatch, ALookThatHangsIsToldOnceAndTheContextGoesOn) {
  int ticks = 0;
  EXPECT_TRUE(until([&] { return ++ticks > 20 && hangs_.size() == 1; }));
  EXPECT_EQ(drive_->begun, 1) << "no second look behind one that hangs";
  drive_->open(1);
  EXPECT_TRUE(until([&] { return hangs_.size() == 2; }));
  EXPECT_EQ(hangs_, (std::vector<bool>{true, false}));
}

TEST_F(HungWatch, WhatChangedMeanwhileIsToldWhenTheDriveIsBack) {
  EXPECT_TRUE(until([&] { return hangs_.size() == 1; }));
  drive_->open(1);
  EXPECT_TRUE(until([&] { return drive_->begun > 2; }));
  EXPECT_EQ(told_, 0);
  drive_->open(2);
  EXPECT_TRUE(until([&] { return told_ == 1; }));
}

TEST(HungWatchGone, ALookThatComesBackAfterItsWatchTouchesNothing) {
  const auto drive = std::make_shared<Drive>();
  {
    boost::asio::io_context context;
    Watch watch(context, {[] { FAIL(); }, [](bool) {}}, [drive](int, const WatchedFolders&) { return drive->look(); });
    watch.set({{fs::temp_directory_path()}, {}});
    while (drive->begun == 0) context.run_one_for(std::chrono::milliseconds(1));
  }
  EXPECT_FALSE(aside_ends(std::chrono::milliseconds(0))) << "it hangs still";
  drive->open(1);
  EXPECT_TRUE(aside_ends(std::chrono::seconds(20)));
}

}  // namespace
}  // namespace loa::station
