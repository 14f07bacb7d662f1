// Recordings that are missing, late or too long: that item alone is silent or substituted; the others keep their
// instants.
#include <gmock/gmock.h>

#include "tests/support/scenario_station.hpp"

namespace {

using namespace std::chrono_literals;
using loa::sim::at;
using loa::sim::number;
using loa::sim::StationFixture;
using loa::sim::text;
using testing::IsEmpty;

const std::string kTin = "xa/2026-11-23T0530/tin/";

/// 1 bulletin of the day (about 3 min, `missing` as given), 2 tune.
void write_bulletin(StationFixture& station, const std::string& more) {
  station.recording("nhac.wav", 20s);
  station.recording("dai.wav", 10min);
  station.write(
      "articles:\n"
      "  ban-tin: {title: \"Bản tin <dd>/<mm>\", clip: \"tin/<date>.wav\"" +
      more +
      "}\n"
      "  nhac: {title: Nhạc chờ, clip: nhac.wav}\n"
      "  dai: {title: Nhạc dài, clip: dai.wav}\n"
      "programmes:\n"
      "  tin: {title: Tin, at: \"05:30\", length: 10min, items: [ban-tin, nhac]}\n");
}

class File : public testing::Test {
 protected:
  StationFixture station{at("2026-11-23T05:00")};

  void play(const std::string& more) {
    write_bulletin(station, more);
    station.boot();
    station.run_until(at("2026-11-23T06:00"));
    EXPECT_THAT(station.violations(), IsEmpty());
  }
  double seconds_played(const std::string& index) {
    return static_cast<double>(number(station.ledger.verdict_of(kTin + index), "frames_played")) / 48000;
  }
};

TEST_F(File, MissingWithoutASubstituteIsSilenceOfItsLength) {
  play(", about: 3min");
  EXPECT_EQ(station.verdict(kTin + "1"), "missed/file");
  EXPECT_EQ(station.verdict(kTin + "2"), "aired/none");
  EXPECT_EQ(text(station.ledger.verdict_of(kTin + "2"), "start"), "2026-11-23T05:33:00.000+07:00");
}

TEST_F(File, MissingWithoutALengthIsNoTimeAtAll) {
  play("");
  EXPECT_EQ(station.verdict(kTin + "1"), "missed/file");
  EXPECT_EQ(text(station.ledger.verdict_of(kTin + "1"), "at"), "2026-11-22T22:30:00.000+00:00");
  EXPECT_EQ(text(station.ledger.verdict_of(kTin + "2"), "start"), "2026-11-23T05:30:00.000+07:00");
}

TEST_F(File, AShorterSubstituteIsFollowedBySilence) {
  play(", about: 3min, missing: nhac");
  const auto row = station.ledger.verdict_of(kTin + "1");
  EXPECT_EQ(station.verdict(kTin + "1"), "aired/file");
  EXPECT_EQ(text(row, "article"), "nhac") << "the row names what sounded";
  EXPECT_EQ(text(row, "clip"), "nhac.wav");
  EXPECT_EQ(text(row, "sha256"), StationFixture::sha("nhac.wav"));
  EXPECT_EQ(seconds_played("1"), 20);
  EXPECT_EQ(text(station.ledger.verdict_of(kTin + "2"), "start"), "2026-11-23T05:33:00.000+07:00");
}

TEST_F(File, ALongerSubstituteFillsThePlannedLength) {
  play(", about: 3min, missing: dai");
  EXPECT_EQ(station.verdict(kTin + "1"), "aired/file");
  EXPECT_EQ(seconds_played("1"), 180);
  EXPECT_EQ(station.verdict(kTin + "2"), "aired/none");
}

/// Three substitutes in a row; the recordings that are there decide which of them sounds.
const std::string kChain =
    "articles:\n"
    "  ban-tin: {title: Bản tin, clip: \"tin/<date>.wav\", about: 3min, missing: mot}\n"
    "  mot: {title: Một, clip: mot.wav, missing: hai}\n"
    "  hai: {title: Hai, clip: \"hai/<date>.wav\", missing: ba}\n"
    "  ba: {title: Ba, clip: ba.wav}\n"
    "  nhac: {title: Nhạc, clip: nhac.wav}\n"
    "programmes:\n"
    "  tin: {title: Tin, at: \"05:30\", length: 10min, items: [ban-tin, nhac]}\n";

class Chain : public File {
 protected:
  std::string sounds(const std::vector<std::string>& recordings) {
    station.recording("nhac.wav", 20s);
    for (const auto& clip : recordings) station.recording(clip, 20s);
    station.write(kChain);
    station.boot();
    station.run_until(at("2026-11-23T06:00"));
    EXPECT_THAT(station.violations(), IsEmpty());
    const auto row = station.ledger.verdict_of(kTin + "1");
    return text(row, "verdict") + "/" + text(row, "reason") + " " + text(row, "article") + " " + text(row, "clip");
  }
};

TEST_F(Chain, TheFirstThatIsThereSounds) {
  EXPECT_EQ(sounds({"mot.wav", "hai/2026-11-23.wav", "ba.wav"}), "aired/file mot mot.wav");
}
TEST_F(Chain, ASubstituteThatIsMissingItselfHasItsOwn) {
  EXPECT_EQ(sounds({"hai/2026-11-23.wav", "ba.wav"}), "aired/file hai hai/2026-11-23.wav");
}
TEST_F(Chain, GoesAsFarAsItMust) {
  EXPECT_EQ(sounds({"hai/2026-11-24.wav", "ba.wav"}), "aired/file ba ba.wav");
}
TEST_F(Chain, ThatEndsInNothingIsSilence) {
  EXPECT_EQ(sounds({}), "missed/file ban-tin tin/2026-11-23.wav");
}

TEST_F(File, ASubstituteWhoseMasterIsNotReadyIsNotChosen) {
  write_bulletin(station, ", about: 3min, missing: dai");
  station.shelf.ready.erase(StationFixture::sha("dai.wav"));
  station.boot();
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kTin + "1"), "missed/file");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(File, ARecordingThatArrivesInTimeIsPlayed) {
  write_bulletin(station, ", about: 3min, missing: nhac");
  station.boot();
  station.run_until(at("2026-11-23T05:20"));
  station.recording("tin/2026-11-23.wav", 4min);
  EXPECT_EQ(station.reload(), loa::station::Taken::accepted);
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kTin + "1"), "aired/none");
  EXPECT_EQ(text(station.ledger.verdict_of(kTin + "1"), "article"), "ban-tin");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(File, AMasterThatIsReadyTooLateIsJoined) {
  station.shelf.made = false;
  write_bulletin(station, ", about: 3min");
  station.recording("tin/2026-11-23.wav", 4min);
  station.boot();
  station.run_until(at("2026-11-23T05:31"));
  station.shelf.made = true;
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kTin + "1"), "partial/file");
  EXPECT_NEAR(seconds_played("1"), 180, 0.6);
  EXPECT_EQ(station.verdict(kTin + "2"), "aired/none");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(File, AMasterThatIsNeverReadyIsMissed) {
  station.shelf.made = false;
  write_bulletin(station, ", about: 3min");
  station.recording("tin/2026-11-23.wav", 4min);
  station.boot();
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kTin + "1"), "missed/file");
  EXPECT_THAT(station.violations(), IsEmpty());
}

TEST_F(File, AClipCutByThePlanIsPartialAndWhatIsNotReachedIsMissed) {
  station.recording("dai.wav", 10min);
  station.recording("nhac.wav", 20s);
  station.write(
      "articles: {dai: {title: Dài, clip: dai.wav}, nhac: {title: Nhạc, clip: nhac.wav}}\n"
      "programmes: {tin: {title: Tin, at: \"05:30\", length: 5min, items: [dai, nhac]}}\n");
  station.boot();
  station.run_until(at("2026-11-23T06:00"));
  EXPECT_EQ(station.verdict(kTin + "1"), "partial/overrun");
  EXPECT_EQ(seconds_played("1"), 300);
  EXPECT_EQ(station.verdict(kTin + "2"), "missed/overrun");
  EXPECT_THAT(station.violations(), IsEmpty());
}

}  // namespace
