// The delay may wander by a frame a piece: sound cards' clocks differ, never by that much.
#include "audio/heard_match.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace loa::audio {
namespace {

constexpr float kLively = 4;          // dB², mean square of a frame's moves from which on it can be recognised
constexpr float kStill = 0.3F;        // dB², added to either side: what hardly moves fits nothing
constexpr double kLeastLively = 1.5;  // s that can be recognised
constexpr double kPieceLong = 4;      // s
constexpr std::size_t kAround = 1;    // pieces before and after that are judged with one

float energy_of(const HeardFrame& frame) {
  float sum = 0;
  for (const float move : frame.moves) sum += move * move;
  return sum / kHeardBands;
}

float product_of(const HeardFrame& a, const HeardFrame& b) {
  float sum = 0;
  for (std::size_t band = 0; band < kHeardBands; ++band) sum += a.moves[band] * b.moves[band];
  return sum / kHeardBands;
}

/// How well another recording by the same voice fits at the best of all delays grows as there is less to compare. Above
/// the worst of thousands of simulated rooms (tests/bench/heard_bench).
double heard_enough(double seconds) {
  return 0.11 + 0.37 / std::sqrt(std::max(seconds, 0.5));
}

}  // namespace

void HeardMatch::add(std::span<const HeardFrame> played, std::span<const HeardFrame> heard) {
  if (played.empty() || heard.size() + 1 < played.size() + kLags || pieces_.size() >= kMostPieces) return;
  Piece piece;
  const auto count = static_cast<float>(played.size());
  float own = kStill * count, other = 0, power = 0;
  std::size_t lively = 0;
  for (const auto& frame : played) {
    const float energy = energy_of(frame);
    own += energy;
    lively += energy >= kLively ? 1U : 0U;
  }
  piece.weight = static_cast<float>(lively) / kPiece;
  for (std::size_t i = 0; i < played.size(); ++i) {
    other += energy_of(heard[i]);
    power += heard[i].power;
  }
  piece.fit.reserve(kLags);
  for (std::size_t lag = 0; lag < kLags; ++lag) {
    float sum = 0;
    for (std::size_t i = 0; i < played.size(); ++i) sum += product_of(played[i], heard[lag + i]);
    piece.fit.push_back(sum / std::sqrt(own * (std::max(other, 0.0F) + kStill * count)));
    if (lag % kPowerStep == 0) piece.power.push_back(std::max(power, 0.0F) / count);
    if (lag + 1 == kLags) break;
    other += energy_of(heard[lag + played.size()]) - energy_of(heard[lag]);
    power += heard[lag + played.size()].power - heard[lag].power;
  }
  pieces_.push_back(std::move(piece));
}

double HeardMatch::lively() const {
  double seconds = 0;
  for (const auto& piece : pieces_) seconds += kPieceLong * double(piece.weight);
  return seconds;
}

/// The lag of each piece, `from` to `until` (exclusive), neighbours at most one apart, of the greatest sum.
std::vector<std::size_t> HeardMatch::best_path(std::size_t from, std::size_t until) const {
  const std::size_t width = until - from;
  std::vector<double> best(width), next(width);
  std::vector<std::int8_t> came(width * pieces_.size());
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    for (std::size_t at = 0; at < width; ++at) {
      std::size_t before = at;
      if (at > 0 && best[at - 1] > best[before]) before = at - 1;
      if (at + 1 < width && best[at + 1] > best[before]) before = at + 1;
      next[at] = best[before] + double(pieces_[i].weight) * double(pieces_[i].fit[from + at]);
      came[i * width + at] = static_cast<std::int8_t>(static_cast<int>(before) - static_cast<int>(at));
    }
    best.swap(next);
  }
  std::vector<std::size_t> path(pieces_.size());
  auto at = static_cast<std::size_t>(std::max_element(best.begin(), best.end()) - best.begin());
  for (std::size_t i = pieces_.size(); i-- > 0;) {
    path[i] = from + at;
    at = static_cast<std::size_t>(static_cast<int>(at) + came[i * width + at]);
  }
  return path;
}

double HeardMatch::share(const std::vector<std::size_t>& path) const {
  double all = 0, heard = 0;
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    double weight = 0, fit = 0;
    for (std::size_t k = i - std::min(i, kAround); k <= i + kAround && k < pieces_.size(); ++k) {
      weight += double(pieces_[k].weight);
      fit += double(pieces_[k].weight) * double(pieces_[k].fit[path[k]]);
    }
    all += double(pieces_[i].weight);
    // Less than is asked of a whole item: the delay is known by now.
    if (fit >= weight * heard_enough(weight * kPieceLong) / 2) heard += double(pieces_[i].weight);
  }
  return all > 0 ? heard / all : 0;
}

std::optional<Heard> HeardMatch::result(std::optional<HeardDelays> within) const {
  const double seconds = lively();
  if (seconds < kLeastLively) return std::nullopt;
  std::size_t from = 0, until = kLags;
  if (within) {
    const auto lag_of = [](Frames delay) {
      const auto lag = static_cast<std::int64_t>(kEarlier) + delay / kHeardHop;
      return static_cast<std::size_t>(std::clamp<std::int64_t>(lag, 0, kLags - 1));
    };
    from = lag_of(within->from);
    until = std::max(lag_of(within->until), from) + 1;
  }
  const auto path = best_path(from, until);
  double fit = 0, weight = 0, power = 0, delay = 0;
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    const auto& piece = pieces_[i];
    fit += double(piece.weight) * double(piece.fit[path[i]]);
    weight += double(piece.weight);
    power += double(piece.weight) * double(piece.power[path[i] / kPowerStep]);
    delay += double(piece.weight) * double(path[i]);
  }
  Heard heard;
  const double mean = std::max(fit / weight, 0.0);
  heard.score = mean / (mean + heard_enough(seconds));
  heard.found = heard.score >= kHeardEnough;
  heard.level = 10 * std::log10(power / weight + 1e-12);
  if (!heard.found) return heard;
  heard.share = share(path);
  heard.delay = Frames(std::llround((delay / weight - double(kEarlier)) * double(kHeardHop.count())));
  return heard;
}

}  // namespace loa::audio
