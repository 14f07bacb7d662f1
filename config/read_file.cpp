// The careful reading behind read_file.hpp.
#include "config/read_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "config/yaml.hpp"

namespace loa::config {
namespace {

class Descriptor {
 public:
  // Without O_NONBLOCK a pipe that nobody writes to would block the program for ever.
  explicit Descriptor(const std::filesystem::path& path)
      : number_(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

void report_failure(const std::string& name, int error, Diagnostics& diagnostics) {
  if (error == ELOOP || error == ENOENT) {
    diagnostics.file_error("broken-link", name, msg("the file is a link that leads nowhere"))
        .would(msg("nothing of it can be played"))
        .mend(msg("delete the link, or put the file in its place"));
    return;
  }
  const bool right = error == EACCES || error == EPERM;
  diagnostics
      .file_error("unreadable-file", name,
                  right ? msg("the program has no right to read this file")
                        : msg("the file cannot be read: {0}", std::generic_category().message(error)))
      .would(msg("nothing of it can be played"))
      .mend(right ? msg("give it the right: chmod a+r “{0}”", name)
                  : msg("look whether the disk is whole and connected"));
}

void report_not_a_file(const std::string& name, bool folder, Diagnostics& diagnostics) {
  diagnostics
      .file_error("not-a-file", name,
                  folder ? msg("this is a folder, not a file") : msg("this is a pipe or a device, not a file"))
      .would(msg("nothing can be read from it or played"))
      .mend(msg("give it another name or delete it"));
}

// Up to one byte more than the limit, so that growing files are noticed.
std::optional<std::string> read_all(int descriptor, std::size_t size, std::size_t limit) {
  std::string bytes;
  bytes.resize(std::min(size, limit) + 1);
  std::size_t have = 0;
  while (true) {
    const auto count = ::read(descriptor, bytes.data() + have, bytes.size() - have);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::nullopt;
    have += static_cast<std::size_t>(count);
    if (count == 0 || have > limit) break;
    if (have == bytes.size()) bytes.resize(std::min(2 * bytes.size(), limit + 1));
  }
  bytes.resize(have);
  return bytes;
}

// Asked before opening, because opening a device can do something; asked again after, because names can be exchanged.
bool is_regular(const struct stat& facts, const std::string& name, Diagnostics& diagnostics) {
  if (S_ISREG(facts.st_mode)) return true;
  report_not_a_file(name, S_ISDIR(facts.st_mode), diagnostics);
  return false;
}

std::optional<std::string> read_open(int descriptor, std::size_t size, const std::string& name,
                                     Diagnostics& diagnostics) {
  const YamlLimits limits;
  if (size > limits.bytes) {
    report_too_big(diagnostics, name, size, limits);
    return std::nullopt;
  }
  auto bytes = read_all(descriptor, size, limits.bytes);
  if (!bytes) {
    report_failure(name, errno, diagnostics);
  } else if (bytes->size() > limits.bytes) {
    report_too_big(diagnostics, name, bytes->size(), limits);
    bytes.reset();
  }
  return bytes;
}

}  // namespace

std::optional<std::string> read_operator_file(const std::filesystem::path& path, const std::string& name,
                                              Diagnostics& diagnostics) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) {
    report_failure(name, errno, diagnostics);
    return std::nullopt;
  }
  if (!is_regular(facts, name, diagnostics)) return std::nullopt;
  const Descriptor file(path);
  if (file.number() < 0 || ::fstat(file.number(), &facts) != 0) {
    report_failure(name, errno, diagnostics);
    return std::nullopt;
  }
  if (!is_regular(facts, name, diagnostics)) return std::nullopt;
  return read_open(file.number(), static_cast<std::size_t>(facts.st_size), name, diagnostics);
}

}  // namespace loa::config
