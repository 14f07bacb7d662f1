// What is wrong with a recording is found, with its time; and nothing in what is right.
#include "audio/flaws.hpp"

#include <gtest/gtest.h>

#include "audio/measure.hpp"
#include "tests/support/recordings.hpp"

namespace {

using namespace loa::audio;
using namespace loa::test;

constexpr const char* kSpeech =
    "espeak-ng -v vi -s 140 -w s.wav 'Đài truyền thanh xã Ví Dụ xin kính chào bà con. Sau đây là bản tin sáng. Hôm nay "
    "xã "
    "tổ chức tiêm phòng cho đàn gia súc. Đề nghị bà con đưa trâu bò đến nhà văn hóa thôn trước bảy giờ.'; ";

/// "clipped 0-10, dc-offset": codes, with whole seconds where they have a place.
std::string flaws_in(const Recordings& made, const std::string& name = "p.wav") {
  const OpenFile file(made.path(name));
  const auto found = measure(file.fd());
  std::string words = found.refusal.code;
  for (const auto& flaw : found.flaws) {
    words += (words.empty() ? "" : ", ") + flaw.code;
    if (flaw.until > flaw.from) {
      words += " " + std::to_string(static_cast<int>(flaw.from + 0.5)) + "-" +
               std::to_string(static_cast<int>(flaw.until + 0.5));
    }
  }
  return words;
}

std::string flaws_of(const std::string& make) {
  const Recordings made;
  made.run(make);
  return flaws_in(made);
}

TEST(Flaws, OfChannelsAreFound) {
  const std::string speech = kSpeech;
  EXPECT_EQ(flaws_of(speech + "sox s.wav p.wav remix 1 0"), "left-only");
  EXPECT_EQ(flaws_of(speech + "sox s.wav p.wav remix 0 1"), "right-only");
  EXPECT_EQ(flaws_of(speech + "sox s.wav p.wav remix 1 1i"), "antiphase");
  EXPECT_EQ(
      flaws_of(speech + "sox s.wav l.wav norm -3 remix 1 0; sox -R -n -r 22050 -c 2 n.wav synth 12 whitenoise vol "
                        "-75dB; sox -m -v 1 l.wav -v 1 n.wav p.wav trim 0 10"),
      "left-only")
      << "a cable that hangs in the air hisses";
  EXPECT_EQ(
      flaws_of("sox -R -n -r 44100 -c 2 a.wav synth 10 pinknoise vol 0.3; sox a.wav b.wav remix 1 0 repeat 3; sox "
               "a.wav b.wav p.wav"),
      "left-only 10-50");
  EXPECT_EQ(flaws_of("sox -R -n -r 44100 a.wav synth 15 pinknoise vol 0.3; sox a.wav b.wav remix 1 1; sox a.wav c.wav "
                     "remix 1 1i; sox b.wav b.wav c.wav p.wav"),
            "antiphase 30-45");
}

TEST(Flaws, OfLevelsAreFound) {
  const std::string speech = kSpeech;
  EXPECT_EQ(flaws_of(speech + "sox s.wav p.wav norm 0 gain 15").substr(0, 7), "clipped");
  EXPECT_EQ(
      flaws_of(speech + "sox s.wav a.wav norm -12; sox a.wav b.wav gain 30; sox a.wav b.wav a.wav p.wav; sox p.wav "
                        "-n stat 2>/dev/null")
          .substr(0, 8),
      "clipped ");
  EXPECT_EQ(flaws_of(speech + "sox s.wav p.wav norm 0 gain 15; oggenc -Q -q 6 p.wav; mv p.ogg p.wav").substr(0, 7),
            "clipped");
  EXPECT_EQ(flaws_of(speech + "sox s.wav -b 24 p.wav norm -44"), "near-silent");
  EXPECT_EQ(flaws_of("sox -R -n -r 48000 -b 24 p.wav synth 5 pinknoise norm -58"), "near-silent");
  EXPECT_EQ(flaws_of(speech + "sox s.wav p.wav norm -6 dcshift 0.1"), "dc-offset");
  EXPECT_EQ(flaws_of(speech + "sox s.wav p.wav norm -26 dcshift 0.01"), "dc-offset");
}

TEST(Flaws, OfLongSilenceTheLongestPlaceIsNamed) {
  EXPECT_EQ(
      flaws_of("sox -R -n -r 44100 a.wav synth 5 pinknoise vol 0.3; sox a.wav b.wav pad 0 12; sox b.wav a.wav p.wav"),
      "long-silence 5-17");
  EXPECT_EQ(flaws_of("sox -R -n -r 44100 p.wav synth 0.5 pinknoise vol 0.3 pad 30 11"), "long-silence 0-30")
      << "silence with a cough";
}

TEST(Flaws, InWhatIsRightAreNone) {
  const std::string speech = kSpeech;
  const std::vector<std::string> right = {
      speech + "sox s.wav p.wav norm -3",
      speech + "sox s.wav p.wav norm 0",
      speech + "sox s.wav p.wav norm -26",
      speech + "sox s.wav p.wav norm -3 pad 1 2; sox p.wav q.wav pad 0 5; sox q.wav p.wav q.wav r.wav; mv r.wav p.wav",
      speech + "sox s.wav p.wav norm -6 remix 1 1",
      speech + "sox s.wav a.wav norm -1; lame --quiet -b 64 a.wav a.mp3; mv a.mp3 p.wav",
      // Two people, each on a channel of their own.
      "sox -R -n -r 44100 a.wav synth 15 pinknoise vol 0.3; sox a.wav l.wav remix 1 0; sox a.wav r.wav remix 0 1; sox "
      "l.wav "
      "r.wav l.wav r.wav p.wav",
      // A guitar hard to the left before the band comes in.
      "sox -R -n -r 44100 g.wav synth 12 pluck A2 pluck E3 remix 1,2 norm -6 remix 1 0; sox -R -n -r 44100 -c 2 b.wav "
      "synth 30 "
      "pinknoise vol 0.3; sox g.wav b.wav p.wav",
      // Two voices that have nothing in common; one a little late, as from two microphones.
      "sox -R -n -r 44100 -c 2 p.wav synth 15 pinknoise vol 0.4",
      speech + "sox s.wav a.wav norm -6 pad 0.0007; sox s.wav b.wav norm -6; sox -M a.wav b.wav p.wav",
      "sox -n -r 44100 p.wav synth 10 sine 50 vol 1",
      "sox -R -n -r 44100 -e float -b 32 p.wav synth 5 pinknoise vol 1 gain -n 0; sox p.wav -e float -b 32 q.wav vol "
      "0.2; ffmpeg "
      "-v error -i q.wav -af volume=16dB -c:a pcm_f32le -y p.wav",
      "sox -n -r 44100 p.wav synth 10 sine 440 vol 1",
      "sox -n -r 48000 p.wav synth 0.001 square 500 vol 0.9 pad 0 0.999 repeat 9",
      "sox -n -r 44100 p.wav synth 0.2 sine 800 vol 0.5",
  };
  for (const auto& make : right) EXPECT_EQ(flaws_of(make), "") << make;
}

}  // namespace
