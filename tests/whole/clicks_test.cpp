// No click wherever sound begins, ends or is broken into, measured on what the device took: a pure tone's second
// difference is A w² at most; a step, or a corner in its loudness, stands far above.
#include <signal.h>

#include <cmath>
#include <cstring>

#include "tests/whole/run_fixture.hpp"

namespace loa::test {
namespace {

constexpr double kTone = 997;  // Hz; the recordings themselves rise and fall over 20 ms
constexpr double kMostAgainstTheTone = 1.5;

std::vector<double> heard_in(const std::filesystem::path& wav) {
  const auto bytes = read_file(wav);
  const auto begin = bytes.find("data") + 8;
  std::vector<std::int16_t> all((bytes.size() - begin) / 2);
  std::memcpy(all.data(), bytes.data() + begin, all.size() * 2);
  return {all.begin(), all.end()};
}

/// The worst second difference against the tone's own, and where.
struct Clicks {
  double worst = 0, at = 0;
  int stretches = 0;  // of sound
};
Clicks clicks_in(const std::vector<double>& heard) {
  const double loudest = *std::max_element(heard.begin(), heard.end());
  const double own = loudest * std::pow(2 * M_PI * kTone / 48000, 2);
  Clicks found;
  std::size_t quiet = 480;
  for (std::size_t i = 1; i + 1 < heard.size(); ++i) {
    const double bend = std::abs(heard[i + 1] - 2 * heard[i] + heard[i - 1]) / own;
    if (bend > found.worst) found = {bend, static_cast<double>(i) / 48000, found.stretches};
    if (heard[i] == 0) {
      ++quiet;
    } else {
      found.stretches += quiet >= 480 ? 1 : 0;
      quiet = 0;
    }
  }
  return found;
}

void expect_no_click(const std::filesystem::path& wav, int stretches) {
  const auto found = clicks_in(heard_in(wav));
  EXPECT_LT(found.worst, kMostAgainstTheTone) << "at " << found.at << " s";
  EXPECT_GE(found.stretches, stretches) << "not all of it was heard";
}

class ClicksTest : public ::testing::Test {
 protected:
  ClicksTest() : station_(kRunSettings) {
    tone("ngan.wav", 1);
    tone("dai.wav", 30);
  }
  void tone(const std::string& name, double seconds) {
    std::filesystem::create_directories(station_.path() / "library");
    run_program({"sox",
                 "-D",
                 "-R",
                 "-n",
                 "-r",
                 "48000",
                 "-b",
                 "24",
                 "-c",
                 "1",
                 (station_.path() / "library" / name).string(),
                 "synth",
                 std::to_string(seconds),
                 "sine",
                 std::to_string(kTone),
                 "vol",
                 "0.3",
                 "fade",
                 "h",
                 "0.02",
                 "0",
                 "0.02"});
  }
  void schedule(const std::string& programmes) {
    station_.write(
        "schedule/lich.yaml",
        "articles:\n  ngan: {title: Ngắn, clip: ngan.wav}\n  dai: {title: Dài, clip: dai.wav}\nprogrammes:\n" +
            programmes);
  }

  /// Sessions that are broken into, cut and faded; the file of what they sound.
  std::string render_schedule() {
    // The short pauses put what breaks in on no zero of the tone.
    schedule(
        "  chinh: {at: \"05:00\", length: 20s, items: [{pause: 137ms}, dai, {article: ngan, at: \"05:00:17\"}]}\n"
        "  ngat: {at: \"05:00:05\", priority: priority, items: [ngan]}\n"
        "  cat: {at: \"05:01\", length: 4015ms, overrun: cut, items: [{pause: 137ms}, dai]}\n"
        "  lai: {at: \"05:02\", interrupted: restart, length: 20s, items: [{pause: 137ms}, dai]}\n"
        "  ngat-lai: {at: \"05:02:05\", priority: emergency, ordered_by: A, items: [ngan]}\n");
    EXPECT_EQ(station_.loa({"library"}).code, 0);
    const auto out = station_.outside("air.wav").string();
    const auto done =
        station_.loa({"render", "--from", "2026-11-23T04:59:59", "--to", "2026-11-23T05:03", "--out", out});
    EXPECT_EQ(done.code, 0) << done.err;
    return out;
  }

  StationFolder station_;
};

TEST_F(ClicksTest, TheMeterFindsAStepACornerAndNoneInTheToneItself) {
  std::vector<double> pure(48000);
  for (std::size_t i = 0; i < pure.size(); ++i)
    pure[i] = 8000 * std::sin(2 * M_PI * kTone * static_cast<double>(i) / 48000);
  EXPECT_LT(clicks_in(pure).worst, 1.05);
  auto cut = pure;
  std::fill(cut.begin() + 24'012, cut.end(), 0);
  EXPECT_GT(clicks_in(cut).worst, 10);
  auto skipped = pure;
  skipped.erase(skipped.begin() + 24'000, skipped.begin() + 24'010);
  EXPECT_GT(clicks_in(skipped).worst, 5);
}

TEST_F(ClicksTest, NoneWhereTheScheduleBreaksIn) {
  expect_no_click(render_schedule(), 3);
}

TEST_F(ClicksTest, NoneWherePeopleAndFaultsBreakIn) {
  render_schedule();  // makes the masters, so that a busy machine does not wait for them
  schedule("  mot: {at: \"" + time_from_now(kSoon) + "\", length: 90s, items: [dai, dai, dai]}\n");
  const auto first = station_.outside("first.wav"), second = station_.outside("second.wav");
  const auto sounds = [](Daemon& daemon) { return daemon.answers("\"article\":\"dai\",\"clip\""); };
  {
    Daemon daemon(station_, {"--out", first.string()});
    ASSERT_TRUE(sounds(daemon)) << daemon.words();
    EXPECT_EQ(station_.loa({"skip", "--by", "Lan"}).code, 0);
    ASSERT_TRUE(daemon.says("dai: partial/operator")) << daemon.words();
    ASSERT_TRUE(sounds(daemon)) << daemon.words();
    ::kill(daemon.child("loa-player"), SIGTERM);  // a kill would cost the half second that is not in the file yet
    ASSERT_TRUE(daemon.says("SOUND DEVICE: gone")) << daemon.words();
    ASSERT_TRUE(sounds(daemon)) << daemon.words();
    daemon.signal(SIGTERM);
    EXPECT_EQ(daemon.wait(), 0);
  }
  Daemon daemon(station_, {"--out", second.string()});
  ASSERT_TRUE(sounds(daemon)) << daemon.words();
  EXPECT_EQ(station_.loa({"stop", "--by", "Ba"}).code, 0);
  ASSERT_TRUE(daemon.says("dai: partial/operator")) << daemon.words();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  expect_no_click(first, 2);
  expect_no_click(second, 1);
}

}  // namespace
}  // namespace loa::test
