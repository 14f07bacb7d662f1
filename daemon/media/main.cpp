// Program `loa-media`: takes in one recording and ends. Its answer is one JSON line on standard output.
// Exit: 0 answered, also that a recording is refused; 2 wrong usage; 3 the world failed.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <new>
#include <string>

#include "daemon/media/recording.hpp"
#include "daemon/media/sandbox.hpp"

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
  media::keep_open({fd});
  media::forbid_what_leads_out();
  return answer(wire::to_line(media::measure_recording(fd)));
}

int master(const media::MasterTask& task) {
  media::silence_stderr();
  std::string error;
  const auto mastered = media::master_recording(task, error);
  return mastered ? answer(wire::to_line(*mastered)) : kWorldFailed;
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
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUsage;
  }
  media::limit_process();
  try {
    return measure_command->parsed() ? measure(fd) : master(task);
  } catch (const std::bad_alloc&) {
    return kWorldFailed;
  }
}
