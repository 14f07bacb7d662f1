#include "tests/support/hung_drive.hpp"

#include <fcntl.h>
#include <linux/fuse.h>
#include <poll.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <string>
#include <utility>

namespace loa::test {

namespace {

void send(int fuse, std::uint64_t unique, int error, const void* body, std::size_t size) {
  fuse_out_header header{};
  header.unique = unique;
  header.error = error;
  header.len = static_cast<std::uint32_t>(sizeof header + size);
  const std::array<iovec, 2> parts{iovec{&header, sizeof header}, iovec{const_cast<void*>(body), size}};
  [[maybe_unused]] const auto sent = ::writev(fuse, parts.data(), size > 0 ? 2 : 1);
}

fuse_attr root_attributes() {
  fuse_attr attributes{};
  attributes.ino = 1;
  attributes.mode = S_IFDIR | 0755;
  attributes.nlink = 2;
  return attributes;
}

}  // namespace

HungDrive::HungDrive(std::filesystem::path folder) : folder_(std::move(folder)) {
  fuse_ = ::open("/dev/fuse", O_RDWR | O_CLOEXEC);
  if (fuse_ < 0) return;
  const auto options = "fd=" + std::to_string(fuse_) + ",rootmode=40000,user_id=0,group_id=0,allow_other";
  if (::mount("loa-test", folder_.c_str(), "fuse", MS_NOSUID | MS_NODEV, options.c_str()) != 0) {
    ::close(std::exchange(fuse_, -1));
    return;
  }
  server_ = std::thread([this] { serve(); });
}

HungDrive::~HungDrive() {
  if (fuse_ < 0) return;
  ends_ = true;
  server_.join();
  ::close(fuse_);  // whoever waits gets ENOTCONN
  ::umount2(folder_.c_str(), MNT_DETACH);
}

void HungDrive::serve() {
  alignas(8) std::array<char, FUSE_MIN_READ_BUFFER + 65536> request{};
  while (!ends_) {
    pollfd look{fuse_, POLLIN, 0};
    if (::poll(&look, 1, 20) <= 0) continue;
    held_ = hangs_ != Hang::not_at_all;
    if (hangs_ == Hang::killable) {  // what is not even read can be taken back
      ::poll(nullptr, 0, 20);
      continue;
    }
    if (::read(fuse_, request.data(), request.size()) < static_cast<ssize_t>(sizeof(fuse_in_header))) continue;
    answer(request.data());
  }
}

void HungDrive::answer(const void* request) {
  fuse_in_header header{};
  std::memcpy(&header, request, sizeof header);
  if (header.opcode == FUSE_INIT) {
    fuse_init_out init{};
    init.major = FUSE_KERNEL_VERSION;
    init.minor = FUSE_KERNEL_MINOR_VERSION;
    init.max_write = 65536;
    return send(fuse_, header.unique, 0, &init, sizeof init);
  }
  if (header.opcode == FUSE_FORGET || header.opcode == FUSE_BATCH_FORGET || header.opcode == FUSE_INTERRUPT) return;
  if (hangs_ == Hang::unkillable) return;
  if (header.opcode == FUSE_GETATTR) {
    fuse_attr_out out{};
    out.attr = root_attributes();
    return send(fuse_, header.unique, 0, &out, sizeof out);
  }
  if (header.opcode == FUSE_OPENDIR) {
    const fuse_open_out out{};
    return send(fuse_, header.unique, 0, &out, sizeof out);
  }
  const bool listing = header.opcode == FUSE_READDIR || header.opcode == FUSE_RELEASEDIR;
  send(fuse_, header.unique, listing ? 0 : header.opcode == FUSE_LOOKUP ? -ENOENT : -ENOSYS, nullptr, 0);
}

}  // namespace loa::test
