// Taking back and taking at the same moment are settled as by Dekker: each side first says what it wants, then looks
// at what the other says, both sequentially consistent; so at least one of them sees the other.
#include "audio/sample_window.hpp"

#include <algorithm>
#include <cassert>

namespace loa::audio {

SampleWindow::SampleWindow(int channels, Frames capacity)
    : width_(static_cast<std::size_t>(channels)),
      capacity_(static_cast<std::size_t>(capacity.count())),
      samples_(capacity_ * width_),
      rights_(capacity_) {
  static_assert(std::atomic<DeviceFrame>::is_always_lock_free);
}

std::size_t SampleWindow::slot(DeviceFrame at) const {
  return static_cast<std::size_t>(at.time_since_epoch().count()) % capacity_;
}

Frames SampleWindow::take(std::span<float> out, std::span<std::uint8_t> rights) noexcept {
  const Frames asked{static_cast<std::int64_t>(out.size() / width_)};
  const auto from = read_.load(std::memory_order_relaxed);
  claimed_.store(from + asked, std::memory_order_seq_cst);
  const auto written = written_.load(std::memory_order_seq_cst);
  const auto got = std::clamp(written - from, Frames{0}, asked);
  const auto samples = static_cast<std::size_t>(got.count()) * width_;
  copy_out(samples_, slot(from) * width_, out.first(samples));
  const auto known = std::min(rights.size(), static_cast<std::size_t>(got.count()));
  copy_out(rights_, slot(from), rights.first(known));
  std::fill(rights.begin() + static_cast<std::ptrdiff_t>(known), rights.end(), std::uint8_t{0});
  std::fill(out.begin() + static_cast<std::ptrdiff_t>(samples), out.end(), 0.0F);
  read_.store(from + asked, std::memory_order_release);
  return got;
}

template <class T>
void SampleWindow::copy_out(const std::vector<T>& ring, std::size_t begin, std::span<T> out) const noexcept {
  const auto straight = std::min(out.size(), ring.size() - begin);
  std::copy_n(ring.data() + begin, straight, out.data());
  std::copy_n(ring.data(), out.size() - straight, out.data() + straight);
}

Frames SampleWindow::room() const {
  return taken() + Frames{static_cast<std::int64_t>(capacity_)} - written();
}

void SampleWindow::write(std::span<const float> samples, std::span<const std::uint8_t> rights) {
  const Frames frames{static_cast<std::int64_t>(samples.size() / width_)};
  assert(frames <= room());
  const auto begin = slot(written()) * width_;
  const auto straight = std::min(samples.size(), samples_.size() - begin);
  std::copy_n(samples.data(), straight, samples_.data() + begin);
  std::copy_n(samples.data() + straight, samples.size() - straight, samples_.data());
  for (std::size_t i = 0; i < samples.size() / width_; ++i) {
    rights_[slot(written() + Frames{static_cast<std::int64_t>(i)})] = i < rights.size() ? rights[i] : 0;
  }
  written_.store(written() + frames, std::memory_order_seq_cst);
}

void SampleWindow::catch_up() {
  // Not further than what is wholly taken: the device may be looking at written() for the frames after it just now.
  const auto now = taken();
  if (written() < now) written_.store(now, std::memory_order_seq_cst);
}

DeviceFrame SampleWindow::rewind(DeviceFrame to) {
  const auto before = written();
  const auto wanted = std::max(to, taken());
  if (wanted >= before) return before;
  written_.store(wanted, std::memory_order_seq_cst);
  const auto claimed = claimed_.load(std::memory_order_seq_cst);
  // The device may have looked just before: what it has claimed stays as it was.
  if (claimed > wanted) written_.store(std::min(claimed, before), std::memory_order_seq_cst);
  return written();
}

}  // namespace loa::audio
