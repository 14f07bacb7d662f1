// Hashing, and the steps from FILE.part to FILE.
#include "daemon/media/recording.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <vector>

#include "audio/resample.hpp"
#include "daemon/media/apart.hpp"
#include "daemon/media/ways.hpp"
#include "daemon/wire/crypto.hpp"

namespace loa::media {
namespace {

/// What a file's status says of its content; two that are equal embrace a time in which nobody wrote.
struct State {
  std::int64_t size = -1;
  std::int64_t seconds = 0;
  std::int64_t nanoseconds = 0;
  bool operator==(const State&) const = default;
};

State state_of(int fd) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) return {};
  return {status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

/// "" when the file cannot be read to its end.
std::string hash_of(int fd, std::int64_t size) {
  wire::Sha256 hash;
  std::vector<char> block(256 * 1024);
  std::int64_t at = 0;
  while (at < size) {
    const auto count = ::pread(fd, block.data(), block.size(), at);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return "";
    hash.add({block.data(), static_cast<std::size_t>(count)});
    at += count;
  }
  return hash.hex();
}

bool too_large(const State& state) {
  return state.size > audio::kLargestFile;
}

void refuse(wire::Measured& measured, std::string code, std::string detail) {
  measured.problem = std::move(code);
  measured.detail = std::move(detail);
  measured.refused = true;
}

/// "00:18, 12:05, 1:00:07": whole seconds, rounded down.
std::string places_text(const std::vector<double>& places) {
  std::string text;
  for (const double place : places) {
    const auto seconds = static_cast<std::int64_t>(place);
    const auto hours = seconds / 3600;
    if (!text.empty()) text += ", ";
    if (hours > 0) text += fmt::format("{}:", hours);
    text += fmt::format("{:02}:{:02}", seconds / 60 % 60, seconds % 60);
  }
  return text;
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  bool close() {
    const bool good = fd_ < 0 || ::close(fd_) == 0;
    fd_ = -1;
    return good;
  }

 private:
  int fd_;
};

std::string failure(const std::string& what) {
  return what + ": " + std::strerror(errno);
}

/// "" when `part` is now `out`, for good.
std::string put_in_place(const std::string& part, const std::string& out) {
  if (::rename(part.c_str(), out.c_str()) != 0) return failure(out);
  const auto folder = std::filesystem::path(out).parent_path();
  Descriptor directory(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return directory.get() >= 0 && ::fsync(directory.get()) == 0 ? "" : failure(folder.string());
}

/// A line of Mastered; "" when the disk failed.
std::string mastered_line(int source, int part, const audio::MasterRecipe& recipe) {
  const auto before = state_of(source);
  const auto made = make_any_master(source, part, recipe);
  wire::Mastered mastered{made.frames, made.loudness, made.true_peak, made.refusal.code, hash_of(source, before.size)};
  if (!made.refusal && !made.written) return "";
  if (mastered.problem.empty() && !(state_of(source) == before)) mastered.problem = "changed-while-reading";
  return wire::to_line(mastered);
}

/// "" or how the disk failed; with a problem in `mastered` nothing is left behind.
std::string write_master(const MasterTask& task, const std::string& part, wire::Mastered& mastered) {
  Descriptor file(::open(part.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (file.get() < 0) return failure(part);
  const auto line = work_apart({task.fd, file.get()}, [&] { return mastered_line(task.fd, file.get(), task.recipe); });
  const auto answer = line ? wire::mastered_from(*line) : std::nullopt;
  if (!answer) return part + ": not written";
  mastered = *answer;
  if (!mastered.problem.empty()) return "";
  if (::fsync(file.get()) != 0 || !file.close()) return failure(part);
  return put_in_place(part, task.out);
}

constexpr double kSpiky = 20;  // dB of the true peak over the loudness: from here on the limiter's work is tried

/// Whether a master of the usual levels stays more than half an LU too soft, because its peaks must stay below theirs.
bool is_too_spiky(int fd, const audio::Measurement& found) {
  if (found.refusal || !found.loudness || !found.true_peak || *found.true_peak - *found.loudness < kSpiky) return false;
  constexpr audio::MasterRecipe kUsual{1, -16, 0, -1};
  const auto tried = make_any_master(fd, -1, kUsual);
  return tried.loudness && *tried.loudness < *kUsual.target - 0.5;
}

}  // namespace

wire::Measured measure_recording(int fd, const std::function<void()>& between) {
  const auto before = state_of(fd);
  auto found = measure_any(fd);
  const bool near_silent = !found.flaws.empty() && found.flaws.front().code == "near-silent";
  if (!near_silent && !audio::is_silent(found) && is_too_spiky(fd, found)) found.flaws.push_back({"too-spiky", 0, 0});
  if (between) between();
  wire::Measured measured;
  measured.sha256 = too_large(before) ? "" : hash_of(fd, before.size);
  measured.frames = found.frames;
  measured.sample_rate = found.sample_rate;
  measured.channels = found.channels;
  measured.codec = found.codec;
  measured.loudness = found.loudness;
  measured.true_peak = found.true_peak;
  if (found.sample_rate > 0) measured.length = audio::master_length(found.frames, found.sample_rate);
  if (found.refusal) refuse(measured, found.refusal.code, found.refusal.detail);
  if (!measured.refused) {
    measured.problem = found.warning.code;
    measured.detail = found.warning.detail;
  }
  measured.places = places_text(found.places);
  for (const auto& flaw : found.flaws) measured.flaws.push_back({flaw.code, flaw.from, flaw.until});
  if (!measured.refused && measured.problem.empty() && !found.flaws.empty())
    measured.problem = found.flaws.front().code;
  if (!measured.refused && audio::is_silent(found)) {
    measured.problem = "silent";
    measured.detail = "nothing above -60 dB";
  }
  if (!(state_of(fd) == before)) refuse(measured, "changed-while-reading", "written to while it was read");
  return measured;
}

std::optional<wire::Mastered> master_recording(const MasterTask& task, std::string& error) {
  const auto part = task.out + ".part";
  wire::Mastered mastered;
  error = write_master(task, part, mastered);
  if (!error.empty() || !mastered.problem.empty()) ::unlink(part.c_str());
  if (!error.empty()) return std::nullopt;
  return mastered;
}

}  // namespace loa::media
