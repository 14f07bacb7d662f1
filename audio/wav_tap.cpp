// Two buffers that change places under a mutex.
#include "audio/wav_tap.hpp"

#include <algorithm>
#include <utility>

namespace loa::audio {

std::unique_ptr<WavTap> WavTap::open(const std::string& path, int channels, Wall begins, std::string& error,
                                     Frames most_pending) {
  auto writer = WavWriter::create(path, {.channels = channels, .begins = begins}, error);
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
