// Every recording that people bring plays whole, or it is said what is wrong with it. The truth is the length of the
// sound that was encoded; what an encoder adds and nobody can tell from sound (raw AAC, AC-3, MP3 in a container) may
// be there.
#include "tests/media/brought.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using namespace loa;
using namespace loa::test;

void expect_kinds(const std::vector<BroughtKind>& kinds) {
  for (const auto& kind : kinds) {
    SCOPED_TRACE(kind.name);
    brought_shelf().run(std::string("rm -f out; ") + kind.command);
    const auto facts = measured_there("out");
    EXPECT_EQ(facts.problem, kind.problem) << facts.detail;
    EXPECT_EQ(facts.refused, kind.refused) << facts.detail;
    if (!kind.refused) {
      EXPECT_NEAR(seconds_of(facts), kind.seconds, kind.tolerance) << facts.codec;
    }
    if (kind.channels != 0) {
      EXPECT_EQ(facts.channels, kind.channels);
    }
  }
}

#define FF "ffmpeg -y -v error -i a.wav "
#define TEL "ffmpeg -y -v error -i tel.wav "
#define VIDEO "ffmpeg -y -v error -f lavfi -i testsrc=d=3:s=64x48:r=25 -i a.wav "
#define EXACT kBrought, 0.0001

// Kept exact to the frame: containers that say where the sound begins and ends.
TEST(Brought, ContainersThatSayWhereTheSoundEndsAreExact) {
  expect_kinds(
      {BroughtKind{"M4a", FF "-c:a aac -f ipod out", EXACT},
       BroughtKind{"Mp4", FF "-c:a aac -f mp4 out", EXACT},
       BroughtKind{"Mp4FastStart", FF "-c:a aac -movflags +faststart -f mp4 out", EXACT},
       BroughtKind{"Mov", FF "-c:a aac -f mov out", EXACT},
       BroughtKind{"MovPcm", FF "-c:a pcm_s16le -f mov out", EXACT},
       BroughtKind{"M4aAt22kHzMono", FF "-ar 22050 -ac 1 -c:a aac -f ipod out", EXACT},
       BroughtKind{"M4aAt48kHz", FF "-ar 48000 -c:a aac -f ipod out", EXACT},
       BroughtKind{"M4aAt8kHz", TEL "-c:a aac -f ipod out", EXACT},
       BroughtKind{"M4aOfOddLength", FF "-af atrim=end_sample=100003 -c:a aac -f ipod out", 100003 / 44100.0, 0.0001},
       BroughtKind{"M4aWithTags", FF "-metadata title=Tin -metadata artist=Đài -c:a aac -f ipod out", EXACT},
       BroughtKind{"Alac", FF "-c:a alac -f ipod out", EXACT},
       BroughtKind{"Alac24", FF "-sample_fmt s32p -c:a alac -f ipod out", EXACT},
       BroughtKind{"AlacInCaf", FF "-c:a alac -f caf out", EXACT},
       BroughtKind{"FlacInMp4", FF "-c:a flac -strict -2 -f mp4 out", EXACT},
       BroughtKind{"OpusInMp4", FF "-c:a libopus -strict -2 -f mp4 out", EXACT},
       BroughtKind{"ThreeGpAac", FF "-ar 22050 -ac 1 -c:a aac -f 3gp out", EXACT},
       BroughtKind{"AmrNb", "sox tel.wav -t amr-nb out", EXACT},
       BroughtKind{"ThreeGpAmr", "sox tel.wav -t amr-nb b.amr; ffmpeg -y -v error -f amr -i b.amr -c copy -f 3gp out",
                   EXACT},
       BroughtKind{"Mp4Video", VIDEO "-c:v mpeg4 -c:a aac -f mp4 out", EXACT},
       BroughtKind{"MovVideo", VIDEO "-c:v mpeg4 -c:a aac -f mov out", EXACT},
       BroughtKind{"ThreeGpVideo", VIDEO "-c:v h263 -s 128x96 -c:a aac -f 3gp out", EXACT},
       BroughtKind{"AviPcm", VIDEO "-c:v mpeg4 -c:a pcm_s16le -f avi out", EXACT},
       BroughtKind{"WebmOpus", VIDEO "-c:v libvpx -c:a libopus -f webm out", EXACT},
       BroughtKind{"MkvFlac", VIDEO "-c:v mpeg4 -c:a flac -f matroska out", EXACT},
       BroughtKind{"MkvPcm", VIDEO "-c:v mpeg4 -c:a pcm_s24le -f matroska out", EXACT},
       BroughtKind{"MkvSoundAlone", FF "-c:a libopus -f matroska out", EXACT},
       BroughtKind{"Aiff", FF "-f aiff out", EXACT},
       BroughtKind{"Aifc", FF "-c:a pcm_f32be -f aiff out", EXACT},
       BroughtKind{"AiffLittle", FF "-c:a pcm_s16le -f aiff out", EXACT},
       BroughtKind{"Au", FF "-f au out", EXACT},
       BroughtKind{"AuMulaw", TEL "-c:a pcm_mulaw -f au out", EXACT},
       BroughtKind{"Caf", FF "-f caf out", EXACT},
       BroughtKind{"CafFloat", FF "-c:a pcm_f32le -f caf out", EXACT},
       BroughtKind{"Tta", FF "-c:a tta -f tta out", EXACT},
       BroughtKind{"WavPack", FF "-c:a wavpack -f wv out", EXACT},
       BroughtKind{"FlacInOgg", FF "-c:a flac -f ogg out", EXACT},
       BroughtKind{"Speex", TEL "-c:a libspeex -f ogg out", EXACT},
       BroughtKind{"Gsm", TEL "-c:a libgsm -f gsm out", EXACT},
       BroughtKind{"W64", FF "-f w64 out", EXACT},
       BroughtKind{"Rf64", FF "-rf64 always -f wav out", EXACT},
       BroughtKind{"Rifx", "sox -D a.wav -B -t wav out", EXACT},
       BroughtKind{"Voc", "sox -D a.wav -r 22050 -t voc out", kBrought, 0.01},
       BroughtKind{"SoxNative", "sox a.wav -t sox out", EXACT}});
}

// Telephones, recorders, cameras: within 50 ms, or an encoder's frame more. One table, and long because it is one.
TEST(Brought, WhatTelephonesRecordersAndCamerasWritePlaysWhole) {
  expect_kinds(
      {BroughtKind{"Adts", FF "-c:a aac -f adts out"},
       BroughtKind{"AdtsNamedMp3", FF "-c:a aac -f adts out.aac; mv out.aac out"},
       BroughtKind{"AdtsWithId3", FF "-c:a aac -write_id3v2 1 -metadata title=x -f adts out"},
       BroughtKind{"AdtsBehindGarbage", FF "-c:a aac -f adts b; seq 700 | head -c 3000 > out; cat b >> out"},
       BroughtKind{"Latm", FF "-c:a aac -f latm out"},
       BroughtKind{"Mp4Fragments", FF "-c:a aac -movflags frag_keyframe+empty_moov -f mp4 out"},
       BroughtKind{"Wma", FF "-c:a wmav2 -f asf out"},
       BroughtKind{"Wma1", FF "-c:a wmav1 -f asf out"},
       BroughtKind{"Wmv", VIDEO "-c:v wmv2 -c:a wmav2 -f asf out"},
       BroughtKind{"AviMp3", VIDEO "-c:v mpeg4 -c:a libmp3lame -f avi out"},
       BroughtKind{"AviAc3", VIDEO "-c:v mpeg4 -c:a ac3 -f avi out"},
       BroughtKind{"MkvAac", VIDEO "-c:v mpeg4 -c:a aac -f matroska out"},
       BroughtKind{"MkvAc3", VIDEO "-c:v mpeg4 -c:a ac3 -f matroska out"},
       BroughtKind{"WebmVorbis", VIDEO "-c:v libvpx -c:a libvorbis -f webm out"},
       BroughtKind{"Flv", VIDEO "-c:v flv -c:a libmp3lame -f flv out"},
       BroughtKind{"TransportStream", VIDEO "-c:v mpeg2video -c:a mp2 -f mpegts out"},
       BroughtKind{"ProgramStream", VIDEO "-c:v mpeg1video -c:a mp2 -f mpeg out"},
       BroughtKind{"TransportStreamAac", FF "-c:a aac -f mpegts out"},
       BroughtKind{"Ac3", FF "-c:a ac3 -f ac3 out"},
       BroughtKind{"Eac3", FF "-c:a eac3 -f eac3 out"},
       BroughtKind{"Mp2", FF "-c:a mp2 -f mp2 out"},
       BroughtKind{"Mp2At48kHz", FF "-ar 48000 -c:a mp2 -f mp2 out"},
       BroughtKind{"Dts", FF "-c:a dca -strict -2 -f dts out"},
       BroughtKind{"WavMp3", FF "-c:a libmp3lame -f wav out"},
       BroughtKind{"WavGsm", TEL "-c:a libgsm_ms -f wav out"},
       BroughtKind{"WavAlaw", TEL "-c:a pcm_alaw -f wav out"},
       BroughtKind{"WavMulaw", TEL "-c:a pcm_mulaw -f wav out"},
       BroughtKind{"WavMsAdpcm", FF "-c:a adpcm_ms -f wav out"},
       BroughtKind{"WavImaAdpcm", FF "-c:a adpcm_ima_wav -f wav out"},
       BroughtKind{"WavYamaha", FF "-c:a adpcm_yamaha -f wav out"},
       BroughtKind{"WavG726", TEL "-c:a g726 -f wav out"},
       BroughtKind{"WavG723", TEL "-c:a g723_1 -f wav out"},
       BroughtKind{"WavU8", TEL "-c:a pcm_u8 -f wav out"},
       BroughtKind{"Wav24", FF "-c:a pcm_s24le -f wav out"},
       BroughtKind{"WavBeyondFullScale", "sox -D a.wav -e floating-point -b 32 -t wav out vol 12dB", kBrought, 0.050,
                   "clipped"},
       BroughtKind{"Wav192kHz", "sox -D a.wav -r 192000 -t wav out"},
       BroughtKind{"Flac192kHz", "sox -D a.wav -r 192000 -t flac out"},
       BroughtKind{"Wav8kHz", "cp tel.wav out"},
       BroughtKind{"Wav64Float", FF "-c:a pcm_f64le -f wav out"},
       BroughtKind{"Mp3OfVariableRateWithoutHeader", "cp vbr-plain.mp3 out"},
       BroughtKind{"Mp3Joined", "cat cbr.mp3 vbr.mp3 > out", 2 * kBrought, 0.0001},
       BroughtKind{"Mp3JoinedTwoRates", "cat cbr.mp3 tel.mp3 > out", 2 * kBrought, 0.01},
       BroughtKind{"Mp3JoinedFiveTimes", "cat vbr.mp3 vbr.mp3 vbr.mp3 vbr.mp3 vbr.mp3 > out", 5 * kBrought, 0.0001},
       BroughtKind{"Mp3PlainJoined", "cat vbr-plain.mp3 vbr-plain.mp3 > out", 2 * kBrought, 0.12},
       BroughtKind{"Mp3BehindGarbage", "tail -c 5000 a.wav > out; cat cbr.mp3 >> out", EXACT},
       BroughtKind{
           "Mp3WithBigPicture",
           "head -c 4000000 /dev/zero | tr '\\0' '\\377' > p.bin; ffmpeg -y -v error -f lavfi -i testsrc=s=1500x1500 "
           "-frames:v 1 -c:v png p.png; ffmpeg -y -v error -i cbr.mp3 -i p.png -map 0 -map 1 -c copy -f mp3 out"},
       BroughtKind{"Mp3WithGarbageBehind", "cat vbr-plain.mp3 > out; head -c 5000 a.wav >> out"},
       BroughtKind{"OggChained", "cat a.ogg a.ogg > out", 2 * kBrought, 0.0001},
       BroughtKind{"OggChainedTwoRates", "cat a.ogg tel.ogg > out", 2 * kBrought, 0.001},
       BroughtKind{"OpusChained", "cat a.opus a.opus a.opus > out", 3 * kBrought, 0.001},
       BroughtKind{"VorbisThenOpus", "cat a.ogg a.opus > out", 2 * kBrought, 0.001},
       BroughtKind{"FlacJoined", "cat a.flac a.flac > out", 2 * kBrought, 0.0001},
       BroughtKind{"FlacJoinedTwoRates", "cat a.flac tel.flac > out", 2 * kBrought, 0.001},
       BroughtKind{"FiveOne",
                   "sox -D -M a.wav a.wav a.wav -t wav b.wav; ffmpeg -y -v error -i b.wav -c:a ac3 -f ac3 out",
                   kBrought, 0.05, "", false, 6},
       BroughtKind{"FiveOneAac",
                   "sox -D -M a.wav a.wav a.wav -t wav b.wav; ffmpeg -y -v error -i b.wav -c:a aac -f ipod out",
                   kBrought, 0.001, "", false, 6},
       BroughtKind{
           "SevenOneFlac",
           "sox -D -M a.wav a.wav a.wav a.wav -t wav b.wav; ffmpeg -y -v error -i b.wav -c:a flac -f matroska out",
           kBrought, 0.001, "", false, 8},
       BroughtKind{"ShortM4a", FF "-t 0.03 -c:a aac -f ipod out", 0.03, 0.001},
       BroughtKind{"ShortMp3", FF "-t 0.03 -c:a libmp3lame -f mp3 out", 0.03, 0.001},
       BroughtKind{"ShortWav", FF "-t 0.02 -f wav out", 0.02, 0.001},
       BroughtKind{"ShortOpus", FF "-t 0.03 -c:a libopus -f ogg out", 0.03, 0.001},
       BroughtKind{"ShortAmr", "sox tel.wav -t amr-nb out trim 0 0.04", 0.04, 0.021},
       BroughtKind{"LeftAlone", "sox -D a.wav -t wav out remix 1 0", EXACT, "left-only"}});
}

// A doubt that does not bar it.
TEST(Brought, ADoubtIsSaidAndDoesNotBarIt) {
  expect_kinds(
      {BroughtKind{"TwoSoundTracks", "ffmpeg -y -v error -i a.wav -i tel.wav -map 0 -map 1 -c:a aac -f mp4 out",
                   kBrought, 0.001, "several-tracks", false, 2},
       BroughtKind{"SecondTrackIsTheDefault",
                   "ffmpeg -y -v error -i a.wav -i tel.wav -map 0 -map 1 -c:a flac -disposition:a:0 0 "
                   "-disposition:a:1 default -f matroska out",
                   kBrought, 0.001, "several-tracks", false, 1},
       BroughtKind{"WavThatSaysHalf",
                   "python3 -c "
                   "\"b=bytearray(open('a.wav','rb').read());i=b.find(b'data')+4;b[i:i+4]=(250000).to_bytes(4,'little'"
                   ");open('out','wb').write(b)\"",
                   kBrought, 0.001, "wav-lying-size"},
       BroughtKind{"Mp3WithoutItsEnd", "head -c $(( $(stat -c %s cbr.mp3) * 95 / 100 )) cbr.mp3 > out", 2.85, 0.05,
                   "truncated"},
       BroughtKind{"WavWithoutItsEnd", "head -c 500000 a.wav > out", 2.834, 0.001, "truncated"},
       BroughtKind{"FastMp4WithoutItsEnd",
                   FF "-c:a aac -movflags +faststart -f mp4 b; head -c $(( $(stat -c %s b) * 95 / 100 )) b > out", 2.83,
                   0.05, "damaged"},
       BroughtKind{"Silence",
                   "sox -n -r 44100 -b 16 -t wav b.wav trim 0 3; ffmpeg -y -v error -i b.wav -c:a aac -f ipod out",
                   EXACT, "silent"}});
}

// Recorders that lost their power leave the length that a stream has.
TEST(Brought, WhatARecorderNeverFinishedPlaysWhole) {
  expect_kinds({BroughtKind{"WavOfLength0",
                            "python3 -c "
                            "\"b=bytearray(open('a.wav','rb').read());i=b.find(b'data')+4;b[i:i+4]=bytes(4);open("
                            "'out','wb').write(b)\"",
                            EXACT},
                BroughtKind{"WavFromAPipe", "ffmpeg -v error -i a.wav -f wav - | cat > out", EXACT},
                BroughtKind{"WavFromSox", "sox a.wav -t wav - 2>/dev/null | cat > out", EXACT},
                BroughtKind{"FlacFromAPipe", "flac -s -c - < a.wav > out", EXACT},
                BroughtKind{"MkvLive", FF "-c:a libopus -f matroska - | cat > out", EXACT}});
}

TEST(Brought, WhatIsNoRecordingIsRefusedAndReachesForNothing) {
  expect_kinds(
      {BroughtKind{"NoBytes", ": > out", 0, 0, "empty", true},
       BroughtKind{"Text", "yes 'Thông báo lịch cắt điện' | head -c 20000 > out", 0, 0, "not-audio", true},
       BroughtKind{"Zeros", "head -c 100000 /dev/zero > out", 0, 0, "not-audio", true},
       BroughtKind{"Jpeg", "ffmpeg -y -v error -f lavfi -i testsrc -frames:v 1 -f mjpeg out", 0, 0, "not-audio", true},
       BroughtKind{"Png", "ffmpeg -y -v error -f lavfi -i testsrc -frames:v 1 -c:v png -f image2pipe out", 0, 0,
                   "not-audio", true},
       BroughtKind{"Gif", "ffmpeg -y -v error -f lavfi -i testsrc=d=1 -f gif out", 0, 0, "not-audio", true},
       BroughtKind{"Zip", "printf 'PK\\003\\004' > out; cat a.wav >> out", 0, 0, "not-audio", true},
       BroughtKind{"VideoWithoutSound", "ffmpeg -y -v error -f lavfi -i testsrc=d=1:s=64x48 -c:v mpeg4 -f mp4 out", 0,
                   0, "no-sound-track", true},
       BroughtKind{"M3u", "printf '#EXTM3U\\n#EXTINF:3,\\na.wav\\n' > out", 0, 0, "playlist", true},
       BroughtKind{"M3uPlain", "printf 'http://127.0.0.1:9/a.mp3\\n' > out", 0, 0, "playlist", true},
       BroughtKind{"Pls", "printf '[playlist]\\nFile1=a.wav\\n' > out", 0, 0, "playlist", true},
       BroughtKind{"Hls",
                   "cp cbr.mp3 seg.mp3; printf "
                   "'#EXTM3U\\n#EXT-X-TARGETDURATION:3\\n#EXTINF:3,\\nseg.mp3\\n#EXT-X-ENDLIST\\n' > out",
                   0, 0, "playlist", true},
       BroughtKind{"HlsBehindSpaces",
                   "printf '\\n\\n#EXTM3U\\n#EXT-X-TARGETDURATION:3\\n#EXTINF:3,\\n/etc/passwd\\n' > out", 0, 0,
                   "not-audio", true},
       BroughtKind{"Concat", "printf \"ffconcat version 1.0\\nfile 'a.wav'\\n\" > out", 0, 0, "playlist", true},
       BroughtKind{"Dash",
                   "printf '<?xml version=\"1.0\"?>\\n<MPD "
                   "xmlns=\"urn:mpeg:dash:schema:mpd:2011\"><Period><AdaptationSet><Representation><BaseURL>file:///"
                   "etc/passwd</BaseURL></Representation></AdaptationSet></Period></MPD>' > out",
                   0, 0, "not-audio", true},
       BroughtKind{"Sdp",
                   "printf 'v=0\\no=- 0 0 IN IP4 127.0.0.1\\ns=x\\nc=IN IP4 127.0.0.1\\nt=0 0\\nm=audio 5004 RTP/AVP "
                   "0\\n' > out",
                   0, 0, "not-audio", true},
       BroughtKind{"Subfile", "printf 'subfile,,start,0,end,1000,,:/etc/passwd' > out", 0, 0, "not-audio", true},
       BroughtKind{"FileAddress", "printf 'file:///etc/passwd\\n' > out", 0, 0, "not-audio", true},
       BroughtKind{"FfMetadata", "printf ';FFMETADATA1\\ntitle=x\\n' > out", 0, 0, "not-audio", true},
       BroughtKind{"Subtitles", "printf '1\\n00:00:00,000 --> 00:00:02,000\\nXin chào\\n' > out", 0, 0, "not-audio",
                   true},
       BroughtKind{"M4p", FF "-c:a aac -f ipod b; sed 's/mp4a/drms/' b > out", 0, 0, "encrypted", true},
       BroughtKind{"Mp4Encrypted",
                   FF "-c:a aac -encryption_scheme cenc-aes-ctr -encryption_key 00112233445566778899aabbccddeeff "
                      "-encryption_kid 112233445566778899aabbccddeeff00 -f mp4 out",
                   0, 0, "encrypted", true},
       BroughtKind{"WmaProtected",
                   FF "-c:a wmav2 -f asf w; python3 -c \"b=bytearray(open('w','rb').read());"
                      "n=int.from_bytes(b[16:24],'little');"
                      "o=bytes.fromhex('FBB3112223BDD211B4B700A0C955FC6E')+(24).to_bytes(8,'little');"
                      "b[16:24]=(n+24).to_bytes(8,'little');"
                      "b[24:28]=(int.from_bytes(b[24:28],'little')+1).to_bytes(4,'little');"
                      "open('out','wb').write(b[:n]+o+b[n:])\"",
                   0, 0, "encrypted", true},
       BroughtKind{"Mp4WithoutItsEnd", FF "-c:a aac -f mp4 b; head -c 30000 b > out", 0, 0, "truncated", true},
       BroughtKind{"HalfAWav", "head -c 260000 a.wav > out", 0, 0, "truncated", true},
       BroughtKind{"HalfAnMp3", "head -c 24000 cbr.mp3 > out", 0, 0, "truncated", true},
       BroughtKind{"HalfAnAiff", FF "-f aiff b; head -c 260000 b > out", 0, 0, "damaged", true},
       BroughtKind{"HalfAWma", FF "-c:a wmav2 -f asf b; head -c 24000 b > out", 0, 0, "damaged", true},
       BroughtKind{"Rate4kHz", "sox a.wav -r 4000 -t aiff out", 0, 0, "rate-unsupported", true}});
}

}  // namespace
