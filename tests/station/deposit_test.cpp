// Bringing a file into a library: whole or not at all, and nothing that was there is lost.
#include "daemon/station/library/deposit.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/resource.h>

#include <csignal>

#include "daemon/station/library/library.hpp"
#include "tests/support/temp_dir.hpp"

namespace loa::station {
namespace {

namespace fs = std::filesystem;
using test::read_file;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class DepositTest : public testing::Test {
 protected:
  Descriptor source(const std::string& bytes) {
    return Descriptor(::open(dir_.write("usb/tin.wav", bytes).c_str(), O_RDONLY | O_CLOEXEC));
  }
  std::optional<Deposit> begun(const std::string& clip) {
    auto deposit = Deposit::begin(library_, clip, error_);
    return deposit;
  }
  /// What place() answers; "" = done.
  std::string add(const std::string& clip, const std::string& bytes, bool replace = false) {
    auto deposit = begun(clip);
    if (!deposit) return error_.message();
    const auto file = source(bytes);
    const auto fault = deposit->copy_from(file.get());
    if (fault.error) return fault.error.message();
    const auto error = deposit->place(replace, kept_as_);
    return error ? error.message() : std::string();
  }
  std::vector<std::string> files() const {
    std::vector<std::string> found;
    if (!fs::exists(library_)) return found;
    for (const auto& entry : fs::recursive_directory_iterator(library_)) {
      found.push_back(entry.path().lexically_relative(library_).string());
    }
    return found;
  }
  test::TempDir dir_;
  fs::path library_ = dir_ / "library";
  std::error_code error_;
  std::string kept_as_;
};

TEST_F(DepositTest, FoldersAreMadeAndTheDateIsKept) {
  EXPECT_EQ(add("a/b/tin.wav", "sound"), "");
  EXPECT_EQ(read_file(library_ / "a/b/tin.wav"), "sound");
  EXPECT_EQ(fs::last_write_time(library_ / "a/b/tin.wav"), fs::last_write_time(dir_ / "usb/tin.wav"));
  EXPECT_THAT(files(), UnorderedElementsAre("a", "a/b", "a/b/tin.wav"));
}

TEST_F(DepositTest, UntilItHasItsPlaceNoReaderSeesItAndGivenUpItLeavesNothing) {
  fs::create_directory(library_);
  {
    auto deposit = begun("a/tin.wav");
    ASSERT_TRUE(deposit);
    const auto file = source("sound");
    EXPECT_FALSE(deposit->copy_from(file.get()).error);
    EXPECT_EQ(read_file(deposit->folder() / deposit->temporary()), "sound");
    EXPECT_THAT(list_library({library_}).recordings, IsEmpty());
    EXPECT_THAT(list_library({library_}).problems, IsEmpty());
  }
  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(DepositTest, WhatIsThereIsReplacedOnRequestOnlyAndKeptOutOfWhatPlays) {
  add("tin.wav", "one");
  EXPECT_EQ(add("tin.wav", "two"), std::generic_category().message(EEXIST));
  EXPECT_EQ(read_file(library_ / "tin.wav"), "one");
  EXPECT_EQ(add("tin.wav", "two", true), "");
  EXPECT_EQ(kept_as_, "tin.wav.~1~");
  EXPECT_EQ(add("tin.wav", "three", true), "");
  EXPECT_EQ(kept_as_, "tin.wav.~2~");
  EXPECT_EQ(read_file(library_ / "tin.wav"), "three");
  EXPECT_EQ(read_file(library_ / "tin.wav.~1~"), "one");
  EXPECT_EQ(read_file(library_ / "tin.wav.~2~"), "two");
  EXPECT_EQ(list_library({library_}).recordings.size(), 1u);
}

TEST_F(DepositTest, SomebodyElseWhoComesFirstIsNotOverwritten) {
  auto deposit = begun("tin.wav");
  ASSERT_TRUE(deposit);
  const auto file = source("mine");
  EXPECT_FALSE(deposit->copy_from(file.get()).error);
  dir_.write("library/tin.wav", "theirs");
  EXPECT_EQ(deposit->place(true, kept_as_), std::errc::file_exists);
  deposit.reset();
  EXPECT_EQ(read_file(library_ / "tin.wav"), "theirs");
  EXPECT_THAT(files(), ElementsAre("tin.wav"));
}

TEST_F(DepositTest, NamesWithTheirMarksApartAreTheSameNames) {
  dir_.write("library/tie\xCC\x82\xCC\x81ng/nhac.wav", "old");  // NFD
  EXPECT_EQ(add("tiếng/nhac.wav", "new", true), "");
  EXPECT_THAT(files(), UnorderedElementsAre("tie\xCC\x82\xCC\x81ng", "tie\xCC\x82\xCC\x81ng/nhac.wav",
                                            "tie\xCC\x82\xCC\x81ng/nhac.wav.~1~"));
}

TEST_F(DepositTest, LinksThatLeadOutAreNotFollowed) {
  fs::create_directories(dir_ / "elsewhere");
  fs::create_directories(library_);
  fs::create_symlink(dir_ / "elsewhere", library_ / "a");
  EXPECT_EQ(add("a/tin.wav", "sound"), std::generic_category().message(EXDEV));
  EXPECT_THAT(fs::is_empty(dir_ / "elsewhere"), true);
}

TEST_F(DepositTest, WithoutRoomNothingIsLeft) {
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const auto file = source(std::string(100'000, 'x'));
  const rlimit little{70'000, before.rlim_max};  // stands in for a full disk
  ::setrlimit(RLIMIT_FSIZE, &little);
  auto deposit = begun("a/tin.wav");
  const auto fault = deposit ? deposit->copy_from(file.get()) : Deposit::Fault{error_, true};
  deposit.reset();
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_TRUE(fault.error && !fault.of_source);
  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(DepositTest, WhatAKillLeftGoesAndWhatLivesStays) {
  dir_.write("library/.loa-add-1.part", "half");
  auto alive = begun("one.wav");
  ASSERT_TRUE(alive);
  EXPECT_THAT(files(), ElementsAre(alive->temporary()));
  const auto own = alive->temporary();
  begun("two.wav");  // of the same process: its name is taken, and it takes nothing away
  EXPECT_TRUE(fs::exists(library_ / own));
}

}  // namespace
}  // namespace loa::station
