#include "daemon/station/run/play_master.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

#include "daemon/station/host/paths.hpp"
#include "daemon/station/host/process.hpp"
#include "daemon/station/library/library_problems.hpp"
#include "daemon/wire/media_messages.hpp"

namespace loa::station {

namespace {

using config::msg;

constexpr auto kPatience = std::chrono::minutes(10);

/// dBTP that nothing reaches: no limiter, the recording stays what it is.
constexpr const char* kNoLimit = "20";

bool is_file(int fd) {
  struct stat status {};
  return ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
}

}  // namespace

PlayMaster make_play_master(const std::filesystem::path& file, int channels, const std::filesystem::path& out,
                            const std::stop_token& stop) {
  PlayMaster made;
  const Descriptor recording(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  const auto why = std::generic_category().message(errno);
  if (!recording || !is_file(recording.get())) {
    made.fault = recording ? msg("{0} is no file", file.string()) : msg("{0} cannot be read: {1}", file.string(), why);
    return made;
  }
  ChildOptions options;
  options.program = sibling_program("loa-media").value_or("loa-media");
  options.arguments = {"master", "--fd",  "3", "--out", out.string(), "--channels", std::to_string(channels),
                       "--peak", kNoLimit};
  options.given = recording.get();
  options.deadline = kPatience;
  auto child = Child::start(options);
  const auto ended = child ? std::optional(child->wait(stop)) : std::nullopt;
  const auto mastered = ended ? wire::mastered_from(ended->answer) : std::nullopt;
  if (!mastered || !mastered->problem.empty()) {
    made.fault = msg("{0} cannot be played: {1}", file.string(),
                     mastered ? problem_words(mastered->problem, false) : config::Text::verbatim("loa-media"));
    return made;
  }
  made.master = {out.string(), Frames(mastered->frames), mastered->loudness};
  made.sha256 = mastered->sha256;
  return made;
}

}  // namespace loa::station
