// loa-media as the station runs it: the recording as a descriptor in, one line out, an exit code.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "audio/master.hpp"
#include "daemon/media/recording.hpp"
#include "daemon/wire/crypto.hpp"
#include "daemon/wire/media_messages.hpp"
#include "tests/support/recordings.hpp"

namespace {

using namespace loa;
using namespace loa::test;

struct Run {
  int exit = -1;
  std::string out;
  std::string err;
  long most_memory = 0;  // KiB
};

std::string drain(int fd) {
  std::string text;
  std::array<char, 4096> block{};
  for (ssize_t count = 0; (count = ::read(fd, block.data(), block.size())) > 0;) {
    text.append(block.data(), static_cast<std::size_t>(count));
  }
  ::close(fd);
  return text;
}

/// The child's side: `recording` becomes descriptor 3.
[[noreturn]] void become(const std::vector<std::string>& arguments, int recording, int out, int err) {
  ::dup2(out, 1);
  ::dup2(err, 2);
  if (recording >= 0) ::dup2(recording, 3);
  std::string program = std::string(LOA_BIN) + "/loa-media";
  std::vector<char*> argv = {program.data()};
  auto copies = arguments;
  for (auto& argument : copies) argv.push_back(argument.data());
  argv.push_back(nullptr);
  ::execv(program.c_str(), argv.data());
  ::_exit(127);
}

Run loa_media(const std::vector<std::string>& arguments, const std::string& recording = "") {
  std::array<int, 2> out{};
  std::array<int, 2> err{};
  if (::pipe2(out.data(), O_CLOEXEC) != 0 || ::pipe2(err.data(), O_CLOEXEC) != 0) return {};
  const int fd = recording.empty() ? -1 : ::open(recording.c_str(), O_RDONLY | O_CLOEXEC);
  const pid_t child = ::fork();
  if (child == 0) become(arguments, fd, out[1], err[1]);
  ::close(out[1]);
  ::close(err[1]);
  if (fd >= 0) ::close(fd);
  Run run;
  run.out = drain(out[0]);
  run.err = drain(err[0]);
  int status = 0;
  rusage usage{};
  ::wait4(child, &status, 0, &usage);
  run.exit = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  run.most_memory = usage.ru_maxrss;
  return run;
}

wire::Measured measured(const std::string& recording) {
  const auto run = loa_media({"measure", "--fd", "3"}, recording);
  EXPECT_EQ(run.exit, 0) << run.err;
  return wire::measured_from(run.out).value();
}

TEST(LoaMedia, MeasuresARecording) {
  const Recordings made;
  made.wav("a.wav", "synth 5 sine 1000 vol -20dB");
  made.run("lame --quiet a.wav 'Bản tin sáng.mp3'");
  const auto facts = measured(made.path("Bản tin sáng.mp3"));
  EXPECT_EQ(facts.problem, "");
  EXPECT_FALSE(facts.refused);
  EXPECT_EQ(facts.codec, "mp3");
  EXPECT_EQ(facts.frames, 220500);
  EXPECT_EQ(facts.length, 240000);
  EXPECT_NEAR(facts.loudness.value(), -20, 0.6);  // LAME takes 0.4 dB off
  EXPECT_EQ(facts.sha256, wire::sha256_hex(made.read("Bản tin sáng.mp3")));
}

TEST(LoaMedia, ARefusedFileIsAnAnswerAndNothingElseIsPrinted) {
  const Recordings made;
  made.speech("a.wav", 5);
  made.run("lame --quiet a.wav a.mp3");
  const auto path = made.write("b.mp3", cut_at(made.read("a.mp3"), 0.5));
  const auto run = loa_media({"measure", "--fd", "3"}, path);
  EXPECT_EQ(run.exit, 0);
  EXPECT_EQ(run.err, "");
  const auto facts = wire::measured_from(run.out).value();
  EXPECT_TRUE(facts.refused);
  EXPECT_EQ(facts.problem, "truncated");
  EXPECT_NE(facts.detail, "");
  EXPECT_EQ(facts.sha256, wire::sha256_hex(made.read("b.mp3")));
}

TEST(LoaMedia, LibrariesThatComplainAreNotHeard) {
  const Recordings made;
  made.speech("a.wav", 5);
  made.run("lame --quiet a.wav a.mp3");
  // libmpg123 prints a note about garbage behind the last frame.
  const auto run = loa_media({"measure", "--fd", "3"}, made.write("b.mp3", with_junk(made.read("a.mp3"), 1, 3000)));
  EXPECT_EQ(run.err, "");
  EXPECT_FALSE(wire::measured_from(run.out).value().refused);
}

TEST(LoaMedia, WhatNobodyCanHearIsSilentButNotRefused) {
  const Recordings made;
  const auto facts = measured(made.wav("a.wav", "trim 0 3"));
  EXPECT_EQ(facts.problem, "silent");
  EXPECT_FALSE(facts.refused);
}

TEST(LoaMedia, AShortSignalIsNotSilent) {
  const Recordings made;
  EXPECT_EQ(measured(made.wav("a.wav", "synth 0.2 sine 800")).problem, "");
}

TEST(LoaMedia, FoldersAndHugeFilesAreRefused) {
  const Recordings made;
  EXPECT_EQ(measured(made.path("")).problem, "unreadable");
  const auto path = made.write("huge.wav", "RIFF");
  std::filesystem::resize_file(path, (std::uintmax_t{2} << 30) + 1);
  EXPECT_EQ(measured(path).problem, "too-large");
}

TEST(LoaMedia, MoreThanFourHoursAreRefused) {
  const Recordings made;
  auto wav = made.read(std::filesystem::path(made.wav("a.wav", "trim 0 1", 8000, 1, 8)).filename().string());
  const std::uintmax_t bytes = 4 * 3600 * 8000 + 8000;
  const auto header = data_size_at(wav) + 4;
  const auto path = made.write("long.wav", with_number(wav, data_size_at(wav), bytes, 4));
  std::filesystem::resize_file(path, header + bytes);
  const auto facts = measured(path);
  EXPECT_EQ(facts.problem, "too-long");
  EXPECT_TRUE(facts.refused);
}

TEST(LoaMedia, MemoryDoesNotGrowWithTheRecording) {
  const Recordings made;
  made.speech("a.wav", 60, 22050, 1);
  made.run("lame --quiet -t -b 64 a.wav a.mp3; for i in 1 2 3 4 5 6 7 8 9 10; do cat a.mp3; done > long.mp3");
  const auto run = loa_media({"measure", "--fd", "3"}, made.path("long.mp3"));
  const auto facts = wire::measured_from(run.out).value();
  EXPECT_FALSE(facts.refused) << facts.detail;
  EXPECT_NEAR(static_cast<double>(facts.length) / 48000, 600, 2);
#ifndef LOA_SANITIZED  // shadow memory counts too
  EXPECT_LT(run.most_memory, 60 * 1024);
#endif
}

TEST(LoaMedia, MakesAMasterInPlaceOfAnOldOne) {
  const Recordings made;
  const auto source = made.speech("a.wav", 5);
  made.write("m.flac", "old");
  made.write("m.flac.part", "of a killed process");
  const auto run = loa_media({"master", "--fd", "3", "--out", made.path("m.flac"), "--gain", "2", "--target", "-18",
                              "--peak", "-1", "--channels", "2"},
                             source);
  EXPECT_EQ(run.exit, 0) << run.err;
  const auto answer = wire::mastered_from(run.out).value();
  EXPECT_EQ(answer.problem, "");
  EXPECT_EQ(answer.frames, 240000);
  EXPECT_NEAR(answer.loudness.value(), -16, 0.5);
  EXPECT_EQ(answer.sha256, wire::sha256_hex(made.read("a.wav")));
  const auto master = audio::MasterReader::open(made.path("m.flac"));
  ASSERT_NE(master, nullptr);
  EXPECT_EQ(master->frames(), 240000);
  EXPECT_EQ(master->channels(), 2);
  EXPECT_FALSE(std::filesystem::exists(made.path("m.flac.part")));
}

TEST(LoaMedia, ARefusedRecordingLeavesNoMaster) {
  const Recordings made;
  made.write("m.flac", "old");
  const auto run = loa_media({"master", "--fd", "3", "--out", made.path("m.flac"), "--channels", "1"},
                             made.write("a.mp3", "no sound"));
  EXPECT_EQ(run.exit, 0);
  EXPECT_EQ(wire::mastered_from(run.out).value().problem, "not-audio");
  EXPECT_EQ(made.read("m.flac"), "old");
  EXPECT_FALSE(std::filesystem::exists(made.path("m.flac.part")));
}

TEST(LoaMedia, ADiskThatFailsIsExitThree) {
  const Recordings made;
  const auto source = made.speech("a.wav", 3);
  const auto run = loa_media({"master", "--fd", "3", "--out", made.path("absent/m.flac"), "--channels", "1"}, source);
  EXPECT_EQ(run.exit, 3);
  EXPECT_EQ(run.out, "");
}

TEST(LoaMedia, WrongUsageIsExitTwo) {
  const std::vector<std::vector<std::string>> wrong = {
      {}, {"play"}, {"measure"}, {"measure", "--fd", "x"}, {"master", "--fd", "3", "--out", "m", "--channels", "3"}};
  for (const auto& arguments : wrong) EXPECT_EQ(loa_media(arguments).exit, 2);
  EXPECT_EQ(loa_media({"--help"}).exit, 0);
}

/// A recording that is written to at the moment when its last block is asked for: no clock decides.
TEST(LoaMedia, ARecordingThatChangesWhileItIsReadIsRefused) {
  const Recordings made;
  const auto path = made.speech("a.wav", 5);
  const OpenFile file(path);
  const auto facts = media::measure_recording(file.fd(), [&] { made.write("a.wav", made.read("a.wav") + "x"); });
  EXPECT_EQ(facts.problem, "changed-while-reading");
  EXPECT_TRUE(facts.refused);
}

}  // namespace
