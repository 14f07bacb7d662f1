#include "daemon/station/commands/approve_recording.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "daemon/station/host/paths.hpp"
#include "daemon/wire/crypto.hpp"
#include "scheduler/check_draft.hpp"

namespace loa::station {

namespace {

using config::msg;
using namespace std::chrono_literals;

constexpr std::size_t kChunk = 256 * 1024;

/// SHA-256 of all that the descriptor reads; nothing when it cannot be read.
std::optional<std::string> hash_of(int fd) {
  wire::Sha256 hash;
  std::vector<char> chunk(kChunk);
  for (;;) {
    const auto size = ::read(fd, chunk.data(), chunk.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return std::nullopt;
    if (size == 0) return hash.hex();
    hash.add({chunk.data(), static_cast<std::size_t>(size)});
  }
}

config::Text is_changing(const std::string& clip) {
  return msg("the recording “{0}” is still being written, or has just changed", clip);
}

}  // namespace

bool measure_targets(LoadedStation& loaded, KnownFacts& known, const std::vector<ApproveTarget>& targets,
                     const Invocation& invocation) {
  std::vector<std::size_t> which;
  for (const auto& target : targets) {
    if (!target.good()) continue;
    const auto& recording = loaded.listing.recordings[target.index];
    if (known.find(recording) == nullptr || known.wants_measuring(recording, wall_seconds())) {
      which.push_back(target.index);
    }
  }
  std::sort(which.begin(), which.end());
  which.erase(std::unique(which.begin(), which.end()), which.end());
  if (which.empty()) return true;
  IntakeOptions options;
  options.program = sibling_program("loa-media").value_or("loa-media");
  options.settle = 1500ms;
  const auto result = take_in(loaded.files.libraries, loaded.listing, which, known, options);
  known.save(invocation.station, false);
  return !result.no_program;
}

std::optional<playlists::Facts> facts_now(const LoadedStation& loaded, const KnownFacts& known, ApproveTarget& target) {
  const auto& recording = loaded.listing.recordings[target.index];
  const auto* facts = known.find(recording);
  std::error_code error;
  const auto opened = open_recording(loaded.files.libraries, recording, error);
  if (error) {
    target.wrong = msg("the recording “{0}” cannot be read: {1}", target.clip, error.message());
    return std::nullopt;
  }
  const auto hash = facts == nullptr ? std::nullopt : hash_of(opened.file.get());
  if (!hash || *hash != facts->sha256 || identity_of(opened.file.get()) != opened.identity) {
    target.wrong = is_changing(target.clip);
    target.hint = msg("wait until it is whole, listen to it again, then approve it");
    return std::nullopt;
  }
  if (facts->refused) {
    target.wrong = msg("the recording “{0}” cannot be played: {1}", target.clip, scheduler::problem_words(*facts));
    target.hint = scheduler::problem_advice(facts->problem);
    return std::nullopt;
  }
  return *facts;
}

}  // namespace loa::station
