// Opening a recording beside whoever wants it: on a network drive that hangs even open(2), fstat(2) and close(2) may
// never come back.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "daemon/station/host/process_fd.hpp"

namespace loa::station {

/// One recording being opened in a thread of its own. Destroyed, it leaves that thread to itself.
class Opening {
 public:
  struct Opened {
    Descriptor file;         // empty: it could not be opened
    std::uint64_t size = 0;  // bytes
  };
  /// `open` must own what it touches.
  explicit Opening(std::function<Descriptor()> open);
  Opening(const Opening&) = delete;
  Opening& operator=(const Opening&) = delete;
  ~Opening();

  /// Readable once take() gives something.
  int wait_fd() const;
  /// Once; nothing while it is still being opened. Never blocks. To be closed by close_aside().
  std::optional<Opened> take();
  /// True once its thread has done with the disk; may outlive this.
  std::shared_ptr<const std::atomic<bool>> ended() const;

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

/// Closes it in a thread of its own.
void close_aside(Descriptor file);

}  // namespace loa::station
