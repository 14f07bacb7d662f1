// One writer of a station's state.
#include "daemon/station/host/lock.hpp"

#include <gtest/gtest.h>

#include "daemon/station/host/paths.hpp"
#include "tests/support/temp_dir.hpp"

namespace loa::station {
namespace {

TEST(StateLock, TheFirstTakesItAndIsNamed) {
  const test::TempDir station;
  LockFault fault{};
  const auto lock = StateLock::acquire(station.path(), fault);
  ASSERT_TRUE(lock);
  EXPECT_EQ(lock_holder(station.path()), ::getpid());
}

TEST(StateLock, ASecondIsRefusedWhileTheFirstHoldsIt) {
  const test::TempDir station;
  LockFault fault{};
  const auto first = StateLock::acquire(station.path(), fault);
  fault = LockFault::unwritable;
  EXPECT_FALSE(StateLock::acquire(station.path(), fault));
  EXPECT_EQ(fault, LockFault::held);
}

TEST(StateLock, IsFreeAgainWhenItsOwnerIsGone) {
  const test::TempDir station;
  LockFault fault{};
  { const auto first = StateLock::acquire(station.path(), fault); }
  EXPECT_EQ(lock_holder(station.path()), std::nullopt);
  EXPECT_TRUE(StateLock::acquire(station.path(), fault));
}

TEST(StateLock, SaysWhenStateCannotBeWritten) {
  const test::TempDir station;
  station.write("state", "a file where the folder should be");
  LockFault fault{};
  EXPECT_FALSE(StateLock::acquire(station.path(), fault));
  EXPECT_EQ(fault, LockFault::unwritable);
}

TEST(StateLock, DoesNotFollowALinkInItsPlace) {
  const test::TempDir station;
  const auto victim = station.write("victim", "precious");
  std::filesystem::create_directory(station / "state");
  std::filesystem::create_symlink(victim, StationPaths{station.path()}.lock());
  LockFault fault{};
  EXPECT_FALSE(StateLock::acquire(station.path(), fault));
  EXPECT_EQ(test::read_file(victim), "precious");
}

TEST(StateLock, NobodyHoldsWhatWasNeverThere) {
  const test::TempDir station;
  EXPECT_EQ(lock_holder(station.path()), std::nullopt);
  EXPECT_FALSE(std::filesystem::exists(station / "state"));
}

}  // namespace
}  // namespace loa::station
