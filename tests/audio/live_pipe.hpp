// A named pipe in a folder of its own, and who writes into it.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

namespace loa::audio::test {

class LivePipeWriter {
 public:
  LivePipeWriter() {
    ::signal(SIGPIPE, SIG_IGN);  // a reader that has gone is an error of write()
    std::string name = std::filesystem::temp_directory_path() / "loa-live-XXXXXX";
    folder_ = ::mkdtemp(name.data());
    ::mkfifo(path().c_str(), 0600);
  }
  ~LivePipeWriter() {
    end();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  LivePipeWriter(const LivePipeWriter&) = delete;
  LivePipeWriter& operator=(const LivePipeWriter&) = delete;

  std::string path() const { return folder_ / "sound"; }
  /// Whole frames of one channel; what has no room is left. False when nobody reads yet. Returns how many were written.
  std::size_t write(const std::vector<float>& frames, std::size_t from = 0) {
    if (fd_ < 0) fd_ = ::open(path().c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd_ < 0) return 0;
    ::fcntl(fd_, F_SETPIPE_SZ, 1 << 20);
    const auto wrote = ::write(fd_, frames.data() + from, (frames.size() - from) * sizeof(float));
    return wrote < 0 ? 0 : static_cast<std::size_t>(wrote) / sizeof(float);
  }
  void end() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  std::filesystem::path folder_;
  int fd_ = -1;
};

}  // namespace loa::audio::test
