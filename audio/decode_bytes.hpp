// The bytes of an open recording, read at any place through one window. Knows no format.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace loa::audio {

/// A part of a file, or a file of which some bytes are to be read as others: a header that lies, mended.
struct FileView {
  struct Patch {
    std::int64_t at = 0;  // in the view
    std::string bytes;
  };
  int fd = -1;
  std::int64_t from = 0;
  std::int64_t until = -1;  // -1: the file's end
  std::vector<Patch> patches;
};

/// Borrows the descriptor and never moves its file position (pread). One thread.
class FileBytes {
 public:
  explicit FileBytes(int fd);
  explicit FileBytes(FileView view);

  /// As it was when opened.
  std::int64_t size() const { return size_; }
  /// A read failed (the disk, not the end of the file).
  bool failed() const { return failed_; }

  /// Copies what lies from `at` on; returns how many bytes there were.
  std::size_t copy(std::int64_t at, std::span<std::uint8_t> out);
  /// 0 beyond the end.
  std::uint8_t byte(std::int64_t at);
  std::uint64_t little(std::int64_t at, int width);
  std::uint64_t big(std::int64_t at, int width);
  bool has(std::int64_t at, std::string_view text);
  /// The first place of `text` (not empty) at or after `at`.
  std::optional<std::int64_t> find(std::int64_t at, std::string_view text);

 private:
  bool show(std::int64_t at);
  void mend();

  static constexpr std::size_t kWindow = 64 * 1024;
  FileView view_;
  std::int64_t size_ = 0;
  bool failed_ = false;
  std::int64_t window_at_ = 0;
  std::size_t window_size_ = 0;
  std::array<std::uint8_t, kWindow> window_;
};

}  // namespace loa::audio
