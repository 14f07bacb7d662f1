// One read-ahead window over pread.
#include "audio/decode_bytes.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace loa::audio {

FileBytes::FileBytes(int fd) : FileBytes(FileView{fd, 0, -1, {}}) {}

FileBytes::FileBytes(FileView view) : view_(std::move(view)) {
  struct stat status {};
  failed_ = ::fstat(view_.fd, &status) != 0;
  if (failed_) return;
  const std::int64_t end = view_.until < 0 ? status.st_size : std::min<std::int64_t>(view_.until, status.st_size);
  size_ = std::max<std::int64_t>(0, end - view_.from);
}

/// Puts into the window what is to be read instead.
void FileBytes::mend() {
  for (const auto& patch : view_.patches) {
    for (std::size_t i = 0; i < patch.bytes.size(); ++i) {
      const auto place = patch.at + static_cast<std::int64_t>(i) - window_at_;
      if (place < 0 || place >= static_cast<std::int64_t>(window_size_)) continue;
      window_[static_cast<std::size_t>(place)] = static_cast<std::uint8_t>(patch.bytes[i]);
    }
  }
}

/// Moves the window so that it holds the byte at `at`; false beyond the end.
bool FileBytes::show(std::int64_t at) {
  if (at < 0 || at >= size_ || failed_) return false;
  if (at >= window_at_ && at < window_at_ + static_cast<std::int64_t>(window_size_)) return true;
  // A step back is usually followed by reading forward again: a quarter of the window stays behind it.
  const std::int64_t start =
      at < window_at_ ? std::max<std::int64_t>(0, at - static_cast<std::int64_t>(kWindow / 4)) : at;
  const auto most = static_cast<std::size_t>(std::min<std::int64_t>(kWindow, size_ - start));
  ssize_t count = 0;
  do {
    count = ::pread(view_.fd, window_.data(), most, view_.from + start);
  } while (count < 0 && errno == EINTR);
  failed_ = count < 0;
  window_at_ = start;
  window_size_ = failed_ ? 0 : static_cast<std::size_t>(count);
  mend();
  return at < window_at_ + static_cast<std::int64_t>(window_size_);
}

std::size_t FileBytes::copy(std::int64_t at, std::span<std::uint8_t> out) {
  std::size_t done = 0;
  while (done < out.size() && show(at + static_cast<std::int64_t>(done))) {
    const auto from = static_cast<std::size_t>(at + static_cast<std::int64_t>(done) - window_at_);
    const auto count = std::min(out.size() - done, window_size_ - from);
    std::memcpy(out.data() + done, window_.data() + from, count);
    done += count;
  }
  return done;
}

std::uint8_t FileBytes::byte(std::int64_t at) {
  return show(at) ? window_[static_cast<std::size_t>(at - window_at_)] : std::uint8_t{0};
}

std::uint64_t FileBytes::little(std::int64_t at, int width) {
  std::uint64_t value = 0;
  for (int i = width - 1; i >= 0; --i) value = (value << 8) | byte(at + i);
  return value;
}

std::uint64_t FileBytes::big(std::int64_t at, int width) {
  std::uint64_t value = 0;
  for (int i = 0; i < width; ++i) value = (value << 8) | byte(at + i);
  return value;
}

bool FileBytes::has(std::int64_t at, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (at + static_cast<std::int64_t>(i) >= size_) return false;
    if (byte(at + static_cast<std::int64_t>(i)) != static_cast<std::uint8_t>(text[i])) return false;
  }
  return true;
}

std::optional<std::int64_t> FileBytes::find(std::int64_t at, std::string_view text) {
  for (; at < size_ && !failed_; ++at) {
    if (byte(at) == static_cast<std::uint8_t>(text.front()) && has(at, text)) return at;
  }
  return std::nullopt;
}

}  // namespace loa::audio
