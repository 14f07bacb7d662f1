// One writer of a station's state.
#include "daemon/station/host/lock.hpp"

#include <gtest/gtest.h>

#include "daemon/station/host/paths.hpp"
#include "tests/support/temp_dir.hpp"

namespace loa::station {
namespace {

TEST(StateLock, TheFirstTakesItAndIsNamed) {
  const test::TempDir station;
  LockFault fault;
  const auto lock = StateLock::acquire(station.path(), fault);
  ASSERT_TRUE(lock);
  const auto holder = lock_holder(station.path());
  ASSERT_TRUE(holder);
  EXPECT_EQ(holder->pid, ::getpid());
  EXPECT_FALSE(holder->runs);
}

TEST(StateLock, ASecondIsRefusedWhileTheFirstHoldsIt) {
  const test::TempDir station;
  LockFault fault;
  const auto first = StateLock::acquire(station.path(), fault);
  EXPECT_FALSE(StateLock::acquire(station.path(), fault));
  EXPECT_TRUE(fault.held);
}

TEST(StateLock, IsFreeAgainWhenItsOwnerIsGone) {
  const test::TempDir station;
  LockFault fault;
  { const auto first = StateLock::acquire(station.path(), fault); }
  EXPECT_FALSE(lock_holder(station.path()));
  EXPECT_TRUE(StateLock::acquire(station.path(), fault));
}

TEST(StateLock, NamesWhatCannotBeWritten) {
  const test::TempDir station;
  station.write("state", "a file where the folder should be");
  LockFault fault;
  EXPECT_FALSE(StateLock::acquire(station.path(), fault));
  EXPECT_FALSE(fault.held);
  EXPECT_EQ(fault.path, station / "state");
  std::filesystem::remove(station / "state");
  std::filesystem::create_directories(station / "state/lock");
  EXPECT_FALSE(StateLock::acquire(station.path(), fault));
  EXPECT_EQ(fault.path, station / "state/lock");
  EXPECT_EQ(fault.error, std::errc::is_a_directory);
}

TEST(StateLock, SaysThatItsHolderRuns) {
  const test::TempDir station;
  LockFault fault;
  const auto lock = StateLock::acquire(station.path(), fault, std::chrono::milliseconds(0), kHolderRuns);
  const auto holder = lock_holder(station.path());
  ASSERT_TRUE(holder);
  EXPECT_EQ(holder->pid, ::getpid());
  EXPECT_TRUE(holder->runs);
}

TEST(StateLock, KnowsThatItsFileOrFolderWasTakenAway) {
  const test::TempDir station;
  LockFault fault;
  const auto lock = StateLock::acquire(station.path(), fault);
  ASSERT_TRUE(lock);
  EXPECT_TRUE(lock->is_in_place(station.path()));
  std::filesystem::rename(station / "state", station / "elsewhere");
  EXPECT_FALSE(lock->is_in_place(station.path()));
  const auto another = StateLock::acquire(station.path(), fault);
  ASSERT_TRUE(another);
  EXPECT_TRUE(another->is_in_place(station.path()));
  EXPECT_FALSE(lock->is_in_place(station.path()));
  std::filesystem::remove(station / "state/lock");
  EXPECT_FALSE(another->is_in_place(station.path()));
}

TEST(StateLock, DoesNotFollowALinkInItsPlace) {
  const test::TempDir station;
  const auto victim = station.write("victim", "precious");
  std::filesystem::create_directory(station / "state");
  std::filesystem::create_symlink(victim, StationPaths{station.path()}.lock());
  LockFault fault;
  EXPECT_FALSE(StateLock::acquire(station.path(), fault));
  EXPECT_EQ(test::read_file(victim), "precious");
}

TEST(StateLock, NobodyHoldsWhatWasNeverThere) {
  const test::TempDir station;
  EXPECT_FALSE(lock_holder(station.path()));
  EXPECT_FALSE(std::filesystem::exists(station / "state"));
}

}  // namespace
}  // namespace loa::station
