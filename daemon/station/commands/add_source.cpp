#include "daemon/station/commands/add_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include "config/folder_listing.hpp"
#include "daemon/station/host/output.hpp"
#include "daemon/station/library/library.hpp"

namespace loa::station {

using config::msg;
using config::Text;
using namespace std::chrono_literals;

namespace {

constexpr auto kStill = 2s;  // nothing of it changed for so long: it is whole
constexpr auto kGrowthPatience = 10min;
constexpr auto kLook = 200ms;

Text fault_words(const std::string& path, int code) {
  if (code == ENOENT) return msg("there is no file {0}", path);
  return msg("{0} cannot be read: {1}", path, std::generic_category().message(code));
}

/// Empty when it is an ordinary file by its name and its kind.
Text wrong_kind(const std::string& path, int file) {
  struct stat facts {};
  if (::fstat(file, &facts) != 0) return fault_words(path, errno);
  if (S_ISDIR(facts.st_mode)) return msg("{0} is a folder; name one recording", path);
  if (!S_ISREG(facts.st_mode)) return msg("{0} is no ordinary file", path);
  if (const auto ending = config::unfinished_ending(path); !ending.empty()) {
    return msg("{0} is still being downloaded or copied: its name ends in {1}", path, ending);
  }
  return {};
}

/// Since the last write; a date ahead (a stick written in another zone) may be of just now.
bool may_be_growing(const FileIdentity& identity) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return now - std::chrono::nanoseconds(identity.mtime_ns) < kStill;
}

/// False when it never became still.
bool wait_until_whole(int file, const std::string& path, config::Language language) {
  auto known = identity_of(file);
  if (!may_be_growing(known)) return true;
  const auto begun = std::chrono::steady_clock::now();
  auto still_since = begun;
  bool said = false;
  while (std::chrono::steady_clock::now() - still_since < kStill) {
    if (std::chrono::steady_clock::now() - begun > kGrowthPatience) return false;
    std::this_thread::sleep_for(kLook);
    const auto now = identity_of(file);
    if (now == known) continue;
    known = now;
    still_since = std::chrono::steady_clock::now();
    if (!std::exchange(said, true)) say(language, msg("{0} is still being written; waiting until it is whole", path));
  }
  return true;
}

}  // namespace

AddSource open_source(const std::string& path, config::Language language) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (!file) return {{}, fault_words(path, errno)};
  if (auto refusal = wrong_kind(path, file.get()); !refusal.empty()) return {{}, std::move(refusal)};
  if (!wait_until_whole(file.get(), path, language)) return {{}, msg("{0} does not stop growing", path)};
  if (identity_of(file.get()).size == 0) return {{}, msg("{0} is empty", path)};
  return {std::move(file), {}};
}

bool same_content(int one, int other) {
  if (identity_of(one).size != identity_of(other).size) return false;
  std::array<char, 1 << 16> left{}, right{};
  for (off_t at = 0;;) {
    const auto size = ::pread(one, left.data(), left.size(), at);
    if (size < 0 || ::pread(other, right.data(), right.size(), at) != size) return false;
    if (size == 0) return true;
    if (std::memcmp(left.data(), right.data(), static_cast<std::size_t>(size)) != 0) return false;
    at += size;
  }
}

}  // namespace loa::station
