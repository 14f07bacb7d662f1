// Program `loa-media`: takes in one recording and ends. Its answer is one JSON line on standard output.
// Exit: 0 answered, also that a recording is refused; 2 wrong usage; 3 the world failed.
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <new>
#include <string>

#include "daemon/media/apart.hpp"
#include "daemon/media/recording.hpp"
#include "daemon/media/relay.hpp"
#include "daemon/media/sandbox.hpp"
#include "daemon/media/stream.hpp"

namespace {

using namespace loa;

constexpr int kUsage = 2;
constexpr int kWorldFailed = 3;

int answer(const std::string& line) {
  const bool written = std::fputs(line.c_str(), stdout) >= 0 && std::fflush(stdout) == 0;
  return written ? 0 : kWorldFailed;
}

int measure(int fd) {
  media::silence_stderr();
  const auto line = media::work_apart({fd}, [fd] { return wire::to_line(media::measure_recording(fd)); });
  return line ? answer(*line) : kWorldFailed;
}

int master(const media::MasterTask& task) {
  media::silence_stderr();
  std::string error;
  const auto mastered = media::master_recording(task, error);
  return mastered ? answer(wire::to_line(*mastered)) : kWorldFailed;
}

/// The recording may well be a long one, and people wait for its first word.
int stream(media::StreamTask& task, const std::string& pipe) {
  // It holds both ends of its pipe, so nobody's end breaks it: it goes with whoever started it.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  media::silence_stderr();
  task.pipe = ::open(pipe.c_str(), O_RDWR | O_CLOEXEC);
  if (task.pipe < 0) return kWorldFailed;
  media::keep_open({task.fd, task.pipe});
  media::forbid_what_leads_out();
  bool told = true;
  media::stream_recording(task, [&](const wire::StreamNews& news) { told = answer(wire::to_line(news)) == 0 && told; });
  return told ? 0 : kWorldFailed;
}

void add_stream_options(CLI::App& command, media::StreamTask& task, std::string& pipe) {
  command.add_option("--fd", task.fd, "the recording, an open descriptor")->required();
  command.add_option("--pipe", pipe, "a named pipe")->required();
  command.add_option("--channels", task.channels, "1 or 2")->required()->check(CLI::IsMember({1, 2}));
  command.add_option("--target", task.target, "LUFS; none: the loudness stays")->check(CLI::Range(-60.0, 0.0));
  command.add_option("--skip", task.skip, "frames at 48 kHz that have sounded already")->check(CLI::NonNegativeNumber);
}

/// Alone it may reach the network, and then it opens no file for writing and starts no program.
int relay(const media::RelayTask& task, const std::string& pipe) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  media::silence_stderr();
  auto opened = task;
  // It connects before anybody reads; an end of its own for reading lets it open the other, and goes again.
  const int reading = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  opened.out = ::open(pipe.c_str(), O_WRONLY | O_CLOEXEC | O_NONBLOCK);
  if (reading < 0 || opened.out < 0) return kWorldFailed;
  ::fcntl(opened.out, F_SETFL, 0);
  ::close(reading);
  media::keep_open({opened.out});
  media::forbid_all_but_the_network();
  bool told = true;
  media::relay(opened, [&](const wire::StreamNews& news) { told = answer(wire::to_line(news)) == 0 && told; });
  return told ? 0 : kWorldFailed;
}

void add_relay_options(CLI::App& command, media::RelayTask& task, std::string& pipe) {
  command.add_option("--url", task.address, "http or https: Icecast, HLS")->required();
  command.add_option("--pipe", pipe, "a named pipe, for 48 kHz float PCM")->required();
  command.add_option("--channels", task.channels, "1 or 2")->required()->check(CLI::IsMember({1, 2}));
  command.add_option("--patience", task.patience, "seconds that it may give nothing")->check(CLI::Range(0.1, 300.0));
  command.add_option("--target", task.target, "LUFS; none: the loudness stays")->check(CLI::Range(-60.0, 0.0));
  command.add_option("--silence", task.silence, "seconds of silence that end it")->check(CLI::Range(0.0, 3600.0));
  command.add_flag("--await-sound", task.awaits_sound, "ready only when it is no silence");
}

void add_master_options(CLI::App& command, media::MasterTask& task) {
  command.add_option("--fd", task.fd, "the recording, an open descriptor")->required();
  command.add_option("--out", task.out, "the master's file")->required();
  command.add_option("--gain", task.recipe.gain, "dB on top of the target")->check(CLI::Range(-60.0, 30.0));
  command.add_option("--target", task.recipe.target, "LUFS; none: the loudness stays")->check(CLI::Range(-60.0, 0.0));
  command.add_option("--peak", task.recipe.peak, "dBTP never exceeded")->check(CLI::Range(-30.0, 20.0));
  command.add_option("--channels", task.recipe.channels, "1 or 2")->required()->check(CLI::IsMember({1, 2}));
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Takes in a recording for Loa");
  app.require_subcommand(1);
  int fd = -1;
  media::MasterTask task;
  auto* measure_command = app.add_subcommand("measure", "its facts");
  measure_command->add_option("--fd", fd, "the recording, an open descriptor")->required();
  auto* master_command = app.add_subcommand("master", "its master");
  add_master_options(*master_command, task);
  media::RelayTask relaying;
  std::string pipe;
  auto* relay_command = app.add_subcommand("relay", "a stream of the network");
  add_relay_options(*relay_command, relaying, pipe);
  media::StreamTask streaming;
  auto* stream_command = app.add_subcommand("stream", "its sound, while it is decoded");
  add_stream_options(*stream_command, streaming, pipe);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUsage;
  }
  media::limit_process(stream_command->parsed() || relay_command->parsed() ? media::Pace::sounds
                                                                           : media::Pace::gives_way);
  try {
    if (stream_command->parsed()) return stream(streaming, pipe);
    if (relay_command->parsed()) return relay(relaying, pipe);
    return measure_command->parsed() ? measure(fd) : master(task);
  } catch (const std::bad_alloc&) {
    return kWorldFailed;
  }
}
