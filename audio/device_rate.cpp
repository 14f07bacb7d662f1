// A device that takes frames too slowly falls behind the steady clock; the slope is its error.
#include "audio/device_rate.hpp"

#include <algorithm>

namespace loa::audio {
namespace {

using std::chrono::nanoseconds;

constexpr std::size_t kMostStampsInBlock = 256;

double nth(std::vector<double>& values, std::size_t n) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(n);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

}  // namespace

void DeviceRate::add(const Stamp& stamp) {
  const auto heard = stamp.asked.steady + stamp.asked.lead;
  const Point point{heard, heard - std::chrono::round<nanoseconds>(stamp.first.time_since_epoch())};
  if (!open_block_.empty() && std::chrono::abs(point.heard - open_block_.front().heard) >= kBlock) close_block();
  if (open_block_.size() < kMostStampsInBlock) open_block_.push_back(point);
}

void DeviceRate::close_block() {
  const auto quartile = open_block_.begin() + static_cast<std::ptrdiff_t>(open_block_.size() / 4);
  std::nth_element(open_block_.begin(), quartile, open_block_.end(),
                   [](const Point& a, const Point& b) { return a.behind < b.behind; });
  blocks_.push_back(*quartile);
  if (blocks_.size() > kBlocks) blocks_.pop_front();
  open_block_.clear();
  if (blocks_.size() >= kLeast) judge();
}

void DeviceRate::judge() {
  std::vector<double> errors;
  for (std::size_t i = kLag; i < blocks_.size(); ++i) {
    const auto passed = static_cast<double>((blocks_[i].heard - blocks_[i - kLag].heard).count());
    const auto lost = static_cast<double>((blocks_[i].behind - blocks_[i - kLag].behind).count());
    if (passed > 0) errors.push_back(-lost / passed);
  }
  if (errors.empty()) return;
  const auto quarter = errors.size() / 4;
  const auto least = nth(errors, quarter), most = nth(errors, errors.size() - 1 - quarter);
  error_ = least > 0 ? least : std::min(most, 0.0);
}

}  // namespace loa::audio
