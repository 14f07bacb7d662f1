// Weights of the downmix, as ITU-R BS.775 mixes it, scaled so that it cannot clip; the LFE is left out.
#include "audio/master_mix.hpp"

#include <algorithm>
#include <numeric>

namespace loa::audio {
namespace {

using MixWeights = std::vector<float>;
constexpr float kCentre = 0.7071F;

MixWeights scaled(MixWeights weights) {
  const float sum = std::accumulate(weights.begin(), weights.end(), 0.0F);
  for (auto& weight : weights) weight /= sum;
  return weights;
}

MixWeights only(std::size_t channel, std::size_t from) {
  MixWeights weights(from, 0.0F);
  weights[channel] = 1;
  return weights;
}

std::array<MixWeights, 2> stereo(std::size_t from) {
  if (from <= 2) return {only(0, from), only(from - 1, from)};
  constexpr float c = kCentre;
  switch (from) {
    case 3:  // L R C
      return {scaled({1, 0, c}), scaled({0, 1, c})};
    case 4:  // L R Ls Rs
      return {scaled({1, 0, c, 0}), scaled({0, 1, 0, c})};
    case 5:  // L R C Ls Rs
      return {scaled({1, 0, c, c, 0}), scaled({0, 1, c, 0, c})};
    case 6:  // L R C LFE Ls Rs
      return {scaled({1, 0, c, 0, c, 0}), scaled({0, 1, c, 0, 0, c})};
    case 7:  // L R C LFE Cs Ls Rs
      return {scaled({1, 0, c, 0, c * c, c, 0}), scaled({0, 1, c, 0, c * c, 0, c})};
    default:  // L R C LFE Lb Rb Ls Rs
      return {scaled({1, 0, c, 0, c, 0, c, 0}), scaled({0, 1, c, 0, 0, c, 0, c})};
  }
}

}  // namespace

Mixer::Mixer(int from, int to, Mix mix) : from_(static_cast<std::size_t>(from)), to_(static_cast<std::size_t>(to)) {
  weights_ = stereo(from_);
  if (mix == Mix::left) weights_[1] = weights_[0];
  if (mix == Mix::right) weights_[0] = weights_[1];
  if (to_ == 1) {
    std::transform(weights_[0].begin(), weights_[0].end(), weights_[1].begin(), weights_[0].begin(),
                   [](float left, float right) { return (left + right) / 2; });
  }
}

std::span<const float> Mixer::mix(std::span<const float> samples) {
  out_.clear();
  for (std::size_t at = 0; at + from_ <= samples.size(); at += from_) {
    for (std::size_t channel = 0; channel < to_; ++channel) {
      const auto frame = samples.subspan(at, from_);
      out_.push_back(std::inner_product(frame.begin(), frame.end(), weights_[channel].begin(), 0.0F));
    }
  }
  return out_;
}

}  // namespace loa::audio
