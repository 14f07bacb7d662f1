#include "daemon/media/damage.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace loa::media {
namespace {

constexpr double kMostLost = 0.10;  // of the whole recording
constexpr double kOnePlace = 1.0;   // s
constexpr std::size_t kMostKept = 20'000;

}  // namespace

void Damage::at(double place, double lost) {
  lost_ += lost;
  if (!places_.empty() && place >= places_.back() && place < places_.back() + kOnePlace / 2) return;
  if (places_.size() < kMostKept) places_.push_back(place);
}

void Damage::missing(double seconds) {
  missing_ += seconds;
}

std::vector<double> Damage::told_places() const {
  auto sorted = places_;
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> told;
  double last = -10;
  for (const double place : sorted) {
    if (place >= last + kOnePlace && told.size() < kMostPlaces) told.push_back(place);
    last = place;
  }
  return told;
}

audio::Verdict Damage::judge(double played) const {
  audio::Verdict verdict;
  if (!any()) return verdict;
  verdict.places = told_places();
  const std::string code = places_.empty() ? "truncated" : "damaged";
  const auto whole = played + missing_;
  const audio::Refusal told{code, fmt::format("{} places, {:.2f} s lost, {:.2f} s missing at the end, of {:.2f} s",
                                              verdict.places.size(), lost_, missing_, whole)};
  (lost_ + missing_ > whole * kMostLost ? verdict.refusal : verdict.warning) = told;
  return verdict;
}

}  // namespace loa::media
