// The rows that the plan depends on, found without reading years: the ledger is the truth, whatever the file beside it
// says.
#include "daemon/station/ledger/standing.hpp"

#include <gmock/gmock.h>

#include "tests/station/ledger_fixture.hpp"

namespace loa::station {
namespace {

using namespace tests;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string kIndexFile{kStandingFile};

/// A disk that counts what is read, and does not read some files.
class CountingDisk final : public MemoryDisk {
 public:
  std::optional<std::string> read(const std::string& path, std::error_code& error) const override {
    if (path.starts_with("ledger/")) reads.push_back(path.substr(7));
    if (!broken.empty() && path.ends_with(broken)) {
      error = std::make_error_code(std::errc::io_error);
      return {};
    }
    return MemoryDisk::read(path, error);
  }
  mutable std::vector<std::string> reads;
  std::string broken;
};

class StandingRows : public testing::Test {
 protected:
  void write(std::initializer_list<const char*> clips) {
    FileLedger ledger(disk, clock, options_for());
    for (const auto* clip : clips) {
      ledger.append(item_fields(1));
      ledger.append({{"kind", "approve"}, {"clip", clip}});
    }
    ledger.append(item_fields(2));
    ledger.checkpoint();
  }
  std::vector<std::string> clips(const Standing& standing) const {
    std::vector<std::string> found;
    for (const auto& row : standing.rows()) found.push_back(wire::text_of(row, "clip"));
    return found;
  }
  /// As a process finds them that starts now; with the lock it keeps the file.
  std::vector<std::string> found(bool keeps = true) {
    Standing standing;
    standing.refresh(disk);
    if (keeps) standing.keep(disk);
    return clips(standing);
  }
  CountingDisk disk;
  ManualClock clock;
};

TEST_F(StandingRows, AreNoneWithoutALedger) {
  EXPECT_THAT(found(), IsEmpty());
  EXPECT_FALSE(disk.files.contains(kIndexFile));
}

TEST_F(StandingRows, AreThoseOfApprovalsMakeGoodsAndMissedPlays) {
  FileLedger ledger(disk, clock, options_for());
  const auto item = [](const char* clip, const char* verdict, const char* campaign, const char* makes_good) {
    wire::Fields fields{{"kind", "item"}, {"clip", clip}, {"verdict", verdict}};
    if (*campaign != '\0') fields["campaign"] = campaign;
    if (*makes_good != '\0') fields["makes_good"] = makes_good;
    return fields;
  };
  ledger.append(item("missed play", "missed", "c", ""));
  ledger.append(item("missed, of no campaign", "missed", "", ""));
  ledger.append(item("aired play", "aired", "c", ""));
  ledger.append(item("aired instead", "aired", "", "x/1"));
  ledger.append({{"kind", "make-good"}, {"clip", "place"}, {"makes_good", "x/1"}});
  ledger.append({{"kind", "note"}, {"clip", "note"}});
  ledger.checkpoint();
  EXPECT_THAT(found(), ElementsAre("missed play", "aired instead", "place"));
}

TEST_F(StandingRows, AreFoundInAllMonthsInTheirOrder) {
  write({"a", "b"});
  clock.set(std::chrono::year(2026) / 12 / 5);
  write({"c"});
  EXPECT_THAT(found(), ElementsAre("a", "b", "c"));
}

TEST_F(StandingRows, AfterThatOnlyTheNewestMonthIsRead) {
  write({"a"});
  clock.set(std::chrono::year(2026) / 12 / 5);
  write({"b"});
  found();
  write({"c"});
  disk.reads.clear();
  EXPECT_THAT(found(), ElementsAre("a", "b", "c"));
  EXPECT_THAT(disk.reads, ElementsAre("2026-12.jsonl"));
}

TEST_F(StandingRows, OneThatGoesOnReadsWhatIsNew) {
  Standing standing;
  standing.refresh(disk);
  write({"a"});
  standing.refresh(disk);
  EXPECT_THAT(clips(standing), ElementsAre("a"));
  clock.set(std::chrono::year(2027) / 1 / 5);
  write({"b"});
  standing.refresh(disk);
  standing.refresh(disk);
  EXPECT_THAT(clips(standing), ElementsAre("a", "b"));
}

TEST_F(StandingRows, ALedgerWithoutAnyIsNotReadAgainEither) {
  { FileLedger(disk, clock, options_for()).append(item_fields(0)); }
  clock.set(std::chrono::year(2026) / 12 / 5);
  { FileLedger(disk, clock, options_for()).append(item_fields(1)); }
  EXPECT_THAT(found(), IsEmpty());
  disk.reads.clear();
  EXPECT_THAT(found(), IsEmpty());
  EXPECT_THAT(disk.reads, ElementsAre("2026-12.jsonl"));
}

TEST_F(StandingRows, EveryByteOfTheFileMayBeRottenOrTorn) {
  write({"a", "b"});
  found();
  const auto whole = disk.files.at(kIndexFile).bytes;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    disk.files.at(kIndexFile).bytes = whole;
    disk.files.at(kIndexFile).bytes[i] ^= 0x04;
    ASSERT_THAT(found(false), ElementsAre("a", "b")) << "a bit at " << i;
    disk.files.at(kIndexFile).bytes = whole.substr(0, i);
    ASSERT_THAT(found(false), ElementsAre("a", "b")) << "cut at " << i;
  }
  for (const auto* bytes : {"", "\n", "[]\n", "{}\n", "{\"format\":\"loa-standing-1\"}\n"}) {
    disk.files.at(kIndexFile).bytes = bytes;
    EXPECT_THAT(found(), ElementsAre("a", "b")) << bytes;
    EXPECT_EQ(disk.files.at(kIndexFile).bytes, whole) << "it is made anew";
  }
}

TEST_F(StandingRows, ALineThatSomebodyChangedIsNotBelievedThoughTheHeadFitsIt) {
  write({"a", "b"});
  found();
  auto& bytes = disk.files.at(kIndexFile).bytes;
  const auto head_end = bytes.find('\n');
  const auto head = bytes.substr(0, head_end), body = bytes.substr(head_end + 1);
  const auto with = [&](const std::string& changed) {
    auto made = head;
    const auto sum = wire::sha256_hex(body);
    made.replace(made.find(sum), sum.size(), wire::sha256_hex(changed));
    return made + "\n" + changed;
  };
  const auto first_end = body.find('\n') + 1;
  auto renamed = body;
  renamed.replace(renamed.find("\"clip\":\"b\""), 10, "\"clip\":\"x\"");
  for (const auto& changed : {renamed, body.substr(first_end) + body.substr(0, first_end)}) {
    bytes = with(changed);
    EXPECT_THAT(found(false), ElementsAre("a", "b")) << changed;
  }
}

TEST_F(StandingRows, AFileOfAnotherLedgerIsNotBelieved) {
  write({"a", "b"});
  found();
  const auto foreign = disk.files.at(kIndexFile);
  disk.files.clear();
  write({"x"});
  disk.files[kIndexFile] = foreign;
  EXPECT_THAT(found(), ElementsAre("x"));
  disk.files.clear();
  disk.files[kIndexFile] = foreign;
  EXPECT_THAT(found(), IsEmpty()) << "somebody took the ledger away";
}

TEST_F(StandingRows, OneThatGoesOnKeepsWhatIsTakenAwayAndWritesItIntoTheNewFolder) {
  write({"a"});
  clock.set(std::chrono::year(2026) / 12 / 5);
  write({"b"});
  Standing standing;
  standing.refresh(disk);
  const auto newest = disk.files.at("ledger/2026-12.jsonl");
  disk.files.clear();
  standing.refresh(disk);
  EXPECT_EQ(standing.rows().size(), 2u);
  disk.files["ledger/2026-12.jsonl"] = newest;  // the writer puts back the month that it has open
  standing.refresh(disk);
  EXPECT_EQ(standing.rows().size(), 2u);
  standing.keep(disk);
  EXPECT_THAT(found(), ElementsAre("a", "b")) << "and the next start knows it too";
}

TEST_F(StandingRows, AnOlderCopyOfTheLedgerTakesBackWhatCameLater) {
  write({"a"});
  const auto image = disk.files;
  write({"b"});
  found();
  const auto newer = disk.files.at(kIndexFile);
  disk.files = image;
  disk.files[kIndexFile] = newer;
  EXPECT_THAT(found(), ElementsAre("a"));
}

TEST_F(StandingRows, ARowWhoseNumberWasUsedAgainIsNoRow) {
  write({"a"});
  auto& bytes = disk.files.at("ledger/2026-11.jsonl").bytes;
  const auto durable = bytes;
  { FileLedger(disk, clock, options_for()).append({{"kind", "approve"}, {"clip", "lost"}}); }
  EXPECT_THAT(found(), ElementsAre("a", "lost"));
  bytes = durable;  // the power went before it was synced
  { FileLedger(disk, clock, options_for()).append({{"kind", "approve"}, {"clip", "other"}}); }
  EXPECT_THAT(found(), ElementsAre("a", "other"));
}

TEST_F(StandingRows, ADamagedLineIsNoApproval) {
  write({"a", "b"});
  auto& bytes = disk.files.at("ledger/2026-11.jsonl").bytes;
  bytes.replace(bytes.find("\"clip\":\"a\""), 10, "\"clip\":\"z\"");
  EXPECT_THAT(found(), ElementsAre("b"));
}

TEST_F(StandingRows, ALineThatIsBeingWrittenIsNotThereYet) {
  write({"a"});
  disk.files.at("ledger/2026-11.jsonl").bytes += "{\"kind\":\"approve\"";
  EXPECT_THAT(found(), ElementsAre("a"));
}

TEST_F(StandingRows, WhatCannotBeReadNowIsReadAnotherTime) {
  write({"a"});
  clock.set(std::chrono::year(2026) / 12 / 5);
  write({"b"});
  disk.broken = "2026-11.jsonl";
  EXPECT_THAT(found(), ElementsAre("b"));
  EXPECT_FALSE(disk.files.contains(kIndexFile)) << "half of it is not kept";
  disk.broken.clear();
  EXPECT_THAT(found(), ElementsAre("a", "b"));
  disk.broken = "2026-12.jsonl";
  EXPECT_THAT(found(), ElementsAre("a", "b")) << "the file knows them";
}

TEST_F(StandingRows, OldMonthsThatWereMovedAwayAreStillKnownToTheFile) {
  write({"a"});
  clock.set(std::chrono::year(2026) / 12 / 5);
  write({"b"});
  found();
  disk.files.erase("ledger/2026-11.jsonl");
  EXPECT_THAT(found(), ElementsAre("a", "b"));
}

TEST_F(StandingRows, AKindInATextIsNoKind) {
  FileLedger ledger(disk, clock, options_for());
  ledger.append({{"kind", "remark"}, {"note", "\"kind\":\"approve\" \"makes_good\":\"x/1\""}});
  ledger.append({{"kind", "make-good"}, {"clip", "m"}, {"makes_good", "x/1"}});
  EXPECT_THAT(found(), ElementsAre("m"));
}

}  // namespace
}  // namespace loa::station
