#include "daemon/media/chain_sound.hpp"

#include "audio/decode_inspect.hpp"

namespace loa::media {
namespace {

std::vector<audio::FileView> between(int fd, const std::vector<std::int64_t>& starts) {
  std::vector<audio::FileView> views;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    views.push_back({fd, starts[i], i + 1 < starts.size() ? starts[i + 1] : -1, {}});
  }
  return views;
}

}  // namespace

std::unique_ptr<audio::SoundStream> ChainSound::open(int fd, audio::Refusal& why) {
  const auto bytes = std::make_unique<audio::FileBytes>(fd);
  const auto kind = audio::kind_of(*bytes);
  std::vector<audio::FileView> links;
  std::optional<audio::WavMending> mending;
  if (kind == audio::Kind::ogg) links = between(fd, audio::ogg_links(*bytes));
  if (kind == audio::Kind::flac) links = between(fd, audio::flac_links(*bytes));
  if (kind == audio::Kind::wav) mending = audio::mend_wav(*bytes);
  if (mending) links.push_back({fd, 0, -1, {mending->patch}});
  why = {"damaged", "not one recording after another"};
  if (links.size() < 2 && !mending) return nullptr;
  std::unique_ptr<ChainSound> sound(new ChainSound(std::move(links)));
  if (mending && mending->missing > 0) sound->damage_.missing(mending->missing);
  if (mending && mending->beyond) sound->warning_ = {"wav-lying-size", "more sound than the header says"};
  why = sound->begin();
  if (why) return nullptr;
  return sound;
}

audio::Refusal ChainSound::begin() {
  if (!open_next()) return refusal_;
  info_ = decoder_->info();
  converter_ = std::make_unique<Converter>(info_.sample_rate, info_.channels);
  guard_ = audio::SoundGuard(info_.sample_rate, info_.channels);
  return {};
}

/// False at the end, and when what follows is refused.
bool ChainSound::open_next() {
  if (next_link_ >= links_.size() || refusal_) return false;
  decoder_ = audio::Decoder::open_view(links_[next_link_++], refusal_);
  return decoder_ != nullptr;
}

std::span<const float> ChainSound::next() {
  out_.clear();
  while (out_.empty() && decoder_ && !guard_.stopped()) {
    const auto block = decoder_->next();
    const auto& link = decoder_->info();
    converter_->add(block, link.sample_rate, link.channels, out_);
    if (!block.empty()) continue;
    refusal_ = decoder_->verdict();
    if (open_next()) continue;
    decoder_.reset();
    converter_->finish(out_);
  }
  guard_.take(out_);
  return out_;
}

audio::Verdict ChainSound::judge() const {
  if (auto refusal = guard_.refusal()) return {std::move(refusal), {}, {}};
  if (refusal_) return {refusal_, {}, {}};
  auto verdict = damage_.judge(static_cast<double>(frames()) / info_.sample_rate);
  if (!verdict.refusal && !verdict.warning) verdict.warning = warning_;
  return verdict;
}

}  // namespace loa::media
