// Hard programmes: each master within 0.5 LU of the target and under the true peak by another program's meter, or the
// recording says why not.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "daemon/media/recording.hpp"
#include "tests/support/independent_meter.hpp"
#include "tests/support/recordings.hpp"

namespace loa {
namespace {

struct Programme {
  std::string name;
  std::string make;  // commands of the shell that leave p.wav
};

constexpr const char* kVietnamese =
    "espeak-ng -v vi -s 150 -w s.wav 'Đài truyền thanh xã Ví Dụ. Hôm nay xã tổ chức tiêm phòng cho đàn gia súc. Đề "
    "nghị "
    "bà con đưa trâu bò đến nhà văn hóa thôn trước bảy giờ sáng.'; ";
constexpr const char* kEnglish =
    "espeak-ng -v en -s 130 -w s.wav 'This is the commune radio station. The market is closed today.   Please boil "
    "your "
    "water.'; ";
constexpr const char* kMusic =
    "sox -R -n -r 44100 -c 2 -b 24 m.wav synth 8 pluck C3 pluck E3 pluck G3 pluck C4 remix 1,3 2,4 tremolo 0.7 60 norm "
    "-3; ";

/// One sound at many levels and shapes.
void add_versions(std::vector<Programme>& all, const std::string& what, const std::string& make,
                  const std::string& file) {
  const std::vector<std::pair<const char*, const char*>> kVersions = {
      {"as it is", "norm -3"},
      {"very low", "norm -40"},
      {"low", "norm -28"},
      {"hot", "norm 0"},
      {"clipped by 12 dB", "norm 0 gain 12"},
      {"clipped by 30 dB", "norm 0 gain 30"},
      {"overdriven", "overdrive 40 10 norm -0.1"},
      {"telephone", "rate 8000 highpass 300 norm -6"},
      {"11 kHz", "rate 11025 norm -6"},
      {"96 kHz", "rate 96000 norm -1"},
      {"with bass", "bass +18 norm -1"},
      {"with treble", "treble +18 norm -1"},
      {"compressed", "compand 0.01,0.2 -60,-60,-30,-12,0,-6 norm -0.5"},
      {"with long pauses", "norm -6 pad 5 9"},
      {"repeated, each softer", "norm -1 fade t 0 0 3"},
  };
  for (const auto& [name, effects] : kVersions) {
    all.push_back({what + ", " + name, make + "sox -G " + file + " p.wav " + effects + " 2>/dev/null || sox " + file +
                                           " p.wav " + effects});
  }
}

const std::vector<Programme>& programmes() {
  static const auto all = [] {
    std::vector<Programme> list;
    add_versions(list, "Vietnamese", kVietnamese, "s.wav");
    add_versions(list, "English", kEnglish, "s.wav");
    add_versions(list, "music", kMusic, "m.wav");
    const std::vector<Programme> more = {
        {"a click each second", "sox -R -n -r 48000 -b 24 p.wav synth 0.001 square 500 pad 0 0.999 repeat 9"},
        {"sparse clicks over a hum",
         "sox -R -n -r 48000 c.wav synth 0.002 noise vol 0.9 pad 0 0.998 repeat 9; sox -R -n -r "
         "48000 h.wav synth 10 sine 200 vol 0.02; sox -m -v 1 c.wav -v 1 h.wav p.wav"},
        {"a burst in silence", "sox -R -n -r 48000 p.wav synth 0.05 noise vol 0.8 pad 5 5"},
        {"one sample", "sox -R -n -r 48000 p.wav synth 0.00003 square 20000 vol 0.9 pad 3 3"},
        {"silence with a cough",
         "sox -R -n -r 44100 p.wav synth 0.35 pinknoise tremolo 9 80 vol 0.5 fade t 0.02 0.35 0.2 "
         "pad 20 20"},
        {"between the samples", "sox -R -n -r 48000 -b 24 p.wav synth 6 sine 12000 0 12.5 vol 0.99"},
        {"between the samples, swept", "sox -R -n -r 48000 -b 24 p.wav synth 10 sine 100:20000 vol 0.99"},
        {"close to half the rate", "sox -R -n -r 48000 -b 24 p.wav synth 6 sine 21000 synth 6 sine mix 1000 norm 0"},
        {"full-scale white noise", "sox -R -n -r 48000 -c 2 p.wav synth 6 whitenoise vol 0.99"},
        {"full-scale square", "sox -R -n -r 44100 p.wav synth 6 square 220 vol 0.99"},
        {"pink noise, stereo", "sox -R -n -r 44100 -c 2 p.wav synth 6 pinknoise norm -0.1"},
        {"bass alone", "sox -R -n -r 48000 p.wav synth 6 sine 45 vol 0.7"},
        {"a tune of 0.3 s", "sox -R -n -r 44100 p.wav synth 0.3 sine 880 vol 0.1"},
        {"a tune of 0.1 s", "sox -R -n -r 44100 p.wav synth 0.1 pluck A4 vol 0.9"},
        {"a tune of 0.39 s", "sox -R -n -r 48000 -c 2 p.wav synth 0.39 triangle 500 vol 0.9"},
        {"a tune of 0.45 s", "sox -R -n -r 48000 p.wav synth 0.45 sine 600 vol 0.01"},
        {"left only", std::string(kVietnamese) + "sox s.wav p.wav norm -6 remix 1 0"},
        {"right only", std::string(kVietnamese) + "sox s.wav p.wav norm -6 remix 0 1"},
        {"antiphase", std::string(kVietnamese) + "sox s.wav p.wav norm -6 remix 1 1i"},
        {"with an offset", std::string(kEnglish) + "sox s.wav p.wav norm -20 dcshift 0.2"},
        {"quiet with an offset", std::string(kEnglish) + "sox s.wav p.wav norm -42 dcshift 0.01"},
        {"loud and soft by turns",
         "sox -R -n -r 44100 l.wav synth 4 pinknoise norm -1; sox l.wav q.wav vol -26dB; sox l.wav "
         "q.wav l.wav q.wav p.wav"},
        {"a shout in a whisper",
         "sox -R -n -r 44100 l.wav synth 0.5 pinknoise norm 0; sox -R -n -r 44100 q.wav synth 12 "
         "brownnoise tremolo 3 90 vol 0.01; sox q.wav l.wav q.wav p.wav"},
        {"drums",
         "sox -R -n -r 44100 -c 2 k.wav synth 0.1 sine 160:40 fade t 0 0.1 0.09 vol 0.95 pad 0 0.4; sox k.wav p.wav "
         "repeat 19"},
        {"a bell",
         "sox -R -n -r 48000 p.wav synth 6 sine 1200 sine 2750 sine 5400 remix - fade l 0.001 6 5.9 norm -0.2"},
    };
    list.insert(list.end(), more.begin(), more.end());
    return list;
  }();
  return all;
}

bool has_flaw(const wire::Measured& facts, const std::string& code) {
  return std::any_of(facts.flaws.begin(), facts.flaws.end(), [&](const auto& flaw) { return flaw.code == code; });
}

/// "" when the master is as it should be.
std::string levels_of(const test::Recordings& made, const audio::MasterRecipe& recipe, bool excused) {
  const test::OpenFile source(made.path("p.wav"));
  std::string error;
  const auto mastered = media::master_recording({source.fd(), made.path("m.flac"), recipe}, error);
  if (!mastered || !mastered->problem.empty()) return "no master " + error + (mastered ? mastered->problem : "");
  const bool is_short = mastered->frames < 48000 * 2 / 5;
  const auto heard = test::metered(made.path("m.flac"), is_short ? "-stream_loop 19" : "");
  const double wanted = *recipe.target + recipe.gain;
  const auto told = std::to_string(heard.loudness) + " LUFS, " + std::to_string(heard.true_peak) + " dBTP";
  if (heard.true_peak > recipe.peak + 0.05) return "peak: " + told;
  if (heard.loudness > wanted + 0.5) return "too loud: " + told;
  if (heard.loudness < wanted - 0.5 && !excused) return "too soft: " + told;
  return "";
}

#ifdef LOA_SANITIZED
constexpr std::size_t kEvery = 6;  // sanitizers look for mistakes of another kind
#else
constexpr std::size_t kEvery = 1;
#endif

TEST(LevelProgrammes, EachMasterIsAsLoudAsItShouldBeByAnotherMeter) {
  ASSERT_GE(programmes().size(), 60u);
  int excused = 0;
  for (std::size_t i = 0; i < programmes().size(); i += kEvery) {
    const auto& [name, make] = programmes()[i];
    SCOPED_TRACE(name);
    const test::Recordings made;
    made.run(make);
    const test::OpenFile source(made.path("p.wav"));
    const auto facts = media::measure_recording(source.fd());
    ASSERT_FALSE(facts.refused) << facts.problem << ": " << facts.detail;
    const bool spiky = has_flaw(facts, "too-spiky") || has_flaw(facts, "near-silent");
    excused += spiky ? 1 : 0;
    EXPECT_EQ(levels_of(made, {i % 2 == 0 ? 1 : 2, -16, 0, -1}, spiky), "");
  }
  EXPECT_LE(excused, 12) << "most of what people bring reaches the target";
  if (kEvery == 1) {
    EXPECT_GE(excused, 2) << "clicks cannot";
  }
}

// The short interpolator of BS.1770 missed up to 1.4 dB of what ffmpeg's meter finds in such bursts.
TEST(LevelProgrammes, BurstsOfNoiseUpToHalfTheRateStayUnderThePeak) {
  for (int seed = 1; seed <= 6; ++seed) {
    const test::Recordings made;
    made.run(
        "sox -R -n -r 48000 n.wav synth 40 noise vol 0.9 trim " + std::to_string(seed) +
        "; for i in 0 1 2 3 4 5 6 7; do sox n.wav c$i.wav trim $i.1 0.002 pad 0 0.998; done; sox c?.wav c.wav; sox -R "
        "-n -r 48000 h.wav synth 8 sine 200 vol 0.02; sox -m -v 1 c.wav -v 1 h.wav p.wav");
    EXPECT_EQ(levels_of(made, {1, -16, 0, -1}, true), "") << seed;
  }
}

TEST(LevelProgrammes, OtherTargetsPeaksAndGainsAreMetToo) {
  for (const std::size_t i : {0u, 4u, 14u, 30u, 33u}) {
    SCOPED_TRACE(programmes()[i].name);
    const test::Recordings made;
    made.run(programmes()[i].make);
    EXPECT_EQ(levels_of(made, {2, -23, 0, -2}, false), "");
    EXPECT_EQ(levels_of(made, {1, -16, -24, -1}, false), "");
    EXPECT_EQ(levels_of(made, {1, -16, 6, -1}, true), "");
    EXPECT_EQ(levels_of(made, {1, -16, 0, -9}, true), "");
  }
}

}  // namespace
}  // namespace loa
