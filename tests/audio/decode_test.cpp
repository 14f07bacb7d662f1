// A recording comes out whole or is refused. Sixty hard and broken files: each is made with the encoders that operators
// use; its truth is the length of the sound that was encoded.
#include "audio/decode.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "tests/support/recordings.hpp"

namespace {

using namespace loa::audio;
using namespace loa::test;

constexpr double kSeconds = 6.0;
constexpr double kTolerance = 0.050;
const std::string kWhole;  // the code of what plays

struct Outcome {
  Refusal refusal;
  std::int64_t frames = 0;
  double seconds = 0;
  std::string codec;
};

Outcome decode(const std::string& path) {
  const OpenFile file(path);
  Outcome outcome;
  const auto decoder = Decoder::open(file.fd(), outcome.refusal);
  if (!decoder) return outcome;
  while (!decoder->next().empty()) {
  }
  outcome.refusal = decoder->verdict();
  outcome.frames = decoder->frames();
  outcome.seconds = static_cast<double>(outcome.frames) / decoder->info().sample_rate;
  outcome.codec = decoder->info().codec;
  return outcome;
}

/// Six seconds of the same sound in every format.
class Shelf {
 public:
  Shelf() {
    made.speech("a.wav", kSeconds);
    made.speech("mono.wav", kSeconds, 22050, 1);
    made.run("lame --quiet -b 128 a.wav cbr.mp3; lame --quiet -V 4 a.wav vbr.mp3");
    made.run("lame --quiet -t -b 128 a.wav plain.mp3; lame --quiet -t -V 4 a.wav vbr-plain.mp3");
    made.run("lame --quiet -b 64 mono.wav mono.mp3; flac -s a.wav -o a.flac; oggenc -Q a.wav -o a.ogg");
    made.run("opusenc --quiet a.wav a.opus");
  }
  Recordings made;
};

struct DecodeCase {
  std::string what;
  std::function<Bytes(const Recordings&)> make;
  std::string code;
  double seconds = kSeconds;
};

void expect(const Recordings& made, const DecodeCase& one) {
  SCOPED_TRACE(one.what);
  const auto outcome = decode(made.write("case", one.make(made)));
  EXPECT_EQ(outcome.refusal.code, one.code) << outcome.refusal.detail;
  if (one.code.empty()) {
    EXPECT_NEAR(outcome.seconds, one.seconds, kTolerance);
  }
}

/// What `command` leaves in the file `out`.
std::function<Bytes(const Recordings&)> made_by(const std::string& command) {
  return [command](const Recordings& made) {
    made.run(command);
    return made.read("out");
  };
}

std::function<Bytes(const Recordings&)> changed(const std::string& name, const std::function<Bytes(Bytes)>& change) {
  return [name, change](const Recordings& made) { return change(made.read(name)); };
}

std::function<Bytes(const Recordings&)> text(const Bytes& bytes) {
  return [bytes](const Recordings&) { return bytes; };
}

DecodeCase wav_case(int rate, int channels, int bits, const std::string& coding = "") {
  const auto what = std::to_string(rate) + " Hz, " + std::to_string(channels) + " channels, " + std::to_string(bits) +
                    " bits " + coding;
  return {what,
          made_by("sox -D -R a.wav -r " + std::to_string(rate) + " -c " + std::to_string(channels) + " -b " +
                  std::to_string(bits) + " " + coding + " -t wav out"),
          kWhole};
}

TEST(Decode, SoundWavFilesOfEveryDepthAndRatePlayWhole) {
  const Shelf shelf;
  const std::vector<DecodeCase> cases = {
      wav_case(8000, 1, 8),
      wav_case(11025, 1, 16),
      wav_case(16000, 2, 16),
      wav_case(22050, 2, 24),
      wav_case(32000, 1, 32),
      wav_case(48000, 2, 24),
      wav_case(96000, 2, 24),
      wav_case(192000, 1, 16),
      wav_case(44100, 6, 16),
      wav_case(44100, 2, 32, "-e floating-point"),
      wav_case(8000, 1, 8, "-e a-law"),
      wav_case(8000, 1, 8, "-e mu-law"),
      wav_case(44100, 1, 4, "-e ms-adpcm"),
      {"RIFX", made_by("sox -D a.wav -B -t wav out"), kWhole},
      {"W64", made_by("ffmpeg -y -v error -i a.wav -f w64 out"), kWhole},
      {"RF64", made_by("ffmpeg -y -v error -i a.wav -rf64 always -f wav out"), kWhole}};
  for (const auto& one : cases) expect(shelf.made, one);
}

TEST(Decode, CompressedFilesOfUsualEncodersPlayWhole) {
  const Shelf shelf;
  const auto ffmpeg = [](const std::string& options) {
    return made_by("ffmpeg -y -v error -i a.wav " + options + " out");
  };
  const std::vector<DecodeCase> cases = {
      {"MP3 of constant rate", changed("cbr.mp3", std::identity()), kWhole},
      {"MP3 of variable rate", changed("vbr.mp3", std::identity()), kWhole},
      {"MP3 of constant rate without a length header", changed("plain.mp3", std::identity()), kWhole},
      {"mono MP3 at 22.05 kHz", changed("mono.mp3", std::identity()), kWhole},
      {"MP3 of average rate", made_by("lame --quiet --abr 112 a.wav out"), kWhole},
      {"MP3 at 320 kbit/s", made_by("lame --quiet -b 320 a.wav out"), kWhole},
      {"MP3 at 48 kHz with checksums", made_by("lame --quiet -p --resample 48 a.wav out"), kWhole},
      {"MP3 at 8 kHz, whose frames have no room for a length header: the encoder's padding stays",
       made_by("lame --quiet --resample 8 -b 16 -m m a.wav out"), kWhole, kSeconds + 0.19},
      {"MP3 by FFmpeg with a cover's room in its tag", ffmpeg("-metadata title=x -id3v2_version 3 -f mp3"), kWhole},
      {"MP3 with tags at both ends",
       made_by("lame --quiet --add-id3v2 --pad-id3v2-size 20000 --tt Tin --id3v1-only "
               "a.wav out; lame --quiet --add-id3v2 --tt Tin a.wav out"),
       kWhole},
      {"FLAC", changed("a.flac", std::identity()), kWhole},
      {"FLAC from a pipe, its length unknown", made_by("flac -s -c - < a.wav > out"), kWhole},
      {"FLAC of 24 bits at 96 kHz", ffmpeg("-ar 96000 -sample_fmt s32 -f flac"), kWhole},
      {"Ogg Vorbis", changed("a.ogg", std::identity()), kWhole},
      {"Ogg Vorbis in mono at 8 kHz", made_by("oggenc -Q --downmix --resample 8000 a.wav -o out"), kWhole},
      {"Ogg Vorbis by FFmpeg", ffmpeg("-c:a libvorbis -f ogg"), kWhole},
      {"Opus", changed("a.opus", std::identity()), kWhole},
      {"Opus for speech in long packets", made_by("opusenc --quiet --speech --framesize 60 --bitrate 16 a.wav out"),
       kWhole},
      {"Opus by FFmpeg, as voice messages are", ffmpeg("-c:a libopus -ac 1 -ar 16000 -application voip -f ogg"),
       kWhole},
  };
  for (const auto& one : cases) expect(shelf.made, one);
}

TEST(Decode, BrokenMp3FilesAreRefused) {
  const Shelf shelf;
  const auto twice = [](const Bytes& bytes) { return bytes + bytes; };
  const std::vector<DecodeCase> cases = {
      {"variable rate without a length header", changed("vbr-plain.mp3", std::identity()), "mp3-no-length"},
      {"two files joined", changed("cbr.mp3", twice), "mp3-joined"},
      {"a plain file behind one with a header",
       [](const Recordings& made) { return made.read("cbr.mp3") + made.read("plain.mp3"); }, "mp3-joined"},
      {"two plain ones joined play one after the other, padding and all", changed("plain.mp3", twice), kWhole,
       2 * kSeconds + 0.07},
      {"a file of another rate behind one with a header",
       [](const Recordings& made) { return made.read("cbr.mp3") + made.read("mono.mp3"); }, "mp3-joined"},
      {"a file of another rate behind a plain one",
       [](const Recordings& made) { return made.read("plain.mp3") + made.read("mono.mp3"); }, "mp3-joined"},
      {"3 kB of junk inside", changed("cbr.mp3", [](Bytes b) { return with_junk(b, 0.5, 3000); }), "damaged"},
      {"3 kB of junk inside a plain one", changed("plain.mp3", [](Bytes b) { return with_junk(b, 0.5, 3000); }),
       "damaged"},
      {"junk before the first frame", changed("plain.mp3", [](Bytes b) { return with_junk(b, 0, 900); }), "damaged"},
      {"300 bytes overwritten", changed("vbr.mp3", [](Bytes b) { return overwritten(b, 0.3, 900); }), "damaged"},
      {"a hole", changed("cbr.mp3", [](Bytes b) { return without(b, 0.7, 5000); }), "damaged"},
      {"the last byte missing", changed("cbr.mp3", [](Bytes b) { return b.substr(0, b.size() - 1); }), "truncated"},
      {"a plain one whose last byte is missing",
       changed("plain.mp3", [](Bytes b) { return b.substr(0, b.size() - 1); }), "truncated"},
      {"room without bytes at the end",
       changed("plain.mp3", [](Bytes b) { return cut_at(b, 0.5) + Bytes(b.size() / 2, '\0'); }), "truncated"},
      {"garbage behind a whole file is no harm", changed("cbr.mp3", [](Bytes b) { return with_junk(b, 1, 3000); }),
       kWhole},
      {"a little padding behind a plain one is none either",
       changed("plain.mp3", [](Bytes b) { return b + Bytes(500, '\0'); }), kWhole},
  };
  for (const auto& one : cases) expect(shelf.made, one);
}

/// An ID3v2.3 tag that says nothing but a length.
Bytes tag_of(const std::string& length) {
  const auto size = static_cast<char>(length.size());
  return Bytes("ID3\x03\0\0\0\0\0", 9) + static_cast<char>(10 + size) + Bytes("TLEN\0\0\0", 7) + size + Bytes(2, '\0') +
         length;
}

/// The first `count` frames of an MP3 of 128 kbit/s at 44.1 kHz.
Bytes first_frames(const Bytes& mp3, int count) {
  std::size_t at = 0;
  for (int i = 0; i < count; ++i) at += (mp3[at + 2] & 2) != 0 ? 418 : 417;
  return mp3.substr(0, at);
}

TEST(Decode, AnMp3CutBetweenFramesIsRefusedWhereSomethingSaysItsLength) {
  const Shelf shelf;
  const auto cut = [](const std::string& name, const Bytes& tag) {
    return [=](const Recordings& made) { return tag + first_frames(made.read(name), 115); };
  };
  const Bytes latin(
      "\0"
      "6000",
      5);
  const Bytes utf16(
      "\x01\xFF\xFE"
      "6\0"
      "0\0"
      "1\0"
      "2\0",
      11);
  const std::vector<DecodeCase> cases = {
      {"its header", cut("cbr.mp3", ""), "truncated"},
      {"a tag", cut("plain.mp3", tag_of(latin)), "truncated"},
      {"a tag in UTF-16", cut("plain.mp3", tag_of(utf16)), "truncated"},
      {"nothing: it cannot be told from a whole one", cut("plain.mp3", ""), kWhole, 3.0},
      {"a tag that is right", [=](const Recordings& made) { return tag_of(latin) + made.read("plain.mp3"); }, kWhole},
      {"a tag that was left behind where the header knows better",
       [](const Recordings& made) {
         return tag_of(Bytes("\0"
                             "9000",
                             5)) +
                made.read("cbr.mp3");
       },
       kWhole},
  };
  for (const auto& one : cases) expect(shelf.made, one);
}

TEST(Decode, BrokenWavFilesAreRefused) {
  const Shelf shelf;
  const auto claiming = [](std::uint64_t size) {
    return changed("a.wav", [size](Bytes b) { return with_number(b, data_size_at(b), size, 4); });
  };
  const auto nan = changed("float", [](Bytes b) { return with_number(b, data_size_at(b) + 4 + 40000, 0x7FC00000, 4); });
  const auto huge =
      changed("float", [](Bytes b) { return with_number(b, data_size_at(b) + 4 + 40000, 0x7149F2CA, 4); });
  shelf.made.run("sox -D a.wav -e floating-point -b 32 -t wav float; sox -n -r 4000 -b 16 -t wav slow synth 1 sine 99");
  const std::vector<DecodeCase> cases = {
      {"a length of 0", claiming(0), "wav-lying-size"},
      {"a length of half the sound", claiming(500000), "wav-lying-size"},
      {"a length never filled in", claiming(0xFFFFFFFF), "wav-lying-size"},
      {"the length that sox writes into a pipe", claiming(0x7FFFF000), "wav-lying-size"},
      {"a length of twice the sound", claiming(2116800), "truncated"},
      {"half the file", changed("a.wav", [](Bytes b) { return cut_at(b, 0.5); }), "truncated"},
      {"the header alone", changed("a.wav", [](Bytes b) { return b.substr(0, data_size_at(b) + 4); }), "empty"},
      {"half the header", changed("a.wav", [](Bytes b) { return b.substr(0, 20); }), "damaged"},
      {"no sound by its own account", made_by("sox -n -r 44100 -b 16 -t wav out trim 0 0"), "empty"},
      {"a sample that is no number", nan, "bad-samples"},
      {"a sample of 10^30", huge, "bad-samples"},
      {"4 kHz", changed("slow", std::identity()), "rate-unsupported"},
      {"MP3 inside", made_by("ffmpeg -y -v error -i a.wav -c:a libmp3lame -f wav out"), "unsupported-format"},
      {"a list of words behind the sound is no harm",
       changed("a.wav", [](Bytes b) { return b + Bytes("LIST\x04\0\0\0INFO", 12); }), kWhole},
  };
  for (const auto& one : cases) expect(shelf.made, one);
}

TEST(Decode, BrokenFlacAndOggFilesAreRefused) {
  const Shelf shelf;
  const auto half = [](const Bytes& bytes) { return cut_at(bytes, 0.5); };
  const auto twice = [](const Bytes& bytes) { return bytes + bytes; };
  const auto hole = [](const Bytes& bytes) { return without(bytes, 0.6, 9000); };
  const auto junk = [](const Bytes& bytes) { return overwritten(bytes, 0.4, 2000); };
  const auto total = [](std::uint64_t frames) {  // big-endian, the last bytes of STREAMINFO's 36 bits
    return [frames](Bytes b) {
      for (std::size_t i = 0; i < 4; ++i) b[22 + i] = static_cast<char>(frames >> (8 * (3 - i)));
      return b;
    };
  };
  shelf.made.run("sox a.wav short.flac trim 0 1");
  const std::vector<DecodeCase> cases = {
      {"half a FLAC", changed("a.flac", half), "truncated"},
      {"a FLAC with a hole", changed("a.flac", hole), "damaged"},
      {"a FLAC partly overwritten", changed("a.flac", junk), "damaged"},
      {"a FLAC that says half its length", changed("a.flac", total(132300)), "damaged"},
      {"a FLAC that says twice its length", changed("a.flac", total(529200)), "truncated"},
      {"two FLAC files joined", changed("a.flac", twice), "flac-joined"},
      {"a shorter FLAC behind a longer one",
       [](const Recordings& made) { return made.read("a.flac") + made.read("short.flac"); }, "flac-joined"},
      {"two FLAC files from a pipe joined",
       [twice](const Recordings& made) {
         made.run("flac -s -c - < a.wav > out");
         return twice(made.read("out"));
       },
       "flac-joined"},
      {"a FLAC whose header says another rate than its frames",
       changed("a.flac", [](Bytes b) { return b.replace(19, 1, 1, static_cast<char>(b[19] ^ 0x40)); }), "damaged"},
      {"a FLAC whose end comes twice", changed("a.flac", [](Bytes b) { return b + b.substr(b.size() - 100000); }),
       "damaged"},
      {"half a Vorbis", changed("a.ogg", half), "truncated"},
      {"a Vorbis without its last page", changed("a.ogg", [](Bytes b) { return b.substr(0, b.rfind("OggS")); }),
       "truncated"},
      {"a Vorbis with a hole", changed("a.ogg", hole), "damaged"},
      {"a Vorbis partly overwritten", changed("a.ogg", junk), "damaged"},
      {"two Vorbis files joined", changed("a.ogg", twice), "chained-ogg"},
      {"half an Opus", changed("a.opus", half), "truncated"},
      {"an Opus with a hole", changed("a.opus", hole), "damaged"},
      {"an Opus partly overwritten", changed("a.opus", junk), "damaged"},
      {"two Opus files joined", changed("a.opus", twice), "chained-ogg"},
      {"an Opus behind a Vorbis", [](const Recordings& made) { return made.read("a.ogg") + made.read("a.opus"); },
       "chained-ogg"},
  };
  for (const auto& one : cases) expect(shelf.made, one);
}

TEST(Decode, WhatIsNoRecordingIsRefusedByItsContentWhateverItsName) {
  const Shelf shelf;
  const auto ffmpeg = [](const std::string& options) {
    return made_by("ffmpeg -y -v error -i a.wav " + options + " out");
  };
  const std::vector<DecodeCase> cases = {
      {"no bytes", text(""), "empty"},
      {"one byte", text("R"), "not-audio"},
      {"text", text("Thông báo lịch cắt điện\n"), "not-audio"},
      {"a zip file", text(Bytes("PK\x03\x04") + Bytes(4000, 'x')), "not-audio"},
      {"zeros", text(Bytes(100000, '\0')), "not-audio"},
      {"0xFF everywhere", text(Bytes(100000, '\xFF')), "not-audio"},
      {"random bytes", text(with_junk("", 0, 300000)), "not-audio"},
      {"M4A", ffmpeg("-c:a aac -f ipod"), "unsupported-format"},
      {"AAC", ffmpeg("-c:a aac -f adts"), "unsupported-format"},
      {"AIFF", ffmpeg("-f aiff"), "unsupported-format"},
      {"WMA", ffmpeg("-c:a wmav2 -f asf"), "unsupported-format"},
      {"MPEG layer II", ffmpeg("-c:a mp2 -f mp2"), "unsupported-format"},
      {"AMR", text("#!AMR\n" + Bytes(3000, '\x3c')), "unsupported-format"},
      {"Matroska", ffmpeg("-c:a libopus -f matroska"), "unsupported-format"},
      {"FLAC in Ogg, which libsndfile 1.2 does not open", made_by("flac -s --ogg a.wav -f -o out"),
       "unsupported-format"},
      {"an Ogg that holds no known coding",
       made_by("ffmpeg -y -v error -i a.wav -ar 16000 -ac 1 -c:a libspeex -f ogg out"), "unsupported-format"},
      {"a tag and nothing else", text(Bytes("ID3\x03\0\0\0\0\x10\0", 10) + Bytes(2048, '\0')), "unsupported-format"},
  };
  for (const auto& one : cases) expect(shelf.made, one);
}

TEST(Decode, WhereverAFileIsCutItIsRefusedOrStillWhole) {
  const Shelf shelf;
  for (const std::string name : {"cbr.mp3", "vbr.mp3", "a.wav", "a.flac", "a.ogg", "a.opus"}) {
    const auto whole = shelf.made.read(name);
    for (int percent = 1; percent < 100; percent += 7) {
      SCOPED_TRACE(name + " cut at " + std::to_string(percent) + " %");
      const auto outcome = decode(shelf.made.write("case", cut_at(whole, percent / 100.0)));
      EXPECT_NE(outcome.refusal.code, kWhole);
    }
  }
}

TEST(Decode, LengthsAgreeWithFfmpegWhereItIsRight) {
  const Shelf shelf;
  for (const std::string name : {"cbr.mp3", "vbr.mp3", "plain.mp3", "mono.mp3", "a.flac", "a.ogg", "a.opus", "a.wav"}) {
    SCOPED_TRACE(name);
    shelf.made.run("ffmpeg -y -v error -i " + name + " -ac 1 -f s16le pcm");
    const auto frames = static_cast<double>(shelf.made.read("pcm").size()) / 2;
    EXPECT_NEAR(static_cast<double>(decode(shelf.made.path(name)).frames), frames, 1200);
  }
}

TEST(Decode, ExactLengthsAreExact) {
  const Shelf shelf;
  for (const std::string name : {"a.wav", "a.flac", "a.ogg", "cbr.mp3", "vbr.mp3"}) {
    EXPECT_EQ(decode(shelf.made.path(name)).frames, 264600) << name;
  }
}

TEST(Decode, NamesTheCoding) {
  const Shelf shelf;
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"a.wav", "wav"}, {"a.flac", "flac"}, {"a.ogg", "vorbis"}, {"a.opus", "opus"}, {"cbr.mp3", "mp3"}};
  for (const auto& [name, codec] : cases) EXPECT_EQ(decode(shelf.made.path(name)).codec, codec);
}

}  // namespace
