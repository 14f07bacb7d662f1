// What counts as a recording, and that nothing outside library/ ever does.
#include "daemon/station/library/library.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "tests/support/temp_dir.hpp"

namespace loa::station {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kNfc = "tin/Bản tin xã.mp3";
constexpr const char* kNfd = "tin/Ba\xCC\x89n tin xa\xCC\x83.mp3";

std::vector<std::string> clips(const Listing& listing) {
  std::vector<std::string> names;
  for (const auto& each : listing.recordings) names.push_back(each.clip);
  return names;
}

std::vector<LibraryFault> faults(const Listing& listing) {
  std::vector<LibraryFault> found;
  for (const auto& each : listing.problems) found.push_back(each.fault);
  return found;
}

std::string content(const Descriptor& file) {
  std::string bytes(64, '\0');
  const ssize_t size = ::read(file.get(), bytes.data(), bytes.size());
  bytes.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return bytes;
}

class LibraryTest : public ::testing::Test {
 protected:
  Listing list() const { return list_library({dir_ / "library"}); }
  std::string read(std::string_view clip) {
    error_.clear();
    return content(open_clip({dir_ / "library"}, clip, error_).file);
  }
  void link(const fs::path& target, const fs::path& name) const {
    fs::create_directories((dir_ / "library" / name).parent_path());
    fs::create_symlink(target, dir_ / "library" / name);
  }

  test::TempDir dir_;
  std::error_code error_;
};

TEST_F(LibraryTest, ListsRecordingsOfAllFoldersByName) {
  dir_.write("library/b.mp3", "b");
  dir_.write("library/a/z.wav", "z");
  dir_.write("library/a/âm.flac", "a");
  EXPECT_THAT(clips(list()), ElementsAre("a/z.wav", "a/âm.flac", "b.mp3"));
  EXPECT_THAT(faults(list()), IsEmpty());
}

TEST_F(LibraryTest, LeavesOutDotFilesAndEditorsFiles) {
  for (const char* name : {".an.mp3", "x.mp3~", ".git/y.mp3"}) dir_.write(fs::path("library") / name, "x");
  EXPECT_THAT(clips(list()), IsEmpty());
}

TEST_F(LibraryTest, MarksWhatIsNoRecordingByItsName) {
  dir_.write("library/ghi-chu.txt", "x");
  ASSERT_EQ(list().recordings.size(), 1u);
  EXPECT_TRUE(list().recordings[0].other);
}

TEST_F(LibraryTest, ANameStoredApartIsTheNameWrittenJoined) {
  dir_.write(fs::path("library") / kNfd, "nfd");
  EXPECT_THAT(clips(list()), ElementsAre(kNfc));
  EXPECT_EQ(read(kNfc), "nfd");
  EXPECT_EQ(read(kNfd), "nfd");
}

TEST_F(LibraryTest, OfTwoSpellingsOfOneNameTheJoinedOneIsTaken) {
  dir_.write(fs::path("library") / kNfd, "nfd");
  dir_.write(fs::path("library") / kNfc, "nfc");
  EXPECT_THAT(faults(list()), ElementsAre(LibraryFault::same_name));
  ASSERT_EQ(list().recordings.size(), 1u);
  EXPECT_EQ(list().recordings[0].path, kNfc);
  EXPECT_EQ(read(kNfc), "nfc");
}

TEST_F(LibraryTest, TheLaterLibraryWins) {
  dir_.write("chung/a.mp3", "shared");
  dir_.write("chung/b.mp3", "shared");
  dir_.write("library/a.mp3", "own");
  const std::vector<fs::path> both{dir_ / "chung", dir_ / "library"};
  const Listing listing = list_library(both);
  EXPECT_THAT(clips(listing), ElementsAre("a.mp3", "b.mp3"));
  EXPECT_EQ(listing.recordings[0].library, 1u);
  EXPECT_EQ(content(open_clip(both, "a.mp3", error_).file), "own");
  EXPECT_EQ(content(open_clip(both, "b.mp3", error_).file), "shared");
}

TEST_F(LibraryTest, AnAbsentLibraryIsEmpty) {
  EXPECT_THAT(clips(list()), IsEmpty());
  EXPECT_THAT(faults(list()), IsEmpty());
}

TEST_F(LibraryTest, LinksThatStayBeneathAreFollowed) {
  dir_.write("library/kho/that.mp3", "real");
  link("../kho/that.mp3", "ngay/nay.mp3");
  link("kho", "khac");
  EXPECT_THAT(clips(list()), ElementsAre("khac/that.mp3", "kho/that.mp3", "ngay/nay.mp3"));
  EXPECT_EQ(read("ngay/nay.mp3"), "real");
}

struct BadLink {
  const char* name;
  const char* target;
  LibraryFault fault;
};

class LibraryLinks : public LibraryTest, public ::testing::WithParamInterface<BadLink> {};

TEST_P(LibraryLinks, AreReportedAndNeverOpened) {
  dir_.write("secret.mp3", "secret");
  dir_.write("library/a/b.mp3", "b");
  link(GetParam().target, "a/link.mp3");
  EXPECT_THAT(clips(list()), ElementsAre("a/b.mp3"));
  EXPECT_THAT(faults(list()), ElementsAre(GetParam().fault));
  EXPECT_EQ(read("a/link.mp3"), "");
  EXPECT_TRUE(error_);
}

INSTANTIATE_TEST_SUITE_P(All, LibraryLinks,
                         ::testing::Values(BadLink{"up", "../../secret.mp3", LibraryFault::leaves_library},
                                           BadLink{"absolute", "/etc/passwd", LibraryFault::leaves_library},
                                           BadLink{"device", "/dev/zero", LibraryFault::leaves_library},
                                           BadLink{"process", "/proc/self/root/etc/passwd",
                                                   LibraryFault::leaves_library},
                                           BadLink{"out_and_in", "../../library/a/b.mp3", LibraryFault::leaves_library},
                                           BadLink{"dangling", "khong-co.mp3", LibraryFault::dangling},
                                           BadLink{"itself", "link.mp3", LibraryFault::loop},
                                           BadLink{"folder_above", "../a", LibraryFault::loop}),
                         [](const auto& each) { return each.param.name; });

TEST_F(LibraryTest, WordsThatLeadOutOpenNothing) {
  dir_.write("secret.mp3", "secret");
  dir_.write("library/a.mp3", "a");
  for (const std::string& clip : {std::string("../secret.mp3"), (dir_ / "secret.mp3").string(),
                                  std::string("x/../../secret.mp3"), std::string("/etc/passwd")}) {
    EXPECT_EQ(read(clip), "") << clip;
    EXPECT_TRUE(error_) << clip;
  }
}

TEST_F(LibraryTest, PipesNeverBlockAndAreNoRecordings) {
  dir_.write("library/a.mp3", "a");
  ASSERT_EQ(::mkfifo((dir_ / "library/ong.mp3").c_str(), 0600), 0);
  EXPECT_THAT(clips(list()), ElementsAre("a.mp3"));
  EXPECT_THAT(faults(list()), ElementsAre(LibraryFault::not_a_file));
  EXPECT_EQ(read("ong.mp3"), "");
  EXPECT_EQ(error_, std::errc::not_supported);
}

/// Nobody in particular as long as it exists, where the tests run as root.
class Nobody {
 public:
  Nobody() { EXPECT_TRUE(::geteuid() != 0 || ::seteuid(65534) == 0); }
  ~Nobody() { EXPECT_EQ(::seteuid(::getuid()), 0); }
  Nobody(const Nobody&) = delete;
  Nobody& operator=(const Nobody&) = delete;
};

TEST_F(LibraryTest, WhatMayNotBeReadIsReportedAndIsNoRecording) {
  dir_.write("library/a.mp3", "a");
  fs::permissions(dir_.path(), fs::perms{0755});
  fs::permissions(dir_.write("library/kin.mp3", "x"), fs::perms::none);
  const Nobody nobody;
  EXPECT_THAT(clips(list()), ElementsAre("a.mp3"));
  EXPECT_THAT(faults(list()), ElementsAre(LibraryFault::unreadable));
}

TEST_F(LibraryTest, HostileNamesAreNamesLikeOthers) {
  const std::vector<std::string> names{"- a.mp3", "\"'$(x)`.mp3", "a\nb.mp3", "loa 📢.mp3"};
  for (const auto& name : names) dir_.write(fs::path("library") / name, name);
  for (const auto& name : names) EXPECT_EQ(read(name), name);
  EXPECT_EQ(list().recordings.size(), names.size());
}

TEST_F(LibraryTest, NamesThatAreNotUtf8AreReported) {
  dir_.write("library/th\xB5.mp3", "tcvn3");
  EXPECT_THAT(clips(list()), IsEmpty());
  EXPECT_THAT(faults(list()), ElementsAre(LibraryFault::name_not_utf8));
}

TEST_F(LibraryTest, FoldersWithoutEndAreNotWalked) {
  fs::path deep = "library";
  for (int depth = 0; depth < 80; ++depth) deep /= "d";
  dir_.write(deep / "a.mp3", "a");
  EXPECT_THAT(faults(list()), ElementsAre(LibraryFault::too_many));
}

TEST_F(LibraryTest, AnIdentityChangesWithTheFile) {
  const auto file = dir_.write("library/a.mp3", "one");
  const FileIdentity before = list().recordings[0].identity;
  EXPECT_EQ(list().recordings[0].identity, before);
  dir_.write("library/a.mp3", "three");
  EXPECT_NE(list().recordings[0].identity, before);
  fs::rename(dir_.write("other", "one"), file);
  EXPECT_NE(list().recordings[0].identity, before);
}

TEST_F(LibraryTest, ALinkThatChangesDuringTheWalkLeadsNowhereElse) {
  dir_.write("secret/a.mp3", "secret");
  dir_.write("library/kho/a.mp3", "inside");
  link("kho", "nay");
  std::atomic<bool> stop = false;
  std::jthread swapper([&] {
    const fs::path place = dir_ / "library/nay", spare = dir_ / "spare";
    while (!stop) {
      for (const char* target : {"../secret", "kho"}) {
        fs::create_symlink(target, spare);
        fs::rename(spare, place);
      }
    }
  });
  int inside = 0;
  // On a busy machine the two may take turns so that the link leads outside at each look for a long while.
  for (int attempt = 0; attempt < 2000 || (inside == 0 && attempt < 1'000'000); ++attempt) {
    const std::string found = read("nay/a.mp3");
    ASSERT_NE(found, "secret");
    inside += found == "inside" ? 1 : 0;
  }
  stop = true;
  EXPECT_GT(inside, 0);
}

}  // namespace
}  // namespace loa::station
