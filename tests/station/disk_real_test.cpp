// The Disk seam on the file system: what it makes, where, and for whose eyes; and a ledger whose process is killed.
#include "daemon/station/ledger/disk_real.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <sstream>

#include "tests/station/ledger_fixture.hpp"

namespace loa::station {
namespace {

using namespace tests;
namespace fs = std::filesystem;

class RealDiskTest : public testing::Test {
 protected:
  RealDiskTest() {
    std::string pattern = (fs::temp_directory_path() / "loa-disk-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    disk = RealDisk::make_directory(folder / "state", error);
  }
  ~RealDiskTest() override { fs::remove_all(folder); }

  std::string bytes_of(const std::string& path) const {
    std::ostringstream bytes;
    bytes << std::ifstream(folder / "state" / path).rdbuf();
    return bytes.str();
  }

  fs::path folder;
  std::error_code error;
  std::unique_ptr<RealDisk> disk;
};

TEST_F(RealDiskTest, AppendsBehindWhatIsThere) {
  for (const auto* word : {"one", "two"}) {
    const auto file = disk->open("ledger/2026-11.jsonl", error);
    ASSERT_TRUE(file) << error.message();
    EXPECT_FALSE(file->append(word));
    EXPECT_FALSE(file->sync());
  }
  EXPECT_EQ(bytes_of("ledger/2026-11.jsonl"), "onetwo");
  EXPECT_EQ(disk->read("ledger/2026-11.jsonl", error), "onetwo");
}

TEST_F(RealDiskTest, AFileThatSomebodyTookAwayOrMovedKeepsNothing) {
  const auto path = folder / "state/ledger/2026-11.jsonl";
  for (const bool moved : {false, true}) {
    const auto file = disk->open("ledger/2026-11.jsonl", error);
    ASSERT_TRUE(file) << error.message();
    EXPECT_FALSE(file->append("one"));
    EXPECT_FALSE(file->sync());
    moved ? fs::rename(path, folder / "elsewhere") : (void)fs::remove(path);
    EXPECT_FALSE(file->append("two"));
    EXPECT_EQ(file->sync(), std::errc::no_such_file_or_directory);
  }
}

TEST_F(RealDiskTest, KnowsThatItsDirectoryWasTakenAwayAndFollowsTheNewOne) {
  EXPECT_FALSE(disk->in_place());
  const auto file = disk->open("ledger/2026-11.jsonl", error);
  fs::rename(folder / "state", folder / "elsewhere");
  EXPECT_TRUE(disk->in_place());
  EXPECT_FALSE(file->append("one"));
  EXPECT_TRUE(file->sync());
  EXPECT_EQ(disk->follow(), std::errc::no_such_file_or_directory);
  fs::create_directory(folder / "state");
  EXPECT_TRUE(disk->in_place()) << "another folder of that name";
  EXPECT_FALSE(disk->follow());
  EXPECT_FALSE(disk->in_place());
  EXPECT_TRUE(file->in_place());
  EXPECT_EQ(file->bytes(), "one");
  EXPECT_FALSE(disk->replace("a", "new"));
  EXPECT_EQ(bytes_of("a"), "new");
}

TEST_F(RealDiskTest, CutsAFile) {
  EXPECT_FALSE(disk->replace("a", "123456"));
  EXPECT_FALSE(disk->truncate("a", 4));
  EXPECT_EQ(bytes_of("a"), "1234");
  EXPECT_EQ(disk->truncate("b", 0), std::errc::no_such_file_or_directory);
}

TEST_F(RealDiskTest, ReplacesAWholeFileAndLeavesNothingBeside) {
  EXPECT_FALSE(disk->replace("plans/x", "old"));
  EXPECT_FALSE(disk->replace("plans/x", std::string(200000, 'n')));
  EXPECT_EQ(bytes_of("plans/x"), std::string(200000, 'n'));
  EXPECT_EQ(disk->list("plans"), std::vector<std::string>{"x"});
}

TEST_F(RealDiskTest, ListsNamesInOrderAndNothingOfWhatIsAbsent) {
  for (const auto* name : {"ledger/b", "ledger/a", "ledger/c"}) EXPECT_FALSE(disk->replace(name, ""));
  EXPECT_EQ(disk->list("ledger"), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_TRUE(disk->list("nowhere").empty());
}

TEST_F(RealDiskTest, RemovesAFile) {
  EXPECT_FALSE(disk->replace("a", ""));
  EXPECT_FALSE(disk->remove("a"));
  EXPECT_EQ(disk->remove("a"), std::errc::no_such_file_or_directory);
}

TEST_F(RealDiskTest, SaysWhyAFileCannotBeRead) {
  EXPECT_FALSE(disk->read("nothing", error));
  EXPECT_EQ(error, std::errc::no_such_file_or_directory);
  EXPECT_FALSE(disk->replace("folder/file", ""));
  EXPECT_FALSE(disk->read("folder", error));
  EXPECT_EQ(error, std::errc::is_a_directory);
  EXPECT_EQ(disk->read("folder/file", error), "");
  EXPECT_FALSE(error);
}

TEST_F(RealDiskTest, KeysAreForTheOwnerOnly) {
  EXPECT_FALSE(disk->replace("keys/ledger", "secret"));
  struct stat facts {};
  ASSERT_EQ(::stat((folder / "state/keys/ledger").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600u);
  ASSERT_EQ(::stat((folder / "state/keys").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0700u);
}

TEST_F(RealDiskTest, WritesASlotInPlace) {
  EXPECT_FALSE(disk->write_slot("progress", 8, "there"));
  EXPECT_FALSE(disk->write_slot("progress", 0, "here"));
  EXPECT_EQ(bytes_of("progress"), std::string("here\0\0\0\0there", 13));
}

TEST_F(RealDiskTest, AFullDiskIsAnAnswer) {
  fs::create_symlink("/dev/full", folder / "state/full");
  const auto file = disk->open("full", error);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->append("x"), std::errc::no_space_on_device);
}

TEST_F(RealDiskTest, OpensOnlyADirectoryThatIsThere) {
  EXPECT_FALSE(RealDisk::open_directory(folder / "none", error));
  EXPECT_EQ(error, std::errc::no_such_file_or_directory);
  EXPECT_FALSE(RealDisk::make_directory(folder / "none/state", error));
  EXPECT_TRUE(error);
}

/// The child tells each row after it became durable; what it told must be there however it ends.
[[noreturn]] void append_until_killed(const fs::path& state, int pipe, std::size_t last) {
  std::error_code error;
  const auto disk = RealDisk::open_directory(state, error);
  ManualClock clock;
  FileLedger ledger(*disk, clock, options_for(true));
  for (std::size_t i = 0;; ++i) {
    const auto ticket = ledger.append(item_fields(i));
    if (i == last) ::kill(::getpid(), SIGKILL);  // while the writer is at it
    if (i % 3 == 0) ledger.flush(std::chrono::minutes(1));
    if (ledger.durable() >= ticket && ::write(pipe, &i, sizeof i) != sizeof i) ::_exit(1);
  }
}

std::size_t run_killed_child(const fs::path& state, std::size_t last) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  const auto child = ::fork();
  if (child == 0) append_until_killed(state, ends[1], last);
  ::close(ends[1]);
  std::size_t told = 0, row = 0;
  while (::read(ends[0], &row, sizeof row) == sizeof row) told = row + 1;
  ::close(ends[0]);
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
  return told;
}

TEST_F(RealDiskTest, EveryRowThatWasReportedDurableSurvivesKill) {
  std::size_t expected = 0;
  for (std::size_t last = 0; last < 20; ++last) {
    expected += run_killed_child(folder / "state", last);
    ManualClock clock;
    { const FileLedger ledger(*disk, clock, options_for()); }
    ASSERT_GE(rows_of_kind(*disk, "item").size(), expected) << last;
    expected = rows_of_kind(*disk, "item").size();
  }
  MemoryDisk copy;
  copy.files["ledger/2026-11.jsonl"].bytes = bytes_of("ledger/2026-11.jsonl");
  EXPECT_TRUE(verified(copy).ok) << verified(copy).problem;
  EXPECT_EQ(rows_of_kind(*disk, "key").size(), 1u);
}

}  // namespace
}  // namespace loa::station
