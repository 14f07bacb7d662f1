// Two buffers that change places under a mutex.
#include "audio/wav_tap.hpp"

#include <algorithm>
#include <utility>

namespace loa::audio {

namespace {

constexpr std::chrono::hours kLongestGap{1};

/// Silence up to the frame that belongs to `now`.
void fill_gap(WavWriter& writer, Wall now) {
  const auto passed = std::chrono::round<Frames>(now - *writer.format().begins);
  auto gap = std::clamp<Frames>(passed - Frames(writer.frames()), Frames{0}, kLongestGap);
  const std::vector<float> second(samples_of(std::chrono::seconds{1}, writer.format().channels), 0.0F);
  for (; gap > Frames{0}; gap -= std::chrono::seconds{1}) {
    const auto part = std::min<Frames>(gap, std::chrono::seconds{1});
    writer.append(std::span(second).first(samples_of(part, writer.format().channels)));
  }
}

}  // namespace

std::unique_ptr<WavTap> WavTap::open(const std::string& path, int channels, Wall begins, std::string& error,
                                     bool resume, Frames most_pending) {
  const WavFormat format{.channels = channels, .begins = begins};
  auto writer = resume ? WavWriter::resume(path, format, error) : WavWriter::create(path, format, error);
  if (writer && resume) fill_gap(*writer, begins);
  return writer ? std::unique_ptr<WavTap>(new WavTap(std::move(writer), channels, most_pending)) : nullptr;
}

WavTap::WavTap(std::unique_ptr<WavWriter> writer, int channels, Frames most_pending)
    : writer_(std::move(writer)),
      at_once_(samples_of(kAtOnce, channels)),
      most_pending_(samples_of(most_pending, channels)),
      thread_([this] { run(); }) {}

WavTap::~WavTap() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void WavTap::keep(std::span<const float> samples) {
  bool enough = false;
  {
    const std::lock_guard lock(mutex_);
    if (dropped_ > 0 || pending_.size() + samples.size() > most_pending_) {
      dropped_ += samples.size();
    } else {
      pending_.insert(pending_.end(), samples.begin(), samples.end());
    }
    enough = pending_.size() >= at_once_;
  }
  if (enough) wake_.notify_one();
}

void WavTap::run() {
  std::vector<float> writing;
  for (bool last = false; !last;) {
    std::size_t dropped = 0;
    writing.clear();
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return closing_ || pending_.size() >= at_once_; });
      std::swap(writing, pending_);
      dropped = std::exchange(dropped_, 0);
      last = closing_;
    }
    writer_->append(writing);
    write_silence(dropped);
  }
  writer_->close();
}

void WavTap::write_silence(std::size_t samples) {
  const std::vector<float> zeros(std::min(samples, at_once_), 0.0F);
  while (samples > 0) {
    const auto part = std::min(samples, zeros.size());
    writer_->append(std::span(zeros).first(part));
    samples -= part;
  }
}

}  // namespace loa::audio
