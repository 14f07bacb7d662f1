// The last sign of life survives every torn write.
#include "daemon/station/ledger/progress.hpp"

#include <gtest/gtest.h>

#include "tests/support/memory_disk.hpp"

namespace loa::station {
namespace {

using loa::tests::MemoryDisk;

Progress progress_at(std::int64_t frames) {
  return {"2026-11-22T05:30:00.000+07:00", "xa-vi-du/2026-11-22T0530/sang/1", 1, frames, frames + 5};
}

TEST(Progress, IsNothingBeforeTheFirst) {
  EXPECT_FALSE(read_progress(MemoryDisk()));
}

TEST(Progress, TheNewestIsRead) {
  MemoryDisk disk;
  ProgressWriter writer(&disk, disk);
  for (std::int64_t frames = 0; frames < 5; ++frames) {
    EXPECT_FALSE(writer.write(progress_at(frames)));
    EXPECT_EQ(read_progress(disk), progress_at(frames));
  }
  EXPECT_EQ(disk.files.at("progress").bytes.size(), kSlotSpacing + kSlotBytes);
}

TEST(Progress, GoesOnAfterARestart) {
  MemoryDisk disk;
  for (std::int64_t frames = 0; frames < 5; ++frames) {
    ProgressWriter(&disk, disk).write(progress_at(frames));
    EXPECT_EQ(read_progress(disk), progress_at(frames));
  }
}

TEST(Progress, ATornSlotLeavesTheOneBefore) {
  MemoryDisk disk;
  ProgressWriter writer(&disk, disk);
  writer.write(progress_at(1));
  const auto before = disk.files.at("progress").bytes;
  writer.write(progress_at(2));
  const auto after = disk.files.at("progress").bytes;
  for (std::size_t written = 0; written < kSlotBytes; written += 13) {
    auto torn = after;
    for (std::size_t i = written; i < kSlotBytes; ++i) torn[i] = i < before.size() ? before[i] : '\0';
    disk.files["progress"].bytes = torn;
    const auto read = read_progress(disk);
    ASSERT_TRUE(read) << written;
    EXPECT_TRUE(read == progress_at(1) || torn == after) << written;
  }
}

TEST(Progress, ARottenByteAnywhereIsSeen) {
  const auto slot = progress_slot(progress_at(7), 3);
  ASSERT_EQ(slot.size(), kSlotBytes);
  ASSERT_TRUE(progress_from_slot(slot));
  EXPECT_EQ(progress_from_slot(slot)->counter, 3u);
  for (std::size_t i = 0; i < slot.size(); ++i) {
    auto rotten = slot;
    rotten[i] = static_cast<char>(rotten[i] ^ 1);
    EXPECT_FALSE(progress_from_slot(rotten)) << i;
  }
  EXPECT_FALSE(progress_from_slot(""));
}

TEST(Progress, AnIdTooLongForASlotIsLeftOutWithItsFrames) {
  auto progress = progress_at(7);
  progress.id = std::string(600, 'x');
  const auto slot = progress_from_slot(progress_slot(progress, 1));
  ASSERT_TRUE(slot);
  EXPECT_EQ(slot->progress.id, "");
  EXPECT_EQ(slot->progress.frames, 0);
  EXPECT_EQ(slot->progress.reached, 0);
  EXPECT_EQ(slot->progress.at, progress.at);
}

}  // namespace
}  // namespace loa::station
