// Offsets (wall time less the time by frames) are steady within a few parts per million: everything here is about them.
#include "audio/clock_map.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace loa::audio {
namespace {

using std::chrono::nanoseconds;

constexpr std::size_t kMostInBlock = 256;
constexpr std::size_t kLeastForSlope = 16;  // blocks: 4 s
constexpr std::size_t kLeastForStep = 3;    // stamps
constexpr int kFastestSlew = 10;            // one part in so many: chrony takes an offset away at up to 8.3 %

nanoseconds by_frames(Frames frames) {
  return std::chrono::round<nanoseconds>(frames);
}

nanoseconds drift(double ppm, Frames over) {
  return nanoseconds{std::llround(ppm * 1e-6 * static_cast<double>(by_frames(over).count()))};
}

nanoseconds middle(std::vector<nanoseconds> offsets) {
  const auto half = offsets.begin() + static_cast<std::ptrdiff_t>(offsets.size() / 2);
  std::nth_element(offsets.begin(), half, offsets.end());
  return *half;
}

}  // namespace

void ClockMap::add(const Stamp& stamp) {
  const auto heard = stamp.asked.wall.time_since_epoch() + stamp.asked.lead + latency_;
  const Point point{stamp.first, heard - by_frames(stamp.first.time_since_epoch())};
  if (stepped(point)) {
    ++steps_;
    blocks_.clear();
    open_block_ = std::exchange(strange_, {});
    ppm_ = 0;
    fit();
    return;
  }
  if (!strange_.empty()) return;  // late, or the first of a step: either way not of this line
  if (!open_block_.empty() && point.frame - open_block_.front().frame >= kBlock) close_block();
  if (open_block_.size() < kMostInBlock) open_block_.push_back(point);
  if (blocks_.empty()) fit();
}

bool ClockMap::stepped(const Point& point) {
  const bool explained =
      (blocks_.empty() && open_block_.empty()) || std::chrono::abs(point.offset - predicted(point.frame)) <= kStep;
  if (explained) {
    strange_.clear();
    return false;
  }
  // Strange ones that agree with each other are a step; late ones are late by different times.
  std::erase_if(strange_, [&](const Point& other) {
    const auto slewed = by_frames(point.frame - other.frame) / kFastestSlew;
    return std::chrono::abs(other.offset - point.offset) > kStep + slewed;
  });
  strange_.push_back(point);
  return strange_.size() >= kLeastForStep && point.frame - strange_.front().frame >= kSustained;
}

ClockMap::Point ClockMap::nth_of(std::vector<Point> points, std::size_t n) {
  const auto nth = points.begin() + static_cast<std::ptrdiff_t>(n);
  std::nth_element(points.begin(), nth, points.end(),
                   [](const Point& a, const Point& b) { return a.offset < b.offset; });
  return *nth;
}

void ClockMap::close_block() {
  blocks_.push_back(nth_of(open_block_, open_block_.size() / 4));
  if (blocks_.size() > kBlocks) blocks_.pop_front();
  open_block_.clear();
  fit();
}

double ClockMap::slope_of(const std::deque<Point>& blocks) {
  if (blocks.size() < kLeastForSlope) return 0;
  const auto third = blocks.size() / 3;
  const auto length = static_cast<std::ptrdiff_t>(third);
  const auto early = nth_of({blocks.begin(), blocks.begin() + length}, third / 2);
  const auto late = nth_of({blocks.end() - length, blocks.end()}, third / 2);
  const auto over = static_cast<double>(by_frames(late.frame - early.frame).count());
  const auto slope = static_cast<double>((late.offset - early.offset).count()) / over * 1e6;
  return std::clamp(slope, -kMostPpm, kMostPpm);
}

void ClockMap::fit() {
  ppm_ = slope_of(blocks_);
  std::vector<Point> points(blocks_.begin(), blocks_.end());
  if (points.empty()) points = open_block_;
  const auto at = points.back().frame;
  std::vector<nanoseconds> offsets;
  for (const auto& point : points) offsets.push_back(point.offset + drift(ppm_, at - point.frame));
  fitted_ = {at, middle(std::move(offsets))};
}

nanoseconds ClockMap::predicted(DeviceFrame at) const {
  return fitted_.offset + drift(ppm_, at - fitted_.frame);
}

std::optional<FrameMap> ClockMap::map() const {
  if (blocks_.empty() && open_block_.empty()) return std::nullopt;
  return FrameMap{fitted_.frame, Wall{by_frames(fitted_.frame.time_since_epoch()) + fitted_.offset}, ppm_};
}

}  // namespace loa::audio
