// Taking in recordings with decoders that answer, crash, hang and lie: shell scripts in loa-media's place.
#include "daemon/station/library/intake.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "daemon/station/host/lock.hpp"
#include "daemon/station/host/paths.hpp"
#include "daemon/wire/media_messages.hpp"
#include "tests/support/temp_dir.hpp"

namespace loa::station {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using playlists::Facts;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

wire::Measured good_answer() {
  wire::Measured measured;
  measured.sha256 = std::string(64, 'a');
  measured.frames = 44100;
  measured.sample_rate = 44100;
  measured.channels = 2;
  measured.codec = "mp3";
  measured.loudness = -18.5;
  measured.true_peak = -1.25;
  measured.length = 48000;
  return measured;
}

class IntakeTest : public ::testing::Test {
 protected:
  /// An old file: nothing about it is still being written.
  void recording(const fs::path& clip, std::string_view bytes = "sound") const {
    const auto file = dir_.write(fs::path("library") / clip, bytes);
    fs::last_write_time(file, fs::file_time_type::clock::now() - 1h);
  }
  /// `count` in $calls is how often the decoder was asked.
  void decoder(const std::string& body) {
    options_.program = dir_.script("media", "echo x >> " + (dir_ / "calls").string() + "\n" + body);
  }
  void decoder_answers(const wire::Measured& measured) {
    decoder("cat > /dev/null <&3; cat " + dir_.write("answer", wire::to_line(measured)).string());
  }
  std::size_t calls() const { return test::read_file(dir_ / "calls").size() / 2; }
  IntakeResult take() {
    listing_ = list_library(libraries_);
    return take_in(libraries_, listing_, unknown_recordings(listing_, known_), known_, options_);
  }
  const Facts* facts(std::string_view clip) {
    listing_ = list_library(libraries_);
    for (const auto& each : listing_.recordings) {
      if (each.clip == clip) return known_.find(each);
    }
    return nullptr;
  }

  test::TempDir dir_;
  std::vector<fs::path> libraries_{dir_ / "library"};
  KnownFacts known_;
  IntakeOptions options_;
  Listing listing_;
};

TEST_F(IntakeTest, MeasuresEachUnknownRecordingOnce) {
  for (const char* clip : {"a.mp3", "b/c.mp3", "b/d.mp3"}) recording(clip);
  decoder_answers(good_answer());
  EXPECT_EQ(take().measured, 3u);
  EXPECT_EQ(take().measured, 0u);
  EXPECT_EQ(calls(), 3u);
  ASSERT_NE(facts("b/c.mp3"), nullptr);
  EXPECT_EQ(facts("b/c.mp3")->length.count(), 48000);
  EXPECT_EQ(facts("b/c.mp3")->loudness, -18.5);
}

TEST_F(IntakeTest, AChangedFileIsMeasuredAgain) {
  recording("a.mp3");
  decoder_answers(good_answer());
  take();
  recording("a.mp3", "other sound");
  EXPECT_EQ(facts("a.mp3"), nullptr);
  EXPECT_EQ(take().measured, 1u);
}

TEST_F(IntakeTest, ACrashOfTheDecoderRefusesThatRecordingOnly) {
  recording("a.mp3", "bad");
  recording("b.mp3", "good");
  dir_.write("answer", wire::to_line(good_answer()));
  decoder("grep -q bad <&3 && kill -ABRT $$; cat " + (dir_ / "answer").string());
  EXPECT_EQ(take().measured, 2u);
  EXPECT_EQ(facts("a.mp3")->problem, "decoder-crashed");
  EXPECT_TRUE(facts("a.mp3")->refused);
  EXPECT_EQ(facts("b.mp3")->problem, "");
}

TEST_F(IntakeTest, ADecoderThatHangsIsKilledAtItsDeadline) {
  recording("a.mp3");
  options_.deadline = 200ms;
  decoder("sleep 1000");
  take();
  ASSERT_NE(facts("a.mp3"), nullptr);
  EXPECT_EQ(facts("a.mp3")->problem, "too-slow");
  EXPECT_TRUE(facts("a.mp3")->refused);
}

TEST_F(IntakeTest, ASmallFileThatMayHoldHoursHasItsTime) {
  recording("a.opus", std::string(2'000'000, 'x'));
  options_.deadline = 1ms;
  decoder("sleep 0.4; cat " + dir_.write("answer", wire::to_line(good_answer())).string());
  take();
  ASSERT_NE(facts("a.opus"), nullptr);
  EXPECT_EQ(facts("a.opus")->problem, "");
}

TEST_F(IntakeTest, AnAnswerThatIsNoneRefuses) {
  recording("a.mp3");
  decoder("echo '{\"frames\": \"many\"}'");
  take();
  EXPECT_EQ(facts("a.mp3")->problem, "decoder-crashed");
}

TEST_F(IntakeTest, WithoutTheProgramNothingIsBelieved) {
  recording("a.mp3");
  options_.program = dir_ / "khong-co";
  EXPECT_TRUE(take().no_program);
  EXPECT_EQ(facts("a.mp3"), nullptr);
}

TEST_F(IntakeTest, AFileThatChangesUnderTheDecoderIsMeasuredAgain) {
  recording("a.mp3", "half");
  dir_.write("answer", wire::to_line(good_answer()));
  // The first look finds it growing; the second finds it as it stays.
  decoder("[ $(wc -l < " + (dir_ / "calls").string() + ") = 1 ] && echo more >> " + (dir_ / "library/a.mp3").string() +
          "; cat " + (dir_ / "answer").string());
  EXPECT_EQ(take().measured, 1u);
  EXPECT_EQ(calls(), 2u);
  EXPECT_NE(facts("a.mp3"), nullptr);
}

TEST_F(IntakeTest, AFileThatNeverStopsChangingStaysUnknown) {
  recording("a.mp3");
  options_.patience = 100ms;
  decoder("echo more >> " + (dir_ / "library/a.mp3").string() + "; cat " +
          dir_.write("answer", wire::to_line(good_answer())).string());
  EXPECT_THAT(take().unsettled, ElementsAre("a.mp3"));
  EXPECT_EQ(facts("a.mp3"), nullptr);
}

TEST_F(IntakeTest, AFreshFileWithAProblemIsLookedAtAgainBeforeItIsRefused) {
  wire::Measured broken = good_answer();
  broken.problem = "truncated";
  broken.refused = true;
  dir_.write("library/a.mp3", "just copied");
  dir_.write("broken", wire::to_line(broken));
  dir_.write("answer", wire::to_line(good_answer()));
  decoder("[ $(wc -l < " + (dir_ / "calls").string() + ") = 1 ] && cat " + (dir_ / "broken").string() + " || cat " +
          (dir_ / "answer").string());
  take();
  EXPECT_EQ(calls(), 2u);
  EXPECT_EQ(facts("a.mp3")->problem, "");
}

TEST_F(IntakeTest, AFreshFileIsLeftAloneWhereFilesMustSettle) {
  dir_.write("library/a.mp3", "just copied");
  options_.settle = 1h;
  options_.patience = 0ms;
  decoder_answers(good_answer());
  EXPECT_THAT(take().unsettled, ElementsAre("a.mp3"));
  EXPECT_EQ(calls(), 0u);
}

TEST_F(IntakeTest, WhatIsNoRecordingByItsNameIsMeasuredOnlyWhenNamed) {
  recording("ghi-chu.txt");
  listing_ = list_library(libraries_);
  EXPECT_THAT(unknown_recordings(listing_, known_), IsEmpty());
  EXPECT_THAT(unknown_recordings(listing_, known_, {"ghi-chu.txt"}), ElementsAre(0u));
}

TEST_F(IntakeTest, ProgressReachesTheEnd) {
  for (const char* clip : {"a.mp3", "b.mp3"}) recording(clip);
  decoder_answers(good_answer());
  IntakeProgress last;
  options_.progress = [&](const IntakeProgress& progress) { last = progress; };
  take();
  EXPECT_EQ(last.done, 2u);
  EXPECT_EQ(last.total, 2u);
}

TEST_F(IntakeTest, FactsAreKnownToTheNextProcess) {
  recording("Bản tin \"1\"\n.mp3");
  wire::Measured odd = good_answer();
  odd.problem = "silent";
  odd.detail = "nothing above -60 dB";
  odd.loudness.reset();
  decoder_answers(odd);
  take();
  ASSERT_TRUE(known_.save(dir_.path(), false));
  const Facts before = *facts("Bản tin \"1\"\n.mp3");
  known_ = KnownFacts::read(dir_.path());
  ASSERT_NE(facts("Bản tin \"1\"\n.mp3"), nullptr);
  EXPECT_EQ(*facts("Bản tin \"1\"\n.mp3"), before);
}

TEST_F(IntakeTest, WhatMayBeTheMachinesFaultIsNotBelievedForEver) {
  recording("a.mp3");
  options_.deadline = 100ms;
  decoder("sleep 1000");
  take();
  ASSERT_TRUE(known_.save(dir_.path(), false));
  const auto file = StationPaths{dir_.path()}.facts();
  std::string line = test::read_file(file);
  const auto again = line.find("\"again\":");
  ASSERT_NE(again, std::string::npos);
  dir_.write("state/facts.jsonl", line.substr(0, again) + "\"again\":1}\n");
  known_ = KnownFacts::read(dir_.path());
  EXPECT_EQ(facts("a.mp3"), nullptr);
}

TEST_F(IntakeTest, EveryCutOfTheFileIsReadAsFarAsItGoes) {
  for (const char* clip : {"a.mp3", "b.mp3"}) recording(clip);
  decoder_answers(good_answer());
  take();
  ASSERT_TRUE(known_.save(dir_.path(), false));
  const std::string whole = test::read_file(StationPaths{dir_.path()}.facts());
  const std::size_t first = whole.find('\n') + 1;
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    dir_.write("state/facts.jsonl", whole.substr(0, size));
    const std::size_t expected = size < first ? 0 : size < whole.size() ? 1 : 2;
    ASSERT_EQ(KnownFacts::read(dir_.path()).size(), expected) << size;
  }
}

TEST_F(IntakeTest, ATornTailIsMendedByTheNextSave) {
  recording("a.mp3");
  dir_.write("state/facts.jsonl", "{\"v\":1,\"key\":\"to");
  known_ = KnownFacts::read(dir_.path());
  decoder_answers(good_answer());
  take();
  ASSERT_TRUE(known_.save(dir_.path(), false));
  EXPECT_EQ(KnownFacts::read(dir_.path()).size(), 1u);
}

TEST_F(IntakeTest, SupersededLinesDoNotPileUp) {
  Recording recording{"a.mp3", "a.mp3", 0, {1, 1, 1}, false};
  std::string lines;
  for (int round = 0; round < 3000; ++round) {
    known_.add(recording, Facts{});
    ASSERT_TRUE(known_.save(dir_.path(), false));
  }
  lines = test::read_file(StationPaths{dir_.path()}.facts());
  EXPECT_LT(std::count(lines.begin(), lines.end(), '\n'), 1100);
}

TEST_F(IntakeTest, WhileAnotherWritesTheStateFactsStayInMemory) {
  recording("a.mp3");
  decoder_answers(good_answer());
  take();
  LockFault fault{};
  const auto lock = StateLock::acquire(dir_.path(), fault);
  ASSERT_TRUE(lock);
  EXPECT_FALSE(known_.save(dir_.path(), false));
  EXPECT_FALSE(fs::exists(StationPaths{dir_.path()}.facts()));
  EXPECT_NE(facts("a.mp3"), nullptr);
  EXPECT_TRUE(known_.save(dir_.path(), true)) << "the holder itself may";
}

TEST_F(IntakeTest, TheVeryRecordingThatWasMeasuredIsOpened) {
  recording("a.mp3", "sound");
  decoder_answers(good_answer());
  take();
  const std::string hash(64, 'a');
  EXPECT_TRUE(open_measured(libraries_, listing_, known_, "a.mp3", hash));
  EXPECT_FALSE(open_measured(libraries_, listing_, known_, "a.mp3", std::string(64, 'b'))) << "another hash";
  EXPECT_FALSE(open_measured(libraries_, listing_, known_, "b.mp3", hash)) << "no such clip";
  recording("a.mp3", "changed since");
  EXPECT_FALSE(open_measured(libraries_, listing_, known_, "a.mp3", hash)) << "changed since";
}

}  // namespace
}  // namespace loa::station
