#include "daemon/station/library/masters_opening.hpp"

#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <mutex>
#include <utility>

#include "daemon/station/host/aside.hpp"

namespace loa::station {

struct Opening::Shared {
  std::mutex mutex;
  std::optional<Opened> opened;
  bool wanted = true;  // false: nobody waits for it any more
  std::shared_ptr<std::atomic<bool>> ended = std::make_shared<std::atomic<bool>>(false);
  Descriptor bell{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
};

namespace {

std::uint64_t size_of(int fd) {
  struct stat status {};
  return ::fstat(fd, &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

}  // namespace

Opening::Opening(std::function<Descriptor()> open) : shared_(std::make_shared<Shared>()) {
  run_aside([shared = shared_, open = std::move(open)] {
    Opened opened;
    opened.file = open();
    if (opened.file) opened.size = size_of(opened.file.get());
    *shared->ended = true;
    const std::lock_guard lock(shared->mutex);
    if (!shared->wanted) return;  // closed here
    shared->opened = std::move(opened);
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto rung = ::write(shared->bell.get(), &one, sizeof one);
  });
}

Opening::~Opening() {
  {
    const std::lock_guard lock(shared_->mutex);
    shared_->wanted = false;
  }
  if (auto opened = take()) close_aside(std::move(opened->file));
}

int Opening::wait_fd() const {
  return shared_->bell.get();
}

std::optional<Opening::Opened> Opening::take() {
  const std::lock_guard lock(shared_->mutex);
  return std::exchange(shared_->opened, std::nullopt);
}

std::shared_ptr<const std::atomic<bool>> Opening::ended() const {
  return shared_->ended;
}

void close_aside(Descriptor file) {
  if (!file) return;
  const auto shared = std::make_shared<Descriptor>(std::move(file));  // a std::function is copyable
  run_aside([shared] { shared->close(); });
}

}  // namespace loa::station
