// A mounted file system that stops to answer, as a network drive does whose server is gone: FUSE spoken by the test
// itself. Root alone can mount one.
#pragma once

#include <atomic>
#include <filesystem>
#include <thread>

namespace loa::test {

/// Empty, and answering, until hang(). Destroyed, it lets go of everybody that waits, and is gone.
class HungDrive {
 public:
  /// Mounts onto `folder`, which must exist. Check mounted(): not everywhere is it allowed.
  explicit HungDrive(std::filesystem::path folder);
  ~HungDrive();
  HungDrive(const HungDrive&) = delete;
  HungDrive& operator=(const HungDrive&) = delete;

  bool mounted() const { return fuse_ >= 0; }
  enum class Hang { not_at_all, killable, unkillable };
  /// From now on nothing is answered. Who asks waits until SIGKILL ends it (NFS), or not even that does (a bad disk).
  void hang(Hang how) { hangs_ = how; }
  /// Whether somebody waits.
  bool holds() const { return held_; }

 private:
  void serve();
  void answer(const void* request);

  std::filesystem::path folder_;
  int fuse_ = -1;
  std::atomic<Hang> hangs_ = Hang::not_at_all;
  std::atomic<bool> held_ = false, ends_ = false;
  std::thread server_;
};

}  // namespace loa::test
