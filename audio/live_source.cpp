// Bytes of a pipe to frames, and which of them belongs to a frame of the device.
#include "audio/live_source.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <iterator>
#include <utility>

#include "audio/fade.hpp"

namespace loa::audio {

namespace {

constexpr float kLoudest = 100;  // what is louder, or no number, is no sound

bool hung_up(int fd) {
  pollfd look{fd, POLLIN, 0};
  return ::poll(&look, 1, 0) > 0 && (look.revents & POLLHUP) != 0;
}

}  // namespace

std::unique_ptr<LiveSource> LiveSource::open(const LivePipe& pipe, int channels) {
  const int fd = ::open(pipe.path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return nullptr;
  struct stat status {};
  if (::fstat(fd, &status) != 0 || !S_ISFIFO(status.st_mode)) {
    ::close(fd);
    return nullptr;
  }
  return std::unique_ptr<LiveSource>(new LiveSource(fd, pipe, channels));
}

LiveSource::LiveSource(int fd, const LivePipe& pipe, int channels)
    : fd_(fd),
      width_(static_cast<std::size_t>(channels)),
      limiter_(channels, pipe.peak),
      drift_(pipe.keeps_time ? std::make_unique<Drift>(channels) : nullptr) {}

LiveSource::~LiveSource() {
  ::close(fd_);
}

void LiveSource::poll() {
  while (!ended_ && (keeps_time() || end_ - furthest_ < kMostAhead.count()) && read_some()) {
  }
}

bool LiveSource::read_some() {
  std::array<char, 16384> bytes{};
  const auto got = ::read(fd_, bytes.data(), bytes.size());
  if (got > 0) take({bytes.data(), static_cast<std::size_t>(got)});
  // Nobody has opened its other end yet, or nobody will any more.
  if (got == 0 && hung_up(fd_)) end();
  if (got < 0 && errno != EAGAIN && errno != EINTR) end();
  return got > 0;
}

void LiveSource::take(std::span<const char> bytes) {
  torn_.insert(torn_.end(), bytes.begin(), bytes.end());
  const auto frame = width_ * sizeof(float);
  const auto whole = torn_.size() / frame * frame;
  std::vector<float> samples(whole / sizeof(float));
  std::memcpy(samples.data(), torn_.data(), whole);
  torn_.erase(torn_.begin(), torn_.begin() + static_cast<std::ptrdiff_t>(whole));
  for (auto& sample : samples) {
    if (!(std::abs(sample) <= kLoudest)) sample = 0;  // a comparison with what is no number is false
  }
  keep(limiter_.add(samples));
}

void LiveSource::keep(std::span<const float> samples) {
  const auto timed = drift_ ? drift_->add(samples) : samples;
  samples_.insert(samples_.end(), timed.begin(), timed.end());
  end_ += static_cast<std::int64_t>(timed.size() / width_);
  const auto old = furthest_ - kKept.count() - begin_;
  if (old < kKept.count()) return;  // seldom, because all the rest is moved
  samples_.erase(samples_.begin(), samples_.begin() + old * static_cast<std::int64_t>(width_));
  begin_ += old;
}

void LiveSource::end() {
  keep(limiter_.finish());
  ended_ = true;
}

Frames LiveSource::lacked_before(DeviceFrame first) const {
  Frames lacked = forgotten_;
  for (const auto& lack : lacks_) {
    if (lack.first < first) lacked += std::min(lack.count, first - lack.first);
  }
  return lacked;
}

std::int64_t LiveSource::index_of(DeviceFrame first, Frames source) const {
  return (source - base_.value_or(source) - lacked_before(first)).count();
}

Frames LiveSource::ready(DeviceFrame first, Frames source) const {
  if (ended_) return Frames::max();
  return Frames{std::max<std::int64_t>(0, end_ - index_of(first, source))};
}

Frames LiveSource::read(DeviceFrame first, Frames source, std::span<float> out) {
  if (!base_) base_ = source;
  const auto asked = static_cast<std::int64_t>(out.size() / width_);
  const auto index = index_of(first, source);
  const auto got = std::clamp<std::int64_t>(end_ - index, 0, asked);
  std::fill(out.begin(), out.end(), 0.0F);
  if (index >= begin_) {
    std::copy_n(samples_.begin() + (index - begin_) * static_cast<std::int64_t>(width_),
                got * static_cast<std::int64_t>(width_), out.begin());
  }
  furthest_ = std::max(furthest_, index + got);
  if (got < asked && !ended_) lack(first + Frames{got}, Frames{asked - got}, index + got);
  shape(first, out);
  return Frames{got};
}

/// `index`: the frame that should have come.
void LiveSource::lack(DeviceFrame first, Frames count, std::int64_t index) {
  if (!lacks_.empty() && lacks_.back().end() == first) {
    lacks_.back().count += count;
    return;
  }
  std::vector<float> last(width_);
  if (index > begin_ && index <= end_) {
    std::copy_n(samples_.begin() + (index - 1 - begin_) * static_cast<std::int64_t>(width_), width_, last.begin());
    shape(first - Frames{1}, last);
  }
  lacks_.push_back({first, count, std::move(last)});
  for (; lacks_.size() > 64; lacks_.pop_front()) forgotten_ += lacks_.front().count;
}

void LiveSource::shape(DeviceFrame first, std::span<float> out) const {
  const auto end = first + Frames{static_cast<std::int64_t>(out.size() / width_)};
  for (auto lack = lacks_.begin(); lack != lacks_.end(); ++lack) {
    const auto next = std::next(lack);
    const auto until = std::min(lack->end() + kEdge, next == lacks_.end() ? end : next->first);
    for (auto at = std::max(first, lack->first); at < std::min(end, until); at += Frames{1}) {
      const auto left = falling(at - lack->first, kEdge);
      const auto back = at < lack->end() ? 1.0F : rising(at - lack->end(), kEdge);
      const auto frame = out.subspan(static_cast<std::size_t>((at - first).count()) * width_, width_);
      for (std::size_t c = 0; c < width_; ++c) frame[c] = frame[c] * back + lack->last[c] * left;
    }
  }
}

void LiveSource::rewind(DeviceFrame to) {
  while (!lacks_.empty() && lacks_.back().first >= to) lacks_.pop_back();
  if (!lacks_.empty()) lacks_.back().count = std::min(lacks_.back().count, to - lacks_.back().first);
}

std::optional<Frames> LiveSource::length() const {
  if (!ended_) return std::nullopt;
  return base_.value_or(Frames{0}) + Frames{end_} + lacked_before(DeviceFrame::max());
}

void LiveSource::pace(Frames ahead) {
  if (drift_ && base_) drift_->pace(ahead + Frames{end_ - furthest_});
}

}  // namespace loa::audio
